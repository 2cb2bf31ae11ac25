import type { ServerDoor } from "../contract/client";
import { parseTicket, type PhaseName, type Ticket } from "../contract/parse";
import { RefusedError } from "../kernel/errors";
import type { Identity, MeetingId } from "../kernel/ids";
import type { LineRoom } from "./model";

/** For which door a ticket is. */
export interface Door {
  readonly meeting: MeetingId;
  readonly room: LineRoom;
  /** The phase this client believes in; the server refuses another. */
  readonly phase: PhaseName;
}

/** Where one is given tickets, and let in. */
export class TicketWindow {
  private readonly server: ServerDoor;

  constructor(server: ServerDoor) {
    this.server = server;
  }

  /** A ticket for this door and this identity; each is used once. */
  async take(door: Door, identity: Identity): Promise<Ticket> {
    return this.ticket(door, identity, {});
  }

  /** A ticket likewise, with which one comes as far as the door, and waits there. */
  async takeToWait(door: Door, identity: Identity): Promise<Ticket> {
    return this.ticket(door, identity, { waiting: true });
  }

  /** Has whoever waits at this door let in; resolves when the seat is noted, which is after one is let in. */
  async enter({ meeting, room, phase }: Door): Promise<void> {
    const path = `meetings/${encodeURIComponent(meeting)}/seat`;
    await this.server.tell({ method: "PUT", path, body: { room, phase } });
  }

  private async ticket({ meeting, room, phase }: Door, identity: Identity, how: object): Promise<Ticket> {
    const path = `meetings/${encodeURIComponent(meeting)}/tickets`;
    const ticket = await this.server.ask({ method: "POST", path, body: { room, phase, ...how } }, parseTicket);
    if (ticket.identity !== identity) throw new RefusedError("ticket_refused", "identity");
    return ticket;
  }
}
