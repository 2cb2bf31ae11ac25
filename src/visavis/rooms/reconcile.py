"""Compares what the media engine says with what we believe, and repairs: at the start and every few seconds."""

from visavis.kernel.ids import MeetingId
from visavis.rooms.model import Room
from visavis.rooms.moderation import reseat, sitting_of
from visavis.rooms.sfu import Sfu
from visavis.storage.database import Database
from visavis.summits import store


async def reconcile(database: Database, sfu: Sfu) -> None:
    """Repair every meeting once: rooms that are missing or left over, people in the wrong place, presences.

    Raises:
        OutageError: if the media engine or the database does not answer.
    """
    listed = set(await sfu.rooms())
    async with database.reading() as connection:
        unfinished = await store.unfinished(connection)
        sat_in = await store.sat_in(connection)
    for meeting in {one.id for one in unfinished if one.began} | sat_in:
        await _open_missing(database, sfu, meeting, listed)
    known = {one.id for one in unfinished} | sat_in
    for meeting in sorted({room.meeting for room in map(Room.named, listed) if room} - known):
        await _end_left_over(database, sfu, meeting, listed)
    for meeting in sorted(known):
        await reseat(database, sfu, meeting)


async def _open_missing(database: Database, sfu: Sfu, meeting: MeetingId, listed: set[str]) -> None:
    """Open the rooms of a meeting that began or has somebody in it: an engine started again has forgotten them."""
    sitting = await sitting_of(database, meeting)
    for room in sitting.rooms if sitting and not sitting.is_over else ():
        if room.name not in listed:
            await sfu.open_room(room.name)


async def _end_left_over(database: Database, sfu: Sfu, meeting: MeetingId, listed: set[str]) -> None:
    """End the rooms of a meeting that is adjourned or that nobody knows. A room without a name of ours is not ours."""
    await reseat(database, sfu, meeting)
    for name in listed:
        room = Room.named(name)
        if room is not None and room.meeting == meeting:
            await sfu.close_room(name)
