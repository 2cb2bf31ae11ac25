"""Use case: enter a room. A ticket is short-lived, for one identity, and carries exactly the grant."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from visavis.identity.model import Actor
from visavis.kernel.clock import Clock
from visavis.kernel.errors import Code, RefusedError
from visavis.kernel.ids import MeetingId
from visavis.rooms.grants import grant_for
from visavis.rooms.model import Room, RoomKind, Ticket
from visavis.rooms.sfu import Sfu
from visavis.storage.database import Database
from visavis.summits.access import meeting_for
from visavis.summits.model import Phase
from visavis.summits.policy import Action

_ENTER: Final = {RoomKind.CHAMBER: Action.ENTER_CHAMBER, RoomKind.CAUCUS: Action.ENTER_CAUCUS}


@dataclass(frozen=True, slots=True)
class Wish:
    """What a member asks for, and the phase they believe the meeting is in."""

    meeting: MeetingId
    kind: RoomKind
    phase: Phase


@dataclass(frozen=True, slots=True)
class TicketDesk:
    """What tickets are made with. `lifetime` is the time in which one must be used."""

    database: Database
    sfu: Sfu
    clock: Clock
    lifetime: timedelta


async def ticket(desk: TicketDesk, actor: Actor, wish: Wish) -> Ticket:
    """Return a ticket for the chamber, or for the caucus of the actor's own delegation; the room is there then.

    Raises:
        RefusedError: MEETING_UNKNOWN; NOT_YOUR_ROLE, NOT_IN_THIS_PHASE or NOT_IN_THIS_FORMAT by the policy;
            NOT_IN_THIS_PHASE too for whoever believes in another phase: they would show a wrong door.
        OutageError: SFU_UNAVAILABLE.
    """
    async with desk.database.reading() as connection:
        meeting = await meeting_for(connection, actor, wish.meeting, _ENTER[wish.kind])
    if meeting.phase is not wish.phase:
        raise RefusedError(Code.NOT_IN_THIS_PHASE, phase=meeting.phase.value)
    grant = grant_for(actor.role, actor.chair, meeting.phase, meeting.format, wish.kind)
    if grant is None:
        raise RefusedError(Code.TICKET_REFUSED)
    room = Room(meeting.id, wish.kind, actor.party if wish.kind is RoomKind.CAUCUS else None)
    await desk.sfu.open_room(room.name)
    token = desk.sfu.token(room.name, actor.identity, grant, desk.lifetime)
    return Ticket(desk.sfu.public_url, token, room, actor.identity, desk.clock.now() + desk.lifetime, grant)
