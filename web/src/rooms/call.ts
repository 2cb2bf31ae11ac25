import type { ErrorCode } from "../contract/codes";
import type { Seat, Snapshot } from "../contract/parse";
import { waitBefore } from "../kernel/backoff";
import type { Clock } from "../kernel/clock";
import { OutageError, RefusedError } from "../kernel/errors";
import type { Language } from "../kernel/ids";
import type { Log } from "../kernel/log";
import { Cell, type Readable } from "../kernel/store";
import { grantFor, hearersOf, type FeedState } from "../summits";
import { shutOutFor, shutOutOf } from "./admission";
import type { Capture } from "./devices";
import { Line, type LineEnd, loadLiveKit } from "./line";
import type { CallState, Grant, Presence, RoomName, Sending, ShutOut, Source } from "./model";
import type { OneTab } from "./oneTab";
import { due, Outbox, type Studio, type Wish } from "./outgoing";
import { type Place, presencesOf, type RemoteSound, sendsChannels, soundsOf } from "./presences";
import type { TicketWindow } from "./tickets";

/** What a call needs of the rest. */
export interface CallNeeds {
  readonly feed: Readable<FeedState>;
  readonly tickets: TicketWindow;
  readonly studio: Studio & { watch(then: (kind: Capture) => void): () => void };
  readonly tab: OneTab;
  readonly clock: Clock;
  readonly log: Log;
  /** Marks a moment of joining, by name; scenes and benchmarks read them. */
  mark(name: string): void;
}

const NOTHING_SENT: Sending = { microphone: false, camera: false, screen: false };
const NO_GRANT: Grant = { publish: [], hear: false };
/** A ticket held ready is renewed this often, in ms. */
const RENEW = 15_000;
/** After this many failed tries in a row the screen says that one is coming back. */
const QUIET_TRIES = 2;

