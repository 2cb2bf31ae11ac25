/**
 * What members show each other in the chamber without a word: a raised hand, a sign to slow down, what they found when the
 * code was read. Sealed and signed.
 */
import type { ErrorCode } from "../contract/codes";
import type { Role, Said } from "../contract/parse";
import type { Clock } from "../kernel/clock";
import { OutageError, RefusedError } from "../kernel/errors";
import type { Identity, MeetingId } from "../kernel/ids";
import { Cell, type Readable } from "../kernel/store";
import { type FeedState, ownSeatIn } from "../summits";
import { type Finding, placeIn, type Place, stepOf } from "./ceremony";
import type { Envelopes } from "./chats";
import type { Holder } from "./duties";
import { afterFound, afterOwnMatch, afterStep, type Findings } from "./findings";
import { afterSignal, NO_SIGNALS, type Signals, SLOWING, slowingAt, withoutMember } from "./signals";
import type { GroupStanding } from "./standing";
import type { EnvelopeTold } from "./words";

/** What is shown of gestures. */
export interface GesturesState {
  /** Whose hand is up, in the order in which they were raised. */
  readonly hands: readonly Identity[];
  /** Who asks now to slow down: interpreters by the certificate of their leaf. */
  readonly slowing: readonly Identity[];
  /** What the others found when the code was read. */
  readonly findings: Findings;
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

type Signal = Extract<Said, { kind: "signal" }>;
/** A signal without its time. */
type Gesture =
  | { readonly signal: "raise_hand" | "lower_hand" | "slow_down" }
  | { readonly signal: "code_found"; readonly finding: Finding; readonly epoch: number };
type Heard = Extract<EnvelopeTold, { told: "heard" }>;

/** Who waits to know whether a gesture was sent. */
interface Waiting {
  done(): void;
  failed(error: Error): void;
}

const CHAMBER = { kind: "chamber" } as const;

/** The gestures of one meeting after another. */
export class Gestures {
  readonly state = new Cell<GesturesState>({ hands: [], slowing: [], findings: [] });
  private readonly needs: GesturesNeeds;
  private readonly waiting = new Map<number, Waiting>();
  private signals: Signals = NO_SIGNALS;
  private meeting: MeetingId | null = null;
  private own: Identity | null = null;
  private findings: Findings = [];
  /** The difference that one has found oneself, as it was told. */
  private differs: Gesture | null = null;
  /** Who was in the chamber's group when it was last looked at, and where one stood there. */
  private roster: GroupStanding["roster"] = [];
  private place: Place | null = null;

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
    return this.show({ signal: isUp ? "raise_hand" : "lower_hand" });
  }

  /**
   * Asks whoever speaks to slow down.
   *
   * @throws RefusedError, OutageError when it was not sent, or may not have been.
   */
  async slowDown(): Promise<void> {
    return this.show({ signal: "slow_down" });
  }

  /**
   * Tells the others what one found when the code of an epoch was read.
   *
   * @throws RefusedError, OutageError when it was not sent, or may not have been.
   */
  async find(finding: Finding, epoch: number): Promise<void> {
    const told = { signal: "code_found", finding, epoch } as const;
    this.differs = finding === "mismatch" ? told : null;
    if (finding === "match") this.become(this.signals, afterOwnMatch(this.findings, this.roster));
    return this.show(told);
  }

  private async show(signal: Gesture): Promise<void> {
    const ticket = this.needs.ticket();
    const answer = new Promise<void>((done, failed) => {
      this.waiting.set(ticket, { done, failed });
    });
    if (!this.say(ticket, signal)) this.fail(ticket, null);
    return answer;
  }

  private say(ticket: number, gesture: Gesture): boolean {
    const at = new Date(this.needs.now()).toISOString();
    return this.needs.keys.say(CHAMBER, ticket, { kind: "signal", at, ...gesture });
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
    if (said.signal === "code_found") {
      const { finding, epoch } = said;
      if (from.identity === this.own) return;
      const found = { from, finding, epoch, at: this.needs.now() };
      this.become(this.signals, afterFound(this.findings, found, this.place?.epoch ?? null));
      return;
    }
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
    this.differs = null;
    this.become(NO_SIGNALS, []);
  }

  /**
   * Whoever leaves the chamber's group takes their hand along; to whoever comes, one shows one's own again, and the
   * difference that one has found.
   */
  private stand(): void {
    const standing = this.needs.keys.state.get().groups.find(({ group }) => group === "chamber");
    this.step(standing);
    if (standing === undefined || standing.at === "ended") return this.lose();
    if (standing.at !== "inside") return;
    const before = new Set(this.roster.map((holder) => sessionOf(holder)));
    this.roster = standing.roster;
    const members = new Set(this.roster.map(({ member }) => member.identity));
    const gone = [...this.signals.hands.keys()].filter((identity) => !members.has(identity));
    this.become(gone.reduce((signals, identity) => withoutMember(signals, identity), this.signals));
    if (this.roster.every((holder) => before.has(sessionOf(holder)))) return;
    const isUp = this.own !== null && this.signals.hands.has(this.own);
    if (isUp) this.say(this.needs.ticket(), { signal: "raise_hand" });
    if (this.differs !== null) this.say(this.needs.ticket(), this.differs);
  }

  /** What was found counts by how one came to where one stands. */
  private step(standing: GroupStanding | undefined): void {
    const place = this.own === null ? null : placeIn(standing, this.own);
    const step = stepOf(this.place, place);
    this.place = place;
    this.become(this.signals, afterStep(this.findings, step, standing?.roster ?? []));
  }

  /** With the keys goes whatever may have changed without them. */
  private lose(): void {
    for (const ticket of this.waiting.keys()) this.fail(ticket, "no_answer");
    this.roster = [];
    this.become(NO_SIGNALS);
  }

  private become(signals: Signals, findings: Findings = this.findings): void {
    const isFound = findings !== this.findings;
    [this.signals, this.findings] = [signals, findings];
    const before = this.state.get();
    const [hands, slowing] = [[...signals.hands.keys()], slowingAt(signals, this.needs.clock.now())];
    if (!isFound && String(hands) === String(before.hands) && String(slowing) === String(before.slowing)) return;
    this.state.set({ hands, slowing, findings });
  }
}

/** Whose page was loaded again has another, and knows nothing of what was shown before. */
function sessionOf({ member }: Holder): string {
  return `${member.identity} ${member.expires}`;
}

/** Only interpreters ask to slow down; that doors are shut is no gesture. */
function isShown(role: Role, said: Said): said is Signal {
  return said.kind === "signal" && (said.signal !== "slow_down" || role === "interpreter");
}
