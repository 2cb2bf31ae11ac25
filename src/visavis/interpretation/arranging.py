"""Use cases: propose channels and joint booths, agree to them, take that back; put up the own booths. All of it signed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from visavis.audit.arrangements import ArrangementAgreed, ArrangementFixed, ArrangementWithdrawn, BoothsArranged
from visavis.events.catalogue import Kind
from visavis.identity import store as identities
from visavis.identity.model import Actor, Descriptor, Member
from visavis.interpretation import rules, store
from visavis.interpretation.model import Arrangement, ArrangementConsent, ProposedArrangement, SignedArrangement
from visavis.interpretation.statements import check_signature, read_arrangement
from visavis.interpretation.views import tell
from visavis.kernel.errors import Code, RefusedError
from visavis.kernel.ids import MeetingId, Party
from visavis.storage.database import Database
from visavis.storage.transaction import Transaction
from visavis.summits import store as meetings
from visavis.summits import views as summits
from visavis.summits.access import descriptor_for, meeting_for
from visavis.summits.model import Meeting
from visavis.summits.phases import CONSENT_LASTS
from visavis.summits.policy import Action


@dataclass(frozen=True, slots=True)
class Said:
    """A statement, and its sayer's signature."""

    statement: bytes
    signature: bytes


async def propose(database: Database, actor: Actor, wanted: MeetingId, said: Said) -> bool:
    """Propose channels and joint booths in place of whatever else is proposed; return whether they are fixed.

    Whoever proposes what waits already agrees to it.

    Raises:
        RefusedError: as `access.meeting_for`, `_read` and `rules`.
    """
    async with database.writing() as tx:
        meeting = await meeting_for(tx.connection, actor, wanted, Action.ARRANGE_CHANNELS)
        arrangement = await _read(tx, meeting, actor, said)
        if arrangement.party is not None:
            raise RefusedError(Code.BAD_REQUEST, field="party")
        standing = await store.standing_in(tx.connection, meeting.id)
        if said.statement in {one.statement for one in standing}:
            return True
        await _check(tx, meeting, arrangement, standing)
        consent = ArrangementConsent(actor.party, actor.member, said.signature)
        waiting = await _lapsed(tx, meeting)
        if waiting is not None and waiting.signed.statement == said.statement:
            return await _kept(tx, meeting, waiting, _with(waiting, consent), actor)
        rules.check_end(arrangement, tx.now)
        fresh = ProposedArrangement(SignedArrangement(arrangement, said.statement, (consent,)), tx.now)
        return await _kept(tx, meeting, waiting, fresh, actor)


async def agree(database: Database, actor: Actor, wanted: MeetingId, digest: bytes, signature: bytes) -> bool:
    """Agree to the arrangement of this SHA-256, by a signature under it; return whether it is fixed.

    Raises:
        RefusedError: as `access.meeting_for`; ARRANGEMENT_UNKNOWN when another waits, or none; SIGNATURE_BAD; as `rules` when it
            no longer can be.
    """
    async with database.writing() as tx:
        meeting = await meeting_for(tx.connection, actor, wanted, Action.ARRANGE_CHANNELS)
        waiting = await _lapsed(tx, meeting)
        if waiting is None or waiting.signed.digest != digest:
            raise RefusedError(Code.ARRANGEMENT_UNKNOWN)
        await _read(tx, meeting, actor, Said(waiting.signed.statement, signature))
        standing = await store.standing_in(tx.connection, meeting.id)
        await _check(tx, meeting, waiting.signed.arrangement, standing)
        consent = ArrangementConsent(actor.party, actor.member, signature)
        return await _kept(tx, meeting, waiting, _with(waiting, consent), actor)


async def withdraw(database: Database, actor: Actor, wanted: MeetingId) -> None:
    """Take back the own delegation's consent; without any the proposal is gone. Nothing happens if there is none.

    Raises:
        RefusedError: as `access.meeting_for`.
    """
    async with database.writing() as tx:
        meeting = await meeting_for(tx.connection, actor, wanted, Action.ARRANGE_CHANNELS)
        waiting = await store.proposed_in(tx.connection, meeting.id)
        if waiting is None or all(one.party != actor.party for one in waiting.signed.consents):
            return
        kept = tuple(one for one in waiting.signed.consents if one.party != actor.party)
        left = replace(waiting, signed=replace(waiting.signed, consents=kept)) if kept else None
        await store.save_proposed(tx, meeting.id, left)
        tx.record(meeting.summit, ArrangementWithdrawn(meeting.id, waiting.signed.digest, actor.party), by=actor.member)
        await tell(tx, meeting, Kind.ARRANGEMENT_WITHDRAWN)


async def put_up(database: Database, actor: Actor, wanted: MeetingId, party: Party, said: Said) -> None:
    """Put up a delegation's own booths in place of all that it has; none: its interpreters are arranged by their languages.

    Raises:
        RefusedError: as `access.meeting_for`, `_read` and `rules`; NOT_YOUR_DELEGATION for another's booths.
    """
    async with database.writing() as tx:
        meeting = await meeting_for(tx.connection, actor, wanted, Action.ARRANGE_BOOTHS)
        arrangement = await _read(tx, meeting, actor, said)
        if party != actor.party or arrangement.party != party:
            raise RefusedError(Code.NOT_YOUR_DELEGATION)
        standing = await store.standing_in(tx.connection, meeting.id)
        if said.statement in {one.statement for one in standing}:
            return
        rules.check_end(arrangement, tx.now)
        await _check(tx, meeting, arrangement, standing)
        consent = ArrangementConsent(party, actor.member, said.signature)
        signed = SignedArrangement(arrangement, said.statement, (consent,))
        await store.save_standing(tx, meeting.id, signed)
        arranged = BoothsArranged(meeting.id, signed.digest, arrangement, said.signature)
        tx.record(meeting.summit, arranged, by=actor.member)
        await tell(tx, meeting, Kind.BOOTHS_CHANGED)


