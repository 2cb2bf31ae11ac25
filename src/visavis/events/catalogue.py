"""The closed list of what clients are told, and which slices of the snapshot each event carries.

An event's slices are whole: they replace the client's. A few events hand something on instead, which replaces nothing and
stands in no snapshot. The tables are docs/protocol.md §4 and §8.
"""

from enum import StrEnum
from typing import Final


class Slice(StrEnum):
    """A part of the snapshot that is replaced as a whole."""

    MEETING = "meeting"
    AGENDA = "agenda"
    FLOOR = "floor"
    CONSENTS = "consents"
    SEATS = "seats"
    PRESS = "press"
    DOORS = "doors"
    CONNECTED = "connected"
    ARRANGED = "arranged"
    ARRANGEMENT = "arrangement"


class Kind(StrEnum):
    """Every event there is."""

    PHASE_MOVED = "phase_moved"
    FORMAT_CHANGED = "format_changed"
    MODE_CHANGED = "mode_changed"
    CONSENT_GIVEN = "consent_given"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    AGENDA_CHANGED = "agenda_changed"
    ITEM_TAKEN_UP = "item_taken_up"
    FLOOR_ASKED = "floor_asked"
    FLOOR_ASK_WITHDRAWN = "floor_ask_withdrawn"
    FLOOR_GIVEN = "floor_given"
    FLOOR_YIELDED = "floor_yielded"
    MEMBER_ENROLLED = "member_enrolled"
    MEMBER_REVOKED = "member_revoked"
    SEAT_TAKEN = "seat_taken"
    SEAT_LEFT = "seat_left"
    CONNECTIONS_CHANGED = "connections_changed"
    DOORS_ORDERED = "doors_ordered"
    ARRANGEMENT_PROPOSED = "arrangement_proposed"
    ARRANGEMENT_WITHDRAWN = "arrangement_withdrawn"
    CHANNELS_CHANGED = "channels_changed"
    BOOTHS_CHANGED = "booths_changed"
    GROUP_FOUNDED = "group_founded"
    GROUP_COMMIT = "group_commit"
    GROUP_VOIDED = "group_voided"
    ENVELOPE = "envelope"


class Handed(StrEnum):
    """What an event hands on, once."""

    FOUNDING = "founding"
    COMMIT = "commit"
    VOIDED = "voided"
    ENVELOPE = "envelope"


_SETTING: Final = (Slice.MEETING, Slice.CONSENTS)
_PEOPLE: Final = (Slice.SEATS, Slice.PRESS)

SLICES: Final[dict[Kind, tuple[Slice, ...]]] = {
    Kind.PHASE_MOVED: (Slice.MEETING, Slice.CONSENTS, Slice.FLOOR, Slice.AGENDA),
    Kind.FORMAT_CHANGED: _SETTING,
    Kind.MODE_CHANGED: _SETTING,
    Kind.CONSENT_GIVEN: (Slice.CONSENTS,),
    Kind.CONSENT_WITHDRAWN: (Slice.CONSENTS,),
    Kind.AGENDA_CHANGED: (Slice.AGENDA,),
    Kind.ITEM_TAKEN_UP: (Slice.AGENDA,),
    Kind.FLOOR_ASKED: (Slice.FLOOR,),
    Kind.FLOOR_ASK_WITHDRAWN: (Slice.FLOOR,),
    Kind.FLOOR_GIVEN: (Slice.FLOOR,),
    Kind.FLOOR_YIELDED: (Slice.FLOOR,),
    Kind.MEMBER_ENROLLED: _PEOPLE,
    Kind.MEMBER_REVOKED: (*_PEOPLE, Slice.CONNECTED),
    Kind.SEAT_TAKEN: _PEOPLE,
    Kind.SEAT_LEFT: _PEOPLE,
    Kind.CONNECTIONS_CHANGED: (Slice.CONNECTED,),
    Kind.DOORS_ORDERED: (Slice.DOORS,),
    Kind.ARRANGEMENT_PROPOSED: (Slice.ARRANGEMENT,),
    Kind.ARRANGEMENT_WITHDRAWN: (Slice.ARRANGEMENT,),
    Kind.CHANNELS_CHANGED: (Slice.ARRANGED, Slice.ARRANGEMENT),
    Kind.BOOTHS_CHANGED: (Slice.ARRANGED,),
    Kind.GROUP_FOUNDED: (),
    Kind.GROUP_COMMIT: (),
    Kind.GROUP_VOIDED: (),
    Kind.ENVELOPE: (),
}

HANDS_ON: Final[dict[Kind, Handed]] = {
    Kind.GROUP_FOUNDED: Handed.FOUNDING,
    Kind.GROUP_COMMIT: Handed.COMMIT,
    Kind.GROUP_VOIDED: Handed.VOIDED,
    Kind.ENVELOPE: Handed.ENVELOPE,
}
"""The events about a group; only its own parties are told them."""
