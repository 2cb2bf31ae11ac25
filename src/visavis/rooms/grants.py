"""From role, phase and format to what may be sent and heard, in the media engine's terms. Pure.

The decision is made by `summits.policy`; what it does not name is not granted.
"""

from visavis.identity.model import Member, Role
from visavis.rooms.model import MediaGrant, Room, RoomKind, Source
from visavis.summits import policy
from visavis.summits.model import Format, Meeting, Phase


def grant_for(role: Role, chair: bool, phase: Phase, format: Format, kind: RoomKind) -> MediaGrant | None:  # noqa: A002, FBT001 - as `policy.media`
    """Return what a role may send and hear in a kind of room, or None if it may not be in it."""
    rule = policy.media(role, chair, phase, format, kind.value)
    if rule is None:
        return None
    return MediaGrant(frozenset(Source(name) for name in rule.publish), hear=rule.hear)


def seat_for(member: Member, meeting: Meeting, room: Room) -> MediaGrant | None:
    """Return what this member may send and hear in this very room now, or None if they may not be in it.

    A revoked member, a member of another summit, another meeting's room and another delegation's caucus have no seat.
    """
    if member.revoked is not None or member.summit != meeting.summit or room.meeting != meeting.id:
        return None
    if room.kind is RoomKind.CAUCUS and room.party != member.party:
        return None
    return grant_for(member.role, member.chair, meeting.phase, meeting.format, room.kind)
