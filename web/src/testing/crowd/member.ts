/** A member without a page: everything of the client but what is seen and heard. */
import { ServerDoor } from "../../contract/client";
import { eventsAt } from "../../contract/host";
import type { MoveName, Said, Snapshot } from "../../contract/parse";
import { Arrival, type KeptSeat, Roll, SessionBearer } from "../../identity";
import { wallClock } from "../../kernel/clock";
import { RefusedError } from "../../kernel/errors";
import type { Identity, MeetingId, MemberId } from "../../kernel/ids";
import { consoleLog } from "../../kernel/log";
import { type GroupStanding, MeetingDoors, MeetingKeys, type SignedDoors } from "../../keys";
import { keyIdOf } from "../../keys/frames/layout";
import { type GroupName, written } from "../../keys/groupName";
import type { EnvelopeTold } from "../../keys/words";
import { MeetingOrders, MeetingRecord } from "../../summits";
import { FramesTwin, KeysTwin, type Sending } from "./workers";

/** What all members of one process share. */
export interface House {
  /** When the crate is compiled. */
  readonly crate: Promise<void>;
  /** What a browser would keep, by serial. */
  readonly seats: Map<string, KeptSeat>;
}

/** What of a member's standing in a group is told. */
interface Stands extends Pick<GroupStanding, "group" | "at" | "epoch" | "code"> {
  readonly roster: number;
  /** Of how many others one could open what they send in this epoch. */
  readonly opens: number;
}

/** What a member tells whoever has called them. */
export interface Told {
  readonly under: GroupStanding["group"] | null;
  readonly sending: Sending | null;
  readonly groups: readonly Stands[];
}

/** Where one comes to. */
export interface Address {
  /** An invitation's link. */
  readonly link: string;
  /** The way to the server that the link names: all before `/api`. */
  readonly way: string;
}

/** Whom somebody has turned out to be. */
export interface Arrived {
  readonly identity: Identity;
  readonly member: MemberId;
  readonly session: string | null;
}

/** What is told, and when. */
export interface Ears {
  /** How one stands has changed. */
  standing(): void;
  /** Something was said in a group. */
  envelope(group: string, told: EnvelopeTold): void;
}

/** One member, from their arrival on. */
export class Attendee {
  private readonly ears: Ears;
  private readonly arrival: Arrival;
  private readonly meeting: MeetingRecord;
  private readonly keys: MeetingKeys;
  private readonly orders: MeetingOrders;
  private readonly roll = new Roll(consoleLog);
  private readonly bearer: SessionBearer;
  private readonly way: string;
  private fragment: string;
  private frames: FramesTwin | null = null;
  private readonly answers = new Map<number, (told: Extract<EnvelopeTold, { told: "sent" | "unsent" }>) => void>();
  private tickets = 0;

  constructor(house: House, { link, way }: Address, ears: Ears) {
    this.ears = ears;
    this.way = way;
    const { origin, hash } = new URL(link);
    this.fragment = hash;
    const server = new ServerDoor(way);
    const bearer = new SessionBearer(server, origin);
    this.bearer = bearer;
    server.actAs(bearer);
    this.arrival = this.arrivalAt(house, server);
    this.meeting = new MeetingRecord({
      world: { clock: wallClock, log: consoleLog, open: (url) => new WebSocket(url) },
      roll: this.roll,
      session: { session: () => bearer.token(), renew: async () => bearer.renew() },
      believe: async () => Promise.resolve(null),
      memory: { getItem: () => null, setItem: () => undefined },
      url: (id) => eventsAt({ origin: way, own: false }, id),
      seatFree: async () => Promise.resolve(),
    });
    this.keys = this.keysOf(house, server);
    const doors = {
      hold: () => {
        this.keys.holdDoors();
      },
      close: async () => this.keys.closeDoors(),
    };
    this.orders = new MeetingOrders(
      server,
      () => this.meeting.opened,
      doors,
      async () => {
        // Nobody in a crowd arranges anything.
        throw new RefusedError("not_your_role");
      },
    );
    this.keys.state.subscribe(() => {
      this.ears.standing();
    });
    this.keys.listen((group, told) => {
      this.hear(group, told);
    });
  }

  /** Enrols by the link, or comes back by it; who one is then. */
  async arrive(): Promise<Arrived> {
    await this.arrival.arrive();
    const state = this.arrival.state.get();
    if (state.at === "refused") throw new RefusedError(state.code);
    const { own } = this.roll;
    if (state.at !== "signed-in" || own === null) throw new Error(`not signed in: ${state.at}`);
    return { identity: own, member: state.dossier.you.member, session: this.bearer.token() };
  }

