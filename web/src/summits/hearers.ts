import type { Seat, Snapshot } from "../contract/parse";
import type { Identity } from "../kernel/ids";
import { grantFor, type RoomKind, type Standing } from "./policy";

/**
 * The identities that may hear and see what `own` sends in a room: whom the table lets hear there now, and nobody
 * else. `seats` are those whose accreditation was checked; a caucus is one's own delegation's.
 */
export function hearersOf(own: Seat, seats: readonly Seat[], room: RoomKind, standing: Standing): readonly Identity[] {
  return seats
    .filter((seat) => seat.identity !== own.identity)
    .filter((seat) => room === "chamber" || seat.party === own.party)
    .filter((seat) => grantFor(room, seat.role, standing)?.hear === true)
    .map((seat) => seat.identity);
}

/** One's own seat; undefined while it is not accredited. */
export function ownSeatIn({ seats, you }: Pick<Snapshot, "seats" | "you">): Seat | undefined {
  return seats.find(({ member }) => member === you);
}
