/**
 * Who may do what, and send and hear what, by role, phase and format. The table is `contract/policy.json`, printed
 * from the server's `summits/policy.py`; here it is only looked up. What is not in it is not allowed.
 */
import printed from "../../../contract/policy.json";
import { type FormatName, parsePolicy, type PhaseName, type Policy, type Role, type Seat } from "../contract/parse";

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
    (row) => row.room === room && row.role === role && row.phase === standing.phase && row.format === standing.format,
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
