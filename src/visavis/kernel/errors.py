"""The closed table of error codes, and the two kinds of trouble that are not bugs.

A code never changes its meaning and is never reused. Words for people are made late, by the client, from the code;
the titles here are for operators. Source of the wire form: RFC 9457.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final


class Code(StrEnum):
    """Every reason for which something is refused or out of order."""

    BAD_REQUEST = "bad_request"
    BODY_TOO_LARGE = "body_too_large"
    NOT_FOUND = "not_found"
    NOT_SIGNED_IN = "not_signed_in"
    SESSION_EXPIRED = "session_expired"
    CHALLENGE_UNKNOWN = "challenge_unknown"
    CHALLENGE_EXPIRED = "challenge_expired"
    SIGNATURE_BAD = "signature_bad"
    DESCRIPTOR_BAD = "descriptor_bad"
    DESCRIPTOR_UNSIGNED = "descriptor_unsigned"
    DESCRIPTOR_EXPIRED = "descriptor_expired"
    DESCRIPTOR_PUBLISHED = "descriptor_published"
    PUBLISHING_CLOSED = "publishing_closed"
    INVITATION_BAD = "invitation_bad"
    INVITATION_EXPIRED = "invitation_expired"
    INVITATION_USED = "invitation_used"
    INVITATION_REVOKED = "invitation_revoked"
    PRINCIPAL_ENROLLED = "principal_enrolled"
    DEVICE_BAD = "device_bad"
    MEMBER_REVOKED = "member_revoked"
    NOT_YOUR_DELEGATION = "not_your_delegation"
    NOT_YOUR_ROLE = "not_your_role"
    NOT_IN_THIS_PHASE = "not_in_this_phase"
    NOT_IN_THIS_FORMAT = "not_in_this_format"
    MOVE_NOT_POSSIBLE = "move_not_possible"
    MEETING_UNKNOWN = "meeting_unknown"
    ITEM_UNKNOWN = "item_unknown"
    MEMBER_UNKNOWN = "member_unknown"
    MEMBER_ABSENT = "member_absent"
    FLOOR_TAKEN = "floor_taken"
    FLOOR_NOT_ASKED = "floor_not_asked"
    TICKET_REFUSED = "ticket_refused"
    ARRANGEMENT_UNKNOWN = "arrangement_unknown"
    GROUP_UNKNOWN = "group_unknown"
    GROUP_FOUNDED = "group_founded"
    EPOCH_NOT_CURRENT = "epoch_not_current"
    EPOCH_GONE = "epoch_gone"
    COMMIT_UNKNOWN = "commit_unknown"
    WEBHOOK_BAD = "webhook_bad"
    MESSAGE_BAD = "message_bad"
    TAKEN_OVER = "taken_over"
    TOO_MANY_REQUESTS = "too_many_requests"
    SFU_UNAVAILABLE = "sfu_unavailable"
    STORAGE_UNAVAILABLE = "storage_unavailable"
    STORAGE_FULL = "storage_full"
    INTERNAL = "internal"


@dataclass(frozen=True, slots=True)
class Trouble:
    """What an operator reads and an HTTP client is answered for a code."""

    status: int
    title: str


TABLE: Final[dict[Code, Trouble]] = {
    Code.BAD_REQUEST: Trouble(422, "The request has a wrong form."),
    Code.BODY_TOO_LARGE: Trouble(413, "The request is larger than allowed."),
    Code.NOT_FOUND: Trouble(404, "There is nothing at this address."),
    Code.NOT_SIGNED_IN: Trouble(401, "A session is needed."),
    Code.SESSION_EXPIRED: Trouble(401, "The session has expired."),
    Code.CHALLENGE_UNKNOWN: Trouble(401, "The challenge is unknown or was used before."),
    Code.CHALLENGE_EXPIRED: Trouble(401, "The challenge has expired."),
    Code.SIGNATURE_BAD: Trouble(401, "A signature does not match what was signed."),
    Code.DESCRIPTOR_BAD: Trouble(422, "The descriptor has a wrong form."),
    Code.DESCRIPTOR_UNSIGNED: Trouble(422, "Not every delegation has signed the descriptor."),
    Code.DESCRIPTOR_EXPIRED: Trouble(409, "The descriptor has expired."),
    Code.DESCRIPTOR_PUBLISHED: Trouble(409, "The summit is published already."),
    Code.PUBLISHING_CLOSED: Trouble(403, "This host publishes no summit for that token."),
    Code.INVITATION_BAD: Trouble(422, "The invitation has a wrong form or names another summit."),
    Code.INVITATION_EXPIRED: Trouble(403, "The invitation has expired."),
    Code.INVITATION_USED: Trouble(409, "The invitation was used by another device."),
    Code.INVITATION_REVOKED: Trouble(403, "The invitation was revoked."),
    Code.PRINCIPAL_ENROLLED: Trouble(409, "The delegation has its principal already."),
    Code.DEVICE_BAD: Trouble(422, "The device statement has a wrong form."),
    Code.MEMBER_REVOKED: Trouble(403, "The accreditation was revoked."),
    Code.NOT_YOUR_DELEGATION: Trouble(403, "A member acts for their own delegation only."),
    Code.NOT_YOUR_ROLE: Trouble(403, "The role does not allow this."),
    Code.NOT_IN_THIS_PHASE: Trouble(409, "Not possible in the meeting's phase."),
    Code.NOT_IN_THIS_FORMAT: Trouble(409, "Not possible in the meeting's format."),
    Code.MOVE_NOT_POSSIBLE: Trouble(409, "The meeting, as it stands, knows no such move."),
    Code.MEETING_UNKNOWN: Trouble(404, "There is no such meeting in this summit."),
    Code.ITEM_UNKNOWN: Trouble(404, "There is no such item on the agenda."),
    Code.MEMBER_UNKNOWN: Trouble(404, "There is no such member in this summit."),
    Code.MEMBER_ABSENT: Trouble(409, "The member is not in the chamber."),
    Code.FLOOR_TAKEN: Trouble(409, "Somebody has the floor."),
    Code.FLOOR_NOT_ASKED: Trouble(409, "The member has not asked for the floor."),
    Code.TICKET_REFUSED: Trouble(403, "There is no seat for this member in this room."),
    Code.ARRANGEMENT_UNKNOWN: Trouble(409, "Another arrangement waits for consent, or none."),
    Code.GROUP_UNKNOWN: Trouble(404, "There is no such group in this meeting, or nobody has founded it yet."),
    Code.GROUP_FOUNDED: Trouble(409, "Somebody has founded the group already."),
    Code.EPOCH_NOT_CURRENT: Trouble(409, "The group stands at another epoch."),
    Code.EPOCH_GONE: Trouble(410, "The group's log no longer reaches back to that epoch."),
    Code.COMMIT_UNKNOWN: Trouble(404, "The group's log holds no such commit."),
    Code.WEBHOOK_BAD: Trouble(401, "The report is not the media engine's."),
    Code.MESSAGE_BAD: Trouble(400, "The message has a wrong form."),
    Code.TAKEN_OVER: Trouble(409, "A newer connection of the same member took over."),
    Code.TOO_MANY_REQUESTS: Trouble(429, "Too many requests."),
    Code.SFU_UNAVAILABLE: Trouble(503, "The media engine does not answer."),
    Code.STORAGE_UNAVAILABLE: Trouble(503, "The database does not answer."),
    Code.STORAGE_FULL: Trouble(507, "The disk is full."),
    Code.INTERNAL: Trouble(500, "Something broke that should not break."),
}


class VisavisError(Exception):
    """A trouble with a code. `fields` are shown to the caller: never put a secret there."""

    def __init__(self, code: Code, **fields: str | int) -> None:
        super().__init__(code.value)
        self.code = code
        self.fields = fields
        self.members: dict[str, Any] = {}
        """What the caller needs besides, as JSON values: members of the problem document that are never logged."""


def problem(error: VisavisError) -> dict[str, Any]:
    """Return the problem document of a trouble (RFC 9457 §3, §3.2), the same over HTTP and over the socket."""
    trouble = TABLE[error.code]
    document: dict[str, Any] = {
        "type": f"urn:visavis:error:{error.code.value}",
        "title": trouble.title,
        "status": trouble.status,
        "code": error.code.value,
    }
    if error.fields:
        document["fields"] = error.fields
    return {**document, **error.members}


class RefusedError(VisavisError):
    """A rule says no. Show it; nothing was changed."""


class OutageError(VisavisError):
    """The world did not answer. Nothing was changed; try again later."""
