/**
 * An interpreter's desk: says what its interpreter does to the chamber, sealed, and sends their sound as all have heard it.
 * For whoever only listens it follows what the booths say.
 */
import type { Snapshot } from "../contract/parse";
import { RefusedError } from "../kernel/errors";
import type { Identity, Language } from "../kernel/ids";
import type { Log } from "../kernel/log";
import type { Cell, Readable } from "../kernel/store";
import type { Envelopes, EnvelopeTold, Holder } from "../keys";
import { isSigned } from "../rooms";
import type { CallState } from "../rooms/model";
import { ownSeatIn } from "../summits";
import { afterDoubt, afterWord, allIn, amongThese, arranged, type Booths, QUIET } from "./booth";
import { boothOf } from "./booths";
import { ByEar, type ByEarNeeds } from "./byEar";
import { type BoothSaying, BoothVoice, comeSince, sayingOf } from "./boothWords";
import { consoleOf } from "./consoleState";
import type { ListeningNow } from "./listening";
import {
  type Booth,
  type BoothActions,
  type BoothNow,
  type BoothsNow,
  type ConsoleState,
  type Hush,
  NO_BOOTHS,
  type Source,
} from "./model";
import { isSwitchedOff, Microphone, readyFor, type Sent } from "./microphone";
import { type AtWork, Sources } from "./sources";

/** What a desk needs. */
export interface DeskNeeds extends ByEarNeeds {
  readonly state: Cell<ConsoleState | null>;
  readonly keys: Pick<Envelopes, "state" | "say">;
  readonly call: Sent &
    ByEarNeeds["call"] & {
      readonly state: Readable<CallState>;
      cough(held: boolean): Promise<void>;
      ready(languages: readonly Language[]): Promise<void>;
    };
  readonly listening: {
    readonly state: Readable<Pick<ListeningNow, "channel" | "carries" | "booths">>;
    listenTo(channel: Source): void;
  };
  readonly log: Log;
  /** The server's time, in ms. */
  now(): number;
  /** A name for something said, that nothing else has. */
  ticket(): number;
}

type Heard = Extract<EnvelopeTold, { told: "heard" }>;

/** How often a holder says how the booth stands, to whoever has missed something; in ms. */
const STANDS_EVERY = 30_000;
const NO_ALL: Booths = { booths: [], languages: new Map() };

export class BoothDesk implements BoothActions {
  private readonly needs: DeskNeeds;
  private readonly voice: BoothVoice;
  private readonly microphone: Microphone;
  private meeting: Snapshot | null = null;
  private all: Booths = NO_ALL;
  private own: Identity | null = null;
  private roster: readonly Holder[] = [];
  private readonly sources: Sources;
  private into: Language | null = null;
  private readied: readonly Language[] = [];
  private readonly hushed = new Set<Hush>();
  /** Words of one's own about the microphone that one has not heard yet: until then it stays as they say. */
  private flying = 0;
  private owesHowItStands = false;
  /** When one last contradicted a partner, in ms by the server's clock. */
  private answered = 0;

  constructor(needs: DeskNeeds) {
    this.needs = needs;
    this.voice = new BoothVoice(needs);
    this.microphone = new Microphone(needs.call, needs.clock, needs.log);
    this.sources = new Sources({ ...needs, voice: this.voice, atWork: () => this.atWork() });
    needs.feed.subscribe(() => {
      this.follow();
    });
    needs.keys.state.subscribe(() => {
      this.stand();
    });
    needs.call.state.subscribe(() => {
      this.sources.attune();
      this.notice();
    });
    needs.listening.state.subscribe(() => {
      this.show();
    });
    needs.clock.every(STANDS_EVERY, () => {
      this.sayHowItStands();
    });
    this.follow();
    this.stand();
    void new ByEar(needs);
  }

  async onAir(on: boolean): Promise<void> {
    const { holder } = this.ownNow();
    if (on && holder !== null && holder !== this.own) throw new RefusedError("move_not_possible");
    await this.air(on ? this.direction() : null);
  }

  async turn(into: Language): Promise<void> {
    if (!this.mayInto(into)) throw new RefusedError("not_your_role");
    this.face(into);
    if (this.isOnAir() && !this.microphone.isShut) await this.air(into);
  }

  async listenNext(source: Source): Promise<void> {
    this.sources.next = source;
    this.show();
    return Promise.resolve();
  }

  async listen(source: Source): Promise<void> {
    const into = this.direction();
    if (this.sources.isCircle(into, source)) throw new RefusedError("move_not_possible");
    this.sources.choose(into, source);
    this.show();
    if (!(await this.sources.say(into))) throw new RefusedError("move_not_possible");
  }

  async ask(): Promise<void> {
    this.microphone.release();
    await this.voice.say({ does: "ask" });
    const { asked } = this.ownNow();
    if (asked !== null && asked.by !== this.own) throw new RefusedError("move_not_possible");
  }

  async withdraw(): Promise<void> {
    await this.voice.say({ does: "withdraw" });
  }

