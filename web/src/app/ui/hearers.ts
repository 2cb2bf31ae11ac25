/** How many can hear one: whoever holds the keys to what one sends. */
import type { KeysState } from "../../keys";
import type { CallState, Source } from "../../rooms/model";
import type { Seat } from "./sitting";

/** Everybody who holds the keys to what one sends now, but oneself. */
export function holdersOf({ groups, under }: KeysState, you: Seat): KeysState["groups"][number]["roster"] {
  const roster = groups.find(({ group, at }) => group === under && at === "inside")?.roster ?? [];
  return roster.filter(({ member }) => member.identity !== you.identity);
}

/** What the server lets one send now. */
export function grantedTo({ seating }: CallState): readonly Source[] {
  return seating.at === "seated" ? seating.grant.publish : [];
}

/** Whether one holds the keys of the chamber: without them no word of one's own reaches the others. */
export function holdsChamber({ groups }: KeysState): boolean {
  return groups.some(({ group, at }) => group === "chamber" && at === "inside");
}

/** Whoever may send nothing now is heard by nobody, whoever is in the room; while the picture stops, nobody knows. */
export function hearersIn(call: CallState, keys: KeysState, you: Seat): number | null {
  if (call.seating.at === "returning") return null;
  if (grantedTo(call).length === 0) return 0;
  return holdersOf(keys, you).length;
}
