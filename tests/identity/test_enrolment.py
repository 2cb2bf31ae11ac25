from dataclasses import replace
from datetime import timedelta

import pytest

from tests.builders import NOW, Invited, a_summit, silent
from tests.fakes.clock import FakeClock
from tests.identity.ledger import everything
from tests.identity.refusing import refused
from visavis.identity import delegations, desk, members, store
from visavis.identity.model import Member, Role
from visavis.kernel.errors import Code
from visavis.kernel.ids import Party, SummitId
from visavis.storage.database import Database
from visavis.storage.transaction import Transaction

pytestmark = pytest.mark.anyio


async def test_publishing_the_same_descriptor_again_changes_nothing(database: Database) -> None:
    summit = a_summit()
    first = await delegations.publish(database, summit.descriptor, summit.signatures)
    before = await everything(database)
    assert await delegations.publish(database, summit.descriptor, summit.signatures) == first
    assert first == (summit.id, summit.read.dh)
    assert await everything(database) == before
    signed = await delegations.published(database, summit.id)
    assert signed == (summit.descriptor, summit.signatures)


async def test_a_descriptor_is_published_only_if_all_signed_it_and_it_is_in_force(
    database: Database, clock: FakeClock
) -> None:
    summit = a_summit()
    async with refused(database, Code.DESCRIPTOR_UNSIGNED):
        await summit.without_signature_of("arven").publish(database)
    async with refused(database, Code.SIGNATURE_BAD):
        await delegations.publish(database, summit.descriptor, {**summit.signatures, "arven": bytes(64)})
    clock.advance(days=30)
    async with refused(database, Code.DESCRIPTOR_EXPIRED):
        await summit.publish(database)


async def test_a_published_summit_is_not_replaced(database: Database) -> None:
    summit = a_summit()
    await summit.publish(database)
    other = replace(summit, descriptor=summit.descriptor.replace(b"border region", b"border  area!"))
    async with refused(database, Code.DESCRIPTOR_PUBLISHED):
        await other.publish(database)


async def test_whoever_holds_an_invitation_becomes_a_member(database: Database) -> None:
    summit = a_summit()
    await summit.publish(database)
    told: list[tuple[SummitId, str]] = []

    async def announce(_tx: Transaction, member: Member, kind: str) -> None:
        told.append((member.summit, kind))

    invited = summit.invite("arven", Role.PRINCIPAL, name="President Ilse Maren", chair=True)
    accredited = invited.accredited()
    member, is_new = await members.enrol(database, accredited.chain, summit.chance, announce)
    assert is_new
    assert (member.party, member.name, member.role, member.chair) == (
        Party("arven"),
        "President Ilse Maren",
        Role.PRINCIPAL,
        True,
    )
    assert member.identity == accredited.identity
    assert told == [(summit.id, "member_enrolled")]
    async with database.reading() as connection:
        assert await store.member(connection, summit.id, member.id) == member
        assert await store.member_by_identity(connection, member.identity) == member
        assert await store.members(connection, summit.id) == [member]


async def test_an_invitation_serves_one_device_and_answers_it_again(database: Database) -> None:
    summit = a_summit()
    await summit.publish(database)
    invited = summit.invite("tolmar", Role.ADVISER)
    first = invited.accredited()
    member, _ = await members.enrol(database, first.chain, summit.chance, silent)
    before = await everything(database)
    assert await members.enrol(database, first.chain, summit.chance, silent) == (member, False)
    assert await everything(database) == before
    async with refused(database, Code.INVITATION_USED):
        await members.enrol(database, invited.accredited().chain, summit.chance, silent)


async def test_the_same_device_is_answered_after_the_invitation_expired(database: Database, clock: FakeClock) -> None:
    summit = a_summit()
    await summit.publish(database)
    invited = summit.invite("tolmar", Role.ADVISER)
    first = invited.accredited()
    member, _ = await members.enrol(database, first.chain, summit.chance, silent)
    clock.advance(days=15)
    assert await members.enrol(database, first.chain, summit.chance, silent) == (member, False)


async def test_an_invitation_ends_at_the_instant_it_says(database: Database, clock: FakeClock) -> None:
    summit = a_summit()
    await summit.publish(database)
    clock.advance(days=14, milliseconds=-1)
    await members.enrol(database, summit.invite("arven", Role.CHAIR).accredited().chain, summit.chance, silent)
    clock.advance(milliseconds=1)
    async with refused(database, Code.INVITATION_EXPIRED):
        await members.enrol(database, summit.invite("arven", Role.CHAIR).accredited().chain, summit.chance, silent)


