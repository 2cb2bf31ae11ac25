/** English for every code of a refusal or an outage. */
import type { ErrorCode } from "../contract/codes";
import type { ErrorWords } from "./translator";

const NOTHING_SHARED = "Nothing you said or showed has left this device.";
const ACCREDITED = "This device stays accredited for you.";
const SEAT_KEPT = "Your seat and the meeting are untouched.";
const UNCHANGED = "Nothing was changed.";
const ASK_DELEGATION = "Ask your delegation for a new invitation.";
const ASK_TECHNICIAN = "If it goes on, call your delegation's technician.";

function words(happened: string, safe: string, next: string): ErrorWords {
  return { happened, safe, next };
}

/** What people are told for each code: what happened, what is still safe, what to do. */
export const enErrors: Record<ErrorCode, ErrorWords> = {
  bad_request: words(
    "The server did not understand what this page asked.",
    UNCHANGED,
    `Reload the page and try again. ${ASK_TECHNICIAN}`,
  ),
  body_too_large: words("What was sent is larger than the server takes.", UNCHANGED, "Shorten it and send it again."),
  not_found: words(
    "What this page asked for is not there.",
    UNCHANGED,
    "Check the link you were given, or reload the page.",
  ),
  not_signed_in: words("You are not signed in.", ACCREDITED, "Open your invitation's link again on this device."),
  session_expired: words(
    "You were signed in for a long time, and that has ended.",
    SEAT_KEPT,
    "Reload the page: you are signed in again by this device.",
  ),
  challenge_unknown: words("Signing in took an unexpected turn.", NOTHING_SHARED, "Reload the page and sign in again."),
  challenge_expired: words("Signing in took too long.", NOTHING_SHARED, "Reload the page and sign in again."),
  signature_bad: words(
    "A signature does not match what was signed, so it was refused.",
    UNCHANGED,
    `Do not go on over this link. ${ASK_DELEGATION}`,
  ),
  descriptor_bad: words(
    "The server shows another summit than the one you were invited to, or a founding document that cannot be read.",
    "Nothing of it is believed or shown here, and your key stays on this device.",
    "Do not go on. Tell the person who sent you the link.",
  ),
  descriptor_unsigned: words(
    "Not every delegation has signed the summit's founding document.",
    NOTHING_SHARED,
    "Wait until all have signed, then open your link again.",
  ),
  descriptor_expired: words(
    "The time agreed for this summit has passed.",
    "Nothing that was agreed before is undone.",
    "Ask your delegation whether the summit goes on, and for a new link.",
  ),
  descriptor_published: words(
    "This summit was already published.",
    UNCHANGED,
    "Nothing needs to be done: use the summit as it is.",
  ),
  publishing_closed: words(
    "This server takes no new summits from you.",
    UNCHANGED,
    "Ask whoever runs the server for leave to publish.",
  ),
  invitation_bad: words(
    "This invitation is not one that the delegation signed.",
    NOTHING_SHARED,
    `Open the whole link as you were sent it. If it is refused again: ${ASK_DELEGATION.toLowerCase()}`,
  ),
  invitation_expired: words("This invitation is no longer valid.", NOTHING_SHARED, ASK_DELEGATION),
  invitation_used: words(
    "This invitation was already used on another device.",
    NOTHING_SHARED,
    `Go back to the device you used first. If that was not you, tell your delegation at once. ${ASK_DELEGATION}`,
  ),
  invitation_revoked: words("Your delegation has withdrawn this invitation.", NOTHING_SHARED, "Ask your delegation."),
  principal_enrolled: words(
    "Your delegation has its principal already, on another device.",
    NOTHING_SHARED,
    "Ask your delegation to withdraw the other device first, then open this link again.",
  ),
  device_bad: words(
    "This device could not prove that it is the one your delegation accredited.",
    NOTHING_SHARED,
    ASK_DELEGATION,
  ),
  member_revoked: words(
    "Your delegation has withdrawn your accreditation.",
    "Your microphone and camera are off.",
    "Ask your delegation.",
  ),
  not_your_delegation: words("That belongs to another delegation.", UNCHANGED, "Ask a member of that delegation."),
  not_your_role: words("Your role does not give you that.", UNCHANGED, "Ask your delegation's chair."),
  not_in_this_phase: words(
    "The meeting has moved on, and that is not possible now.",
    UNCHANGED,
    "Look at the line about the doors; it says where the meeting stands.",
  ),
  not_in_this_format: words(
    "The format agreed for this meeting keeps your role outside the room.",
    "You stay signed in, and your delegation's own room is open to you.",
    "Go to your delegation's room, or ask your chair to change the format.",
  ),
  move_not_possible: words(
    "The meeting cannot go there from where it stands.",
    UNCHANGED,
    "Look at the line about the doors, then choose again.",
  ),
  meeting_unknown: words("There is no such meeting in this summit.", UNCHANGED, "Go back to the list of meetings."),
  item_unknown: words(
    "That item is no longer on the agenda.",
    UNCHANGED,
    "Look at the agenda again; somebody has changed it.",
  ),
  member_absent: words("They are not in the room.", UNCHANGED, "Choose somebody who is there, or wait for them."),
  member_unknown: words(
    "There is no such member in this meeting.",
    UNCHANGED,
    "Look at the list again; it may have changed.",
  ),
  floor_taken: words("Somebody else has the floor.", UNCHANGED, "Ask for the floor, or wait until it is yielded."),
  floor_not_asked: words("You had not asked for the floor.", UNCHANGED, "Ask for the floor first."),
  ticket_refused: words("The room did not let you in.", ACCREDITED, `Try again in a moment. ${ASK_TECHNICIAN}`),
  arrangement_unknown: words(
    "What was proposed for the interpretation is no longer what waits for you.",
    UNCHANGED,
    "Read what is proposed now, and agree to that.",
  ),
  group_unknown: words(
    "Nobody has set up the keys for this room yet.",
    NOTHING_SHARED,
    "Wait a moment: this page goes on by itself once a chair is here.",
  ),
  group_founded: words(
    "The keys for this room were set up by somebody else at the same moment.",
    NOTHING_SHARED,
    "Nothing needs to be done: this page joins them by itself.",
  ),
  epoch_not_current: words(
    "The keys of this room changed at the same moment.",
    NOTHING_SHARED,
    "Nothing needs to be done: this page tries again by itself.",
  ),
  epoch_gone: words(
    "This page was away for so long that it cannot follow the keys of this room any more.",
    NOTHING_SHARED,
    "Nothing needs to be done: this page joins anew by itself.",
  ),
  commit_unknown: words(
    "The change of keys that was to be taken back is not there.",
    UNCHANGED,
    "Nothing needs to be done: somebody has taken it back already.",
  ),
  webhook_bad: words("A report from the media server was refused.", SEAT_KEPT, "Nothing needs to be done by you."),
  message_bad: words(
    "This page and the server did not understand each other.",
    SEAT_KEPT,
    `Reload the page. ${ASK_TECHNICIAN}`,
  ),
  taken_over: words(
    "Your seat was taken in another tab or window.",
    "Your microphone and camera are off here.",
    "Go on there, or take the seat here.",
  ),
  too_many_requests: words("That was asked too often in a short time.", UNCHANGED, "Wait a minute, then try again."),
  sfu_unavailable: words(
    "Sound and picture cannot be carried at the moment.",
    SEAT_KEPT,
    `This page tries again by itself. ${ASK_TECHNICIAN}`,
  ),
  storage_unavailable: words(
    "The server cannot reach its records at the moment.",
    "Those who are in the room still hear and see each other.",
    "Try again in a minute.",
  ),
  storage_full: words(
    "The server has no room left for its records.",
    "Those who are in the room still hear and see each other.",
    "Tell whoever runs the server.",
  ),
  no_answer: words(
    "No answer came. It may or may not have been done.",
    "Nothing else was changed.",
    "Look whether it was done, then try again.",
  ),
  internal: words(
    "Something went wrong on the server, and it was noted there.",
    UNCHANGED,
    `Try again. ${ASK_TECHNICIAN}`,
  ),
};
