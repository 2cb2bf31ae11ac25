/** Which orders are offered to a member now: those that the table lets them give. */
import type { FormatName, Meeting, ModeName, MoveName, Seat } from "../../contract/parse";
import type { Order } from "../orders";
import { mayAsk } from "../policy";

export type { Order } from "../orders";

const MOVES: readonly MoveName[] = ["close_doors", "open_doors", "resume", "recess"];
const FORMATS: readonly FormatName[] = ["one-on-one", "restricted", "plenary"];
export const MODES: readonly ModeName[] = ["simultaneous", "consecutive", "liaison"];

/** In the order of the menu: the doors first, the end last. */
export function ordersOf(you: Pick<Seat, "role" | "chair">, meeting: Meeting): readonly Order[] {
  const { phase, format, mode } = meeting;
  const moves = MOVES.map((move): Order => ({ move, argument: null, phase, format }));
  const formats = FORMATS.filter((other) => other !== format).map((argument): Order => ({
    move: "change_format",
    argument,
    phase,
    format,
  }));
  const modes = MODES.filter((other) => other !== mode).map((argument): Order => ({
    move: "change_mode",
    argument,
    phase,
    format,
  }));
  const all: readonly Order[] = [...moves, ...formats, ...modes, { move: "adjourn", argument: null, phase, format }];
  return all.filter((order) => mayAsk(order.move, you, meeting));
}

/** Steps that are asked about once more before they are taken. Closing the doors never waits. */
export function isGrave(order: Order): boolean {
  return order.move !== "close_doors" && order.move !== "resume";
}
