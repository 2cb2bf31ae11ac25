"""Use case: re-seat a meeting. Permissions are set, whoever may not be there is removed, presences are noted."""

import asyncio
from collections.abc import Coroutine, Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from visavis.identity import store as identities
from visavis.interpretation.booths import places_in
from visavis.kernel.errors import Code, OutageError
from visavis.kernel.ids import Identity, MeetingId, MemberId
from visavis.rooms.model import Room, RoomKind
from visavis.rooms.seating import Corrections, Occupancy, Sitting, beside, corrections, rooms_of
from visavis.rooms.sfu import Sfu
from visavis.storage.database import Database
from visavis.summits import seats, store
from visavis.summits.policy import follows_floor


async def reseat(database: Database, sfu: Sfu, meeting: MeetingId) -> None:
    """Make the media engine's rooms of a meeting what the policy says now. Done when the engine has said so.

    Called after every move and format change, by the engine's reports and by the reconciler. They may
    overlap, in several servers too: whoever has put things right looks again whether the meeting is still the same,
    so that the last one to act acts on what is true.

    Raises:
        OutageError: if the media engine or the database does not answer; the reconciler repeats it.
    """
    while True:
        # The list is read before the policy: who comes in between is seen by the next round, never thrown out by this.
        occupancy = await _occupancy(database, sfu, meeting)
        sitting = await sitting_of(database, meeting)
        if sitting is None:
            return
        wanted = corrections(sitting, occupancy)
        await _put_right(sfu, wanted, occupancy if sitting.is_over else ())
        await _put_booths_right(sfu, sitting)
        await _note_presences(database, sfu, sitting, wanted.present)
        if await sitting_of(database, meeting) == sitting:
            return


async def settle(database: Database, sfu: Sfu, sitting: Sitting, room: Room, identity: Identity) -> None:
    """Note that somebody has been let into a room, and let them leave the room they came from.

    Raises:
        OutageError: if the media engine or the database does not answer; the reconciler repeats it.
    """
    for other in sitting.rooms:
        if other != room:
            await sfu.remove(other.name, identity)
    async with database.writing() as tx:
        await seats.take(tx, room.meeting, identity, room.kind.value)
    if await sitting_of(database, room.meeting) != sitting:
        await reseat(database, sfu, room.meeting)


async def put_out(sfu: Sfu, identity: Identity) -> None:
    """Put somebody out of every room there is, all at once, whatever else would have to be put right there.

    Raises:
        OutageError: if the media engine does not answer; the reconciler repeats it.
    """
    rooms = [name for name in await sfu.rooms() if Room.named(name) is not None]
    outages = await _all(sfu.remove(name, identity) for name in rooms)
    if outages:
        raise OutageError(Code.SFU_UNAVAILABLE) from outages[0]


async def sitting_of(database: Database, meeting: MeetingId) -> Sitting | None:
    """Return what decides who may sit where in a meeting now, or None if there is no such meeting."""
    async with database.reading() as connection:
        return await _sitting(connection, meeting, database.now())


async def _sitting(connection: AsyncConnection, wanted: MeetingId, now: datetime) -> Sitting | None:
    meeting = await store.meeting(connection, wanted)
    descriptor = None if meeting is None else await identities.descriptor_of(connection, meeting.summit)
    if meeting is None or descriptor is None:
        return None
    members = {one.identity: one for one in await identities.members(connection, meeting.summit)}
    floor = (await store.floor(connection, wanted)).holder if follows_floor(meeting.mode) else None
    rooms = rooms_of(meeting, descriptor.delegations)
    booths = await places_in(connection, meeting, members.values())
    return Sitting(meeting, members, rooms, descriptor.expires <= now, floor, booths)


async def _occupancy(database: Database, sfu: Sfu, meeting: MeetingId) -> Occupancy:
    sitting = await sitting_of(database, meeting)
    rooms = () if sitting is None else sitting.rooms
    return {room: await sfu.occupants(room.name) for room in rooms}


async def _put_right(sfu: Sfu, wanted: Corrections, ended: Iterable[Room]) -> None:
    """Removals first, and all at once: whoever may not be there hears every moment until then.

    A call that fails holds up no other: doors that close must not stay open for everybody because of one.

    Raises:
        OutageError: SFU_UNAVAILABLE, once everything else is done.
    """
    outages = [
        *await _all(sfu.remove(room.name, identity) for room, identity in wanted.out),
        *await _all(sfu.permit(room.name, identity, grant) for room, identity, grant in wanted.permits),
        *await _all(sfu.close_room(room.name) for room in ended),
    ]
    if outages:
        raise OutageError(Code.SFU_UNAVAILABLE) from outages[0]


async def _put_booths_right(sfu: Sfu, sitting: Sitting) -> None:
    """After the rooms in which one sits, whose doors wait for nobody: booths' own rooms, of booths that are gone too.

    Raises:
        OutageError: SFU_UNAVAILABLE, once everything else is done.
    """
    named = [room for room in map(Room.named, await sfu.rooms()) if room is not None and room.kind is RoomKind.BOOTH]
    rooms = [room for room in named if room.meeting == sitting.meeting.id]
    occupancy = {room: await sfu.occupants(room.name) for room in rooms}
    working = set(sitting.booths.values())
    ended = [room for room in rooms if sitting.is_over or room.booth not in working]
    await _put_right(sfu, beside(sitting, occupancy), ended)


async def _all(calls: Iterable[Coroutine[Any, Any, object]]) -> list[OutageError]:
    """Await all calls at once, whichever of them fail; return the outages."""
    outages: list[OutageError] = []

    async def tried(call: Coroutine[Any, Any, object]) -> None:
        try:
            await call
        except OutageError as outage:
            outages.append(outage)

    async with asyncio.TaskGroup() as tasks:
        for call in calls:
            tasks.create_task(tried(call))
    return outages


async def _note_presences(database: Database, sfu: Sfu, sitting: Sitting, present: Mapping[MemberId, RoomKind]) -> None:
    """Note who came and who left.

    The list of who is present was read before the engine was told anything, and what is noted is recorded for good:
    so the engine is asked again. Whoever it now says otherwise of is seen by its own report, or by the next round.
    """
    meeting = sitting.meeting.id
    identity_of: dict[MemberId, Identity] = {one.id: one.identity for one in sitting.members.values()}
    async with database.reading() as connection:
        believed = await store.presences_of(connection, meeting)
    came = {member: kind.value for member, kind in present.items() if believed.get(member) != kind.value}
    left = {member: kind for member, kind in believed.items() if member not in present}
    if not came and not left:
        return
    inside = await _inside(sfu, sitting)
    async with database.writing() as tx:
        for member, kind in came.items():
            if (identity_of[member], kind) in inside:
                await seats.take(tx, meeting, identity_of[member], kind)
        for member, kind in left.items():
            identity = identity_of.get(member)  # None: enrolled since
            if identity is not None and (identity, kind) not in inside:
                await seats.leave(tx, meeting, identity, kind)


async def _inside(sfu: Sfu, sitting: Sitting) -> set[tuple[Identity, str]]:
    """Return who is seated in a room of which kind at this moment."""
    return {
        (one.identity, room.kind.value)
        for room in sitting.rooms
        for one in await sfu.occupants(room.name)
        if not one.waits
    }
