import type { ServerDoor } from "../contract/client";
import { parseTicket, type PhaseName, type Ticket } from "../contract/parse";
import { RefusedError } from "../kernel/errors";
import type { Clock } from "../kernel/clock";
import type { Identity, MeetingId } from "../kernel/ids";
import type { RoomName } from "./model";

/** For which door a ticket is. */
export interface Door {
  readonly meeting: MeetingId;
  readonly room: RoomName;
  /** The phase this client believes in; the server refuses another. */
  readonly phase: PhaseName;
}

/** A ticket lives 30 s; one older than this is not worth trying, in ms. */
const FRESH = 20_000;

interface Held {
  readonly door: Door;
  readonly since: number;
  readonly ticket: Promise<Ticket>;
}

/** Gets tickets, and holds one ready while the arrival screen shows, so that entering costs no round trip. */
export class TicketWindow {
  private readonly server: ServerDoor;
  private readonly clock: Clock;
  private held: Held | null = null;

  constructor(server: ServerDoor, clock: Clock) {
    this.server = server;
    this.clock = clock;
  }

  /** Has a fresh ticket ready for this door. */
  prepare(door: Door): void {
    if (this.holds(door)) return;
    const ticket = this.fetch(door);
    // A refusal is told when the ticket is wanted, not before.
    ticket.catch(() => {
      this.held = null;
    });
    this.held = { door, since: this.clock.now(), ticket };
  }

  /** A ticket for this door and this identity; each is used once. */
  async take(door: Door, identity: Identity): Promise<Ticket> {
    const held = this.holds(door) ? this.held : null;
    this.held = null;
    const ticket = await (held?.ticket ?? this.fetch(door));
    if (ticket.identity !== identity) throw new RefusedError("ticket_refused", "identity");
    return ticket;
  }

  private holds({ meeting, room, phase }: Door): boolean {
    if (this.held === null) return false;
    const { door, since } = this.held;
    const same = door.meeting === meeting && door.room === room && door.phase === phase;
    return same && this.clock.now() - since < FRESH;
  }

  private async fetch({ meeting, room, phase }: Door): Promise<Ticket> {
    const path = `meetings/${encodeURIComponent(meeting)}/tickets`;
    return this.server.ask({ method: "POST", path, body: { room, phase } }, parseTicket);
  }
}
