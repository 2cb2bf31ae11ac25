/** What an agent makes of something that did not go. Pure. */
import type { ErrorCode } from "../contract/codes";
import { OutageError, RefusedError } from "../kernel/errors";
import { GroupRefusedError } from "./group";

const LATE: ReadonlySet<ErrorCode> = new Set(["epoch_not_current", "group_founded"]);

/** Refusals that stay until something is said to have changed: whoever asks again is refused again. */
const FOR_GOOD: ReadonlySet<ErrorCode> = new Set([
  "not_your_role",
  "not_in_this_phase",
  "not_in_this_format",
  "not_your_delegation",
  "member_revoked",
  "meeting_unknown",
  "group_unknown",
]);

/**
 * `late`: another was first. `stand`: one is not to be inside, and keeps no key of it. `rules`: one's own rules refuse somebody. `again`: it heals by itself,
 * whether the server is out of reach, is asked too often or says what nobody understands.
 */
export type Verdict = "late" | "stand" | "rules" | "again" | "unforeseen";

export function verdictOf(error: unknown): Verdict {
  if (error instanceof RefusedError) {
    if (LATE.has(error.code)) return "late";
    return FOR_GOOD.has(error.code) ? "stand" : "again";
  }
  if (error instanceof OutageError) return "again";
  return error instanceof GroupRefusedError ? "rules" : "unforeseen";
}

/** The code of what was refused. */
export function codeOf(error: unknown): ErrorCode | null {
  return error instanceof RefusedError ? error.code : null;
}
