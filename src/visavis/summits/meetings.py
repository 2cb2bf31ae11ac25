"""Use cases: call a meeting, move it, take back a delegation's consent."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from visavis.audit.actions import (
    AgendaArranged,
    ConsentGiven,
    ConsentWithdrawn,
    FormatChanged,
    MeetingCalled,
    ModeChanged,
    PhaseMoved,
)
from visavis.events.catalogue import Kind
from visavis.identity import store as identities
from visavis.identity.model import Actor, Descriptor
from visavis.kernel.chance import Chance, new_id
from visavis.kernel.errors import Code, RefusedError
from visavis.kernel.ids import MeetingId, Party
from visavis.storage.database import Database
from visavis.storage.transaction import Recordable, Transaction
from visavis.summits import policy, standing, store
from visavis.summits.access import check_standing, descriptor_for, meeting_for, meeting_in
from visavis.summits.agenda import Planned, clocked, placed
from visavis.summits.doors import LEASE, are_held
from visavis.summits.model import Consent, Format, Meeting, Mode, Move, Order, Phase
from visavis.summits.phases import CONSENT_LASTS, NEED_EVERYBODY, after
from visavis.summits.policy import Action
from visavis.summits.views import scene_of, tell

Named = TypeVar("Named", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Call:
    """What somebody who calls a meeting says about it."""

    title: str
    format: Format
    mode: Mode
    scheduled: datetime
    follows: MeetingId | None
    agenda: Sequence[Planned]


@dataclass(frozen=True, slots=True)
class Moved:
    """What became of a move: done, or waiting for other delegations; and the meeting as it stands."""

    done: bool
    meeting: Meeting


async def call(database: Database, actor: Actor, wanted: Call, chance: Chance) -> MeetingId:
    """Call a meeting of the actor's summit. Nobody listens to it yet; members find it in the dossier.

    Raises:
        RefusedError: NOT_YOUR_ROLE; MEMBER_REVOKED; BAD_REQUEST for a format the delegations did not sign; MEETING_UNKNOWN for a
            meeting to follow that is not in the summit.
    """
    policy.check(Action.CALL_MEETING, actor)
    async with database.writing() as tx:
        _check_signed(await descriptor_for(tx.connection, actor.summit), wanted.format)
        await check_standing(tx.connection, actor)
        if wanted.follows is not None:
            await meeting_in(tx.connection, actor.summit, wanted.follows)
        meeting = Meeting(
            id=MeetingId(new_id(chance)),
            summit=actor.summit,
            title=wanted.title,
            format=wanted.format,
            phase=Phase.ARRIVAL,
            mode=wanted.mode,
            scheduled=wanted.scheduled,
            began=None,
            phase_since=tx.now,
            follows=wanted.follows,
        )
        items = placed((), wanted.agenda, chance)
        await store.add_meeting(tx, meeting)
        await store.save_agenda(tx, meeting.id, items)
        tx.record(meeting.summit, _called(meeting), by=actor.member)
        if items:
            tx.record(meeting.summit, AgendaArranged(meeting.id, items), by=actor.member)
    return meeting.id


async def move(database: Database, actor: Actor, wanted: MeetingId, order: Order) -> Moved:
    """Do a move, or keep the delegation's consent until every delegation has asked for the same.

    Raises:
        RefusedError: MEMBER_REVOKED, MEETING_UNKNOWN, NOT_YOUR_ROLE; NOT_IN_THIS_PHASE for an order that was meant for
            another phase; MOVE_NOT_POSSIBLE in this phase, to what is so already, or meant for another format;
            BAD_REQUEST for an argument that does not belong to the move.
    """
    policy.check(Action(order.move.value), actor)
    async with database.writing() as tx:
        await check_standing(tx.connection, actor)
        before = await meeting_in(tx.connection, actor.summit, wanted)
        descriptor = await descriptor_for(tx.connection, actor.summit)
        meeting = moved(before, order, tx.now)
        _check_signed(descriptor, meeting.format)
        parties: tuple[Party, ...] = (actor.party,)
        if order.move in NEED_EVERYBODY:
            parties = tuple(side.id for side in descriptor.delegations)
            if not await _agreed(tx, actor, before, order, parties):
                return Moved(done=False, meeting=before)
        tx.record(meeting.summit, _recorded(before, meeting, order.move, parties), by=actor.member)
        await _settled(tx, before, meeting, order.move)
    return Moved(done=True, meeting=meeting)


async def withdraw(database: Database, actor: Actor, wanted: MeetingId, order: Move) -> None:
    """Take back the own delegation's consent to a move; nothing happens if there is none.

    Raises:
        RefusedError: MEETING_UNKNOWN, NOT_YOUR_ROLE, NOT_IN_THIS_PHASE; MOVE_NOT_POSSIBLE for a move that waits for
            nobody.
    """
    if order not in NEED_EVERYBODY:
        raise RefusedError(Code.MOVE_NOT_POSSIBLE, move=order.value)
    async with database.writing() as tx:
        meeting = await meeting_for(tx.connection, actor, wanted, Action.WITHDRAW_CONSENT)
        before = await store.consents_of(tx.connection, meeting.id)
        kept = tuple(consent for consent in before if (consent.move, consent.party) != (order, actor.party))
        if kept == before:
            return
        await store.save_consents(tx, meeting.id, kept)
        tx.record(meeting.summit, ConsentWithdrawn(meeting.id, order.value, actor.party), by=actor.member)
        await tell(tx, meeting, Kind.CONSENT_WITHDRAWN)


async def lapse_consents(database: Database) -> None:
    """Take away the consents that have waited too long, in every meeting, and tell it.

    Raises:
        OutageError: if the database does not answer.
    """
    async with database.reading() as connection:
        waiting = await store.consented_until(connection, database.now() - CONSENT_LASTS)
    for wanted in waiting:
        async with database.writing() as tx:
            meeting = await store.meeting(tx.connection, wanted)
            if meeting is not None:
                await _lapse(tx, meeting)


async def fall_shut(database: Database) -> tuple[MeetingId, ...]:
    """Close the doors that nobody holds open any more, in every meeting; return which.

    Raises:
        OutageError: if the database does not answer.
    """
    async with database.reading() as connection:
        waiting = [one for one in await store.unfinished(connection) if one.phase is Phase.OPEN]
    fallen: list[MeetingId] = []
    for one in waiting:
        if one.phase_since + LEASE <= database.now():
            async with database.writing() as tx:
                fallen += [one.id] if await _fall_shut(tx, one.id) else []
    return tuple(fallen)


def moved(meeting: Meeting, order: Order, now: datetime) -> Meeting:
    """Return the meeting after a move. Pure.

    Raises:
        RefusedError: NOT_IN_THIS_PHASE for an order that was meant for another phase; MOVE_NOT_POSSIBLE in this phase, to
            what is so already, or meant for another format; BAD_REQUEST for an argument that does not belong to the move.
    """
    if order.phase is not meeting.phase:
        raise RefusedError(Code.NOT_IN_THIS_PHASE, phase=meeting.phase.value)
    if order.format is not meeting.format:
        raise RefusedError(Code.MOVE_NOT_POSSIBLE, format=meeting.format.value, move=order.move.value)
    phase = after(meeting.phase, order.move)
    if order.move is Move.CHANGE_FORMAT:
        changed = replace(meeting, format=_named(Format, order.argument))
    elif order.move is Move.CHANGE_MODE:
        changed = replace(meeting, mode=_named(Mode, order.argument))
    elif order.argument is not None:
        raise RefusedError(Code.BAD_REQUEST, field="argument")
    else:
        began = now if meeting.phase is Phase.ARRIVAL else meeting.began
        openings = meeting.openings + (phase is Phase.OPEN)
        changed = replace(meeting, phase=phase, phase_since=now, began=began, openings=openings)
    if changed == meeting:
        raise RefusedError(Code.MOVE_NOT_POSSIBLE, phase=meeting.phase.value, move=order.move.value)
    return changed


def _named(kind: type[Named], argument: str | None) -> Named:
    if argument not in set(kind):
        raise RefusedError(Code.BAD_REQUEST, field="argument")
    return kind(argument)


async def _lapse(tx: Transaction, meeting: Meeting) -> None:
    for kind in await standing.lapse(tx, meeting):
        await tell(tx, meeting, kind)


async def _agreed(tx: Transaction, actor: Actor, meeting: Meeting, order: Order, parties: tuple[Party, ...]) -> bool:
    """Add a delegation's wish to the others'; return whether every delegation now wishes the same."""
    await _lapse(tx, meeting)
    wish = Consent(order.move, order.argument, actor.party, actor.member, tx.now)
    waiting = await store.consents_of(tx.connection, meeting.id)
    same = {consent.party for consent in waiting if (consent.move, consent.argument) == (wish.move, wish.argument)}
    if {*same, wish.party} == set(parties):
        return True
    if wish.party not in same:
        others = [consent for consent in waiting if (consent.move, consent.party) != (wish.move, wish.party)]
        await store.save_consents(tx, meeting.id, [*others, wish])
        consent = ConsentGiven(meeting.id, wish.move.value, wish.argument, wish.party)
        tx.record(meeting.summit, consent, by=actor.member)
        await tell(tx, meeting, Kind.CONSENT_GIVEN)
    return False


async def _fall_shut(tx: Transaction, wanted: MeetingId) -> bool:
    before = await store.meeting(tx.connection, wanted)
    if before is None or before.phase is not Phase.OPEN:
        return False
    descriptor = await descriptor_for(tx.connection, before.summit)
    orders = await store.doors_orders(tx.connection, before.id)
    members = await identities.members(tx.connection, before.summit)
    sides = [side.id for side in descriptor.delegations]
    if are_held(orders, members, sides, before.openings, tx.now):
        return False
    meeting = moved(before, Order(Move.CLOSE_DOORS, None, before.phase, before.format), tx.now)
    tx.record(meeting.summit, _recorded(before, meeting, Move.CLOSE_DOORS, ()), by=None)
    await _settled(tx, before, meeting, Move.CLOSE_DOORS)
    return True


async def _settled(tx: Transaction, before: Meeting, meeting: Meeting, order: Move) -> None:
    """Write a move that is done with all that follows from it, and tell it."""
    shown = await scene_of(tx.connection, before)
    await store.save_meeting(tx, meeting)
    # A consent is to the meeting as it stood: after any move each delegation has to ask anew.
    await store.save_consents(tx, meeting.id, ())
    items = await store.agenda(tx.connection, meeting.id)
    await store.save_agenda(tx, meeting.id, clocked(items, before.phase, meeting.phase, tx.now))
    fallen = await standing.settle(tx, meeting)
    match order:
        case Move.CHANGE_FORMAT:
            await tell(tx, meeting, Kind.FORMAT_CHANGED)
        case Move.CHANGE_MODE:
            await tell(tx, meeting, Kind.MODE_CHANGED)
        case Move.OPEN_DOORS | Move.CLOSE_DOORS | Move.RECESS | Move.RESUME | Move.ADJOURN:
            await tell(tx, meeting, Kind.PHASE_MOVED)  # carries the floor
            # With the doors the press's sight of the chamber opens and closes; for the others nothing changes.
            await tell(tx, meeting, Kind.SEAT_TAKEN if meeting.phase is Phase.OPEN else Kind.SEAT_LEFT, shown)
            return
    for kind in fallen:
        await tell(tx, meeting, kind)


def _check_signed(descriptor: Descriptor, wanted: Format) -> None:
    if wanted.value not in descriptor.formats:
        raise RefusedError(Code.BAD_REQUEST, field="format")


def _called(meeting: Meeting) -> MeetingCalled:
    words = meeting.title, meeting.format.value, meeting.mode.value
    return MeetingCalled(meeting.id, *words, meeting.scheduled, meeting.follows)


def _recorded(before: Meeting, meeting: Meeting, order: Move, parties: tuple[Party, ...]) -> Recordable:
    match order:
        case Move.CHANGE_FORMAT:
            return FormatChanged(meeting.id, before.format.value, meeting.format.value)
        case Move.CHANGE_MODE:
            return ModeChanged(meeting.id, before.mode.value, meeting.mode.value)
        case Move.OPEN_DOORS | Move.CLOSE_DOORS | Move.RECESS | Move.RESUME | Move.ADJOURN:
            return PhaseMoved(meeting.id, order.value, before.phase.value, meeting.phase.value, parties)
