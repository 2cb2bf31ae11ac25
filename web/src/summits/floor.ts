/** To whom the floor may be given, and from whom it may be taken back: as the server judges it. */
import type { Seat, Snapshot } from "../contract/parse";
import type { MemberId } from "../kernel/ids";
import { mayAsk } from "./policy";

type Standing = Pick<Snapshot, "floor" | "meeting" | "seats">;

/** The protocol officer speaks for everybody, a chair for their own delegation. */
function speaksFor(you: Seat, member: MemberId, seats: readonly Seat[]): boolean {
  if (you.role === "protocol_officer") return true;
  return seats.some((seat) => seat.member === member && seat.party === you.party);
}

/** Whether the free floor may be given to this member, who asked for it. */
export function mayGiveTo(member: MemberId, you: Seat, { floor, meeting, seats }: Standing): boolean {
  return floor.holder === null && mayAsk("give_floor", you, meeting) && speaksFor(you, member, seats);
}

/** Whether the floor may be taken back from whoever has it, oneself excepted: one yields one's own. */
export function mayTakeBack(you: Seat, { floor, meeting, seats }: Standing): boolean {
  const { holder } = floor;
  if (holder === null || holder === you.member) return false;
  if (floor.interprets === you.member) return mayAsk("yield_floor", you, meeting);
  // Members yield the floor too; those who may give it are those who may take it back.
  const may = mayAsk("yield_floor", you, meeting) && mayAsk("give_floor", you, meeting);
  return may && [holder, floor.interprets].some((one) => one !== null && speaksFor(you, one, seats));
}
