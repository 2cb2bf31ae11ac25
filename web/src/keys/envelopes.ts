/** The envelopes of one group, in its worker: what its members say beside sound and picture, heard and said (docs/protocol.md §8). */
import type { Said } from "../contract/parse";
import type { Bytes } from "../identity";
import type { Clock } from "../kernel/clock";
import type { Log } from "../kernel/log";
import { Epochs, type Place, type Verdict } from "./epochs";
import { Hearing } from "./hearing";
import type { Post } from "./post";
import { Saying } from "./saying";
import type { EnvelopeTold } from "./words";

/** What a group's envelopes need. */
export interface EnvelopesNeeds {
  /** The group's name in MLS messages. */
  readonly id: Uint8Array;
  readonly clock: Clock;
  /** From 0 to 1. */
  chance(): number;
  readonly log: Log;
  readonly post: Post;
  tell(told: EnvelopeTold): void;
}

export class Envelopes {
  private readonly needs: EnvelopesNeeds;
  private readonly epochs: Epochs;
  private readonly hearing: Hearing;
  private readonly saying: Saying;
  private callOff: () => void = () => undefined;
  private isHushed = false;

  constructor(needs: EnvelopesNeeds) {
    const { id, clock, log, post } = needs;
    const group = new TextDecoder().decode(id);
    const chance = () => needs.chance();
    this.needs = needs;
    this.epochs = new Epochs(group);
    this.hearing = new Hearing({
      clock,
      log,
      chance,
      post,
      judge: async (envelope) => this.epochs.judge(envelope),
      tell: (number, verdict) => {
        this.tell(number, verdict);
      },
    });
    this.saying = new Saying({
      group,
      clock,
      chance,
      post,
      sending: () => (this.isHushed ? null : this.epochs.sending),
      heardTo: () => this.hearing.to,
      sent: (ticket, number) => {
        needs.tell({ told: "sent", ticket, number });
      },
      unsent: (ticket, code) => {
        needs.tell({ told: "unsent", ticket, code });
      },
    });
  }

  /** An epoch has begun, with oneself in it. */
  begin(place: Place): void {
    this.epochs.begin(place, this.needs.clock.now());
    this.forgetLater();
    this.hearing.wake();
  }

  /** One is not in the group any more: its keys are forgotten. */
  leave(): void {
    this.callOff();
    this.epochs.end();
  }

  /** Nothing is heard or said any more. */
  end(): void {
    this.leave();
    this.hearing.end();
    this.saying.end();
  }

  /** Says something; what becomes of it is told under the ticket. */
  say(ticket: number, said: Said): void {
    this.saying.say(ticket, said);
  }

  /** Nothing is said while somebody would read it who is not to. */
  hush(on: boolean): void {
    this.isHushed = on;
  }

  /** An envelope has come. */
  take(number: number, envelope: Bytes): void {
    this.hearing.take(number, envelope);
  }

  /** Something may have been missed. */
  look(): void {
    this.hearing.doubt();
  }

  private forgetLater(): void {
    const now = this.needs.clock.now();
    const next = this.epochs.forgetOld(now);
    this.callOff();
    if (next === null) return;
    this.callOff = this.needs.clock.after(next - now, () => {
      this.forgetLater();
    });
  }

  private tell(number: number, verdict: Exclude<Verdict, { is: "early" }>): void {
    const { needs } = this;
    if (verdict.is === "unheard") return needs.tell({ told: "unheard", number, why: verdict.why, from: verdict.from });
    const { from, said, missing } = verdict;
    if (missing > 0) needs.tell({ told: "gap", number, from, missing });
    needs.tell({ told: "heard", number, from, said });
  }
}