  async accept(): Promise<void> {
    const { asked, holder } = this.ownNow();
    // What a partner asks of whoever holds it is no third one's to give.
    const isMine = asked !== null && asked.by !== this.own && [asked.by, this.own].includes(holder);
    if (!isMine) throw new RefusedError("move_not_possible");
    await (holder === this.own ? this.voice.say({ does: "accept" }) : this.takeUp({ does: "accept" }));
  }

  async takeOver(): Promise<void> {
    await this.takeUp({ does: "take" });
  }

  async leave(): Promise<void> {
    this.microphone.closeForGood();
    await this.aloft({ does: "leave" });
  }

  async notInterpretable(on: boolean): Promise<void> {
    await this.voice.say({ does: "not_interpretable", on });
  }

  async cough(held: boolean, by: Hush = "cough"): Promise<void> {
    if (held) this.hushed.add(by);
    else this.hushed.delete(by);
    this.show();
    await this.needs.call.cough(this.hushed.size > 0);
  }

  async callTechnician(on: boolean): Promise<void> {
    await this.voice.say({ does: "call_technician", on });
  }

  /** Takes in what was told of the chamber's envelopes, in their order. */
  hear(told: EnvelopeTold): void {
    if (told.told === "heard") this.heard(told);
    const isDoubt =
      told.told === "gap" || (told.told === "unheard" && (told.why === "forged" || told.why === "unknown"));
    if (isDoubt && told.from?.role === "interpreter") {
      this.become(afterDoubt(this.needs.booths.get(), told.from.identity, this.all));
    }
    this.voice.hear(told);
    if (this.owesHowItStands) this.sayHowItStands();
  }

  private heard({ from, said }: Heard): void {
    if (said.kind !== "booth") return;
    // By the certificate of the leaf: whoever is no interpreter only says what they hear.
    if (from.role !== "interpreter" && said.does !== "listen") return;
    const before = this.ownNow().holder;
    this.become(afterWord(this.needs.booths.get(), { from: from.identity, word: said }, this.all));
    const { holder } = this.ownNow();
    if (holder === this.own && before !== this.own) this.quietly(this.sources.sayAll(this.spoken()));
    if (said.does === "stands" && holder === this.own) this.answer(from.identity);
  }

  /** A partner who says otherwise has missed something. Said once in a while: two may contradict each other for ever. */
  private answer(from: Identity): void {
    const now = this.needs.now();
    const isPartner = from !== this.own && this.ownBooth()?.members.includes(from) === true;
    if (!isPartner || now - this.answered < STANDS_EVERY) return;
    this.answered = now;
    this.sayHowItStands();
  }

  private follow(): void {
    const feed = this.needs.feed.get();
    const snapshot = "snapshot" in feed ? feed.snapshot : null;
    if (snapshot === null) return;
    this.all = allIn(snapshot);
    this.own = ownSeatIn(snapshot)?.identity ?? this.own;
    const isAnother = this.meeting !== null && this.meeting.meeting.id !== snapshot.meeting.id;
    this.meeting = snapshot;
    this.become(isAnother ? NO_BOOTHS : arranged(this.needs.booths.get(), this.all));
    this.align();
    this.show();
  }

  /** Whoever leaves the chamber's group hears nothing any more; whoever comes is told what one knows. */
  private stand(): void {
    const standing = this.needs.keys.state.get().groups.find(({ group }) => group === "chamber");
    if (standing === undefined || standing.at === "ended") return this.lose();
    if (standing.at !== "inside" || standing.roster === this.roster) return;
    const before = this.roster;
    this.roster = standing.roster;
    const come = comeSince(before, this.roster);
    const stayed = this.roster.filter((holder) => before.length === 0 || !come.includes(holder));
    this.become(amongThese(this.needs.booths.get(), new Set(stayed.map(({ member }) => member.identity))));
    if (come.length === 0) return;
    // What one held before this page was loaded, one holds no more.
    if (before.length === 0) this.sayQuietly({ does: "leave" });
    else this.tellNewcomers();
  }

  private tellNewcomers(): void {
    this.sayHowItStands();
    if (this.ownNow().asked?.by === this.own) this.sayQuietly({ does: "ask" });
  }

  /** With the keys goes whatever may have changed without them. */
  private lose(): void {
    this.voice.lose();
    this.roster = [];
    this.become(NO_BOOTHS);
  }

  /** A recess, the caucus or another button has switched the microphone: the booth says so too. */
  private notice(): void {
    if (this.flying > 0 || this.ownBooth() === undefined) return;
    const { sending, isLeaving } = this.microphone;
    const onAir = this.needs.call.onAir();
    if (isSwitchedOff(this.needs.call.state.get())) {
      if (sending !== null) this.microphone.forget();
      if (sending !== null && this.isOnAir()) this.quietly(this.air(null));
    } else if (onAir !== null && onAir !== sending && !isLeaving) this.quietly(this.air(onAir));
  }

  private become(now: BoothsNow): void {
    const { booths } = this.needs;
    if (now === booths.get()) return;
    booths.set(now);
    this.align();
    this.show();
  }

