import type { PhaseName, Seat } from "../contract/parse";
import { RefusedError } from "../kernel/errors";
import type { Language } from "../kernel/ids";
import { Cell, type Readable } from "../kernel/store";
import type { FeedState } from "../summits";
import { shutOutFor, shutOutOf } from "./admission";
import type { Capture } from "./devices";
import type { LineEnd } from "./line";
import type { CallState, RoomName, ShutOut, Source } from "./model";
import { due, type Studio, type Wish } from "./outgoing";
import { channelTrack, type RemoteSound, sendsChannels } from "./presences";
import { NOTHING_SENT, NOTHING_SHOWN, sameSounds, type Seated, type Shown, shownOf } from "./showing";
import type { OneTab } from "./oneTab";
import { grantIn, hearersIn, type Situation, situationOf } from "./situation";
import type { TicketWindow } from "./tickets";
import { Usher, type UsherNeeds } from "./usher";
import { firstWishes, isAudible, mutedInChamber, NO_WISHES, shownOfWish, type Wishes } from "./wishes";

/** What a call needs of the rest. */
export interface CallNeeds extends Omit<UsherNeeds, "situation" | "studio" | "tickets" | "tab"> {
  readonly tickets: Pick<TicketWindow, "take" | "prepare">;
  readonly tab: Pick<OneTab, "claim" | "takeOver">;
  readonly feed: Readable<FeedState>;
  readonly studio: Studio & { watch(then: (kind: Capture) => void): () => void };
}

/** A ticket held ready is renewed this often, in ms. */
const RENEW = 15_000;

/**
 * One member's media connection, always to at most one room. What it is to be follows from three things: the room
 * one wants to be in, what the table admits there now, and whether this tab has the seat.
 *
 *     away ── enter ──▶ entering ──▶ seated ⇄ returning
 *                          ▲            │ the table no longer admits
 *                          └─ admitted ─┴─▶ shut-out
 */
export class MediaCall {
  readonly state: Cell<CallState>;
  readonly sounds = new Cell<readonly RemoteSound[]>([]);
  private readonly needs: CallNeeds;
  private readonly usher: Usher;
  private wanted: RoomName | null = null;
  private attempt: AbortController | null = null;
  private seated: Seated | null = null;
  private wishes: Wishes = NO_WISHES;
  private wishSet = false;
  private phase: PhaseName | null = null;
  /** The room one was in last, or is in. */
  private last: RoomName | null = null;
  private renewing: (() => void) | null = null;

  constructor(needs: CallNeeds) {
    this.needs = needs;
    this.state = new Cell<CallState>({
      seating: { at: "away" },
      wished: NOTHING_SENT,
      cameMuted: false,
      ...NOTHING_SHOWN.call,
    });
    this.usher = new Usher(
      { ...needs, mark: needs.mark, situation: () => this.situation() },
      {
        changed: (seated) => {
          this.changed(seated);
        },
        restored: (seated) => {
          this.restored(seated);
        },
        ended: (seated, end) => {
          if (this.seated === seated) this.ended(seated, end);
        },
        struggling: (room) => {
          this.returning(room);
        },
      },
    );
    needs.feed.subscribe(() => {
      this.follow();
    });
    needs.studio.watch((kind) => {
      // What was never sent, for want of the device, is sent now.
      void this.seated?.outbox.swap(kind).then(async () => this.align());
    });
  }

  /** Has the library and the browser's media engine ready before they are needed. */
  warm(): void {
    const { engine } = this.needs;
    engine.warm();
    engine.load().catch((error: unknown) => {
      // Whoever takes a seat asks again, and is told.
      this.needs.log.trouble("media library not loaded", error);
    });
  }

  async enter(room: RoomName): Promise<void> {
    this.needs.mark("enter");
    if (this.wanted === room && this.seated !== null) return;
    this.wanted = room;
    if (room === "caucus") this.change({ cameMuted: false });
    else if (this.last === "caucus") this.mute(isAudible(this.wishes.caucus));
    this.last = room;
    this.want({});
    await this.hangUp();
    await this.sit(room);
  }

  async leave(): Promise<void> {
    this.wanted = null;
    this.letGo();
    await this.hangUp();
    this.change({ seating: { at: "away" } });
    this.prepare();
  }

