/** What all services stand on: the server, the session, and the seat that is kept on this device. */
import { ServerDoor } from "../contract/client";
import { type Host, hostOf, thisPage } from "../contract/host";
import {
  type AddressBar,
  Arrival,
  type Bytes,
  type KeptSeat,
  keptSeats,
  lacking,
  Roll,
  SessionBearer,
  sign,
  type Statement,
} from "../identity";
import { wallClock } from "../kernel/clock";
import { RefusedError } from "../kernel/errors";
import { consoleLog } from "../kernel/log";

/** What all parts share. */
export interface Ground {
  readonly log: typeof consoleLog;
  readonly clock: typeof wallClock;
  readonly host: Host;
  readonly server: ServerDoor;
  readonly bearer: SessionBearer;
  readonly roll: Roll;
  readonly identification: Arrival;
}

const address: AddressBar = {
  fragment: () => location.hash,
  become(fragment) {
    history.replaceState(history.state, "", fragment);
  },
};

export function buildGround(): Ground {
  const log = consoleLog;
  const clock = wallClock;
  const host = hostOf(thisPage());
  const server = new ServerDoor(host.origin);
  const bearer = new SessionBearer(server, host.origin);
  server.actAs(bearer);
  const roll = new Roll(log);
  const identification = new Arrival({ server, bearer, roll, seats: keptSeats, address, lacking, clock, log });
  return { log, clock, host, server, bearer, roll, identification };
}

/** The seat that is kept on this device, with its key. */
export async function ownSeat({ identification }: Ground): Promise<KeptSeat | undefined> {
  return identification.seat === null ? undefined : keptSeats.find(identification.seat);
}

/** Signs with this device's key. */
export async function signedBy(ground: Ground, said: Statement): Promise<Bytes> {
  const seat = await ownSeat(ground);
  if (seat === undefined) throw new RefusedError("session_expired");
  return sign(seat.privateKey, said);
}
