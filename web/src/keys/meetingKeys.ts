/** The keys of the meeting one is at: follows its feed, is in the groups that the table lets one be in, and seals rooms. */
import type { Event, Said, Seat, Snapshot } from "../contract/parse";
import type { KeptSeat, Pinned } from "../identity";
import type { Clock } from "../kernel/clock";
import type { Identity, MeetingId } from "../kernel/ids";
import { Cell, type Readable } from "../kernel/store";
import { connectedIn, type FeedState, type Handed, ownSeatIn } from "../summits";
import { DoorsWatch } from "./doorsWatch";
import type { Ground, GroupKeys } from "./groupKeys";
import { type GroupName, readGroupName, written } from "./groupName";
import type { HungDoors } from "./meetingDoors";
import { RoomKeys, type RoomKeysNeeds, type Sealing } from "./roomKeys";
import { isShownAlike, type KeysState, NO_KEYS } from "./standing";
import { boothGroupOf, floorLeft, groupsOf, othersIn } from "./wanted";
import type { EnvelopeTold } from "./words";

type Room = "chamber" | "caucus" | "booth";

/** A booth of which one is, and who else works there. */
export interface OwnBooth {
  readonly id: string;
  readonly members: readonly Identity[];
}

/** What a meeting's keys need. */
export interface MeetingKeysNeeds extends Omit<RoomKeysNeeds, "changed" | "letter" | "overheard" | "ended"> {
  readonly clock: Clock;
  readonly feed: Readable<FeedState>;
  /** Hears what events hand on, in their order. */
  listen(then: (handed: Handed) => void): void;
  /** Where the server is: all before `/api`. */
  readonly server: string;
  /** Whether this browser takes RED. */
  readonly red: boolean;
  /** By how much the server's clock is ahead of this machine's, in ms. */
  ahead(): number;
  /** The doors of a meeting, closed until its chairs have opened them. */
  hang(ground: Ground, first: Snapshot): HungDoors;
  pinned(): Pinned | null;
  seat(): Promise<KeptSeat | undefined>;
}

/** How long a floor's keys are kept after its doors have closed, in ms. */
const LINGERING = 10_000;
/** How far the server's clock may be from this machine's, in ms. */
const APART = 300_000;
/** How long after a failure it is begun anew, doubled each time, in ms. */
const AGAIN = 250;
const LONGEST = 30_000;

/** The keys of one meeting after another. */
export class MeetingKeys {
  readonly state = new Cell<KeysState>(NO_KEYS);
  private readonly needs: MeetingKeysNeeds;
  private readonly rooms = new Map<Room, RoomKeys>();
  private ground: Ground | null = null;
  private meeting: MeetingId | null = null;
  private left: { readonly name: string; readonly until: number } | null = null;
  /** The room one is seated in: not the booth's own, which is beside it. */
  private room: Room = "chamber";
  private booth: OwnBooth | null = null;
  private isCaucusWanted = false;
  private doors: HungDoors | null = null;
  private readonly watch: DoorsWatch;
  private readonly waiting = new Set<() => void>();
  private readonly failures = new Map<Room, { readonly count: number; readonly until: number }>();
  private readonly listeners: ((group: GroupName, told: EnvelopeTold) => void)[] = [];

  constructor(needs: MeetingKeysNeeds) {
    this.needs = needs;
    this.watch = new DoorsWatch({
      clock: needs.clock,
      time: () => this.time(),
      counts: async () => this.rooms.get("chamber")?.counts(),
      say: (ticket, said) => this.say({ kind: "chamber" }, ticket, said),
      changed: () => {
        this.show();
      },
      mend: () => {
        this.rooms.get("chamber")?.fail();
      },
    });
    this.listen((group, told) => {
      if (group.kind === "chamber") this.watch.hear(told, this.ground?.seat.identity);
    });
    needs.feed.subscribe(() => {
      this.follow();
    });
    needs.listen((handed) => {
      this.hear(handed);
    });
  }

