"""Use cases: a person enrols their device by an invitation; a party revokes an invitation and whoever used it."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Final

from visavis.audit.actions import InvitationRevoked, MemberEnrolled
from visavis.identity import store
from visavis.identity.accreditation import (
    Accredited,
    check_chain,
    check_revocation,
    named_descriptor,
    read_invitation,
)
from visavis.identity.model import Accreditation, Actor, Descriptor, Member, Role
from visavis.kernel.canonical import fingerprint
from visavis.kernel.chance import Chance, new_id
from visavis.kernel.errors import Code, RefusedError
from visavis.kernel.ids import PRESS, MemberId, Party
from visavis.storage.database import Database
from visavis.storage.transaction import Transaction

LONGEST_INVITATION: Final = timedelta(days=30)
CLOCK_SKEW: Final = timedelta(minutes=5)  # between a desk and the server

Announce = Callable[[Transaction, Member, str], Awaitable[None]]
"""Tells every meeting of a member's summit that they came or went; the last word is the event's kind."""


async def enrol(
    database: Database,
    accreditation: Accreditation,
    chance: Chance,
    announce: Announce,
    longest: timedelta = LONGEST_INVITATION,
) -> tuple[Member, bool]:
    """Make a member of whoever holds an invitation; return them, and whether they are new.

    The first device to use an invitation has it for good: the same device again gets the same answer.

    Raises:
        RefusedError: INVITATION_BAD, DEVICE_BAD, SIGNATURE_BAD, DESCRIPTOR_EXPIRED, INVITATION_EXPIRED,
            INVITATION_USED, INVITATION_REVOKED.
    """
    named = read_invitation(accreditation.invitation)
    async with database.writing() as tx:
        descriptor = await store.descriptor_by_fingerprint(tx.connection, named.dh)
        if descriptor is None:
            raise RefusedError(Code.INVITATION_BAD, field="descriptor")
        accredited = check_chain(accreditation, descriptor)
        before = await _enrolled_before(tx, descriptor, accredited)
        if before is not None:
            return before, False
        await _check_open(tx, descriptor, accredited, longest)
        enrolled = _member(MemberId(new_id(chance)), tx, descriptor, accredited, accreditation)
        await store.keep_member(tx, enrolled)
        tx.record(descriptor.summit, _recorded(enrolled), by=enrolled.id)
        await announce(tx, enrolled, "member_enrolled")
        return enrolled, True


async def revoke(database: Database, revocation: bytes, signature: bytes, announce: Announce) -> Member | None:
    """Take back an invitation, and the accreditation of whoever used it; return who just lost theirs, if anybody.

    Twice changes nothing.

    Raises:
        RefusedError: INVITATION_BAD, SIGNATURE_BAD.
    """
    dh = named_descriptor(revocation)
    async with database.writing() as tx:
        descriptor = await store.descriptor_by_fingerprint(tx.connection, dh)
        if descriptor is None:
            raise RefusedError(Code.INVITATION_BAD, field="descriptor")
        revoked = check_revocation(revocation, signature, descriptor)
        summit = descriptor.summit
        if await store.is_revoked(tx.connection, summit, revoked.party, revoked.serial):
            return None
        enrolled = await store.member_by_serial(tx.connection, summit, revoked.party, revoked.serial)
        await store.keep_revocation(tx, summit, (revoked.party, revoked.serial), (revocation, signature))
        whose = None if enrolled is None else enrolled.id
        taken_back = InvitationRevoked(revoked.party, revoked.serial, whose, fingerprint(revocation))
        tx.record(summit, taken_back, by=None)
        if enrolled is not None:
            await announce(tx, enrolled, "member_revoked")
        return enrolled


async def revocations(database: Database, actor: Actor) -> list[tuple[bytes, bytes]]:
    """Return the revocations of the actor's summit with their signatures, for members to check for themselves.

    The press is not told of invitations that were never used: those are a delegation's own affair.
    """
    async with database.reading() as connection:
        return await store.signed_revocations(connection, actor.summit, of_members=actor.party == PRESS)


async def of_own_party(database: Database, actor: Actor) -> list[Member]:
    """Return whoever enrolled by an invitation of the actor's party, with those revoked, in the order of enrolment."""
    async with database.reading() as connection:
        everybody = await store.members(connection, actor.summit)
    return [member for member in everybody if member.party == actor.party]


async def _enrolled_before(tx: Transaction, descriptor: Descriptor, accredited: Accredited) -> Member | None:
    invitation = accredited.invitation
    if await store.is_revoked(tx.connection, descriptor.summit, invitation.party, invitation.serial):
        raise RefusedError(Code.INVITATION_REVOKED)
    before = await store.member_by_serial(tx.connection, descriptor.summit, invitation.party, invitation.serial)
    if before is not None and before.identity != accredited.identity:
        raise RefusedError(Code.INVITATION_USED)
    return before


async def _check_open(tx: Transaction, descriptor: Descriptor, accredited: Accredited, longest: timedelta) -> None:
    invitation = accredited.invitation
    if descriptor.expires <= tx.now:
        raise RefusedError(Code.DESCRIPTOR_EXPIRED)
    if invitation.expires <= tx.now:
        raise RefusedError(Code.INVITATION_EXPIRED)
    if invitation.issued > tx.now + CLOCK_SKEW:
        raise RefusedError(Code.INVITATION_BAD, field="issued")
    if invitation.expires - tx.now > longest:
        raise RefusedError(Code.INVITATION_BAD, field="expires")
    if invitation.role is Role.PRINCIPAL and await _has_principal(tx, descriptor, invitation.party):
        raise RefusedError(Code.PRINCIPAL_ENROLLED)
    if await store.member_by_identity(tx.connection, accredited.identity) is not None:
        # One key, one person: a device that stands for two could speak as either.
        raise RefusedError(Code.DEVICE_BAD, field="key")


async def _has_principal(tx: Transaction, descriptor: Descriptor, party: Party) -> bool:
    """Whether a party has its one principal: one-on-one means one. A lost device is revoked before the next enrols."""
    members = await store.members(tx.connection, descriptor.summit)
    return any(one.party == party and one.role is Role.PRINCIPAL and one.revoked is None for one in members)


def _member(
    identifier: MemberId,
    tx: Transaction,
    descriptor: Descriptor,
    accredited: Accredited,
    chain: Accreditation,
) -> Member:
    invitation = accredited.invitation
    return Member(
        id=identifier,
        summit=descriptor.summit,
        party=invitation.party,
        serial=invitation.serial,
        name=invitation.name,
        role=invitation.role,
        chair=invitation.chair,
        languages=invitation.languages,
        identity=accredited.identity,
        device_key=accredited.device_key,
        accreditation=chain,
        enrolled=tx.now,
        revoked=None,
    )


def _recorded(enrolled: Member) -> MemberEnrolled:
    return MemberEnrolled(
        enrolled.id,
        enrolled.party,
        enrolled.serial,
        enrolled.name,
        enrolled.role.value,
        enrolled.chair,
        enrolled.languages,
        enrolled.identity,
        fingerprint(enrolled.accreditation.invitation),
        fingerprint(enrolled.accreditation.device),
    )
