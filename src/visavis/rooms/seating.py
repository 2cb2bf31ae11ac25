"""Who sits where: what is compared with the media engine's own list, and what must be put right. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from visavis.identity.model import Delegation, Member
from visavis.kernel.ids import Identity, MemberId
from visavis.rooms.grants import seat_for
from visavis.rooms.model import MediaGrant, Occupant, Room, RoomKind
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
    """Return a meeting's rooms: the chamber, and each delegation's caucus."""
    caucuses = (Room(meeting.id, RoomKind.CAUCUS, side.id) for side in delegations)
    return (Room(meeting.id, RoomKind.CHAMBER), *caucuses)


def grant_in(sitting: Sitting, room: Room, identity: Identity) -> MediaGrant | None:
    """Return what an identity may do in a room now, or None if it may not be there, or is nobody's."""
    member = sitting.members.get(identity)
    return None if member is None or sitting.is_expired else seat_for(member, sitting.meeting, room)


def corrections(sitting: Sitting, occupancy: Occupancy) -> Corrections:
    """Compare the media engine's list with what the policy says.

    An identity that is in several rooms stays in the one it entered last and may be in: entering one leaves the other.
    """
    seats: dict[Identity, tuple[Room, Occupant, MediaGrant]] = {}
    out: list[tuple[Room, Identity]] = []
    for joined, room in sorted(_entries(occupancy), key=lambda entry: (entry[0].joined, entry[1].name)):
        grant = grant_in(sitting, room, joined.identity)
        if grant is None:
            out.append((room, joined.identity))
            continue
        if joined.identity in seats:
            out.append((seats[joined.identity][0], joined.identity))
        seats[joined.identity] = (room, joined, grant)
    permits = tuple((room, one.identity, grant) for room, one, grant in seats.values() if one.grant != grant)
    present = {sitting.members[identity].id: room.kind for identity, (room, _, _) in seats.items()}
    return Corrections(tuple(out), permits, present)


def _entries(occupancy: Occupancy) -> Iterable[tuple[Occupant, Room]]:
    return ((occupant, room) for room, occupants in occupancy.items() for occupant in occupants)
