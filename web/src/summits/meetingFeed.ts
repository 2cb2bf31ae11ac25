import type { ErrorCode } from "../contract/codes";
import { EventSocket, type SocketWay, type SocketWorld } from "../contract/socket";
import type { Believed, Event, Message, Snapshot, SnapshotSent } from "../contract/parse";
import type { MeetingId } from "../kernel/ids";
import { Cell } from "../kernel/store";
import type { Roll } from "../identity";
import { isAsSigned } from "./agreed";
import { Attended } from "./attended";
import { betterTime, serverNow, type ServerTime } from "./clocks";
import { applied, replacesNothing } from "./feed";

/** How the numbered events stand. `refused` is final; `returning` heals by itself. */
export type FeedState =
  | { readonly at: "opening" }
  | { readonly at: "live"; readonly snapshot: Snapshot }
  | { readonly at: "returning"; readonly snapshot: Snapshot | null; readonly since: number }
  | { readonly at: "refused"; readonly code: ErrorCode };

/** What is told once and is part of no state: what an event handed on, or that a snapshot came in place of events. */
export type Handed = Event | "snapshot";

/** What the feed needs. */
export interface FeedNeeds {
  readonly world: SocketWorld;
  readonly roll: Pick<Roll, "agreed" | "own" | "known" | "check">;
  readonly session: Pick<SocketWay, "session" | "renew">;
  /**
   * What is believed of channels and booths; the same object for as long as it is the same, null: not known now.
   *
   * @param attended until when all that the server told had been heard, before it told this; null: never yet.
   */
  believe(told: SnapshotSent, attended: number | null): Promise<Believed | null>;
  /** What outlives a reload of the page, and nothing else. */
  readonly memory: Pick<Storage, "getItem" | "setItem">;
  /** The socket's address for a meeting. */
  url(meeting: MeetingId): string;
  /** Settles when this tab may sit in the seat; the socket is opened only then. */
  seatFree(): Promise<void>;
}

/** One meeting as the server tells it, less the seats whose accreditation does not hold. */
export class MeetingRecord {
  readonly state = new Cell<FeedState>({ at: "opening" });
  private readonly needs: FeedNeeds;
  private socket: EventSocket | null = null;
  private meeting: MeetingId | null = null;
  private raw: SnapshotSent | null = null;
  private believed: Believed | null = null;
  /** Something was arranged. */
  private isArranged = false;
  private live = false;
  /** Another tab has the seat. */
  private yielded = false;
  private time: ServerTime | null = null;
  /** How far the server's clock was ahead when it first told it: what it says later makes nothing late, or early. */
  private ahead: number | null = null;
  private attended: Attended | null = null;
  /** Until when all had been heard before what nobody could look at yet; null: all was looked at. */
  private unseen: { readonly since: number | null } | null = null;
  private readonly listeners: ((handed: Handed) => void)[] = [];

  constructor(needs: FeedNeeds) {
    this.needs = needs;
  }

  /** Calls with each event that was applied, in order, after its slices are shown. */
  listen(then: (handed: Handed) => void): void {
    this.listeners.push(then);
  }

  now(): number {
    return serverNow(this.time, this.needs.world.clock.now());
  }

  /** The meeting one is at; null when none is open. */
  get opened(): MeetingId | null {
    return this.meeting;
  }

  open(meeting: MeetingId): void {
    if (this.meeting === meeting && !this.yielded) return;
    this.close();
    this.meeting = meeting;
    this.yielded = false;
    this.attended = new Attended(this.needs.memory, meeting);
    this.state.set({ at: "opening" });
    void this.needs.seatFree().then(() => {
      if (this.meeting === meeting && this.socket === null) this.connect(meeting);
    });
  }

  close(): void {
    this.socket?.close();
    this.socket = null;
    this.meeting = null;
    this.raw = null;
    this.believed = null;
    this.isArranged = false;
    this.attended = null;
    this.unseen = null;
    this.live = false;
    this.state.set({ at: "opening" });
  }

  /** Another tab has the seat now: fall silent without coming back. */
  yieldSeat(): void {
    this.socket?.close();
    this.socket = null;
    this.yielded = true;
    this.live = false;
    this.state.set({ at: "refused", code: "taken_over" });
  }

  /** The seat is this tab's again. */
  reopen(): void {
    if (this.meeting !== null) this.open(this.meeting);
  }

  private connect(meeting: MeetingId): void {
    const { session, renew } = this.needs.session;
    const way: SocketWay = {
      url: this.needs.url(meeting),
      session,
      renew,
      after: () => this.raw?.number,
    };
    this.socket = new EventSocket(
      way,
      {
        message: (message) => {
          this.take(message);
        },
        lost: () => {
          this.live = false;
          this.attended?.broken();
          const shown = this.shown();
          if (this.state.get().at !== "returning") {
            this.state.set({ at: "returning", snapshot: shown, since: this.now() });
          }
        },
        refused: (code) => {
          this.live = false;
          this.state.set({ at: "refused", code });
        },
      },
      this.needs.world,
    );
    this.socket.open();
  }