  /** Follows a meeting, and is in its groups from then on. */
  enter(meeting: MeetingId): void {
    this.meeting.open(meeting);
  }

  /** Leaves it: the feed ends, and every key with it. */
  leave(): void {
    this.meeting.close();
  }

  /** Says something to a group; what has become of it. */
  async say(group: GroupName, said: Said): Promise<Extract<EnvelopeTold, { told: "sent" | "unsent" }>> {
    this.tickets += 1;
    const ticket = this.tickets;
    const answer = new Promise<Extract<EnvelopeTold, { told: "sent" | "unsent" }>>((come) => {
      this.answers.set(ticket, come);
    });
    if (!this.keys.say(group, ticket, said)) return { told: "unsent", ticket, code: null };
    return answer;
  }

  /** Orders a move of the meeting as one sees it; whether it is done, or waits for others. */
  async move(move: MoveName, argument: string | null): Promise<{ readonly done: boolean }> {
    const { phase, format } = (await this.seen()).meeting;
    return this.orders.move({ move, argument, phase, format });
  }

  /** Who holds a group's keys, as one's own tree has them. */
  roster(kind: GroupName["kind"]): readonly Identity[] {
    const found = this.keys.state.get().groups.find(({ group }) => group === kind);
    return found?.roster.map(({ member }) => member.identity) ?? [];
  }

  get told(): Told {
    const { under, groups } = this.keys.state.get();
    return { under, sending: this.frames?.sending ?? null, groups: groups.map((each) => this.stands(each)) };
  }

  private stands({ group, at, epoch, code, roster }: GroupStanding): Stands {
    const key = keyIdOf(group === "floor" ? "floor" : "inside", BigInt(epoch));
    return { group, at, epoch, code, roster: roster.length, opens: this.frames?.opens(group, key) ?? 0 };
  }

  private arrivalAt({ seats }: House, server: ServerDoor): Arrival {
    return new Arrival({
      server,
      bearer: this.bearer,
      roll: this.roll,
      seats: {
        find: async (serial) => Promise.resolve(seats.get(serial)),
        keep: async (seat) => {
          seats.set(seat.serial, seat);
          return Promise.resolve();
        },
      },
      address: {
        fragment: () => this.fragment,
        become: (fragment) => {
          this.fragment = fragment;
        },
      },
      lacking: async () => Promise.resolve([]),
      clock: wallClock,
      log: consoleLog,
    });
  }

  private keysOf({ crate, seats }: House, door: ServerDoor): MeetingKeys {
    const doorsWorld = {
      log: consoleLog,
      clock: wallClock,
      after: (ms: number, then: () => void) => wallClock.after(ms, then),
      memory: { getItem: () => null, setItem: () => undefined, removeItem: () => undefined },
      give: async (of: MeetingId, body: SignedDoors) =>
        door.tell({ method: "POST", path: `meetings/${of}/doors`, body }),
    };
    const { arrival, bearer: session, meeting, roll, way: server } = this;
    return new MeetingKeys({
      log: consoleLog,
      clock: wallClock,
      feed: meeting.state,
      listen: (then) => {
        meeting.listen(then);
      },
      session,
      server,
      red: true,
      ahead: () => meeting.now() - wallClock.now(),
      pinned: () => roll.agreed,
      hang: (of, first) => new MeetingDoors(doorsWorld, of, first),
      seat: async () => Promise.resolve(seats.get(arrival.seat ?? "")),
      workers: {
        frames: () => this.newFrames(),
        keys: () => new KeysTwin(crate).asWorker(),
      },
    });
  }

  private newFrames(): Worker {
    const made = new FramesTwin(() => {
      this.ears.standing();
    });
    this.frames = made;
    return made.asWorker();
  }

  private hear(group: GroupName, told: EnvelopeTold): void {
    if (told.told === "sent" || told.told === "unsent") {
      this.answers.get(told.ticket)?.(told);
      this.answers.delete(told.ticket);
    } else this.ears.envelope(written(group), told);
  }

  /** The meeting as one sees it, once one does. */
  async seen(): Promise<Snapshot> {
    for (;;) {
      const feed = this.meeting.state.get();
      if (feed.at === "live") return feed.snapshot;
      if (feed.at === "refused") throw new RefusedError(feed.code);
      await new Promise<void>((come) => {
        const forget = this.meeting.state.subscribe(() => {
          forget();
          come();
        });
      });
    }
  }
}