  /** A chair holds the doors open from now on; they open when one of every delegation does. */
  holdDoors(): void {
    this.doors?.hold();
  }

  /** A chair closes the doors: here at once, whether or not the server hears of it. */
  async closeDoors(): Promise<void> {
    await this.doors?.close();
  }

  /** A chair's order to the groups that are stuck: takes back the epoch whose end the rules refuse. */
  takeBack(): void {
    for (const group of this.groups()) if (group.standing.at === "stuck") group.say({ do: "void" });
  }

  /** The code is read aloud until then, in ms by the server's clock: the chamber's keys are renewed later. */
  pause(until: number): void {
    this.group("chamber")?.say({ do: "pause", until });
  }

  /** What seals a line in this room; it may come before the keys do, and nothing leaves until then. */
  async sealing(room: Room, stop: AbortSignal): Promise<Sealing> {
    if (room !== "booth") this.room = room;
    for (;;) {
      this.follow();
      stop.throwIfAborted();
      const sealing = this.rooms.get(room);
      if (sealing !== undefined) return sealing;
      await new Promise<void>((come) => {
        this.waiting.add(come);
        stop.addEventListener("abort", () => {
          come();
        });
      });
    }
  }

  /** From now on one is in the group of this booth; null: in none. */
  sitInBooth(booth: OwnBooth | null): void {
    this.booth = booth;
    this.follow();
  }

  /** From now on one is in the group of one's delegation, whether or not one ever goes to its room. */
  joinCaucus(): void {
    if (this.isCaucusWanted) return;
    this.isCaucusWanted = true;
    this.follow();
  }

  /** Calls with what is told of envelopes, in the order of each group. */
  listen(then: (group: GroupName, told: EnvelopeTold) => void): void {
    this.listeners.push(then);
  }

  /** Says something to a group, sealed and signed; what becomes of it is told under the ticket. False when one is not in it. */
  say(group: GroupName, ticket: number, said: Said): boolean {
    const keys = this.group(written(group));
    keys?.say({ do: "say", ticket, said });
    return keys !== undefined;
  }

  private follow(): void {
    const feed = this.needs.feed.get();
    if (feed.at === "refused" || feed.at === "opening") {
      this.close();
      return;
    }
    const { snapshot } = feed;
    const own = snapshot === null ? undefined : ownSeatIn(snapshot);
    if (snapshot === null || own === undefined) {
      // Whoever one is: nothing leaves before it is known.
      for (const room of this.rooms.values()) room.sealUnder(null);
      this.show();
      return;
    }
    if (this.meeting !== snapshot.meeting.id) this.begin(snapshot.meeting.id);
    this.followDoors(own, snapshot, feed.at === "live");
  }

  private followDoors(own: Seat, snapshot: Snapshot, isLive: boolean): void {
    this.doors?.follow(snapshot);
    const meeting = this.meetingOf(snapshot);
    // Doors are open only while one hears that they are, and while the chairs hold them.
    const areDoorsOpen = isLive && meeting.phase === "open" && this.areHeld(own);
    if (this.ground !== null) this.stand(own, meeting, areDoorsOpen, this.ground);
    this.tellOfOthers(isLive, snapshot, meeting);
  }

  /** The meeting as the server tells it; but what a chair has closed is closed, whatever it says. */
  private meetingOf({ meeting }: Snapshot): Snapshot["meeting"] {
    const isShut = this.doors?.state.get().isShut ?? false;
    return isShut && meeting.phase === "open" ? { ...meeting, phase: "closed" } : meeting;
  }

  /** Whoever has no part in it, as the press, sends nothing, and knows the doors by the server's word. */
  private areHeld(own: Seat): boolean {
    const isSide = this.ground?.pinned.descriptor.delegations.some(({ id }) => id === own.party) ?? true;
    return !isSide || this.doors?.state.get().doors.at === "open";
  }