async def test_an_invitation_may_not_live_longer_than_the_host_accepts(database: Database) -> None:
    summit = a_summit()
    await summit.publish(database)
    chain = summit.invite("arven", Role.CHAIR).accredited().chain
    async with refused(database, Code.INVITATION_BAD):
        await members.enrol(database, chain, summit.chance, silent, timedelta(days=13))


async def test_nobody_enrols_after_the_descriptor_expired(database: Database, clock: FakeClock) -> None:
    summit = a_summit(days=10)
    await summit.publish(database)
    clock.advance(days=10)
    async with refused(database, Code.DESCRIPTOR_EXPIRED):
        await members.enrol(database, summit.invite("arven", Role.CHAIR).accredited().chain, summit.chance, silent)


async def test_nobody_enrols_in_a_summit_that_was_not_published(database: Database) -> None:
    await a_summit().publish(database)
    elsewhere = a_summit(seed="elsewhere")
    chain = elsewhere.invite("arven", Role.CHAIR).accredited().chain
    async with refused(database, Code.INVITATION_BAD):
        await members.enrol(database, chain, elsewhere.chance, silent)


async def test_an_invitation_forged_by_the_other_delegation_is_refused(database: Database) -> None:
    summit = a_summit()
    await summit.publish(database)
    arven = summit.invite("arven", Role.PRINCIPAL)
    tolmar = summit.invite("tolmar", Role.PRINCIPAL)
    forged = desk.Issued(arven.issued.invitation, tolmar.issued.signature, arven.issued.secret, arven.issued.serial)
    async with refused(database, Code.SIGNATURE_BAD):
        chain = Invited(forged, Party("arven"), summit.chance).accredited().chain
        await members.enrol(database, chain, summit.chance, silent)


async def test_one_device_stands_for_one_person(database: Database) -> None:
    summit = a_summit()
    await summit.publish(database)
    first = await summit.enrol(database, "arven", Role.PRINCIPAL)
    second = summit.invite("tolmar", Role.PRINCIPAL).accredited(first.device)
    async with refused(database, Code.DEVICE_BAD):
        await members.enrol(database, second.chain, summit.chance, silent)


async def test_one_serial_serves_one_person_even_if_two_invitations_bear_it(database: Database) -> None:
    summit, again = a_summit(), a_summit()
    await summit.publish(database)
    guest = desk.Guest("First", Role.ADVISER, chair=False, languages=("en",), expires=NOW + timedelta(days=1))
    other = replace(guest, name="Second")
    first, second = (
        desk.invite(one.keys[Party("arven")], one.read, invited, NOW, one.chance)
        for one, invited in ((summit, guest), (again, other))
    )
    assert (first.serial, first.invitation != second.invitation) == (second.serial, True)
    chain = Invited(first, Party("arven"), summit.chance).accredited().chain
    await members.enrol(database, chain, summit.chance, silent)
    async with refused(database, Code.INVITATION_USED):
        other_device = Invited(second, Party("arven"), summit.chance).accredited().chain
        await members.enrol(database, other_device, summit.chance, silent)


async def test_a_party_lists_its_own_enrolments_only(database: Database) -> None:
    summit = a_summit()
    await summit.publish(database)
    maren = await summit.enrol(database, "arven", Role.PRINCIPAL)
    await summit.enrol(database, "tolmar", Role.PRINCIPAL)
    assert await members.of_own_party(database, maren.actor) == [maren.member]


async def test_a_delegation_has_one_principal_at_a_time(database: Database) -> None:
    summit = a_summit()
    await summit.publish(database)
    lost = await summit.enrol(database, "arven", Role.PRINCIPAL)
    await summit.enrol(database, "tolmar", Role.PRINCIPAL)
    second = summit.invite("arven", Role.PRINCIPAL).accredited().chain
    async with refused(database, Code.PRINCIPAL_ENROLLED):
        await members.enrol(database, second, summit.chance, silent)
    await summit.revoke(database, lost.member)
    await members.enrol(database, second, summit.chance, silent)


async def test_an_invitation_cannot_be_dated_ahead_to_live_longer(database: Database) -> None:
    summit = a_summit(days=90)
    await summit.publish(database)
    ahead = NOW + timedelta(days=20)
    guest = desk.Guest("Later", Role.ADVISER, chair=False, languages=("en",), expires=ahead + timedelta(days=29))
    for issued, fault in ((ahead, "issued"), (NOW, "expires")):
        invited = desk.invite(summit.keys[Party("arven")], summit.read, guest, issued, summit.chance)
        chain = Invited(invited, Party("arven"), summit.chance).accredited().chain
        async with refused(database, Code.INVITATION_BAD) as why:
            await members.enrol(database, chain, summit.chance, silent)
        assert why.value.fields == {"field": fault}
