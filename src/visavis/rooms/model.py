"""Facts about rooms and seats. Frozen."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from visavis.kernel.ids import Identity, MeetingId, Party


class RoomKind(StrEnum):
    """Which door a ticket is for."""

    CHAMBER = "chamber"
    CAUCUS = "caucus"
    BOOTH = "booth"


class Source(StrEnum):
    """What a member may send."""

    MICROPHONE = "microphone"
    CAMERA = "camera"
    SCREEN = "screen"


@dataclass(frozen=True, slots=True)
class Room:
    """A room of the media engine: the meeting's chamber, one delegation's caucus, or one booth's own."""

    meeting: MeetingId
    kind: RoomKind
    party: Party | None = None
    booth: str | None = None
    """The booth's id, which begins with its party or with `joint`."""

    @property
    def name(self) -> str:
        """The name in the media engine: `chamber.<meeting>`, `caucus.<meeting>.<party>` or `booth.<meeting>.<id>`."""
        whose = self.booth or self.party
        tail = "" if whose is None else f".{whose}"
        return f"{self.kind.value}.{self.meeting}{tail}"

    @classmethod
    def named(cls, name: str) -> "Room | None":
        """Return the room whose name this is, or None for a name that is not one of ours."""
        match name.split(".", 2):
            case [RoomKind.CHAMBER, meeting] if meeting:
                return cls(MeetingId(meeting), RoomKind.CHAMBER)
            case [RoomKind.CAUCUS, meeting, party] if meeting and party:
                return cls(MeetingId(meeting), RoomKind.CAUCUS, Party(party))
            case [RoomKind.BOOTH, meeting, booth] if meeting and booth:
                return cls(MeetingId(meeting), RoomKind.BOOTH, booth=booth)
            case _:
                return None


@dataclass(frozen=True, slots=True)
class MediaGrant:
    """What a seat lets its holder do: sources to send, and whether to hear and see."""

    publish: frozenset[Source]
    hear: bool


NOTHING: Final = MediaGrant(frozenset(), hear=False)
"""What somebody may do who waits at the door."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """What lets one device into one room, once, for a short time. `token` is a bearer secret.

    `life` is which life of the room it is for: a line into another cannot be resumed.
    """

    url: str
    token: str
    room: Room
    identity: Identity
    expires: datetime
    grant: MediaGrant
    life: str


@dataclass(frozen=True, slots=True)
class Occupant:
    """Somebody whom the media engine lists in a room, and what it lets them do.

    Whoever `waits` at the door has a line that stands, and no seat: nobody is told of them, and nothing goes over it.
    """

    identity: Identity
    grant: MediaGrant
    joined: datetime
    waits: bool = False


class Happened(StrEnum):
    """What the media engine reports. Whatever else it says is not for us."""

    JOINED = "joined"
    LEFT = "left"
    ROOM_FINISHED = "room_finished"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Report:
    """One report of the media engine, verified to be its own."""

    id: str
    happened: Happened
    room: str
    identity: Identity | None
