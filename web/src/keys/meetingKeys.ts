/** The keys of the meeting one is at: follows its feed, is in the groups that the table lets one be in, and seals rooms. */
import type { Event, Said, Seat, Snapshot } from "../contract/parse";
import type { KeptSeat, Pinned } from "../identity";
import type { Clock } from "../kernel/clock";
import type { MeetingId } from "../kernel/ids";
import { Cell, type Readable } from "../kernel/store";
import { type FeedState, type Handed, ownSeatIn } from "../summits";
import type { Ground, GroupKeys } from "./groupKeys";
import { type GroupName, written } from "./groupName";
import { RoomKeys, type RoomKeysNeeds, type Sealing } from "./roomKeys";
import { type KeysState, NO_KEYS } from "./standing";
import { floorLeft, groupsOf } from "./wanted";
import type { EnvelopeTold } from "./words";

type Room = "chamber" | "caucus";

/** What a meeting's keys need. */
export interface MeetingKeysNeeds extends Omit<RoomKeysNeeds, "changed" | "letter" | "ended"> {
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
  pinned(): Pinned | null;
  seat(): Promise<KeptSeat | undefined>;
}

/** How long a floor's keys are kept after its doors have closed, in ms. */
const LINGERING = 10_000;
/** How long after a failure it is begun anew, in ms. */
const AGAIN = 500;

/** The keys of one meeting after another. */
export class MeetingKeys {
  readonly state = new Cell<KeysState>(NO_KEYS);
  private readonly needs: MeetingKeysNeeds;
  private readonly rooms = new Map<Room, RoomKeys>();
  private ground: Ground | null = null;
  private meeting: MeetingId | null = null;
  private left: { readonly name: string; readonly until: number } | null = null;
  /** The room one sends in. */
  private room: Room = "chamber";
  private waiting: (() => void)[] = [];
  private readonly listeners: ((group: GroupName, told: EnvelopeTold) => void)[] = [];

  constructor(needs: MeetingKeysNeeds) {
    this.needs = needs;
    needs.feed.subscribe(() => {
      this.follow();
    });
    needs.listen((handed) => {
      this.hear(handed);
    });
  }

  /** What seals a line in this room; it may come before the keys do, and nothing leaves until then. */
  async sealing(room: Room): Promise<Sealing> {
    this.room = room;
    this.follow();
    for (;;) {
      const sealing = this.rooms.get(room);
      if (sealing !== undefined) {
        this.show();
        return sealing;
      }
      await new Promise<void>((come) => this.waiting.push(come));
    }
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
    const own = feed.snapshot === null ? undefined : ownSeatIn(feed.snapshot);
    if (feed.snapshot === null || own === undefined) return;
    if (this.meeting !== feed.snapshot.meeting.id) this.begin(feed.snapshot.meeting.id);
    if (this.ground !== null) this.stand(own, feed.snapshot, this.ground);
  }

  private begin(meeting: MeetingId): void {
    this.close();
    this.meeting = meeting;
    void this.needs.seat().then((seat) => {
      const pinned = this.needs.pinned();
      if (seat === undefined || pinned === null || this.meeting !== meeting) return;
      const { server, red } = this.needs;
      this.ground = { seat, pinned, meeting, server, red, ahead: this.needs.ahead() };
      this.follow();
    });
  }

  private stand(own: Seat, { meeting }: Snapshot, ground: Ground): void {
    const groups = groupsOf(own, meeting);
    const chamber = this.roomKeys("chamber", ground);
    const under = meeting.phase === "open" ? "floor" : "chamber";
    // Before anything else: doors that have closed.
    chamber.transmit(groups.find(({ kind }) => kind === under) ?? null);
    const sounding = groups.filter(({ kind }) => kind !== "caucus");
    chamber.be(sounding, this.leaving(meeting));
    const caucus = groups.find(({ kind }) => kind === "caucus");
    if (caucus !== undefined && (this.room === "caucus" || this.rooms.has("caucus"))) {
      const keys = this.roomKeys("caucus", ground);
      keys.be([caucus], undefined);
      keys.transmit(caucus);
    }
    for (const come of this.waiting.splice(0)) come();
    this.show();
  }

  /** The floor that is still there although its doors have closed: for as long as a frame may be under way. */
  private leaving(meeting: Snapshot["meeting"]): GroupName | undefined {
    const floor = floorLeft(meeting);
    const name = floor === undefined ? null : written(floor);
    if (name !== this.left?.name) {
      const until = this.needs.clock.now() + LINGERING;
      this.left = name === null ? null : { name, until };
      this.needs.clock.after(LINGERING, () => {
        this.follow();
      });
    }
    return this.left !== null && this.needs.clock.now() < this.left.until ? floor : undefined;
  }

  private roomKeys(room: Room, ground: Ground): RoomKeys {
    const held = this.rooms.get(room);
    if (held !== undefined) return held;
    const made: RoomKeys = new RoomKeys(
      {
        ...this.needs,
        changed: () => {
          this.show();
        },
        letter: (group, told) => {
          for (const then of this.listeners) then(group, told);
        },
        ended: () => {
          if (this.rooms.get(room) === made) this.rooms.delete(room);
          this.show();
          this.needs.clock.after(AGAIN, () => {
            this.follow();
          });
        },
      },
      ground,
    );
    this.rooms.set(room, made);
    return made;
  }

  private hear(handed: Handed): void {
    if (handed === "snapshot") for (const group of this.groups()) group.say({ do: "look" });
    else this.take(handed);
    if (handed !== "snapshot" && handed.envelope !== undefined) {
      const { group, number, envelope } = handed.envelope;
      this.group(group)?.say({ do: "envelope", number, envelope });
    }
  }

  private take({ founding, commit, voided, kind }: Event): void {
    if (founding !== undefined) this.group(founding.group)?.enter();
    if (commit !== undefined) this.group(commit.group)?.commit(commit);
    if (voided !== undefined) this.group(voided.group)?.say({ do: "voided", epoch: voided.epoch });
    // Whoever was kept out may be let in now.
    if (kind === "phase_moved" || kind === "format_changed") for (const group of this.groups()) group.retry();
  }

  private groups(): readonly GroupKeys[] {
    return [...this.rooms.values()].flatMap((room) => [...room.groups.values()]);
  }

  private group(name: string): GroupKeys | undefined {
    return this.groups().find((group) => written(group.name) === name);
  }

  private close(): void {
    for (const room of this.rooms.values()) room.fail();
    this.rooms.clear();
    this.ground = null;
    this.meeting = null;
    this.show();
  }

  private show(): void {
    const groups = this.groups().map(({ standing }) => standing);
    const under = this.rooms.get(this.room)?.transmitted ?? null;
    const isIn = under !== null && this.group(written(under))?.standing.at === "inside";
    this.state.set({ sealed: true, under: isIn ? under.kind : null, groups });
  }
}
