"""The agenda: its order, its current item, its clocks. Pure rules first, then the use cases."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from visavis.audit.actions import AgendaArranged, ItemTakenUp
from visavis.events.catalogue import Kind
from visavis.identity.model import Actor
from visavis.kernel.chance import Chance, new_id
from visavis.kernel.errors import Code, RefusedError
from visavis.kernel.ids import AgendaItemId, MeetingId
from visavis.storage.database import Database
from visavis.summits import store
from visavis.summits.access import meeting_for
from visavis.summits.model import AgendaItem, ItemState, Phase
from visavis.summits.phases import CLOCKS_RUN
from visavis.summits.policy import Action
from visavis.summits.views import tell


@dataclass(frozen=True, slots=True)
class Planned:
    """An item as somebody wants it: one that is there (`id`), or a new one."""

    id: AgendaItemId | None
    title: str
    minutes: int


def placed(items: Sequence[AgendaItem], wanted: Sequence[Planned], chance: Chance) -> tuple[AgendaItem, ...]:
    """Return the agenda in the wanted order; items keep their state and their clock.

    Raises:
        RefusedError: ITEM_UNKNOWN; BAD_REQUEST for an item named twice, or for leaving out one that time was spent on.
    """
    there = {item.id: item for item in items}
    named = [plan.id for plan in wanted if plan.id is not None]
    if any(item not in there for item in named):
        raise RefusedError(Code.ITEM_UNKNOWN)
    begun = {item.id for item in items if item.state is not ItemState.AHEAD}
    if len(set(named)) < len(named) or not begun <= set(named):
        raise RefusedError(Code.BAD_REQUEST, field="items")
    return tuple(
        AgendaItem(AgendaItemId(new_id(chance)), plan.title, plan.minutes, ItemState.AHEAD, 0, None)
        if plan.id is None
        else replace(there[plan.id], title=plan.title, minutes=plan.minutes)
        for plan in wanted
    )


def taken_up(items: Iterable[AgendaItem], wanted: AgendaItemId, now: datetime) -> tuple[AgendaItem, ...]:
    """Return the agenda with `wanted` as its current item, and the one before it done.

    Raises:
        RefusedError: ITEM_UNKNOWN.
    """
    listed = tuple(items)
    if all(item.id != wanted for item in listed):
        raise RefusedError(Code.ITEM_UNKNOWN)
    return tuple(_turned(item, wanted, now) for item in listed)


def _turned(item: AgendaItem, wanted: AgendaItemId, now: datetime) -> AgendaItem:
    if item.id == wanted:
        return item if item.state is ItemState.CURRENT else replace(item, state=ItemState.CURRENT, since=now)
    return replace(_paused(item, now), state=ItemState.DONE) if item.state is ItemState.CURRENT else item


def clocked(items: Iterable[AgendaItem], before: Phase, phase: Phase, now: datetime) -> tuple[AgendaItem, ...]:
    """Return the agenda after the meeting went from one phase to another: only sitting takes time."""
    return tuple(_clocked(item, before, phase, now) if item.state is ItemState.CURRENT else item for item in items)


def _clocked(item: AgendaItem, before: Phase, phase: Phase, now: datetime) -> AgendaItem:
    if phase is Phase.ADJOURNED:
        return replace(_paused(item, now), state=ItemState.DONE)
    if (before in CLOCKS_RUN) == (phase in CLOCKS_RUN):
        return item
    return replace(item, since=now) if phase in CLOCKS_RUN else _paused(item, now)


def _paused(item: AgendaItem, now: datetime) -> AgendaItem:
    spent = 0 if item.since is None else round((now - item.since).total_seconds())
    return replace(item, seconds=item.seconds + max(spent, 0), since=None)


async def arrange(
    database: Database, actor: Actor, wanted: MeetingId, items: Sequence[Planned], chance: Chance
) -> None:
    """Put the whole agenda in order.

    Raises:
        RefusedError: MEETING_UNKNOWN, NOT_YOUR_ROLE, NOT_IN_THIS_PHASE; ITEM_UNKNOWN, BAD_REQUEST as `placed`.
    """
    async with database.writing() as tx:
        meeting = await meeting_for(tx.connection, actor, wanted, Action.ARRANGE_AGENDA)
        before = await store.agenda(tx.connection, meeting.id)
        arranged = placed(before, items, chance)
        if arranged == before:
            return
        await store.save_agenda(tx, meeting.id, arranged)
        tx.record(meeting.summit, AgendaArranged(meeting.id, arranged), by=actor.member)
        await tell(tx, meeting, Kind.AGENDA_CHANGED)


async def take_up(database: Database, actor: Actor, wanted: MeetingId, item: AgendaItemId) -> None:
    """Make an item the current one; the current one before it is done.

    Raises:
        RefusedError: MEETING_UNKNOWN, NOT_YOUR_ROLE, NOT_IN_THIS_PHASE, ITEM_UNKNOWN.
    """
    async with database.writing() as tx:
        meeting = await meeting_for(tx.connection, actor, wanted, Action.TAKE_UP_ITEM)
        before = await store.agenda(tx.connection, meeting.id)
        turned = taken_up(before, item, tx.now)
        if turned == before:
            return
        await store.save_agenda(tx, meeting.id, turned)
        tx.record(meeting.summit, ItemTakenUp(meeting.id, item), by=actor.member)
        await tell(tx, meeting, Kind.ITEM_TAKEN_UP)