  /** Who is connected, as far as one hears of it, and whom the meeting keeps out. */
  private tellOfOthers(isLive: boolean, snapshot: Snapshot, meeting: Snapshot["meeting"]): void {
    const there = isLive ? connectedIn(snapshot) : null;
    for (const group of this.groups()) {
      const members = group.name.kind === "booth" ? { members: this.booth?.members ?? [] } : {};
      group.know({ ...othersIn(group.name, meeting, there), ...members });
    }
  }

  private begin(meeting: MeetingId): void {
    this.close();
    this.meeting = meeting;
    void this.prepare(meeting).catch((error: unknown) => {
      this.needs.log.trouble("no keys yet", error);
      if (this.meeting === meeting) this.meeting = null;
      this.later(AGAIN);
    });
  }

  private async prepare(meeting: MeetingId): Promise<void> {
    const [seat, pinned] = [await this.needs.seat(), this.needs.pinned()];
    if (this.meeting !== meeting) return;
    if (seat === undefined || pinned === null) throw new Error("nobody has arrived");
    const { server, red } = this.needs;
    // Whoever trusted the server's clock further would sign session keys for another day.
    const ahead = Math.max(-APART, Math.min(APART, this.needs.ahead()));
    this.ground = { seat, pinned, meeting, server, red, ahead };
    this.hangDoors(this.ground);
    this.follow();
  }

  private hangDoors(ground: Ground): void {
    const feed = this.needs.feed.get();
    const snapshot = feed.at === "live" || feed.at === "returning" ? feed.snapshot : null;
    if (snapshot === null) throw new Error("the meeting is not known");
    this.doors = this.needs.hang(ground, snapshot);
    this.doors.state.subscribe(() => {
      this.follow();
    });
  }

  private later(ms: number): void {
    this.needs.clock.after(ms, () => {
      this.follow();
    });
  }

  private stand(own: Seat, meeting: Snapshot["meeting"], areDoorsOpen: boolean, ground: Ground): void {
    const groups = groupsOf(own, meeting);
    const chamber = this.roomKeys("chamber", ground);
    const under = areDoorsOpen ? "floor" : "chamber";
    // Before anything else: doors that have closed.
    chamber?.sealUnder(groups.find(({ kind }) => kind === under) ?? null);
    const leaving = this.leaving(meeting);
    // The next floor is built when the doors have closed everywhere: until then nobody has anything better to do.
    const sounding = groups.filter(({ kind }) => kind === "chamber" || (kind === "floor" && leaving === undefined));
    chamber?.be(sounding, leaving);
    this.standInCaucus(
      groups.filter(({ kind }) => kind === "caucus"),
      ground,
    );
    this.standInBooth(boothGroupOf(own, meeting, this.booth?.id), ground);
    for (const come of this.waiting) come();
    this.waiting.clear();
    this.watch.stand({ openings: meeting.openings, areDoorsOpen, isOver: meeting.phase !== "open" });
    this.lookAtDoors();
    this.show();
  }

  /** From when one first goes there, or something is to be said to one's own. */
  private standInCaucus(groups: readonly GroupName[], ground: Ground): void {
    if (this.room !== "caucus" && !this.isCaucusWanted && !this.rooms.has("caucus")) return;
    const caucus = this.roomKeys("caucus", ground);
    caucus?.sealUnder(groups[0] ?? null);
    caucus?.be(groups, undefined);
  }

  /** Envelopes, and what is said and shown in its own room. */
  private standInBooth(group: GroupName | undefined, ground: Ground): void {
    if (group === undefined && !this.rooms.has("booth")) return;
    const booth = this.roomKeys("booth", ground);
    booth?.sealUnder(group ?? null);
    booth?.be(group === undefined ? [] : [group], undefined);
  }

  /** The floor that is still there although its doors have closed: for as long as a frame may be under way. */
  private leaving(meeting: Snapshot["meeting"]): GroupName | undefined {
    const floor = floorLeft(meeting);
    const name = floor === undefined ? null : written(floor);
    if (name !== this.left?.name) {
      const until = this.needs.clock.now() + LINGERING;
      this.left = name === null ? null : { name, until };
      this.later(LINGERING);
    }
    return this.left !== null && this.needs.clock.now() < this.left.until ? floor : undefined;
  }