interface Seated {
  readonly room: RoomName;
  readonly line: Line;
  readonly outbox: Outbox;
}

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
  private wanted: RoomName | null = null;
  private attempt: AbortController | null = null;
  private seated: Seated | null = null;
  private wish: Wish = { ...NOTHING_SENT, onAir: null };
  private wishSet = false;
  private stopRenewing: (() => void) | null = null;

  constructor(needs: CallNeeds) {
    this.needs = needs;
    this.state = new Cell<CallState>({
      seating: { at: "away" },
      sending: NOTHING_SENT,
      presences: [],
      hearers: 0,
    });
    needs.feed.subscribe(() => {
      this.follow();
    });
    needs.studio.watch((kind) => {
      void this.seated?.outbox.swap(kind);
    });
  }

  async enter(room: RoomName): Promise<void> {
    this.needs.mark("enter");
    if (this.wanted === room && this.seated !== null) return;
    this.wanted = room;
    await this.hangUp();
    await this.sit(room);
  }

  async leave(): Promise<void> {
    this.wanted = null;
    await this.hangUp();
    this.change({ seating: { at: "away" } });
    this.prepare();
  }

  async send(source: Source, on: boolean): Promise<void> {
    this.wishSet = true;
    const own = this.own();
    const room = this.seated?.room ?? this.wanted;
    if (source === "microphone" && own !== null && room !== null && sendsChannels(own, room)) {
      await this.speakInto(on ? (this.wish.onAir ?? own.languages[0] ?? null) : null);
      return;
    }
    this.wish = { ...this.wish, [source]: on };
    await this.align();
  }

  /** For interpreters: which own channel is on air. */
  async speakInto(language: Language | null): Promise<void> {
    if (language !== null && this.own()?.languages.includes(language) !== true) {
      throw new RefusedError("not_your_role");
    }
    this.wish = { ...this.wish, onAir: language };
    await this.align();
  }

  /** The channel one is on air in, as the SFU has it. */
  onAir(): Language | null {
    const { seated, wish } = this;
    if (seated === null || wish.onAir === null) return null;
    return seated.line.isMuted(`int:${wish.onAir}`) ? null : wish.onAir;
  }

  async takeOver(): Promise<void> {
    await this.needs.tab.takeOver();
    this.change({ seating: { at: "away" } });
    if (this.wanted !== null) await this.enter(this.wanted);
  }

  /** Another tab took the seat. */
  async loseSeat(): Promise<void> {
    await this.hangUp();
    this.shut("another-tab");
  }

  /** Another tab has the seat already. */
  async seatIsTaken(): Promise<void> {
    if (!(await this.needs.tab.claim())) this.shut("another-tab");
  }

  // --- Following the meeting -------------------------------------------------------------------------------------

  private snapshot(): Snapshot | null {
    const feed = this.needs.feed.get();
    return feed.at === "live" || feed.at === "returning" ? feed.snapshot : null;
  }

  private own(): Seat | null {
    const snapshot = this.snapshot();
    return snapshot?.seats.find(({ member }) => member === snapshot.you) ?? null;
  }

  private place(room: RoomName): Place | null {
    const snapshot = this.snapshot();
    return snapshot === null ? null : { room, standing: snapshot.meeting };
  }

  private grant(room: RoomName): Grant {
    const own = this.own();
    const place = this.place(room);
    if (own === null || place === null) return NO_GRANT;
    return grantFor(room, own.role, place.standing) ?? NO_GRANT;
  }

  /** The meeting changed: first who may hear, then everything else. */
  private follow(): void {
    const feed = this.needs.feed.get();
    if (feed.at === "refused") {
      this.giveUp(feed.code);
      return;
    }
    const own = this.own();
    const standing = this.snapshot()?.meeting;
    if (own === null || standing === undefined) return;
    this.wishFirst(own);
    if (this.wanted === null) {
      this.prepare();
      return;
    }
    const why = shutOutOf(own, this.wanted, standing);
    if (why !== null) {
      void this.hangUp();
      this.shut(why);
    } else if (this.seated !== null) {
      this.restrict(this.seated);
      void this.align();
      this.show();
    } else if (this.attempt === null && !this.isAnotherTabs()) void this.sit(this.wanted);
  }

  private isAnotherTabs(): boolean {
    const { seating } = this.state.get();
    return seating.at === "shut-out" && seating.why === "another-tab";
  }

  /** A principal is seen and heard unless they say otherwise; for everybody else it is the other way round. */
  private wishFirst(own: Seat): void {
    if (this.wishSet) return;
    this.wishSet = true;
    if (own.role === "principal") this.wish = { ...this.wish, microphone: true, camera: true };
  }

  private giveUp(code: ErrorCode): void {
    void this.hangUp();
    this.shut(shutOutFor(code) ?? "network");
  }

  /** While one is not in a room: has the library and a ticket ready. */
  private prepare(): void {
    void loadLiveKit();
    this.stopRenewing ??= this.needs.clock.every(RENEW, () => {
      this.prepareTicket();
    });
    this.prepareTicket();
  }

  private prepareTicket(): void {
    const own = this.own();
    const snapshot = this.snapshot();
    if (own === null || snapshot === null || this.wanted !== null || document.hidden) return;
    if (shutOutOf(own, "chamber", snapshot.meeting) !== null || this.isAnotherTabs()) return;
    const { id, phase } = snapshot.meeting;
    this.needs.tickets.prepare({ meeting: id, room: "chamber", phase });
  }

  // --- Sitting down ----------------------------------------------------------------------------------------------

  private async sit(room: RoomName): Promise<void> {
    this.attempt?.abort();
    const attempt = new AbortController();
    this.attempt = attempt;
    const { seating } = this.state.get();
    if (seating.at !== "returning") this.change({ seating: { at: "entering", room } });
    try {
      await this.persist(room, attempt.signal);
    } finally {
      if (this.attempt === attempt) this.attempt = null;
    }
  }

  private async persist(room: RoomName, stop: AbortSignal): Promise<void> {
    for (let tries = 0; !stop.aborted; tries += 1) {
      await this.pause(waitBefore(tries));
      if (stop.aborted) return;
      try {
        if (await this.join(room, stop)) return;
      } catch (error) {
        if (stop.aborted) return;
        if (error instanceof RefusedError) {
          const why = shutOutFor(error.code);
          if (why !== null) {
            this.shut(why);
            return;
          }
        } else if (!(error instanceof OutageError || error instanceof Error)) throw error;
        this.needs.log.trouble("not seated", error, { room, tries });
        if (tries === QUIET_TRIES) this.returning(room);
      }
    }
  }

  /** One try. False when there is nothing to try yet: the next event of the meeting brings us back. */
  private async join(room: RoomName, stop: AbortSignal): Promise<boolean> {
    if (!(await this.needs.tab.claim())) {
      this.shut("another-tab");
      return true;
    }
    const snapshot = this.snapshot();
    const own = this.own();
    if (snapshot === null || own === null) return true;
    const why = shutOutOf(own, room, snapshot.meeting);
    if (why !== null) {
      this.shut(why);
      return true;
    }
    this.stopRenewing?.();
    this.stopRenewing = null;
    const door = { meeting: snapshot.meeting.id, room, phase: snapshot.meeting.phase };
    const [livekit, ticket] = await Promise.all([
      loadLiveKit(),
      this.needs.tickets.take(door, own.identity),
      this.openDevices(own, room),
    ]);
    if (stop.aborted) return true;
    this.needs.mark("ticket");
    const seated = this.lineFor(room, livekit);
    const hangUp = (): void => {
      void this.drop(seated);
    };
    stop.addEventListener("abort", hangUp);
    try {
      await seated.line.connect(ticket.url, ticket.token);
    } catch (error) {
      void this.drop(seated);
      throw error;
    } finally {
      stop.removeEventListener("abort", hangUp);
    }
    if (stop.aborted) return true;
    this.needs.mark("connected");
    this.seated = seated;
    if (seated.line.identity !== own.identity) throw new RefusedError("ticket_refused", "identity");
    this.restrict(seated);
    this.show();
    void this.align();
    return true;
  }

  /** Devices open while the ticket is fetched; their trouble shows in their own state and stops nobody. */
  private async openDevices(own: Seat, room: RoomName): Promise<void> {
    const kinds = due(own, room, this.grant(room), this.wish).map(({ source }) => source);
    for (const kind of ["microphone", "camera"] as const) {
      if (!kinds.includes(kind)) continue;
      this.needs.studio
        .copy(kind)
        .then((track) => {
          track.stop();
        })
        .catch((error: unknown) => {
          this.needs.log.trouble("no device", error, { kind });
        });
    }
  }

  private lineFor(room: RoomName, livekit: Awaited<ReturnType<typeof loadLiveKit>>): Seated {
    const line = new Line(livekit, {
      joined: () => {
        this.needs.mark("joined");
        // Before anything is sent: the list of who may have it.
        this.restrict(seated);
        void this.fill(seated);
      },
      changed: () => {
        if (this.seated !== seated) return;
        if (this.state.get().seating.at === "returning") this.restrict(seated);
        void this.align();
        this.show();
      },
      faltering: () => {
        if (this.seated === seated) this.returning(room);
      },
      ended: (end) => {
        if (this.seated === seated) this.ended(seated, end);
      },
    });
    const seated: Seated = { room, line, outbox: new Outbox(line, this.needs.studio, this.needs.log) };
    return seated;
  }

  private ended(seated: Seated, end: LineEnd): void {
    this.needs.log.note("line ended", { end });
    void this.drop(seated);
    if (end === "duplicate") {
      this.shut("another-tab");
      return;
    }
    // Removed: the meeting moved on, or is about to tell us so. The table says whether to come back.
    const own = this.own();
    const place = this.place(seated.room);
    const why = own === null || place === null ? null : shutOutOf(own, seated.room, place.standing);
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

  private async pause(ms: number): Promise<void> {
    if (ms === 0) return;
    await new Promise<void>((resolve) => {
      this.needs.clock.after(ms, resolve);
    });
  }

  // --- Sending and showing ---------------------------------------------------------------------------------------

  private restrict({ line, room }: Seated): void {
    const own = this.own();
    const snapshot = this.snapshot();
    // Without knowing who is who, nobody hears.
    const hearers =
      own === null || snapshot === null
        ? []
        : hearersOf(own, snapshot.seats, room, snapshot.meeting);
    line.restrict(hearers);
    const present = new Set(line.remotes().map(({ identity }) => identity));
    this.change({ hearers: hearers.filter((identity) => present.has(identity)).length });
  }

  private async align(): Promise<void> {
    if (this.seated !== null) await this.fill(this.seated);
  }

  private async fill({ outbox, room }: Seated): Promise<void> {
    const own = this.own();
    if (own === null) return;
    await outbox.align(due(own, room, this.grant(room), this.wish));
    this.show();
  }

  private returning(room: RoomName): void {
    if (this.state.get().seating.at === "returning") return;
    this.change({ seating: { at: "returning", room, since: this.needs.clock.now() } });
  }

  private shut(why: ShutOut): void {
    this.change({ seating: { at: "shut-out", why } });
  }

  private show(): void {
    const { seated } = this;
    if (seated === null) {
      this.sounds.set([]);
      this.change({ sending: NOTHING_SENT, presences: [], hearers: 0 });
      return;
    }
    const { line, room } = seated;
    const place = this.place(room);
    const seats = this.snapshot()?.seats ?? [];
    if (place === null) return;
    const remotes = line.remotes();
    const sounds = this.grant(room).hear ? soundsOf(remotes, seats, place) : [];
    if (!sameSounds(this.sounds.get(), sounds)) this.sounds.set(sounds);
    const sending = this.sending(seated);
    const others = presencesOf(remotes, seats, place);
    this.change({
      seating: { at: "seated", room, grant: this.grant(room) },
      sending,
      presences: [...this.ownPresence(seated, sending), ...others],
    });
    this.countHearers(seated);
  }

  private countHearers({ line, room }: Seated): void {
    const own = this.own();
    const snapshot = this.snapshot();
    if (own === null || snapshot === null) return;
    const allowed = new Set(hearersOf(own, snapshot.seats, room, snapshot.meeting));
    this.change({ hearers: line.remotes().filter(({ identity }) => allowed.has(identity)).length });
  }

  private sending({ line }: Seated): Sending {
    const names = line.sending();
    const live = (name: string): boolean => names.includes(name) && !line.isMuted(name);
    const speaks = names.some((name) => (name === "floor" || name.startsWith("int:")) && live(name));
    return { microphone: speaks, camera: live("camera"), screen: live("screen") };
  }

  private ownPresence({ line, outbox }: Seated, sending: Sending): readonly Presence[] {
    const own = this.own();
    if (own === null) return [];
    const { connection, speaking } = line.own();
    return [
      {
        member: own.member,
        camera: outbox.track("camera"),
        screen: outbox.track("screen"),
        microphone: sending.microphone ? "on" : "off",
        speaking: sending.microphone && speaking,
        connection,
      },
    ];
  }

  private change(part: Partial<CallState>): void {
    this.state.set({ ...this.state.get(), ...part });
  }
}

function sameSounds(one: readonly RemoteSound[], other: readonly RemoteSound[]): boolean {
  return (
    one.length === other.length &&
    one.every((sound, at) => {
      const twin = other[at];
      return twin?.id === sound.id && twin.muted === sound.muted && twin.track === sound.track;
    })
  );
}
