"""Facts about groups, as the server knows them: names, numbers, and bytes it cannot read. Frozen."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, NewType

from visavis.kernel.ids import JOINT, MeetingId, MemberId, Party

COMMIT_LIMIT: Final = 64 * 1024
"""The largest commit, in bytes. One that removes half of a hundred members has a tenth of it."""

GROUP_INFO_LIMIT: Final = 512 * 1024
"""The largest GroupInfo, in bytes: it carries the whole tree, some 3 KB for each member with their chain of signatures."""

ENVELOPE_LIMIT: Final = 64 * 1024
"""The largest sealed envelope, in bytes."""

DOCUMENT_PART: Final = 384 * 1024
"""The largest part of a sealed document, in bytes: a document is sent and fetched in parts, so that one sees how far it is."""

DOCUMENT_PARTS: Final = 64
"""How many parts a document has at most."""

DOCUMENTS_LIMIT: Final = 128 * 1024 * 1024
"""How many bytes of documents a group keeps."""

DocumentId = NewType("DocumentId", str)
"""A UUID that the sender has drawn."""

LOG_PAGE: Final = 64
"""How many commits or envelopes are sent at a time."""

LAST_EPOCH: Final = 2**53 - 1
"""An epoch is written in JSON, which has no larger whole number that every reader keeps (RFC 8785 §3.2.2.3)."""

NAME_LENGTH: Final = 40
"""The longest name of a group. A booth with a longer id has no group of its own."""

NAME: Final = (
    r"^(chamber|floor\.[1-9][0-9]{0,5}|caucus\.[a-z][a-z0-9-]{0,31}|booth\.[a-z][a-z0-9-]{0,31}\.[A-Za-z0-9.-]{1,31})$"
)
"""What the name of a group looks like on the wire."""


class GroupKind(StrEnum):
    """What a group's keys are for."""

    CHAMBER = "chamber"
    FLOOR = "floor"
    CAUCUS = "caucus"
    BOOTH = "booth"


@dataclass(frozen=True, slots=True)
class GroupName:
    """Which group of a meeting: its chamber, the floor of one opening, the caucus of one delegation, or one booth's own."""

    kind: GroupKind
    opening: int = 0
    """Which opening of the doors a floor is for, from 1; 0 for the others."""
    party: Party | None = None
    """Whose caucus it is, or whose booth; None for the others, and for a joint booth."""
    booth: str | None = None
    """The booth's id, which begins with its party or with `joint`; None for the others."""

    @property
    def is_kept_among_few(self) -> bool:
        """Whether it is the own affair of a delegation, or of some interpreters."""
        return self.kind in (GroupKind.CAUCUS, GroupKind.BOOTH)

    def written(self) -> str:
        """Return the name as it stands on the wire and in the log."""
        match self.kind:
            case GroupKind.CHAMBER:
                return self.kind.value
            case GroupKind.FLOOR:
                return f"{self.kind.value}.{self.opening}"
            case GroupKind.CAUCUS:
                return f"{self.kind.value}.{self.party}"
            case GroupKind.BOOTH:
                return f"{self.kind.value}.{self.booth}"


CHAMBER: Final = GroupName(GroupKind.CHAMBER)


def read_name(text: str) -> GroupName:
    """Return the group that a name on the wire stands for.

    Raises:
        ValueError: if it is no name of a group.
    """
    if len(text) > NAME_LENGTH or not re.fullmatch(NAME.strip("^$"), text):
        msg = "no name of a group"
        raise ValueError(msg)
    kind, _, rest = text.partition(".")
    match GroupKind(kind):
        case GroupKind.CHAMBER:
            return CHAMBER
        case GroupKind.FLOOR:
            return GroupName(GroupKind.FLOOR, opening=int(rest))
        case GroupKind.CAUCUS:
            return GroupName(GroupKind.CAUCUS, party=Party(rest))
        case GroupKind.BOOTH:
            whose = rest.partition(".")[0]
            return GroupName(GroupKind.BOOTH, party=None if whose == JOINT else Party(whose), booth=rest)


@dataclass(frozen=True, slots=True)
class GroupKey:
    """A group among all meetings'."""

    meeting: MeetingId
    name: GroupName


@dataclass(frozen=True, slots=True)
class PartKey:
    """A part of a document among all that a group keeps."""

    group: GroupKey
    document: DocumentId
    number: int
    """From 0."""


@dataclass(frozen=True, slots=True)
class Group:
    """Where a group stands: its epoch, and the GroupInfo by which a member joins it there (RFC 9420 §12.4.3)."""

    key: GroupKey
    epoch: int
    group_info: bytes
    since: datetime
    """When it came to this epoch."""


@dataclass(frozen=True, slots=True)
class Commit:
    """The one commit that ended an epoch."""

    epoch: int
    """The epoch it ended; it began the next one."""
    message: bytes
    by: MemberId
    at: datetime


@dataclass(frozen=True, slots=True)
class Offer:
    """What a committer sends: the commit, and the GroupInfo of the epoch it begins."""

    commit: bytes
    group_info: bytes


@dataclass(frozen=True, slots=True)
class Turn:
    """A member's place among those who want to commit; the first has until an instant, the others wait."""

    member: MemberId
    until: datetime | None


@dataclass(frozen=True, slots=True)
class SignedVoid:
    """A chair's signed statement that an epoch is poisoned, and the GroupInfo from before it."""

    void: bytes
    signature: bytes
    group_info: bytes


@dataclass(frozen=True, slots=True)
class Envelope:
    """Sealed, signed bytes from one member to a group, in the order in which they came."""

    number: int
    message: bytes
    by: MemberId
    at: datetime
