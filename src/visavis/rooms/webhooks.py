"""The media engine's reports, turned into facts of ours.

A report is a hint, not a truth: it may come late, twice, or in the wrong order. So nothing is believed that the
engine's own list does not say at this moment; the same report may come any number of times.
"""

from visavis.kernel.ids import Identity
from visavis.rooms.model import Happened, Report, Room, RoomKind
from visavis.rooms.moderation import reseat, settle, sitting_of
from visavis.rooms.seating import Sitting, grant_in
from visavis.rooms.sfu import Sfu
from visavis.storage.database import Database
from visavis.summits import seats


async def receive(database: Database, sfu: Sfu, report: Report) -> None:
    """Take in one verified report.

    Raises:
        OutageError: if the engine or the database does not answer; the engine sends the report again.
    """
    room = Room.named(report.room)
    if room is None or report.happened is Happened.OTHER:
        return
    if report.happened is Happened.ROOM_FINISHED or report.identity is None:
        await reseat(database, sfu, room.meeting)
        return
    sitting = await sitting_of(database, room.meeting)
    if sitting is None:
        await sfu.close_room(room.name)
    elif report.happened is Happened.JOINED:
        await _joined(database, sfu, sitting, room, report.identity)
    else:
        await _left(database, sfu, room, report.identity)


async def _joined(database: Database, sfu: Sfu, sitting: Sitting, room: Room, identity: Identity) -> None:
    """Put out at once whoever may not be there; leave waiting whoever waits at the door; seat the others."""
    grant = grant_in(sitting, room, identity)
    if grant is None:
        await sfu.remove(room.name, identity)
        return
    if not await _is_seated(sfu, room, identity):
        return
    # Whoever is in their booth's own room sits elsewhere too.
    if await sfu.permit(room.name, identity, grant) and room.kind is not RoomKind.BOOTH:
        await settle(database, sfu, sitting, room, identity)


async def _left(database: Database, sfu: Sfu, room: Room, identity: Identity) -> None:
    """Note that somebody left, unless they are there again: a reload's second join overtakes the first one's end."""
    if room.kind is RoomKind.BOOTH or await _is_seated(sfu, room, identity):
        return
    sitting = await sitting_of(database, room.meeting)
    if sitting is None or identity not in sitting.members:
        return
    async with database.writing() as tx:
        await seats.leave(tx, room.meeting, identity, room.kind.value)
    if await sitting_of(database, room.meeting) != sitting:
        await reseat(database, sfu, room.meeting)  # they had the floor, and held the others' microphones


async def _is_seated(sfu: Sfu, room: Room, identity: Identity) -> bool:
    return any(one.identity == identity and not one.waits for one in await sfu.occupants(room.name))
