/** Carries out what the life of a media key asks for: exports the secrets, and says the words to the frames worker. */
import type { Bytes } from "../identity";
import type { Clock } from "../kernel/clock";
import type { Identity } from "../kernel/ids";
import type { Counts } from "./frames/counts";
import { keyIdOf } from "./frames/layout";
import type { KeyWord } from "./frames/messages";
import type { GroupName } from "./groupName";
import type { Membership } from "./membership";
import { BEGINNING, type Fact, nextAt, type Order, type Rollout, step, type Why } from "./rollout";

const LABEL = "visavis media 1";
/** How long a key is sent with at most, in ms: keys are renewed twice as often (`duties.ts`). */
const LASTS = 1_200_000;
/** How often it is looked whether senders use their new key, in ms. */
const LOOK = 1000;

/** The media keys of one group. */
export class MediaKeys {
  private readonly clock: Clock;
  private readonly kind: GroupName["kind"];
  private readonly frames: (word: KeyWord) => void;
  private rollout: Rollout = BEGINNING;
  /** The own secrets of epochs that are not sent with yet. */
  private readonly held = new Map<number, Bytes>();
  private membership: Membership | null = null;
  private callOff: () => void = () => undefined;
  private callOffEnd: () => void = () => undefined;
  private isLooking = false;
  private isShut = false;

  constructor(clock: Clock, kind: GroupName["kind"], frames: (word: KeyWord) => void) {
    this.clock = clock;
    this.kind = kind;
    this.frames = frames;
  }

  /** A new epoch has begun. */
  begin(membership: Membership, why: Why): void {
    this.membership = membership;
    const { keyId, own } = this;
    this.held.get(keyId)?.fill(0);
    this.held.set(keyId, membership.secret(LABEL, own));
    const senders = membership.roster.map(({ member }) => member.identity).filter((sender) => sender !== own);
    this.take({ is: "epoch", keyId, senders, why });
    // Whoever hears of no new epoch for so long is kept from one in which somebody was put out.
    this.callOffEnd();
    this.callOffEnd = this.clock.after(LASTS, () => {
      this.hold();
    });
  }

  /** Nothing leaves under the group's keys until the next epoch; what comes in is heard. */
  hold(): void {
    this.keepHeld(new Set());
    this.rollout = { ...this.rollout, waiting: [] };
    this.frames({ do: "silence" });
  }

  /** The doors have closed on this floor: no key of it is given any more, for the next floor's have the same ids. */
  shut(): void {
    this.isShut = true;
  }

  /** What the frames worker has counted. */
  counted({ senders }: Counts): void {
    for (const { sender, keyId } of senders) this.take({ is: "heard", sender, keyId });
  }

  /** Every key of the group is forgotten. */
  end(): void {
    this.callOff();
    this.callOffEnd();
    for (const sender of this.rollout.opening.keys()) {
      const keyIds = this.rollout.opening.get(sender)?.map(({ keyId }) => keyId) ?? [];
      this.frames({ do: "forget", sender, keyIds });
    }
    this.frames({ do: "silence" });
    this.rollout = BEGINNING;
    this.keepHeld(new Set());
    this.membership = null;
  }

  private get keyId(): number {
    return keyIdOf(this.kind === "floor" ? "floor" : "inside", BigInt(this.membership?.epoch ?? 0));
  }

  private get own(): Identity {
    if (this.membership === null) throw new TypeError("not in the group");
    return this.membership.own.member.identity;
  }

  private take(fact: Fact): void {
    const { rollout, orders } = step(this.rollout, fact, this.clock.now());
    const before = this.rollout;
    this.rollout = rollout;
    for (const order of orders) this.obey(order, before);
    this.keepHeld(new Set(rollout.waiting.map(({ keyId }) => keyId)));
    this.callOff();
    const next = nextAt(rollout);
    if (next !== null) {
      this.callOff = this.clock.after(Math.max(0, next - this.clock.now()), () => {
        this.take({ is: "time" });
      });
    }
    this.look();
  }

  private obey(order: Order, before: Rollout): void {
    switch (order.order) {
      case "receive":
        return this.receive(order.sender, order.keyId);
      case "send": {
        const secret = this.held.get(order.keyId);
        if (secret !== undefined) this.say({ do: "send", keyId: order.keyId, secret });
        return;
      }
      case "forget":
        return this.forget(order.sender, order.keyIds, before);
      case "forceKeyFrame":
        this.frames({ do: "renew" });
    }
  }

  private receive(sender: string, keyId: number): void {
    const secret = this.membership?.secret(LABEL, sender);
    if (secret !== undefined) this.say({ do: "receive", sender, keyId, secret });
  }

  /** Only this group's keys of a sender: another group's may share the worker. */
  private forget(sender: string, keyIds: readonly number[] | undefined, before: Rollout): void {
    const all = before.opening.get(sender)?.map(({ keyId }) => keyId) ?? [];
    this.frames({ do: "forget", sender, keyIds: keyIds ?? all });
  }

  /** Says a word; the secret in it is overwritten here once it is there. */
  private say(word: KeyWord): void {
    if (!this.isShut) this.frames(word);
    if ("secret" in word) word.secret.fill(0);
  }

  private keepHeld(waiting: ReadonlySet<number>): void {
    for (const [keyId, secret] of this.held) {
      if (!waiting.has(keyId)) {
        secret.fill(0);
        this.held.delete(keyId);
      }
    }
  }

  /** While old keys are there, asks from time to time which are used. */
  private look(): void {
    const hasOld = [...this.rollout.opening.values()].some((keys) => keys.length > 1);
    if (!hasOld || this.isLooking) return;
    this.isLooking = true;
    this.clock.after(LOOK, () => {
      this.isLooking = false;
      if (this.membership === null) return;
      this.frames({ do: "counts" });
      this.look();
    });
  }
}
