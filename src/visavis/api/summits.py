"""Dossier, meetings, moves, agenda and the floor. Each endpoint calls one use case."""

from typing import Annotated

import structlog
from pydantic import Field

from visavis.api.door import Acting
from visavis.api.forms import B64u, Form, Id, Instant, Title
from visavis.api.house import House, Housed
from visavis.kernel.errors import OutageError
from visavis.kernel.ids import AgendaItemId, MeetingId, MemberId, Party
from visavis.rooms import moderation
from visavis.summits import agenda as agendas
from visavis.summits import doors, dossiers, meetings
from visavis.summits import floor as floors
from visavis.summits.agenda import Planned
from visavis.summits.model import Format, Meeting, Mode, Move, Order, Phase
from visavis.summits.policy import follows_floor

log = structlog.get_logger("visavis.api.summits")

LONGEST_AGENDA = 100
MINUTES_IN_A_DAY = 1440

# Bodies are strict, but JSON has no enumerations: a word becomes one here.
FormatWord = Annotated[Format, Field(strict=False)]
ModeWord = Annotated[Mode, Field(strict=False)]
PhaseWord = Annotated[Phase, Field(strict=False)]
MoveWord = Annotated[Move, Field(strict=False)]
Minutes = Annotated[int, Field(ge=1, le=MINUTES_IN_A_DAY)]


class NewItem(Form):
    """An item of a new meeting's agenda."""

    title: Title
    minutes: Minutes


class Item(Form):
    """An item of an agenda: one that is there, or a new one without `id`."""

    id: Id | None = None
    title: Title
    minutes: Minutes


class CallForm(Form):
    """A meeting to call."""

    title: Title
    format: FormatWord
    mode: ModeWord
    scheduled: Instant
    follows: Id | None = None
    agenda: Annotated[list[NewItem], Field(max_length=LONGEST_AGENDA)]


class Called(Form):
    """The new meeting."""

    meeting: str


class MoveForm(Form):
    """A move, the meeting it is meant for, and what to change to (`change_format`, `change_mode`)."""

    move: MoveWord
    argument: FormatWord | ModeWord | None = None
    phase: PhaseWord
    format: FormatWord


class Moved(Form):
    """Whether the move was done, or waits for other delegations."""

    done: bool


class DoorsOrderForm(Form):
    """A chair's signed word about the doors."""

    order: B64u
    signature: B64u


class AgendaForm(Form):
    """The whole agenda in its order."""

    items: Annotated[list[Item], Field(max_length=LONGEST_AGENDA)]


class FloorForm(Form):
    """Who is given the floor."""

    member: Id


class SummitLine(Form):
    """The summit, as its dossier names it."""

    id: str
    title: str


class SeatForm(Form):
    """A member with the chain that proves who they are (docs/protocol.md §4)."""

    member: str
    identity: str
    party: Party
    name: str
    role: str
    chair: bool
    languages: list[str]
    present: str | None
    invitation: str
    invitation_signature: str
    device: str
    device_signature: str


class MeetingLine(Form):
    """A meeting, as the dossier lists it."""

    id: str
    title: str
    format: FormatWord
    phase: PhaseWord
    mode: ModeWord
    scheduled: str
    follows: str | None


class Dossier(Form):
    """The summit, one's own seat, and every meeting."""

    summit: SummitLine
    you: SeatForm
    meetings: list[MeetingLine]


async def dossier(house: Housed, actor: Acting) -> Dossier:
    """Send the dossier of the actor's summit."""
    return Dossier.model_validate(await dossiers.dossier(house.database, actor))


async def call(house: Housed, actor: Acting, body: CallForm) -> Called:
    """Call a meeting."""
    wanted = meetings.Call(
        title=body.title,
        format=body.format,
        mode=body.mode,
        scheduled=body.scheduled,
        follows=None if body.follows is None else MeetingId(body.follows),
        agenda=[Planned(None, item.title, item.minutes) for item in body.agenda],
    )
    return Called(meeting=await meetings.call(house.database, actor, wanted, house.chance))


async def move(house: Housed, actor: Acting, meeting: Id, body: MoveForm) -> Moved:
    """Do a move, or give a delegation's consent to it; then put everybody where the meeting now wants them."""
    argument = None if body.argument is None else body.argument.value
    order = Order(body.move, argument, body.phase, body.format)
    moved = await meetings.move(house.database, actor, MeetingId(meeting), order)
    if moved.done:
        await _reseat(house, moved.meeting)
    return Moved(done=moved.done)


async def withdraw(house: Housed, actor: Acting, meeting: Id, move: Move) -> None:
    """Take back the own delegation's consent."""
    await meetings.withdraw(house.database, actor, MeetingId(meeting), move)


async def order_doors(house: Housed, actor: Acting, meeting: Id, body: DoorsOrderForm) -> None:
    """Hand on a chair's signed order about the doors."""
    await doors.order(house.database, actor, MeetingId(meeting), body.order, body.signature)


async def arrange(house: Housed, actor: Acting, meeting: Id, body: AgendaForm) -> None:
    """Put the agenda in order."""
    items = [
        Planned(None if item.id is None else AgendaItemId(item.id), item.title, item.minutes) for item in body.items
    ]
    await agendas.arrange(house.database, actor, MeetingId(meeting), items, house.chance)


async def take_up(house: Housed, actor: Acting, meeting: Id, item: Id) -> None:
    """Make an item the current one."""
    await agendas.take_up(house.database, actor, MeetingId(meeting), AgendaItemId(item))


async def ask(house: Housed, actor: Acting, meeting: Id) -> None:
    """Ask for the floor."""
    await floors.ask(house.database, actor, MeetingId(meeting))


async def withdraw_ask(house: Housed, actor: Acting, meeting: Id) -> None:
    """Stop asking for the floor."""
    await floors.withdraw_ask(house.database, actor, MeetingId(meeting))


async def give(house: Housed, actor: Acting, meeting: Id, body: FloorForm) -> None:
    """Give the floor."""
    await _moved_floor(house, await floors.give(house.database, actor, MeetingId(meeting), MemberId(body.member)))


async def pass_to_interpreter(house: Housed, actor: Acting, meeting: Id, body: FloorForm) -> None:
    """End a statement: an interpreter says it again."""
    wanted = MeetingId(meeting), MemberId(body.member)
    await _moved_floor(house, await floors.pass_to_interpreter(house.database, actor, *wanted))


async def hand_floor_back(house: Housed, actor: Acting, meeting: Id, body: FloorForm) -> None:
    """End an interpretation: a speaker has the floor again."""
    await _moved_floor(house, await floors.hand_back(house.database, actor, MeetingId(meeting), MemberId(body.member)))


async def yield_floor(house: Housed, actor: Acting, meeting: Id) -> None:
    """Yield the floor, or take it back."""
    await _moved_floor(house, await floors.yield_floor(house.database, actor, MeetingId(meeting)))


async def _moved_floor(house: House, meeting: Meeting) -> None:
    """Where microphones follow the floor, some are held or let go now."""
    if follows_floor(meeting.mode):
        await _reseat(house, meeting)


async def _reseat(house: House, meeting: Meeting) -> None:
    try:
        await moderation.reseat(house.database, house.sfu, meeting.id)
    except OutageError as outage:
        # The move is done and stays done: an error would say that nothing was changed. The reconciler seats everybody
        # as soon as the media engine answers; it begins at once.
        log.warning("reseat_waits", code=outage.code.value, meeting=meeting.id)
        house.drift.set()