  /** Sends as all have heard it: the holder, into what is on air; a partner who gave it away falls silent by and by. */
  private align(): void {
    if (this.flying > 0 || this.own === null) return;
    const { holder, onAir } = this.ownNow();
    if (holder === this.own) {
      if (onAir !== null) this.face(onAir);
      if (onAir === null) this.microphone.close();
      else this.microphone.open(onAir);
    } else if (holder === null) this.microphone.close();
    else this.microphone.leave();
    this.sources.attune();
    this.prepare();
  }

  /** A channel that may be on air at the next word is on the line already, and silent. */
  private prepare(): void {
    const ready = this.own === null ? [] : readyFor(this.own, this.ownNow(), this.spoken());
    // The press, who hears no words, goes by ear; of pictures the open one is on air.
    const isOpen = this.meeting?.meeting.phase === "open";
    const wanted = isOpen ? ready.filter((each) => !isSigned(each, this.meeting?.channels ?? [])) : ready;
    if (String(wanted) === String(this.readied)) return;
    this.readied = wanted;
    this.quietly(this.needs.call.ready(wanted));
  }

  private async air(into: Source): Promise<void> {
    if (into === null) this.microphone.closeForGood();
    else this.microphone.openAnew(into);
    await this.aloft({ does: "air", into });
    const { holder, onAir } = this.ownNow();
    if (holder !== this.own || onAir !== into) throw new RefusedError("move_not_possible");
  }

  /** Takes the microphone: one's own is open before the others have heard so, and none of the first words are lost. */
  private async takeUp(saying: BoothSaying): Promise<void> {
    const { onAir } = this.ownNow();
    this.microphone.release();
    if (onAir !== null && this.mayInto(onAir)) this.microphone.open(onAir);
    await this.aloft(saying);
    if (this.ownNow().holder !== this.own) throw new RefusedError("move_not_possible");
  }

  /** Says something of the microphone; what all have heard by then counts. */
  private async aloft(saying: BoothSaying): Promise<void> {
    this.flying += 1;
    try {
      await this.voice.say(saying);
    } finally {
      this.flying -= 1;
      this.align();
      this.notice();
    }
  }

  private sayQuietly(saying: BoothSaying): void {
    if (this.ownBooth() !== undefined) this.quietly(this.voice.say(saying));
  }

  /** Nobody waits for it: whoever missed it hears it again. */
  private quietly(work: Promise<unknown>): void {
    work.catch((error: unknown) => {
      this.needs.log.trouble("booth not told", error);
    });
  }

  /** What one has just said oneself belongs to it: it is told as all have heard it by then. */
  private sayHowItStands(): void {
    const now = this.ownNow();
    this.owesHowItStands = this.voice.isBusy;
    if (this.owesHowItStands) return;
    if (this.own !== null && now.holder === this.own) this.sayQuietly(sayingOf(now, this.voice.at()));
  }

  /** One's ears go with the direction. */
  private face(into: Language): void {
    if (into === this.facing()) return;
    this.into = into;
    this.sources.face();
    this.show();
  }

  private ownBooth(): Booth | undefined {
    return this.own === null ? undefined : boothOf(this.all.booths, this.own);
  }

  private ownNow(): BoothNow {
    const booth = this.ownBooth();
    return (booth && this.needs.booths.get().booths.get(booth.id)) ?? QUIET;
  }

  private isOnAir(): boolean {
    const { holder, onAir } = this.ownNow();
    return holder === this.own && onAir !== null;
  }

  private mayInto(into: Language): boolean {
    return this.spoken().includes(into);
  }

  private spoken(): readonly Language[] {
    return this.own === null ? [] : (this.all.languages.get(this.own) ?? []);
  }

  /** Into which language one interprets: as chosen, or else one's first. */
  private direction(): Language {
    const into = this.facing();
    if (into === null) throw new RefusedError("not_your_role");
    return into;
  }

  private facing(): Language | null {
    const spoken = this.spoken();
    return this.into !== null && spoken.includes(this.into) ? this.into : (spoken[0] ?? null);
  }

  private atWork(): AtWork {
    return { own: this.own, booth: this.ownBooth()?.id ?? null, now: this.ownNow(), into: this.facing() };
  }

  private show(): void {
    const { state, listening, booths } = this.needs;
    const { meeting } = this;
    const { next } = this.sources;
    const seat = meeting === null ? undefined : ownSeatIn(meeting);
    if (meeting === null || seat?.role !== "interpreter" || seat.languages.length === 0) return state.set(null);
    const { channel, carries, booths: heard } = listening.state.get();
    const seen = { own: seat.identity, mode: meeting.meeting.mode, seats: meeting.seats };
    const delegations = meeting.delegations.map(({ id }) => id);
    const known = { ...seen, delegations, booths: this.all.booths, now: booths.get(), carries, heard };
    state.set(consoleOf(known, { into: this.direction(), hears: channel, next, coughing: this.hushed.size > 0 }));
  }
}
