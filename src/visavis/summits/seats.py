"""Who is in which room now, as the media engine reports it.

The chamber is recorded. A caucus is its delegation's own affair: it is kept while it lasts, so that the delegation
sees it, and neither recorded nor told to anybody else.
"""

from visavis.audit.actions import SeatLeft, SeatTaken
from visavis.events.catalogue import Kind
from visavis.identity import store as identities
from visavis.identity.model import Member
from visavis.kernel.errors import Code, RefusedError
from visavis.kernel.ids import Identity, MeetingId, Party
from visavis.storage.transaction import Transaction
from visavis.summits import standing, store
from visavis.summits.model import Meeting
from visavis.summits.policy import CHAMBER
from visavis.summits.views import Scene, presence_seen, scene_of, tell, tell_each


async def take(tx: Transaction, meeting: MeetingId, identity: Identity, room_kind: str) -> None:
    """Note that a member came into a room; nothing happens if they are in it already.

    Raises:
        RefusedError: MEETING_UNKNOWN, MEMBER_UNKNOWN.
    """
    held, member = await _seated(tx, meeting, identity)
    await _put(tx, held, member, room_kind)


async def leave(tx: Transaction, meeting: MeetingId, identity: Identity, room_kind: str) -> None:
    """Note that a member left a room; nothing happens if they are elsewhere by now.

    Raises:
        RefusedError: MEETING_UNKNOWN, MEMBER_UNKNOWN.
    """
    held, member = await _seated(tx, meeting, identity)
    if (await store.presences_of(tx.connection, held.id)).get(member.id) == room_kind:
        await _put(tx, held, member, None)


async def _seated(tx: Transaction, wanted: MeetingId, identity: Identity) -> tuple[Meeting, Member]:
    meeting = await store.meeting(tx.connection, wanted)
    if meeting is None:
        raise RefusedError(Code.MEETING_UNKNOWN)
    member = await identities.member_by_identity(tx.connection, identity)
    if member is None or member.summit != meeting.summit:
        raise RefusedError(Code.MEMBER_UNKNOWN)
    return meeting, member


async def _put(tx: Transaction, meeting: Meeting, member: Member, room: str | None) -> None:
    before = await scene_of(tx.connection, meeting)
    left = before.presences.get(member.id)
    if left == room:
        return
    await store.save_presence(tx, meeting.id, member.id, room)
    if left == CHAMBER:
        tx.record(meeting.summit, SeatLeft(meeting.id, member.id), by=None)
    if room == CHAMBER:
        tx.record(meeting.summit, SeatTaken(meeting.id, member.id), by=None)

    def kind_for(scene: Scene, party: Party) -> Kind:
        # Whoever may not see a caucus must not learn of it by another word for leaving.
        return Kind.SEAT_LEFT if presence_seen(scene, member, party) is None else Kind.SEAT_TAKEN

    await tell_each(tx, meeting, kind_for, before)
    for fallen in await standing.vacate(tx, meeting) if left == CHAMBER else ():
        await tell(tx, meeting, fallen)
