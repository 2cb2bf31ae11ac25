"""Use cases of the floor: ask for it, withdraw, give it, yield it or take it back; pass it to an interpreter and on.

A chair gives the floor only to their own delegation, and takes it back only from their own; the protocol officer
gives it to anybody who asked. In consecutive mode whoever has it is heard alone: a speaker passes it to an interpreter,
who says the statement again and hands it on.

                give               pass_to_interpreter
     ┌────────┐ ─────▶ ┌─────────┐ ───────────────────▶ ┌─────────────┐
     │ nobody │        │ speaker │                      │ interpreter │
     └────────┘ ◀───── └─────────┘ ◀─────────────────── └─────────────┘
          ▲     yield                   hand_back               │ yield (the speaker, chairs), leaving the
          └─────────────────────────────────────────────────────┘ chamber or the mode
"""

from dataclasses import replace

from visavis.audit.actions import FloorAsked, FloorAskWithdrawn, FloorGiven, FloorPassed, FloorYielded
from visavis.events.catalogue import Kind
from visavis.identity import store as identities
from visavis.identity.model import Actor, Member, Role
from visavis.kernel.errors import Code, RefusedError
from visavis.kernel.ids import MeetingId, MemberId
from visavis.storage.database import Database
from visavis.storage.transaction import Transaction
from visavis.summits import standing, store
from visavis.summits.access import meeting_for
from visavis.summits.model import Ask, Floor, Meeting, Mode
from visavis.summits.policy import CHAMBER, Action, follows_floor, gives_orders
from visavis.summits.views import tell


async def ask(database: Database, actor: Actor, wanted: MeetingId) -> None:
    """Ask for the floor; nothing happens if the actor has asked already.

    Raises:
        RefusedError: MEETING_UNKNOWN, NOT_YOUR_ROLE, NOT_IN_THIS_PHASE, NOT_IN_THIS_FORMAT; FLOOR_TAKEN if the
            actor has it.
    """
    async with database.writing() as tx:
        meeting = await meeting_for(tx.connection, actor, wanted, Action.ASK_FOR_FLOOR)
        floor = await store.floor(tx.connection, meeting.id)
        if floor.holder == actor.member:
            raise RefusedError(Code.FLOOR_TAKEN)
        if _asked(floor, actor.member):
            return
        await store.save_floor(tx, meeting.id, replace(floor, asks=(*floor.asks, Ask(actor.member, tx.now))))
        tx.record(meeting.summit, FloorAsked(meeting.id), by=actor.member)
        await tell(tx, meeting, Kind.FLOOR_ASKED)


async def withdraw_ask(database: Database, actor: Actor, wanted: MeetingId) -> None:
    """Stop asking for the floor; nothing happens if the actor has not asked.

    Raises:
        RefusedError: MEETING_UNKNOWN, NOT_YOUR_ROLE, NOT_IN_THIS_PHASE, NOT_IN_THIS_FORMAT.
    """
    async with database.writing() as tx:
        meeting = await meeting_for(tx.connection, actor, wanted, Action.ASK_FOR_FLOOR)
        floor = await store.floor(tx.connection, meeting.id)
        if not _asked(floor, actor.member):
            return
        await store.save_floor(tx, meeting.id, _without(floor, actor.member))
        tx.record(meeting.summit, FloorAskWithdrawn(meeting.id, actor.member), by=actor.member)
        await tell(tx, meeting, Kind.FLOOR_ASK_WITHDRAWN)


async def give(database: Database, actor: Actor, wanted: MeetingId, speaker: MemberId) -> Meeting:
    """Give the floor to a member who asked for it; return the meeting.

    Raises:
        RefusedError: MEETING_UNKNOWN, NOT_YOUR_ROLE, NOT_IN_THIS_PHASE, MEMBER_UNKNOWN; NOT_YOUR_DELEGATION if a
            chair gives it to another delegation's; FLOOR_TAKEN while somebody has it; FLOOR_NOT_ASKED;
            MEMBER_ABSENT where microphones follow it: whoever has it there opens their own or holds the others'.
    """
    async with database.writing() as tx:
        meeting = await meeting_for(tx.connection, actor, wanted, Action.GIVE_FLOOR)
        party = (await _member(tx, actor, speaker)).party
        if actor.role is not Role.PROTOCOL_OFFICER and party != actor.party:
            raise RefusedError(Code.NOT_YOUR_DELEGATION)
        floor = await store.floor(tx.connection, meeting.id)
        if floor.holder is not None:
            raise RefusedError(Code.FLOOR_TAKEN)
        if not _asked(floor, speaker):
            raise RefusedError(Code.FLOOR_NOT_ASKED)
        if follows_floor(meeting.mode):
            await _check_present(tx, meeting, speaker)
        await _hand(tx, meeting, actor, _without(floor, speaker), speaker)
    return meeting


