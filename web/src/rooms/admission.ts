import type { Seat } from "../contract/parse";
import type { ErrorCode } from "../contract/codes";
import { grantFor, type Standing } from "../summits";
import type { LineRoom, ShutOut } from "./model";

const FORMATS = ["one-on-one", "restricted", "plenary"] as const;

/** Why this member may not be in the room now; null when they may. Pure. */
export function shutOutOf(own: Seat, room: LineRoom, standing: Standing): ShutOut | null {
  if (grantFor(room, own.role, standing) !== undefined) return null;
  if (standing.phase === "adjourned") return "adjourned";
  const elsewhere = FORMATS.some((format) => grantFor(room, own.role, { ...standing, format }) !== undefined);
  return elsewhere ? "not-in-this-format" : "doors-closed";
}

/** What a refusal means for a seat; null when asking again may succeed. */
export function shutOutFor(code: ErrorCode): ShutOut | null {
  switch (code) {
    case "not_in_this_format":
    case "not_your_role":
      return "not-in-this-format";
    case "member_revoked":
    case "invitation_revoked":
      return "revoked";
    case "taken_over":
      return "another-tab";
    case "ticket_refused":
    case "not_your_delegation":
      return "network";
    default:
      return null;
  }
}
