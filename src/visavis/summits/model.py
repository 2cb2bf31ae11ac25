"""Facts about a summit's meetings. Frozen."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from visavis.kernel.ids import AgendaItemId, MeetingId, MemberId, Party, SummitId


class Phase(StrEnum):
    """Where a meeting stands."""

    ARRIVAL = "arrival"
    OPEN = "open"
    CLOSED = "closed"
    RECESS = "recess"
    ADJOURNED = "adjourned"


class Format(StrEnum):
    """Who may be in: the table is in `formats`."""

    ONE_ON_ONE = "one-on-one"
    RESTRICTED = "restricted"
    PLENARY = "plenary"


class Mode(StrEnum):
    """How the meeting is interpreted."""

    SIMULTANEOUS = "simultaneous"
    CONSECUTIVE = "consecutive"
    LIAISON = "liaison"


class Move(StrEnum):
    """What chairs may order."""

    OPEN_DOORS = "open_doors"
    CLOSE_DOORS = "close_doors"
    RECESS = "recess"
    RESUME = "resume"
    ADJOURN = "adjourn"
    CHANGE_FORMAT = "change_format"
    CHANGE_MODE = "change_mode"


@dataclass(frozen=True, slots=True)
class Meeting:
    """One sitting."""

    id: MeetingId
    summit: SummitId
    title: str
    format: Format
    phase: Phase
    mode: Mode
    scheduled: datetime
    began: datetime | None
    phase_since: datetime
    follows: MeetingId | None
    openings: int = 0
    """How often the doors were opened; the last time is this very moment, while they are open."""


@dataclass(frozen=True, slots=True)
class Order:
    """A move that somebody asks for, and how they believe the meeting to stand: it is meant for that and nothing else."""

    move: Move
    argument: str | None
    """What to change to, for `change_format` and `change_mode`."""
    phase: Phase
    format: Format


@dataclass(frozen=True, slots=True)
class Consent:
    """A delegation's wish for a move that needs every delegation."""

    move: Move
    argument: str | None
    party: Party
    by: MemberId
    """The chair who asked; the consent lapses with their accreditation."""
    since: datetime


@dataclass(frozen=True, slots=True)
class Connection:
    """A member's live feed of a meeting at one server, for as long as it is believed in."""

    member: MemberId
    meeting: MeetingId
    server: str
    until: datetime


class DoorsWord(StrEnum):
    """What a chair says of the doors: that they hold them open, or that they are closed."""

    HOLD = "hold"
    CLOSE = "close"


@dataclass(frozen=True, slots=True)
class DoorsOrder:
    """A chair's last signed word about the doors; `opening` is the one that it is of."""

    by: MemberId
    party: Party
    word: DoorsWord
    opening: int
    at: datetime
    statement: bytes
    signature: bytes


class ItemState(StrEnum):
    """Where an item of the agenda stands."""

    AHEAD = "ahead"
    CURRENT = "current"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One item: planned minutes, and the seconds spent on it before `since`."""

    id: AgendaItemId
    title: str
    minutes: int
    state: ItemState
    seconds: int
    since: datetime | None


@dataclass(frozen=True, slots=True)
class Ask:
    """A member's wish to speak."""

    member: MemberId
    since: datetime


@dataclass(frozen=True, slots=True)
class Floor:
    """Who speaks, since when, and who asked to, in the order of asking."""

    holder: MemberId | None
    since: datetime | None
    asks: tuple[Ask, ...]
    interprets: MemberId | None = None
    """Whose statement the holder says again; only in consecutive mode, and only an interpreter does."""