async def pass_to_interpreter(database: Database, actor: Actor, wanted: MeetingId, interpreter: MemberId) -> Meeting:
    """End a statement: the floor goes to an interpreter, who says it again; return the meeting.

    The speaker does it, or whoever may take the floor back from them.

    Raises:
        RefusedError: MEETING_UNKNOWN, NOT_YOUR_ROLE, NOT_IN_THIS_PHASE, MEMBER_UNKNOWN; NOT_YOUR_DELEGATION if another
            delegation's member has the floor; MOVE_NOT_POSSIBLE in another mode, while no speaker has the floor, or to
            somebody who is no interpreter; MEMBER_ABSENT if they are not in the chamber.
    """
    async with database.writing() as tx:
        meeting = await meeting_for(tx.connection, actor, wanted, Action.PASS_TO_INTERPRETER)
        floor = await store.floor(tx.connection, meeting.id)
        if meeting.mode is not Mode.CONSECUTIVE or floor.holder is None or floor.interprets is not None:
            raise RefusedError(Code.MOVE_NOT_POSSIBLE)
        await _check_speaks_for(tx, actor, floor)
        if not standing.may_interpret(await _member(tx, actor, interpreter), meeting):
            raise RefusedError(Code.MOVE_NOT_POSSIBLE)
        await _check_present(tx, meeting, interpreter)
        passed = replace(floor, holder=interpreter, since=tx.now, interprets=floor.holder)
        await store.save_floor(tx, meeting.id, passed)
        tx.record(meeting.summit, FloorPassed(meeting.id, interpreter, floor.holder), by=actor.member)
        await tell(tx, meeting, Kind.FLOOR_GIVEN)
    return meeting


async def hand_back(database: Database, actor: Actor, wanted: MeetingId, speaker: MemberId) -> Meeting:
    """End an interpretation: the floor goes to the next speaker, or to the same, to go on; return the meeting.

    Raises:
        RefusedError: MEETING_UNKNOWN, NOT_YOUR_ROLE, NOT_IN_THIS_PHASE, MEMBER_UNKNOWN; MOVE_NOT_POSSIBLE unless the
            actor interprets, or to somebody who may not speak; FLOOR_NOT_ASKED to anybody but whose statement it was,
            a principal, or who asked; MEMBER_ABSENT if they are not in the chamber.
    """
    async with database.writing() as tx:
        meeting = await meeting_for(tx.connection, actor, wanted, Action.HAND_FLOOR_BACK)
        floor = await store.floor(tx.connection, meeting.id)
        next_speaker = await _member(tx, actor, speaker)
        if floor.holder != actor.member or not standing.may_speak(next_speaker, meeting):
            raise RefusedError(Code.MOVE_NOT_POSSIBLE)
        is_next = speaker == floor.interprets or next_speaker.role is Role.PRINCIPAL or _asked(floor, speaker)
        if not is_next:
            raise RefusedError(Code.FLOOR_NOT_ASKED)
        await _check_present(tx, meeting, speaker)
        await _hand(tx, meeting, actor, _without(floor, speaker), speaker)
    return meeting


async def yield_floor(database: Database, actor: Actor, wanted: MeetingId) -> Meeting:
    """Yield the floor, or take it back from one's own delegation; nothing happens if nobody has it. Return the meeting.

    What an interpreter says again may be ended by whose statement it is, and by the chairs of both.

    Raises:
        RefusedError: MEETING_UNKNOWN, NOT_YOUR_ROLE, NOT_IN_THIS_PHASE; NOT_YOUR_DELEGATION if another delegation's
            member has it.
    """
    async with database.writing() as tx:
        meeting = await meeting_for(tx.connection, actor, wanted, Action.YIELD_FLOOR)
        floor = await store.floor(tx.connection, meeting.id)
        if floor.holder is None:
            return meeting
        await _check_speaks_for(tx, actor, floor)
        await store.save_floor(tx, meeting.id, replace(floor, holder=None, since=None, interprets=None))
        tx.record(meeting.summit, FloorYielded(meeting.id, floor.holder), by=actor.member)
        await tell(tx, meeting, Kind.FLOOR_YIELDED)
    return meeting


async def _hand(tx: Transaction, meeting: Meeting, actor: Actor, floor: Floor, speaker: MemberId) -> None:
    given = replace(floor, holder=speaker, since=tx.now, interprets=None)
    await store.save_floor(tx, meeting.id, given)
    tx.record(meeting.summit, FloorGiven(meeting.id, speaker), by=actor.member)
    await tell(tx, meeting, Kind.FLOOR_GIVEN)


async def _check_speaks_for(tx: Transaction, actor: Actor, floor: Floor) -> None:
    """Refuse whoever neither has the floor, nor may take it from who has it."""
    held_by = {floor.holder, floor.interprets} - {None}
    if actor.member in held_by or actor.role is Role.PROTOCOL_OFFICER:
        return
    members = [await identities.member(tx.connection, actor.summit, one) for one in held_by if one is not None]
    if actor.party not in {one.party for one in members if one is not None}:
        raise RefusedError(Code.NOT_YOUR_DELEGATION)
    if not gives_orders(actor.role, chair=actor.chair):
        raise RefusedError(Code.NOT_YOUR_ROLE)


async def _check_present(tx: Transaction, meeting: Meeting, member: MemberId) -> None:
    presences = await store.presences_of(tx.connection, meeting.id)
    if presences.get(member) != CHAMBER:
        raise RefusedError(Code.MEMBER_ABSENT)


async def _member(tx: Transaction, actor: Actor, wanted: MemberId) -> Member:
    member = await identities.member(tx.connection, actor.summit, wanted)
    if member is None or member.revoked is not None:
        raise RefusedError(Code.MEMBER_UNKNOWN)
    return member


def _asked(floor: Floor, member: MemberId) -> bool:
    return any(one.member == member for one in floor.asks)


def _without(floor: Floor, member: MemberId) -> Floor:
    return replace(floor, asks=tuple(one for one in floor.asks if one.member != member))
