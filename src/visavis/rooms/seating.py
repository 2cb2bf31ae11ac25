"""Who sits where: what is compared with the media engine's own list, and what must be put right. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from visavis.identity.model import Delegation, Member
from visavis.kernel.ids import Identity, MemberId
from visavis.rooms.grants import seat_for
from visavis.rooms.model import NOTHING, MediaGrant, Occupant, Room, RoomKind
from visavis.summits.model import Meeting, Phase

Occupancy = Mapping[Room, Sequence[Occupant]]
"""The media engine's list, room by room."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """All that decides who may sit where in a meeting: nothing else does."""

    meeting: Meeting
    members: Mapping[Identity, Member]
    rooms: tuple[Room, ...]
    is_expired: bool
    """Whether the descriptor's time is up: nobody is accredited by it any more."""
    floor: MemberId | None = None
    """Who has the floor; None in a mode that holds no microphone, where it decides nothing."""
    booths: Mapping[Identity, str] = field(default_factory=dict)
    """The id of the booth that each interpreter works in."""

    @property
    def is_over(self) -> bool:
        """Whether the rooms are no longer needed."""
        return self.is_expired or self.meeting.phase is Phase.ADJOURNED


@dataclass(frozen=True, slots=True)
class Corrections:
    """What must be put right, and where everybody is once it is."""

    out: tuple[tuple[Room, Identity], ...]
    permits: tuple[tuple[Room, Identity, MediaGrant], ...]
    present: Mapping[MemberId, RoomKind]


def rooms_of(meeting: Meeting, delegations: Iterable[Delegation]) -> tuple[Room, ...]:
    """Return the rooms of which one sits in one at a time: the chamber, and each delegation's caucus."""
    caucuses = (Room(meeting.id, RoomKind.CAUCUS, side.id) for side in delegations)
    return (Room(meeting.id, RoomKind.CHAMBER), *caucuses)


def grant_in(sitting: Sitting, room: Room, identity: Identity) -> MediaGrant | None:
    """Return what an identity may do in a room now, or None if it may not be there, or is nobody's."""
    member = sitting.members.get(identity)
    if member is None or sitting.is_expired:
        return None
    return seat_for(member, sitting.meeting, room, sitting.floor, sitting.booths.get(identity))


def corrections(sitting: Sitting, occupancy: Occupancy) -> Corrections:
    """Compare the media engine's list with what the policy says.

    An identity that is in several rooms stays in the one it entered last and may be in: entering one leaves the other.
    Whoever waits at the door goes on waiting while there is a seat for them, and no longer than until they sit elsewhere.
    """
    seats: dict[Identity, tuple[Room, Occupant, MediaGrant]] = {}
    out: list[tuple[Room, Identity]] = []
    for joined, room in sorted(_entries(occupancy), key=_waiting_first):
        grant = grant_in(sitting, room, joined.identity)
        if grant is None or (joined.waits and joined.grant != NOTHING):
            out.append((room, joined.identity))
            continue
        if joined.identity in seats:
            out.append((seats[joined.identity][0], joined.identity))
        seats[joined.identity] = (room, joined, grant)
    seated = [(room, one, grant) for room, one, grant in seats.values() if not one.waits]
    permits = tuple((room, one.identity, grant) for room, one, grant in seated if one.grant != grant)
    present = {sitting.members[one.identity].id: room.kind for room, one, _ in seated}
    return Corrections(tuple(out), permits, present)


def beside(sitting: Sitting, occupancy: Occupancy) -> Corrections:
    """Compare the media engine's list of booths' own rooms with what the policy says.

    Whoever is in one sits elsewhere too, mostly, so it makes nobody present; and nobody waits at its door.
    """
    out: list[tuple[Room, Identity]] = []
    permits: list[tuple[Room, Identity, MediaGrant]] = []
    for one, room in _entries(occupancy):
        grant = None if one.waits else grant_in(sitting, room, one.identity)
        if grant is None:
            out.append((room, one.identity))
        elif grant != one.grant:
            permits.append((room, one.identity, grant))
    return Corrections(tuple(out), tuple(permits), {})


def _waiting_first(entry: tuple[Occupant, Room]) -> tuple[bool, datetime, str]:
    occupant, room = entry
    return not occupant.waits, occupant.joined, room.name


def _entries(occupancy: Occupancy) -> Iterable[tuple[Occupant, Room]]:
    return ((occupant, room) for room, occupants in occupancy.items() for occupant in occupants)