  /** Mutes in the chamber, and keeps whether there was something to mute, there or where one comes from. */
  private mute(elsewhere = false): void {
    const was = elsewhere || isAudible(this.wishes.chamber);
    this.wishes = mutedInChamber(this.wishes);
    this.want({});
    if (was) this.change({ cameMuted: true });
  }

  async send(source: Source, on: boolean): Promise<void> {
    this.wishSet = true;
    if (source === "microphone") this.change({ cameMuted: false });
    const booth = source === "microphone" ? this.booth() : null;
    if (booth === null) {
      this.want({ [source]: on });
      await this.align();
    } else await this.speakInto(on ? (this.wish.onAir ?? booth[0] ?? null) : null);
  }

  /** The channels of one's own, where the microphone belongs to channels and not to the floor. */
  private booth(): readonly Language[] | null {
    const own = this.situation()?.own;
    const room = this.seated?.room ?? this.wanted;
    return own !== undefined && room !== null && sendsChannels(own, room) ? own.languages : null;
  }

  /** For interpreters: which own channel is on air. */
  async speakInto(language: Language | null): Promise<void> {
    if (language !== null && this.situation()?.own.languages.includes(language) !== true) {
      throw new RefusedError("not_your_role");
    }
    this.change({ cameMuted: false });
    this.want({ onAir: language });
    await this.align();
  }

  /** The channel one is on air in, as it is sent. */
  onAir(): Language | null {
    const { seated, wish } = this;
    if (seated === null || wish.onAir === null) return null;
    return seated.line.isMuted(channelTrack(wish.onAir)) ? null : wish.onAir;
  }

  async takeOver(): Promise<void> {
    await this.needs.tab.takeOver();
    this.change({ seating: { at: "away" } });
    if (this.wanted !== null) await this.enter(this.wanted);
  }

  /** Another tab took the seat over. */
  async loseSeat(): Promise<void> {
    this.shut("another-tab");
    await this.hangUp();
  }

  /** Says so when another tab has the seat. */
  async checkTab(): Promise<void> {
    if (!(await this.needs.tab.claim())) this.shut("another-tab");
  }

  private situation(): Situation | null {
    return situationOf(this.needs.feed.get());
  }

  /** The meeting changed: first who may hear, then everything else. */
  private follow(): void {
    const feed = this.needs.feed.get();
    if (feed.at === "refused") {
      this.shut(shutOutFor(feed.code) ?? "network");
      void this.hangUp();
      return;
    }
    const situation = this.situation();
    if (situation === null) {
      // Who one is, is not known: nobody may hear one, and nobody is heard, until it is.
      this.seated?.line.restrict([]);
      this.show();
      return;
    }
    const { own, snapshot } = situation;
    this.wishFirst(own);
    this.pause(snapshot.meeting.phase);
    if (this.wanted === null) {
      this.prepare();
      return;
    }
    const why = shutOutOf(own, this.wanted, snapshot.meeting);
    if (why !== null) {
      this.shut(why);
      void this.hangUp();
    } else if (this.seated !== null) {
      const { line, room } = this.seated;
      line.restrict(hearersIn(situation, room));
      void this.align();
    } else if (this.attempt === null && !this.isAnotherTabs()) void this.sit(this.wanted);
  }

  private isAnotherTabs(): boolean {
    const { seating } = this.state.get();
    return seating.at === "shut-out" && seating.why === "another-tab";
  }

  private wishFirst(own: Seat): void {
    if (this.wishSet) return;
    this.wishSet = true;
    this.wishes = firstWishes(own);
    this.want({});
  }

  /** What was said before a recess is no wish to be heard after it. */
  private pause(phase: PhaseName): void {
    if (phase === "recess" && this.phase !== phase) this.mute();
    this.phase = phase;
  }

  /** What one wants to send in the room one is in or comes to. */
  private get wish(): Wish {
    return this.wishes[this.wanted ?? "chamber"];
  }

  private want(part: Partial<Wish>): void {
    this.wishes = { ...this.wishes, [this.wanted ?? "chamber"]: { ...this.wish, ...part } };
    this.change({ wished: shownOfWish(this.wish) });
  }

  /** While one is in no room: has the library, the browser's media engine and a ticket ready. */
  private prepare(): void {
    this.warm();
    this.renewing ??= this.needs.clock.every(RENEW, () => {
      this.prepareTicket();
    });
    this.prepareTicket();
  }

