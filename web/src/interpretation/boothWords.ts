/** What one says oneself to the chamber about booths, or to one's own booth: said, and waited for until it is heard where everybody hears it. */
import type { ErrorCode } from "../contract/codes";
import type { Said } from "../contract/parse";
import { OutageError, RefusedError } from "../kernel/errors";
import type { Envelopes, EnvelopeTold, Holder } from "../keys";
import { type BoothWord, standsOf } from "./booth";
import type { BoothNow } from "./model";

type Without<Word> = Word extends BoothWord ? Omit<Word, "kind" | "at"> : never;
/** What is said, without its time. */
export type BoothSaying = Without<BoothWord>;

/** What saying needs. */
export interface VoiceNeeds {
  readonly keys: Pick<Envelopes, "say">;
  /** The server's time, in ms. */
  now(): number;
  /** A name for something said, that nothing else has. */
  ticket(): number;
}

interface Waiting {
  /** Where it stands among all words; null until the server has numbered it. */
  readonly number: number | null;
  readonly done: () => void;
  readonly failed: (error: Error) => void;
}

type Group = Parameters<Envelopes["say"]>[0];

/** One's own words about booths, or in one. */
export class BoothVoice {
  private readonly needs: VoiceNeeds;
  private readonly waiting = new Map<number, Waiting>();
  private readonly group: Group;
  private heardTo = 0;

  constructor(needs: VoiceNeeds, group: Group = { kind: "chamber" }) {
    this.needs = needs;
    this.group = group;
  }

  /** Whether something of one's own is not heard yet. */
  get isBusy(): boolean {
    return this.waiting.size > 0;
  }

  /** The server's time as words have it. */
  at(): string {
    return new Date(this.needs.now()).toISOString();
  }

  /**
   * Says something; settles when one has heard it oneself, in its place among the words of all.
   *
   * @throws RefusedError, OutageError when it was not sent, or may not have been.
   */
  async say(saying: BoothSaying): Promise<void> {
    return this.send({ kind: "booth", at: this.at(), ...saying });
  }

  /** Says something of any kind; settles and fails as `say` does. */
  async send(said: Said): Promise<void> {
    const ticket = this.needs.ticket();
    const heard = new Promise<void>((done, failed) => {
      this.waiting.set(ticket, { number: null, done, failed });
    });
    if (!this.needs.keys.say(this.group, ticket, said)) this.fail(ticket, null);
    return heard;
  }

  /** Hears what becomes of what one has said; to be told after what was heard has been taken in. */
  hear(told: EnvelopeTold): void {
    if (told.told === "unsent") return this.fail(told.ticket, told.code);
    if (told.told === "sent") {
      const waiting = this.waiting.get(told.ticket);
      if (waiting !== undefined) this.waiting.set(told.ticket, { ...waiting, number: told.number });
    } else this.heardTo = Math.max(this.heardTo, told.number);
    for (const [ticket, { number, done }] of this.waiting) {
      if (number === null || number > this.heardTo) continue;
      this.waiting.delete(ticket);
      done();
    }
  }

  /** With the keys goes what was not heard yet: it may have been sent. */
  lose(): void {
    this.heardTo = 0;
    for (const ticket of this.waiting.keys()) this.fail(ticket, "no_answer");
  }

  /** @param code why it was not sent; null when one is not in the group. */
  private fail(ticket: number, code: ErrorCode | null): void {
    const error = code === "no_answer" ? new OutageError(code) : new RefusedError(code ?? "group_unknown");
    this.waiting.get(ticket)?.failed(error);
    this.waiting.delete(ticket);
  }
}

/** How a booth stands, as its holder says it. */
export function sayingOf(now: BoothNow, at: string): BoothSaying {
  const { kind: _kind, at: _at, ...saying } = standsOf(now, at);
  return saying;
}

/** Whoever has come since, or has come back. */
export function comeSince(before: readonly Holder[], now: readonly Holder[]): readonly Holder[] {
  const known = new Set(before.map((holder) => sessionOf(holder)));
  return now.filter((holder) => !known.has(sessionOf(holder)));
}

/** Whose page was loaded again has another, and knows nothing of what was said before. */
function sessionOf({ member }: Holder): string {
  return `${member.identity} ${member.expires}`;
}
