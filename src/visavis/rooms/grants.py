"""From role, phase and format to what may be sent and heard, in the media engine's terms. Pure.

The decision is made by `summits.policy`; what it does not name is not granted.
"""

from dataclasses import replace

from visavis.identity.model import Member, Role
from visavis.kernel.ids import MemberId
from visavis.rooms.model import MediaGrant, Room, RoomKind, Source
from visavis.summits import policy
from visavis.summits.model import Format, Meeting, Mode, Phase
from visavis.summits.policy import Whose


def grant_for(role: Role, chair: bool, phase: Phase, format: Format, kind: RoomKind) -> MediaGrant | None:  # noqa: A002, FBT001 - as `policy.media`
    """Return what a role may send and hear in a kind of room, or None if it may not be in it."""
    rule = policy.media(role, chair, phase, format, kind.value)
    if rule is None:
        return None
    return MediaGrant(frozenset(Source(name) for name in rule.publish), hear=rule.hear)


def seat_for(
    member: Member, meeting: Meeting, room: Room, floor: MemberId | None, booth: str | None = None
) -> MediaGrant | None:
    """Return what this member may send and hear in this very room now, or None if they may not be in it.

    `floor` is who has the floor, `booth` the id of the booth that the member works in.

    A revoked member, a member of another summit, another meeting's room, another delegation's caucus and another booth's
    own room have no seat.
    """
    if member.revoked is not None or member.summit != meeting.summit or room.meeting != meeting.id:
        return None
    if room.kind is RoomKind.CAUCUS and room.party != member.party:
        return None
    if room.kind is RoomKind.BOOTH and (booth is None or room.booth != booth):
        return None
    grant = grant_for(member.role, member.chair, meeting.phase, meeting.format, room.kind)
    if grant is None or room.kind is not RoomKind.CHAMBER:
        return grant
    return held_back(grant, member.role, meeting.mode, whose_to(member.id, floor))


def whose_to(member: MemberId, floor: MemberId | None) -> Whose:
    """Return whose the floor is to a member, when `floor` has it."""
    if floor is None:
        return Whose.NOBODYS
    return Whose.OWN if floor == member else Whose.OTHERS


def held_back(grant: MediaGrant, role: Role, mode: Mode, whose: Whose) -> MediaGrant:
    """Return a grant of the chamber without the microphone, while the mode keeps the role waiting."""
    if not policy.is_held(role, mode, whose):
        return grant
    return replace(grant, publish=grant.publish - {Source.MICROPHONE})
