"""The way into a room, and the media engine's reports."""

from datetime import timedelta
from typing import Annotated

from fastapi import Request
from pydantic import Field

from visavis.api.door import Acting
from visavis.api.forms import Form, Id, Instant
from visavis.api.house import Housed
from visavis.kernel.ids import MeetingId
from visavis.rooms import tickets, webhooks
from visavis.rooms.model import RoomKind, Source
from visavis.rooms.tickets import TicketDesk, Wish
from visavis.summits.model import Phase


class TicketForm(Form):
    """Which door, and the phase the client believes in."""

    # Bodies are strict, but JSON has no enumerations: a word becomes one here.
    room: Annotated[RoomKind, Field(strict=False)]
    phase: Annotated[Phase, Field(strict=False)]
    waiting: bool = False


class SeatForm(Form):
    """At which door one waits, and the phase the client believes in."""

    room: Annotated[RoomKind, Field(strict=False)]
    phase: Annotated[Phase, Field(strict=False)]


class GrantForm(Form):
    """What the seat lets its holder do."""

    publish: list[Source]
    hear: bool


class TicketAnswer(Form):
    """A ticket. `token` is a bearer secret."""

    url: str
    token: str
    room: str
    identity: str
    expires: Instant
    grant: GrantForm
    life: str


async def ticket(house: Housed, actor: Acting, meeting: Id, body: TicketForm) -> TicketAnswer:
    """Give the ticket for the chamber, one's own delegation's caucus or one's booth; or one with which to wait at the door."""
    lifetime = timedelta(seconds=house.settings.ticket_seconds)
    desk = TicketDesk(house.database, house.sfu, house.clock, lifetime)
    made = await tickets.ticket(desk, actor, Wish(MeetingId(meeting), body.room, body.phase, waits=body.waiting))
    return TicketAnswer(
        url=made.url,
        token=made.token,
        room=made.room.name,
        identity=made.identity,
        expires=made.expires,
        grant=GrantForm(publish=[one for one in Source if one in made.grant.publish], hear=made.grant.hear),
        life=made.life,
    )


async def take_seat(house: Housed, actor: Acting, meeting: Id, body: SeatForm) -> None:
    """Let in whoever waits at the door."""
    wish = Wish(MeetingId(meeting), body.room, body.phase)
    await tickets.take_seat(house.database, house.sfu, actor, wish)


async def webhook(house: Housed, request: Request) -> None:
    """Take in a report. The media engine signs the very bytes, so they are read as they came."""
    report = house.sfu.report(await request.body(), request.headers.get("Authorization", ""))
    await webhooks.receive(house.database, house.sfu, report)
