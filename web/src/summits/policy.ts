/**
 * Who may do what, and send and hear what, by role, phase and format. The table is `contract/policy.json`, printed
 * from the server's `summits/policy.py`; here it is only looked up. What is not in it is not allowed.
 */
import printed from "../../../contract/policy.json";
import {
  type FormatName,
  type ModeName,
  parsePolicy,
  type PhaseName,
  type Policy,
  type Role,
  type Seat,
  type Snapshot,
} from "../contract/parse";

export const policy: Policy = parsePolicy(printed);

/** Where a meeting stands, as far as the table asks. */
export interface Standing {
  readonly phase: PhaseName;
  readonly format: FormatName;
}

/** One row of the table of grants. */
export type GrantRow = Policy["grants"][number];

export type RoomKind = GrantRow["room"];

/** What a role may send and hear in a room; undefined when it may not be there. */
export function grantFor(room: RoomKind, role: Role, standing: Standing): GrantRow | undefined {
  return policy.grants.find(
    (row) =>
      row.room === room &&
      row.roles.includes(role) &&
      row.phases.includes(standing.phase) &&
      row.formats.includes(standing.format),
  );
}

/** What decides whose microphone is held. */
export interface Turns {
  readonly meeting: { readonly mode: ModeName };
  readonly floor: Pick<Snapshot["floor"], "holder">;
}

/** Whether the mode holds a member's microphone in the chamber, with the floor where it is. */
export function isHeld(
  { role, member }: Pick<Seat, "role" | "member">,
  { meeting, floor: { holder } }: Turns,
): boolean {
  const whose = holder === null ? "nobodys" : holder === member ? "own" : "others";
  return policy.held.some(
    (row) => row.modes.includes(meeting.mode) && row.roles.includes(role) && row.whose.includes(whose),
  );
}

/** Role `chair` always gives its delegation's orders; a principal when accredited so. */
function givesOrders(who: Pick<Seat, "role" | "chair">): boolean {
  return who.role === "chair" || (who.chair && who.role === "principal");
}

/** Whether a member may ask for this action now. */
export function mayAsk(action: string, who: Pick<Seat, "role" | "chair">, standing: Standing): boolean {
  return policy.abilities.some(
    (rule) =>
      rule.action === action &&
      (rule.roles.includes(who.role) || (rule.chair && givesOrders(who))) &&
      rule.phases.includes(standing.phase) &&
      (rule.formats === null || rule.formats.includes(standing.format)),
  );
}
