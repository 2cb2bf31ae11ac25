/**
 * Why the server, or this client on its behalf, refused. The closed list is `contract/errors.json`, printed from
 * the server; `codes.test.ts` keeps this one equal to it.
 */
export const ERROR_CODES = [
  "bad_request",
  "body_too_large",
  "not_found",
  "not_signed_in",
  "session_expired",
  "challenge_unknown",
  "challenge_expired",
  "signature_bad",
  "descriptor_bad",
  "descriptor_unsigned",
  "descriptor_expired",
  "descriptor_published",
  "publishing_closed",
  "invitation_bad",
  "invitation_expired",
  "invitation_used",
  "invitation_revoked",
  "principal_enrolled",
  "device_bad",
  "member_revoked",
  "not_your_delegation",
  "not_your_role",
  "not_in_this_phase",
  "not_in_this_format",
  "move_not_possible",
  "meeting_unknown",
  "item_unknown",
  "member_unknown",
  "member_absent",
  "floor_taken",
  "floor_not_asked",
  "ticket_refused",
  "arrangement_unknown",
  "group_unknown",
  "group_founded",
  "epoch_not_current",
  "epoch_gone",
  "commit_unknown",
  "webhook_bad",
  "message_bad",
  "taken_over",
  "too_many_requests",
  "sfu_unavailable",
  "storage_unavailable",
  "storage_full",
  "internal",
] as const;

/** Why there is nothing to show: a code of the server's list, or that no answer came, which only a client can know. */
export type ErrorCode = (typeof ERROR_CODES)[number] | "no_answer";

const known: ReadonlySet<string> = new Set(ERROR_CODES);

export function isErrorCode(text: string): text is ErrorCode {
  return known.has(text);
}
