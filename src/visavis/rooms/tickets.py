"""Use cases: enter a room, at once or by its door. A ticket is short-lived, for one identity, and carries exactly the grant."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sqlalchemy.ext.asyncio import AsyncConnection

from visavis.identity.model import Actor
from visavis.interpretation.booths import places_in
from visavis.kernel.clock import Clock
from visavis.kernel.errors import Code, OutageError, RefusedError
from visavis.kernel.ids import MeetingId
from visavis.rooms.grants import grant_for, held_back, whose_to
from visavis.rooms.model import NOTHING, MediaGrant, Room, RoomKind, Ticket
from visavis.rooms.moderation import reseat, settle, sitting_of
from visavis.rooms.seating import grant_in
from visavis.rooms.sfu import Sfu
from visavis.storage.database import Database
from visavis.summits import store
from visavis.summits.access import meeting_for
from visavis.summits.model import Meeting, Phase
from visavis.summits.policy import Action

AWAY_SECONDS: Final = 1.0
AWAY_LOOK_SECONDS: Final = 0.02

_ENTER: Final = {
    RoomKind.CHAMBER: Action.ENTER_CHAMBER,
    RoomKind.CAUCUS: Action.ENTER_CAUCUS,
    RoomKind.BOOTH: Action.ENTER_BOOTH,
}


@dataclass(frozen=True, slots=True)
class Wish:
    """What a member asks for, and the phase they believe the meeting is in."""

    meeting: MeetingId
    kind: RoomKind
    phase: Phase
    waits: bool = False
    """Whether they only come to the door, to have a line that stands when they take their seat."""


@dataclass(frozen=True, slots=True)
class TicketDesk:
    """What tickets are made with. `lifetime` is the time in which one must be used."""

    database: Database
    sfu: Sfu
    clock: Clock
    lifetime: timedelta


async def ticket(desk: TicketDesk, actor: Actor, wish: Wish) -> Ticket:
    """Return a ticket for the chamber, the caucus of the actor's delegation, or the booth they work in; the room is there then.

    Raises:
        RefusedError: MEETING_UNKNOWN; NOT_YOUR_ROLE, NOT_IN_THIS_PHASE or NOT_IN_THIS_FORMAT by the policy;
            NOT_IN_THIS_PHASE too for whoever believes in another phase: they would show a wrong door.
            TICKET_REFUSED for whoever would wait and is seated: the engine would put them out of their seat; and for a booth,
            for whoever works in none or would wait at its door.
        OutageError: SFU_UNAVAILABLE.
    """
    room, grant = await _admitted(desk.database, actor, wish)
    life = await _opened(desk.sfu, room)
    if wish.waits:
        grant, token = NOTHING, desk.sfu.token_to_wait(room.name, actor.identity, desk.lifetime)
    else:
        token = desk.sfu.token(room.name, actor.identity, grant, desk.lifetime)
    return Ticket(desk.sfu.public_url, token, room, actor.identity, desk.clock.now() + desk.lifetime, grant, life)


async def take_seat(database: Database, sfu: Sfu, actor: Actor, wish: Wish) -> None:
    """Let in whoever waits at the door: from now on they may send and hear what the policy says, and are present.

    The engine is told first; the other side hears of it, and may send, before the seat is noted.

    Raises:
        RefusedError: as for a ticket; TICKET_REFUSED too when nobody waits, or the meeting moved on meanwhile.
        OutageError: if the media engine or the database does not answer; the reconciler notes the seat then.
    """
    room, grant = await _admitted(database, actor, wish)
    if room.kind is RoomKind.BOOTH or not await sfu.permit(room.name, actor.identity, grant):
        raise RefusedError(Code.TICKET_REFUSED)
    sitting = await sitting_of(database, room.meeting)
    if sitting is None or grant_in(sitting, room, actor.identity) != grant:
        await reseat(database, sfu, room.meeting)
        raise RefusedError(Code.TICKET_REFUSED)
    await settle(database, sfu, sitting, room, actor.identity)


async def _admitted(database: Database, actor: Actor, wish: Wish) -> tuple[Room, MediaGrant]:
    """Return the room, and what the policy lets the actor do in it now."""
    async with database.reading() as connection:
        meeting = await meeting_for(connection, actor, wish.meeting, _ENTER[wish.kind])
        presences = await store.presences_of(connection, meeting.id) if wish.waits else {}
        floor = await store.floor(connection, meeting.id)
        booth = await _booth_for(connection, actor, meeting, wish)
    if meeting.phase is not wish.phase:
        raise RefusedError(Code.NOT_IN_THIS_PHASE, phase=meeting.phase.value)
    grant = grant_for(actor.role, actor.chair, meeting.phase, meeting.format, wish.kind)
    if grant is None or actor.member in presences or (booth is None and wish.kind is RoomKind.BOOTH):
        raise RefusedError(Code.TICKET_REFUSED)
    if wish.kind is RoomKind.CAUCUS:
        return Room(meeting.id, wish.kind, actor.party), grant
    if wish.kind is RoomKind.BOOTH:
        return Room(meeting.id, wish.kind, booth=booth), grant
    held = held_back(grant, actor.role, meeting.mode, whose_to(actor.member, floor.holder))
    return Room(meeting.id, wish.kind), held


async def _booth_for(connection: AsyncConnection, actor: Actor, meeting: Meeting, wish: Wish) -> str | None:
    """Return the booth whose room is wished for, if there is one: nobody waits at its door."""
    if wish.kind is not RoomKind.BOOTH or wish.waits:
        return None
    return (await places_in(connection, meeting)).get(actor.identity)


async def _opened(sfu: Sfu, room: Room) -> str:
    """Have the room there; return which life of it this is.

    An engine that ended is back within a tenth of a second, and everybody it threw out comes at once: they wait for it
    here, not for their own next try.
    """
    clock = asyncio.get_running_loop().time
    patient_until = clock() + AWAY_SECONDS
    while True:
        try:
            return await sfu.open_room(room.name)
        except OutageError:
            if clock() > patient_until:
                raise
            await asyncio.sleep(AWAY_LOOK_SECONDS)
