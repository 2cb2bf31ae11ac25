"""What falls when its ground does: the floor of whom the phase, the format or a revocation silences, their consent.

A consent falls with time too.
"""

from collections.abc import Callable
from dataclasses import replace

from visavis.audit.actions import ConsentWithdrawn, FloorAskWithdrawn, FloorYielded
from visavis.events.catalogue import Kind
from visavis.identity import store as identities
from visavis.identity.model import Member
from visavis.kernel.ids import MemberId
from visavis.storage.transaction import Transaction
from visavis.summits import store
from visavis.summits.model import Consent, Floor, Meeting, Mode
from visavis.summits.phases import CONSENT_LASTS
from visavis.summits.policy import CHAMBER, Action, follows_floor, may


async def settle(tx: Transaction, meeting: Meeting) -> tuple[Kind, ...]:
    """Take floor, asks and consents from whom the meeting as it stands now leaves none.

    Returns:
        The kinds of the events that say so.
    """
    members = {one.id: one for one in await identities.members(tx.connection, meeting.summit) if one.revoked is None}
    lapsed = await _lapse(tx, meeting, lambda consent: consent.by in members)
    return (*lapsed, *await _settle_floor(tx, meeting, members))


async def vacate(tx: Transaction, meeting: Meeting) -> tuple[Kind, ...]:
    """Take the floor from whoever has left the chamber, where that matters: where microphones follow it.

    Returns:
        The kinds of the events that say so.
    """
    if not follows_floor(meeting.mode):
        return ()
    members = {one.id: one for one in await identities.members(tx.connection, meeting.summit) if one.revoked is None}
    return await _settle_floor(tx, meeting, members)


async def lapse(tx: Transaction, meeting: Meeting) -> tuple[Kind, ...]:
    """Take away the consents that have waited too long.

    Returns:
        The kinds of the events that say so.
    """
    return await _lapse(tx, meeting, lambda consent: tx.now - consent.since < CONSENT_LASTS)


async def _lapse(tx: Transaction, meeting: Meeting, stands: Callable[[Consent], bool]) -> tuple[Kind, ...]:
    before = await store.consents_of(tx.connection, meeting.id)
    lapsed = [consent for consent in before if not stands(consent)]
    if not lapsed:
        return ()
    await store.save_consents(tx, meeting.id, [consent for consent in before if stands(consent)])
    for consent in lapsed:
        tx.record(meeting.summit, ConsentWithdrawn(meeting.id, consent.move.value, consent.party), by=None)
    return (Kind.CONSENT_WITHDRAWN,)


async def _settle_floor(tx: Transaction, meeting: Meeting, members: dict[MemberId, Member]) -> tuple[Kind, ...]:
    before = await store.floor(tx.connection, meeting.id)
    speakers = frozenset(one.id for one in members.values() if may_speak(one, meeting))
    kept = still(before, speakers, await _holders(tx, meeting, members, speakers))
    if kept == before:
        return ()
    await store.save_floor(tx, meeting.id, kept)
    for ask in before.asks:
        if ask not in kept.asks:
            tx.record(meeting.summit, FloorAskWithdrawn(meeting.id, ask.member), by=None)
    if before.holder is None or kept.holder is not None:
        return (Kind.FLOOR_ASK_WITHDRAWN,)
    tx.record(meeting.summit, FloorYielded(meeting.id, before.holder), by=None)
    return (Kind.FLOOR_YIELDED,)


async def _holders(
    tx: Transaction, meeting: Meeting, members: dict[MemberId, Member], speakers: frozenset[MemberId]
) -> frozenset[MemberId]:
    """Return who may have the floor. Where microphones follow it, nobody keeps it who is not there."""
    if not follows_floor(meeting.mode):
        return speakers
    passes = meeting.mode is Mode.CONSECUTIVE  # in no other is it passed to an interpreter
    interpreters = frozenset(one.id for one in members.values() if passes and may_interpret(one, meeting))
    presences = await store.presences_of(tx.connection, meeting.id)
    return frozenset(one for one in speakers | interpreters if presences.get(one) == CHAMBER)


def still(floor: Floor, speakers: frozenset[MemberId], holders: frozenset[MemberId]) -> Floor:
    """Return what is left of the floor when only `speakers` may ask for it and only `holders` may have it. Pure."""
    left = replace(floor, asks=tuple(ask for ask in floor.asks if ask.member in speakers))
    return left if floor.holder in holders else replace(left, holder=None, since=None, interprets=None)


def may_interpret(member: Member, meeting: Meeting) -> bool:
    """Whether the floor may be passed to a member, as the meeting stands."""
    return may(Action.HAND_FLOOR_BACK, member.role, member.chair, meeting.phase, meeting.format)


def may_speak(member: Member, meeting: Meeting) -> bool:
    """Whether a member may have the floor for themselves, as the meeting stands."""
    return may(Action.ASK_FOR_FLOOR, member.role, member.chair, meeting.phase, meeting.format)
