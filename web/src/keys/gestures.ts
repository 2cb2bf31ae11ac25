/** What members show each other in the chamber without a word: a raised hand, a sign to slow down. Sealed and signed. */
import type { ErrorCode } from "../contract/codes";
import type { Role, Said } from "../contract/parse";
import type { Clock } from "../kernel/clock";
import { OutageError, RefusedError } from "../kernel/errors";
import type { Identity, MeetingId } from "../kernel/ids";
import { Cell, type Readable } from "../kernel/store";
import { type FeedState, ownSeatIn } from "../summits";
import type { Envelopes } from "./chats";
import { afterSignal, NO_SIGNALS, type Signals, SLOWING, slowingAt, withoutMember } from "./signals";
import type { EnvelopeTold } from "./words";

/** What is shown of gestures. */
export interface GesturesState {
  /** Whose hand is up, in the order in which they were raised. */
  readonly hands: readonly Identity[];
  /** Who asks now to slow down: interpreters by the certificate of their leaf. */
  readonly slowing: readonly Identity[];
}

/** What gestures need. */
export interface GesturesNeeds {
  readonly keys: Envelopes;
  readonly feed: Readable<FeedState>;
  readonly clock: Clock;
  /** The server's time, in ms. */
  now(): number;
  /** A name for something said, that nothing else has. */
  ticket(): number;
}

type Gesture = "raise_hand" | "lower_hand" | "slow_down";
type Signal = Extract<Said, { kind: "signal" }>;
type Heard = Extract<EnvelopeTold, { told: "heard" }>;

/** Who waits to know whether a gesture was sent. */
interface Waiting {
  done(): void;
  failed(error: Error): void;
}

const CHAMBER = { kind: "chamber" } as const;

/** The gestures of one meeting after another. */
export class Gestures {
  readonly state = new Cell<GesturesState>({ hands: [], slowing: [] });
  private readonly needs: GesturesNeeds;
  private readonly waiting = new Map<number, Waiting>();
  private signals: Signals = NO_SIGNALS;
  private meeting: MeetingId | null = null;
  private own: Identity | null = null;
  /** Who was in the chamber's group when it was last looked at. */
  private members: ReadonlySet<Identity> = new Set();

  constructor(needs: GesturesNeeds) {
    this.needs = needs;
    needs.feed.subscribe(() => {
      this.follow();
    });
    needs.keys.listen(({ kind }, told) => {
      if (kind === "chamber") this.hear(told);
    });
    needs.keys.state.subscribe(() => {
      this.stand();
    });
    this.follow();
    this.stand();
  }

  /**
   * Raises one's hand, or lowers it.
   *
   * @throws RefusedError, OutageError when it was not sent, or may not have been.
   */
  async hold(isUp: boolean): Promise<void> {
    return this.show(isUp ? "raise_hand" : "lower_hand");
  }

  /**
   * Asks whoever speaks to slow down.
   *
   * @throws RefusedError, OutageError when it was not sent, or may not have been.
   */
  async slowDown(): Promise<void> {
    return this.show("slow_down");
  }

  private async show(signal: Gesture): Promise<void> {
    const ticket = this.needs.ticket();
    const answer = new Promise<void>((done, failed) => {
      this.waiting.set(ticket, { done, failed });
    });
    if (!this.say(ticket, signal)) this.fail(ticket, null);
    return answer;
  }

  private say(ticket: number, signal: Gesture): boolean {
    const at = new Date(this.needs.now()).toISOString();
    return this.needs.keys.say(CHAMBER, ticket, { kind: "signal", at, signal });
  }

  /** @param code why it was not sent; null when one is not in the group. */
  private fail(ticket: number, code: ErrorCode | null): void {
    const error = code === "no_answer" ? new OutageError(code) : new RefusedError(code ?? "group_unknown");
    this.waiting.get(ticket)?.failed(error);
    this.waiting.delete(ticket);
  }

  private hear(told: EnvelopeTold): void {
    if (told.told === "heard") this.heard(told);
    if (told.told === "unsent") this.fail(told.ticket, told.code);
    if (told.told === "sent") {
      this.waiting.get(told.ticket)?.done();
      this.waiting.delete(told.ticket);
    }
  }

  private heard({ from, said }: Heard): void {
    if (!isShown(from.role, said)) return;
    this.become(afterSignal(this.signals, from, said, this.needs.clock.now()));
    if (said.signal !== "slow_down") return;
    this.needs.clock.after(SLOWING, () => {
      this.become(this.signals);
    });
  }

  private follow(): void {
    const feed = this.needs.feed.get();
    const snapshot = "snapshot" in feed ? feed.snapshot : null;
    const meeting = snapshot?.meeting.id ?? null;
    this.own = (snapshot === null ? undefined : ownSeatIn(snapshot)?.identity) ?? this.own;
    if (meeting === this.meeting || feed.at === "returning") return;
    this.meeting = meeting;
    this.become(NO_SIGNALS);
  }

  /** Whoever leaves the chamber's group takes their hand along; to whoever comes, one shows one's own again. */
  private stand(): void {
    const standing = this.needs.keys.state.get().groups.find(({ group }) => group === "chamber");
    if (standing === undefined || standing.at === "ended") return this.lose();
    if (standing.at !== "inside") return;
    const before = this.members;
    this.members = new Set(standing.roster.map(({ member }) => member.identity));
    const gone = [...this.signals.hands.keys()].filter((identity) => !this.members.has(identity));
    this.become(gone.reduce((signals, identity) => withoutMember(signals, identity), this.signals));
    const isUp = this.own !== null && this.signals.hands.has(this.own);
    const hasCome = [...this.members].some((identity) => !before.has(identity));
    if (isUp && hasCome) this.say(this.needs.ticket(), "raise_hand");
  }

  /** With the keys goes whatever may have changed without them. */
  private lose(): void {
    for (const ticket of this.waiting.keys()) this.fail(ticket, "no_answer");
    this.members = new Set();
    this.become(NO_SIGNALS);
  }

  private become(signals: Signals): void {
    this.signals = signals;
    const before = this.state.get();
    const [hands, slowing] = [[...signals.hands.keys()], slowingAt(signals, this.needs.clock.now())];
    if (String(hands) === String(before.hands) && String(slowing) === String(before.slowing)) return;
    this.state.set({ hands, slowing });
  }
}

/** Only interpreters ask to slow down; that doors are shut is no gesture. */
function isShown(role: Role, said: Said): said is Signal {
  return said.kind === "signal" && (said.signal !== "slow_down" || role === "interpreter");
}