  private take(message: Message): void {
    if ("snapshot" in message) {
      if (!this.restart(message.snapshot)) return;
    } else if ("event" in message) {
      if (this.raw === null) return;
      this.raw = applied(this.raw, message.event);
      if (!this.tellsWhoWeAre(this.raw)) return;
    } else if ("resumed" in message) this.read(message.resumed.now);
    else if ("heartbeat" in message) this.read(message.heartbeat.now);
    this.live = true;
    const attended = this.attend();
    if (!this.changesNothing(message)) this.show(attended);
    this.hand(message);
  }

  /** Until when all had been heard before this came; null: never yet. */
  private attend(): number | null {
    return this.attended?.heard(this.needs.world.clock.now(), this.ahead ?? 0) ?? null;
  }

  /** What is only handed on changes nothing that is shown. */
  private changesNothing(message: Message): boolean {
    return "event" in message && replacesNothing(message.event) && this.state.get().at === "live";
  }

  private hand(message: Message): void {
    if ("event" in message) for (const then of this.listeners) then(message.event);
    if ("snapshot" in message) for (const then of this.listeners) then("snapshot");
  }

  /** False when the server is not believed. */
  private restart(snapshot: SnapshotSent): boolean {
    const { agreed } = this.needs.roll;
    if (agreed === null || snapshot.summit.dh !== agreed.dh || !isAsSigned(snapshot, agreed.descriptor)) {
      // The server speaks of another summit than the one we were invited to, or words of it nobody signed.
      this.disbelieve("descriptor_bad");
      return false;
    }
    if (!this.tellsWhoWeAre(snapshot)) return false;
    this.raw = snapshot;
    this.believed ??= byLanguage(snapshot);
    this.read(snapshot.now);
    return true;
  }

  /**
   * Whether "you" is whoever has this device's key. In another's seat one would be shown the other's rights, and
   * would let the wrong people hear.
   */
  private tellsWhoWeAre({ seats, you }: SnapshotSent): boolean {
    const { own } = this.needs.roll;
    const holds = seats.every(({ member, identity }) => (member === you) === (identity === own));
    if (!holds) this.disbelieve("device_bad");
    return holds;
  }

  private disbelieve(code: ErrorCode): void {
    this.socket?.close();
    this.live = false;
    this.state.set({ at: "refused", code });
  }

  private read(now: string): void {
    const heard = this.needs.world.clock.now();
    this.ahead ??= Date.parse(now) - heard;
    this.time = betterTime(this.time, { said: Date.parse(now), heard });
  }

  private shown(): Snapshot | null {
    const { raw, believed } = this;
    return raw === null || believed === null ? null : { ...this.known(raw), ...believed };
  }

  private show(attended: number | null): void {
    const raw = this.raw;
    if (raw === null || this.state.get().at === "refused") return;
    // The first picture waits for the check, else it would be of an empty room; later ones show who is known.
    if (this.state.get().at !== "opening") this.publish();
    void this.check(raw, attended).then((fresh) => {
      if (fresh || this.state.get().at === "opening") this.publish();
    });
  }

  /** True when there is anything that was not known before. */
  private async check(raw: SnapshotSent, attended: number | null): Promise<boolean> {
    const fresh = await this.needs.roll.check(raw.seats);
    const before = this.believed;
    this.isArranged ||= raw.arranged.length > 0;
    // Chairs are known now, and their signatures can be looked at.
    const believed = this.isArranged ? await this.believe(raw, attended) : null;
    if (this.raw === raw) this.believed = believed ?? before;
    return fresh || this.believed !== before;
  }

  private async believe(raw: SnapshotSent, attended: number | null): Promise<Believed | null> {
    this.unseen ??= { since: attended };
    const { unseen } = this;
    const believed = await this.needs.believe(this.known(raw), unseen.since);
    // Another look may have begun meanwhile, at what came later.
    if (believed !== null && this.unseen === unseen) this.unseen = null;
    return believed;
  }

  private known(raw: SnapshotSent): SnapshotSent {
    return { ...raw, seats: this.needs.roll.known(raw.seats) };
  }

  private publish(): void {
    const snapshot = this.shown();
    if (snapshot !== null && this.live) this.state.set({ at: "live", snapshot });
  }
}

/** What holds while nothing was signed. */
function byLanguage({ languages }: SnapshotSent): Believed {
  const channels = languages.map((language) => ({ language, kind: "spoken" as const }));
  return { channels, booths: [], numbers: {}, isDoubtful: false };
}