  private prepareTicket(): void {
    const situation = this.situation();
    if (situation === null || this.wanted !== null || document.hidden) return;
    const { own, snapshot } = situation;
    if (shutOutOf(own, "chamber", snapshot.meeting) !== null || this.isAnotherTabs()) return;
    const { id, phase } = snapshot.meeting;
    this.needs.tickets.prepare({ meeting: id, room: "chamber", phase });
  }

  private async sit(room: RoomName): Promise<void> {
    this.attempt?.abort();
    const attempt = new AbortController();
    this.attempt = attempt;
    this.renewing?.();
    this.renewing = null;
    if (this.state.get().seating.at !== "returning") this.change({ seating: { at: "entering", room } });
    this.openDevices(room);
    const ushered = await this.usher.bring(room, attempt.signal);
    if (this.attempt !== attempt || ushered === null) {
      // Called off in the instant it succeeded: nobody may sit on unseen.
      if (ushered?.at === "seated") await this.drop(ushered.seated);
      return;
    }
    this.attempt = null;
    if (ushered.at === "shut-out") this.shut(ushered.why);
    else if (ushered.at === "seated") {
      this.seated = ushered.seated;
      // The meeting may have moved on while we came in.
      this.follow();
      this.show();
    }
  }

  /** Devices open while the ticket is on its way; their trouble shows in their own state and stops nobody. */
  private openDevices(room: RoomName): void {
    const situation = this.situation();
    if (situation === null) return;
    const tracks = due(situation.own, room, grantIn(situation, room), this.wish);
    for (const kind of ["microphone", "camera"] as const) {
      if (tracks.some(({ source }) => source === kind)) void this.needs.studio.warm(kind);
    }
  }

  private changed(seated: Seated): void {
    if (this.seated === seated) void this.align();
  }

  /** After a broken connection the SFU may have forgotten the list. */
  private restored(seated: Seated): void {
    seated.line.restrict(hearersIn(this.situation(), seated.room));
    this.changed(seated);
  }

  private ended(seated: Seated, end: LineEnd): void {
    this.needs.log.note("line ended", { end });
    void this.drop(seated);
    if (end === "duplicate") {
      this.shut("another-tab");
      return;
    }
    // Removed: the meeting moved on, or is about to tell us so. The table says whether to come back.
    const situation = this.situation();
    const why = situation === null ? null : shutOutOf(situation.own, seated.room, situation.snapshot.meeting);
    if (why !== null) this.shut(why);
    else {
      this.returning(seated.room);
      void this.sit(seated.room);
    }
  }

  private async hangUp(): Promise<void> {
    this.attempt?.abort();
    this.attempt = null;
    if (this.seated !== null) await this.drop(this.seated);
  }

  private async drop(seated: Seated): Promise<void> {
    if (this.seated === seated) this.seated = null;
    seated.outbox.close();
    this.show();
    await seated.line.close();
  }

  private async align(): Promise<void> {
    if (this.seated !== null) await this.fill(this.seated);
  }

  private async fill({ outbox, room }: Seated): Promise<void> {
    this.show();
    const situation = this.situation();
    if (situation === null) return;
    const aligned = outbox.align(due(situation.own, room, grantIn(situation, room), this.wish));
    // What was switched off is off by now, even if the line keeps the rest waiting.
    this.show();
    await aligned;
    this.show();
  }

  private returning(room: RoomName): void {
    if (this.state.get().seating.at === "returning") return;
    this.change({ seating: { at: "returning", room, since: this.needs.clock.now() } });
  }

  /** Who is in no room needs no device: the lights go out. */
  private letGo(): void {
    this.needs.studio.close("microphone");
    this.needs.studio.close("camera");
  }

  private shut(why: ShutOut): void {
    this.letGo();
    this.change({ seating: { at: "shut-out", why } });
  }

  private show(): void {
    const { seated } = this;
    const shown: Shown = seated === null ? NOTHING_SHOWN : shownOf(seated, this.situation());
    if (!sameSounds(this.sounds.get(), shown.sounds)) this.sounds.set(shown.sounds);
    if (seated?.line.flows() === true) {
      const { room } = seated;
      const grant = grantIn(this.situation(), room);
      this.change({ ...shown.call, seating: { at: "seated", room, grant } });
    } else this.change(shown.call);
  }

  private change(part: Partial<CallState>): void {
    this.state.set({ ...this.state.get(), ...part });
  }
}
