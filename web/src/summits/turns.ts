/** Consecutive mode: who says a statement again, and who speaks next. Pure; the server decides. */
import type { Seat, Snapshot } from "../contract/parse";

type Standing = Pick<Snapshot, "floor" | "meeting" | "seats">;

/**
 * The interpreters in the chamber, the best first: of the speaker's own delegation, into another language than the
 * speaker's.
 */
export function interpretersFor({ floor, seats }: Standing): readonly Seat[] {
  const speaker = seats.find(({ member }) => member === floor.holder);
  const rank = (seat: Seat): number =>
    (seat.party === speaker?.party ? 0 : 2) +
    (seat.languages.some((language) => language !== speaker?.languages[0]) ? 0 : 1);
  const there = seats.filter(({ role, present }) => role === "interpreter" && present === "chamber");
  return there.toSorted((one, other) => rank(one) - rank(other));
}

/** To whom an interpreter hands the floor: who asked first, else the other side's principal, else any of the chamber. */
export function nextAfter({ floor, seats }: Standing): Seat | null {
  const there = seats.filter(({ present, member }) => present === "chamber" && member !== floor.interprets);
  const asked = floor.asks.flatMap(({ member }) => there.find((seat) => seat.member === member) ?? []);
  const party = spokenFor({ floor, seats })?.party;
  const principals = there.filter(({ role }) => role === "principal");
  return asked[0] ?? principals.find((seat) => seat.party !== party) ?? principals[0] ?? null;
}

/** Whose statement is said again; null when nobody interprets, or they are gone. */
export function spokenFor({ floor, seats }: Pick<Standing, "floor" | "seats">): Seat | null {
  return seats.find(({ member }) => member === floor.interprets) ?? null;
}
