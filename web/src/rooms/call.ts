import { RefusedError } from "../kernel/errors";
import type { Identity, Language } from "../kernel/ids";
import { Cell, type Readable } from "../kernel/store";
import type { FeedState } from "../summits";
import { shutOutFor, shutOutOf } from "./admission";
import type { Capture } from "./devices";
import type { LineEnd } from "./line";
import type { CallState, RoomName, ShutOut, Source } from "./model";
import { due, type Studio, type Wish } from "./outgoing";
import { Packets } from "./packets";
import { channelTrack, type RemoteSign, type RemoteSound, sendsChannels } from "./presences";
import { NOTHING_SENT, NOTHING_SHOWN, sameCall, sameSounds, type Seated, type Shown, shownOf } from "./showing";
import type { OneTab } from "./oneTab";
import { grantIn, hearersIn, placeIn, type Situation, situationOf } from "./situation";
import { Usher, type UsherNeeds } from "./usher";
import { Wishing } from "./wishing";

/** What a call needs of the rest. */
export interface CallNeeds extends Omit<UsherNeeds, "situation" | "studio" | "tickets" | "tab"> {
  readonly tickets: UsherNeeds["tickets"];
  readonly tab: Pick<OneTab, "claim" | "takeOver">;
  readonly feed: Readable<FeedState>;
  readonly studio: Studio & { watch(then: (kind: Capture) => void): () => void };
}

/** Whether a line still waits at the door is looked at this often, in ms. */
const LOOK = 15_000;

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
  readonly signs = new Cell<readonly RemoteSign[]>([]);
  private readonly needs: CallNeeds;
  private readonly usher: Usher;
  private wanted: RoomName | null = null;
  private attempt: AbortController | null = null;
  private seated: Seated | null = null;
  private readonly wishing: Wishing;
  private readonly packets: Packets;
  private looking: (() => void) | null = null;

  constructor(needs: CallNeeds) {
    this.needs = needs;
    this.state = new Cell<CallState>({
      seating: { at: "away" },
      wished: NOTHING_SENT,
      cameMuted: false,
      ...NOTHING_SHOWN.call,
    });
    this.wishing = new Wishing((shown) => {
      this.change(shown);
    });
    this.packets = new Packets(
      needs.clock,
      (ids) => this.seated?.line.played(ids) ?? new Map(),
      () => {
        this.show();
      },
    );
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
    this.wishing.enter(room);
    await this.hangUp();
    await this.sit(room);
  }

  async leave(): Promise<void> {
    this.wanted = null;
    this.wishing.leave();
    this.letGo();
    await this.hangUp();
    this.change({ seating: { at: "away" } });
    this.prepare();
  }

  async send(source: Source, on: boolean): Promise<void> {
    this.wishing.choose(source === "microphone");
    const booth = source === "microphone" ? this.booth() : null;
    if (booth === null) {
      await this.want({ [source]: on });
    } else await this.speakInto(on ? (this.wishing.wish.onAir ?? booth[0] ?? null) : null);
  }

  /** The channels of one's own, where the microphone belongs to channels and not to the floor. */
  private booth(): readonly Language[] | null {
    const situation = this.situation();
    const room = this.seated?.room ?? this.wanted;
    if (situation === null || room === null) return null;
    const { own, snapshot } = situation;
    return sendsChannels(own, room, snapshot.meeting.mode) ? own.languages : null;
  }

  /**
   * For interpreters: which own channel is on air.
   *
   * @param lingers one that is still sent beside it, until all have heard that it is left.
   */
  async speakInto(language: Language | null, lingers: Language | null = null): Promise<void> {
    if (language !== null && this.situation()?.own.languages.includes(language) !== true) {
      throw new RefusedError("not_your_role");
    }
    this.wishing.heedMuted();
    await this.want({ onAir: language, lingers, ...(language !== null && { whispers: null }) });
  }

  /** For interpreters: sends what they say to this ear alone, and to no channel. */
  async whisper(to: Identity | null): Promise<void> {
    await this.want({ whispers: to });
  }

  /** For interpreters: channels that may soon be on air, so that nobody has to wait for them then. */
  async ready(languages: readonly Language[]): Promise<void> {
    await this.want({ ready: languages });
  }

  /** For interpreters: nothing leaves while they cough, and their channel stays on air, or the floor theirs. */
  async cough(held: boolean): Promise<void> {
    this.wishing.cough(held);
    await this.align();
  }

  /** The channel one is on air in, as it is sent. */
  onAir(): Language | null {
    const { seated } = this;
    const { wish } = this.wishing;
    if (seated === null || wish.onAir === null) return null;
    if (wish.coughs === true) return wish.onAir;
    const name = channelTrack(wish.onAir, this.situation()?.snapshot.channels ?? []);
    return seated.line.isMuted(name) ? null : wish.onAir;
  }

  /** What the browser counts of each sound; nothing while there is no line. */
  readonly counted = async (): Promise<readonly RTCStatsReport[]> => (await this.seated?.line.counted()) ?? [];

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
      return void this.hangUp();
    }
    const situation = this.situation();
    if (situation === null) {
      // Who one is, is not known: nobody may hear one, and nobody is heard, until it is.
      this.seated?.line.restrict([]);
      this.wait();
      return this.show();
    }
    const { own, snapshot } = situation;
    this.wishing.follow(own, snapshot.meeting);
    if (this.wanted === null) return this.prepare();
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

  private async want(part: Partial<Wish>): Promise<void> {
    this.wishing.want(part);
    await this.align();
  }

  /** While one is in no room: has the library, the browser's media engine and a line at the chamber's door ready. */
  private prepare(): void {
    this.warm();
    this.looking ??= this.needs.clock.every(LOOK, () => {
      this.wait();
    });
    this.wait();
  }

  private wait(): void {
    if (this.wanted !== null) return;
    const situation = this.situation();
    const why = situation === null ? "unknown" : shutOutOf(situation.own, "chamber", situation.snapshot.meeting);
    if (why !== null || this.isAnotherTabs()) void this.usher.unwait();
    else if (!document.hidden) this.usher.wait();
  }

  private async sit(room: RoomName): Promise<void> {
    this.attempt?.abort();
    const attempt = new AbortController();
    this.attempt = attempt;
    this.looking?.();
    this.looking = null;
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
    const tracks = due(situation.own, placeIn(situation, room), grantIn(situation, room), this.wishing.wish);
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
    const aligned = outbox.align(
      due(situation.own, placeIn(situation, room), grantIn(situation, room), this.wishing.wish),
    );
    // What was switched off is off by now, even if the line keeps the rest waiting.
    this.show();
    await aligned;
    this.show();
  }

  private returning(room: RoomName): void {
    if (this.state.get().seating.at === "returning") return;
    this.change({ seating: { at: "returning", room, since: this.needs.clock.now() } });
  }

  /** Who is in no room needs no device: the lights go out; and who may not enter does not wait at the door. */
  private letGo(): void {
    void this.usher.unwait();
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
    const sounds = this.packets.marked(shown.sounds);
    if (!sameSounds(this.sounds.get(), sounds)) this.sounds.set(sounds);
    if (!sameSounds(this.signs.get(), shown.signs)) this.signs.set(shown.signs);
    if (seated?.line.flows() === true) {
      const { room } = seated;
      const grant = grantIn(this.situation(), room);
      this.change({ ...shown.call, seating: { at: "seated", room, grant } });
    } else this.change(shown.call);
  }

  private change(part: Partial<CallState>): void {
    const now = this.state.get();
    const next = { ...now, ...part };
    if (!sameCall(now, next)) this.state.set(next);
  }
}
