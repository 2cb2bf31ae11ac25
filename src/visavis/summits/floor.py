"""Use cases of the floor: ask for it, withdraw, give it, yield it or take it back.

A chair gives the floor only to their own delegation, and takes it back only from their own; the protocol officer
gives it to anybody who asked.
"""

from dataclasses import replace

from visavis.audit.actions import FloorAsked, FloorAskWithdrawn, FloorGiven, FloorYielded
from visavis.events.catalogue import Kind
from visavis.identity import store as identities
from visavis.identity.model import Actor, Role
from visavis.kernel.errors import Code, RefusedError
from visavis.kernel.ids import MeetingId, MemberId, Party
from visavis.storage.database import Database
from visavis.storage.transaction import Transaction
from visavis.summits import store
from visavis.summits.access import meeting_for
from visavis.summits.model import Ask, Floor
from visavis.summits.policy import Action, gives_orders
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


async def give(database: Database, actor: Actor, wanted: MeetingId, speaker: MemberId) -> None:
    """Give the floor to a member who asked for it.

    Raises:
        RefusedError: MEETING_UNKNOWN, NOT_YOUR_ROLE, NOT_IN_THIS_PHASE, MEMBER_UNKNOWN; NOT_YOUR_DELEGATION if a
            chair gives it to another delegation's; FLOOR_TAKEN while somebody has it; FLOOR_NOT_ASKED.
    """
    async with database.writing() as tx:
        meeting = await meeting_for(tx.connection, actor, wanted, Action.GIVE_FLOOR)
        party = await _party_of(tx, actor, speaker)
        if actor.role is not Role.PROTOCOL_OFFICER and party != actor.party:
            raise RefusedError(Code.NOT_YOUR_DELEGATION)
        floor = await store.floor(tx.connection, meeting.id)
        if floor.holder is not None:
            raise RefusedError(Code.FLOOR_TAKEN)
        if not _asked(floor, speaker):
            raise RefusedError(Code.FLOOR_NOT_ASKED)
        await store.save_floor(tx, meeting.id, replace(_without(floor, speaker), holder=speaker, since=tx.now))
        tx.record(meeting.summit, FloorGiven(meeting.id, speaker), by=actor.member)
        await tell(tx, meeting, Kind.FLOOR_GIVEN)


async def yield_floor(database: Database, actor: Actor, wanted: MeetingId) -> None:
    """Yield the floor, or take it back from one's own delegation; nothing happens if nobody has it.

    Raises:
        RefusedError: MEETING_UNKNOWN, NOT_YOUR_ROLE, NOT_IN_THIS_PHASE; NOT_YOUR_DELEGATION if another delegation's
            member has it.
    """
    async with database.writing() as tx:
        meeting = await meeting_for(tx.connection, actor, wanted, Action.YIELD_FLOOR)
        floor = await store.floor(tx.connection, meeting.id)
        if floor.holder is None:
            return
        if floor.holder != actor.member and actor.role is not Role.PROTOCOL_OFFICER:
            if await _party_of(tx, actor, floor.holder) != actor.party:
                raise RefusedError(Code.NOT_YOUR_DELEGATION)
            if not gives_orders(actor.role, chair=actor.chair):
                raise RefusedError(Code.NOT_YOUR_ROLE)
        await store.save_floor(tx, meeting.id, replace(floor, holder=None, since=None))
        tx.record(meeting.summit, FloorYielded(meeting.id, floor.holder), by=actor.member)
        await tell(tx, meeting, Kind.FLOOR_YIELDED)


async def _party_of(tx: Transaction, actor: Actor, wanted: MemberId) -> Party:
    member = await identities.member(tx.connection, actor.summit, wanted)
    if member is None or member.revoked is not None:
        raise RefusedError(Code.MEMBER_UNKNOWN)
    return member.party


def _asked(floor: Floor, member: MemberId) -> bool:
    return any(one.member == member for one in floor.asks)


def _without(floor: Floor, member: MemberId) -> Floor:
    return replace(floor, asks=tuple(one for one in floor.asks if one.member != member))