  /** The room's keys; undefined for a while after they have failed, longer each time. */
  private roomKeys(room: Room, ground: Ground): RoomKeys | undefined {
    const held = this.rooms.get(room);
    if (held !== undefined || this.needs.clock.now() < (this.failures.get(room)?.until ?? 0)) return held;
    const made: RoomKeys = new RoomKeys(
      {
        ...this.needs,
        changed: () => {
          if (made.isInside) this.failures.delete(room);
          this.lookAtDoors();
          this.show();
        },
        overheard: (sender, floor) => {
          const name = readGroupName(floor);
          if (name.kind === "floor") this.watch.found(sender, name.opening);
        },
        letter: (group, told) => {
          for (const then of this.listeners) then(group, told);
        },
        ended: () => {
          if (this.rooms.get(room) !== made) return;
          this.rooms.delete(room);
          this.failed(room);
        },
      },
      ground,
    );
    this.rooms.set(room, made);
    return made;
  }

  private failed(room: Room): void {
    const count = (this.failures.get(room)?.count ?? 0) + 1;
    const wait = Math.min(LONGEST, AGAIN * 2 ** count);
    this.failures.set(room, { count, until: this.needs.clock.now() + wait });
    this.show();
    this.later(wait);
  }

  private hear(handed: Handed): void {
    if (handed === "snapshot") for (const group of this.groups()) group.catchUp();
    else this.take(handed);
    if (handed !== "snapshot" && handed.envelope !== undefined) {
      const { group, number, envelope } = handed.envelope;
      this.group(group)?.say({ do: "envelope", number, envelope });
    }
  }

  private take({ founding, commit, voided, kind }: Event): void {
    if (founding !== undefined) this.group(founding.group)?.enter();
    if (commit !== undefined) this.group(commit.group)?.commit(commit);
    if (voided !== undefined)
      this.group(voided.group)?.say({ do: "voided", void: voided.void, signature: voided.signature });
    for (const group of this.groups()) rouse(group, kind);
  }

  /** What has become of closing the doors, where one sees it from the chamber's group. */
  private lookAtDoors(): void {
    const standing = this.group("chamber")?.standing;
    this.watch.look(standing?.at === "inside" ? standing.roster.map(({ member }) => member.identity) : null);
  }

  private time(): string {
    return new Date(this.needs.clock.now() + (this.ground?.ahead ?? 0)).toISOString();
  }

  private groups(): readonly GroupKeys[] {
    return [...this.rooms.values()].flatMap((room) => [...room.groups.values()]);
  }

  private group(name: string): GroupKeys | undefined {
    return this.groups().find((group) => written(group.name) === name);
  }

  private close(): void {
    const rooms = [...this.rooms.values()];
    this.rooms.clear();
    for (const room of rooms) room.fail();
    this.doors?.end();
    this.doors = null;
    this.watch.end();
    this.ground = null;
    this.meeting = null;
    this.show();
  }

  private show(): void {
    const groups = this.groups().map(({ standing }) => standing);
    const under = this.rooms.get(this.room)?.sealedUnder ?? null;
    const isIn = under !== null && this.group(written(under))?.standing.at === "inside";
    const { doors, fallen } = this.doors?.state.get() ?? SHUT;
    const { counted: closing, named: overheard } = this.watch;
    const after: KeysState = { under: isIn ? under.kind : null, groups, doors, closing, overheard, fallen };
    if (!isShownAlike(this.state.get(), after)) this.state.set(after);
  }
}

const SHUT = { doors: { at: "closed" }, fallen: null } as const;

/** Whoever was kept out may be let in now. */
const LETS_IN = new Set<Event["kind"]>(["phase_moved", "format_changed", "channels_changed", "booths_changed"]);

/** Tells a group what may concern it, whichever it is. */
function rouse(group: GroupKeys, kind: Event["kind"]): void {
  if (kind === "member_revoked") group.say({ do: "revoked" });
  if (LETS_IN.has(kind)) group.retry();
}