async def lapse(database: Database) -> None:
    """Take away the proposals that have waited too long, in every meeting, and tell it.

    Raises:
        OutageError: if the database does not answer.
    """
    async with database.reading() as connection:
        waiting = await store.proposed_until(connection, database.now() - CONSENT_LASTS)
    for wanted in waiting:
        async with database.writing() as tx:
            meeting = await meetings.meeting(tx.connection, wanted)
            if meeting is not None:
                await _lapsed(tx, meeting)


async def announce_members(tx: Transaction, member: Member, kind: str) -> None:
    """Tell every meeting of a summit that a member came or went, and take away what was proposed with the revoked.

    What stands stays as it was signed: whoever reads it leaves out who has no seat, and does not believe a chair who has none.
    """
    await summits.announce_members(tx, member, kind)
    if Kind(kind) is not Kind.MEMBER_REVOKED:
        return
    for meeting in await meetings.meetings_of(tx.connection, member.summit):
        await _lapsed(tx, meeting, gone=member)


def _with(waiting: ProposedArrangement, consent: ArrangementConsent) -> ProposedArrangement:
    return replace(waiting, signed=rules.agreed(waiting.signed, consent))


async def _kept(
    tx: Transaction, meeting: Meeting, before: ProposedArrangement | None, fresh: ProposedArrangement, actor: Actor
) -> bool:
    """Keep a proposal with the actor's consent, or fix it when every delegation has given theirs."""
    sides = _sides(await descriptor_for(tx.connection, meeting.summit))
    signed = fresh.signed
    if {consent.party for consent in signed.consents} != set(sides):
        if fresh != before:
            await store.save_proposed(tx, meeting.id, fresh)
            tx.record(meeting.summit, ArrangementAgreed(meeting.id, signed.digest, actor.party), by=actor.member)
            await tell(tx, meeting, Kind.ARRANGEMENT_PROPOSED)
        return False
    await store.save_proposed(tx, meeting.id, None)
    await store.save_standing(tx, meeting.id, signed)
    signatures = {consent.party: consent.signature for consent in signed.consents}
    fixed = ArrangementFixed(meeting.id, signed.digest, signed.arrangement, signatures)
    tx.record(meeting.summit, fixed, by=actor.member)
    await tell(tx, meeting, Kind.CHANNELS_CHANGED)
    return True


async def _read(tx: Transaction, meeting: Meeting, actor: Actor, said: Said) -> Arrangement:
    """Return what the actor's device has signed for this meeting.

    Raises:
        RefusedError: MESSAGE_BAD, SIGNATURE_BAD.
    """
    descriptor = await descriptor_for(tx.connection, meeting.summit)
    arrangement = read_arrangement(said.statement, (descriptor.dh, meeting.id))
    member = await identities.member(tx.connection, actor.summit, actor.member)
    check_signature(said.statement, said.signature, b"" if member is None else member.device_key)
    return arrangement


async def _check(
    tx: Transaction, meeting: Meeting, arrangement: Arrangement, standing: Sequence[SignedArrangement]
) -> None:
    """Refuse what cannot stand beside the rest, or does not follow what it takes the place of."""
    descriptor = await descriptor_for(tx.connection, meeting.summit)
    members = await _members(tx, meeting)
    before = next((one for one in standing if one.arrangement.party == arrangement.party), None)
    rules.check_number(arrangement, before)
    rules.check_channels(arrangement.channels, descriptor)
    rest = rules.believed([one for one in standing if one is not before], members, _sides(descriptor))
    beside = rules.without_the_revoked(rest, members)
    rules.check_booths([*beside, *arrangement.booths], descriptor, members)


def _sides(descriptor: Descriptor) -> tuple[Party, ...]:
    return tuple(side.id for side in descriptor.delegations)


async def _members(tx: Transaction, meeting: Meeting) -> Sequence[Member]:
    return await identities.members(tx.connection, meeting.summit)


async def _lapsed(tx: Transaction, meeting: Meeting, gone: Member | None = None) -> ProposedArrangement | None:
    """Take away what of a proposal no longer stands, tell it, and return what is left of it."""
    before = await store.proposed_in(tx.connection, meeting.id)
    if before is None:
        return None
    standing = {one.id for one in await _members(tx, meeting) if one.revoked is None}
    named = {identity for booth in before.signed.arrangement.booths for identity in booth.members}
    left = None if gone is not None and gone.identity in named else rules.still_waiting(before, standing, tx.now)
    if left == before:
        return before
    await store.save_proposed(tx, meeting.id, left)
    kept = () if left is None else left.signed.consents
    for consent in before.signed.consents:
        if consent not in kept:
            tx.record(meeting.summit, ArrangementWithdrawn(meeting.id, before.signed.digest, consent.party), by=None)
    await tell(tx, meeting, Kind.ARRANGEMENT_WITHDRAWN)
    return left
