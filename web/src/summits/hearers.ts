import type { Seat, Snapshot } from "../contract/parse";
import type { Identity } from "../kernel/ids";
import { grantFor, type RoomKind, type Standing } from "./policy";

/**
 * The identities that may hear and see what `own` sends in a room: whom the table lets hear there now, and nobody
 * else. `seats` are those whose accreditation was checked; a caucus is one's own delegation's; in a booth's own room they
 * are to be those who work in it.
 */
export function hearersOf(own: Seat, seats: readonly Seat[], room: RoomKind, standing: Standing): readonly Identity[] {
  return seats
    .filter((seat) => seat.identity !== own.identity)
    .filter((seat) => room !== "caucus" || seat.party === own.party)
    .filter((seat) => grantFor(room, seat.role, standing)?.hear === true)
    .map((seat) => seat.identity);
}

/**
 * The identities of those who have a live feed of the meeting, oneself too; null for the press, who is told of nobody's. It is
 * the server's word, and no more than who is waited for may hang on it.
 */
export function connectedIn(snapshot: Pick<Snapshot, "seats" | "you" | "connected">): ReadonlySet<Identity> | null {
  const own = ownSeatIn(snapshot);
  if (own === undefined || own.role === "press") return null;
  const there = new Set([...snapshot.connected, snapshot.you]);
  return new Set(snapshot.seats.filter(({ member }) => there.has(member)).map(({ identity }) => identity));
}

/** One's own seat; undefined while it is not accredited. */
export function ownSeatIn({ seats, you }: Pick<Snapshot, "seats" | "you">): Seat | undefined {
  return seats.find(({ member }) => member === you);
}
