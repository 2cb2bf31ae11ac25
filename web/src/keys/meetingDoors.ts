/**
 * The doors of the meeting one is at, by what the chairs have signed. The server hands their orders on: it can withhold
 * them, and then the doors fall shut, but make none.
 */
import type { Seat, Snapshot } from "../contract/parse";
import type { KeptSeat, Pinned } from "../identity";
import type { Clock } from "../kernel/clock";
import { RefusedError } from "../kernel/errors";
import type { MeetingId } from "../kernel/ids";
import type { Log } from "../kernel/log";
import type { Readable } from "../kernel/store";
import { mayAsk, ownSeatIn } from "../summits";
import { DoorOrders, type DoorsState } from "./doorOrders";
import type { Chair } from "./doors";
import { checkDoors, deviceOfSeat, readDoors, type SignedDoors, signDoors } from "./doorsOrder";
import { openingMeant } from "./wanted";

/** What it needs of the page. */
export interface DoorsWorld {
  readonly clock: Clock;
  /** Calls once after so many ms, also when nobody looks at the page; returns what calls it off. */
  readonly after: Clock["after"];
  readonly log: Log;
  /** What outlives a reload of the page, and nothing else. */
  readonly memory: Pick<Storage, "getItem" | "setItem" | "removeItem">;
  /** Hands a signed order to the server. */
  give(meeting: MeetingId, signed: SignedDoors): Promise<void>;
}

/** Which meeting, and who one is there. */
export interface DoorsGround {
  readonly seat: KeptSeat;
  readonly pinned: Pinned;
  readonly meeting: MeetingId;
  /** By how much the server's clock is ahead of this machine's, in ms. */
  readonly ahead: number;
}

type Sent = Snapshot["doors"][number];

const KEPT = "visavis.doors";

/** A meeting's doors, as whoever seals needs them. */
export type HungDoors = Pick<MeetingDoors, "state" | "follow" | "hold" | "close" | "end">;

export class MeetingDoors {
  private readonly world: DoorsWorld;
  private readonly ground: DoorsGround;
  private readonly orders: DoorOrders;
  /** Orders that were looked at, by signature. */
  private read = new Set<string>();
  /** Orders are looked at one after the other, as they come. */
  private reading: Promise<void> = Promise.resolve();
  private phase: Snapshot["meeting"]["phase"] | null = null;
  private wasWished = false;
  private isBack = false;

  constructor(world: DoorsWorld, ground: DoorsGround, first: Snapshot) {
    this.world = world;
    this.ground = ground;
    const { after, clock, memory } = world;
    const own = chairOf(ownSeatIn(first));
    const { ahead, pinned, meeting } = ground;
    this.orders = new DoorOrders(
      {
        clock: setBy(clock, ahead),
        after,
        delegations: pinned.descriptor.delegations.map(({ id }) => id),
        own,
        give: async (word) => this.give(word),
        remember: (opening) => {
          if (opening === null) memory.removeItem(KEPT);
          else memory.setItem(KEPT, keptAs(meeting, opening));
        },
      },
      openingMeant(first.meeting),
    );
  }

  get state(): Readable<DoorsState> {
    return this.orders.state;
  }

  /** What the server says now of the meeting, and the orders that it hands on. */
  follow(snapshot: Snapshot): void {
    const { meeting, doors } = snapshot;
    this.phase = meeting.phase;
    this.orders.meant(openingMeant(meeting));
    if (meeting.phase !== "open" && meeting.phase !== "closed") this.orders.forgetFall();
    this.wish(snapshot);
    const fresh = doors.filter(({ signature }) => !this.read.has(signature));
    this.read = new Set(doors.map(({ signature }) => signature));
    for (const sent of fresh) {
      const looking = this.reading.then(async () => this.hear(sent, snapshot.seats));
      this.reading = looking;
      if (this.seemsToClose(sent, snapshot)) void this.orders.doubt(looking);
    }
  }

  /** Holds the doors open from now on. */
  hold(): void {
    this.orders.hold();
  }

  /** Closes the doors, if they are open: here at once. */
  async close(): Promise<void> {
    if (this.phase === "open") await this.orders.close();
  }

  end(): void {
    this.orders.end();
  }

  /** A hand is on the doors only while one's delegation wishes them open, and they are or may soon be. */
  private wish(snapshot: Snapshot): void {
    const { meeting, consents } = snapshot;
    const own = ownSeatIn(snapshot);
    const asked = consents.find(({ move }) => move === "open_doors")?.parties ?? [];
    const isWished = meeting.phase === "open" || asked.some((party) => party === own?.party);
    if (this.wasWished && !isWished) this.orders.release();
    this.wasWished = isWished;
    if (this.isBack) return;
    this.isBack = true;
    const kept = this.world.memory.getItem(KEPT);
    if (isWished && kept === keptAs(meeting.id, openingMeant(meeting))) this.orders.hold();
  }

  /** Whether somebody who gives orders would have closed these doors, if they have signed it. */
  private seemsToClose(sent: Sent, { meeting, seats }: Snapshot): boolean {
    if (chairOf(seats.find(({ member }) => member === sent.member)) === null) return false;
    try {
      const { order, opening } = readDoors(sent, this.place);
      return order === "close" && opening === openingMeant(meeting);
    } catch (error) {
      if (error instanceof RefusedError) return false;
      throw error;
    }
  }

  private async hear(sent: Sent, seats: readonly Seat[]): Promise<void> {
    const seat = seats.find(({ member }) => member === sent.member);
    const chair = chairOf(seat);
    if (seat === undefined || chair === null) {
      // It is looked at again when their chain has been checked.
      this.read.delete(sent.signature);
      return;
    }
    try {
      this.orders.hear(chair, await checkDoors(sent, deviceOfSeat(seat), this.place));
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      this.world.log.note("order about the doors refused", { member: sent.member, code: error.code });
    }
  }

  private async give(word: Parameters<typeof signDoors>[2]): Promise<void> {
    try {
      const signed = await signDoors(this.ground.seat, this.place, word);
      await this.world.give(this.ground.meeting, signed);
    } catch (error) {
      // What one holds is said again in some seconds; what one has closed falls shut for whoever has not heard.
      this.world.log.trouble("order about the doors not handed on", error, { order: word.order });
    }
  }

  private get place(): { readonly descriptor: string; readonly meeting: MeetingId } {
    return { descriptor: this.ground.pinned.dh, meeting: this.ground.meeting };
  }
}

/** Whoever gives a delegation's orders, by the words of that delegation. */
function chairOf(seat: Seat | undefined): Chair | null {
  if (seat === undefined || !mayAsk("order_doors", seat, { phase: "open", format: "plenary" })) return null;
  return { identity: seat.identity, party: seat.party };
}

/** A clock that is so much ahead, for good. */
function setBy(clock: Clock, ahead: number): Clock {
  return {
    now: () => clock.now() + ahead,
    after: (ms, then) => clock.after(ms, then),
    every: (ms, then) => clock.every(ms, then),
  };
}

function keptAs(meeting: MeetingId, opening: number): string {
  return `${meeting} ${String(opening)}`;
}
