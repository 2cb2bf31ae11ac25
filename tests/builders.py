"""Builds summits as their delegations would: keys, a descriptor that all signed, invitations, enrolled members.

```
summit = a_summit()                                    # arven and tolmar, press, host
await summit.publish(database)
maren = await summit.enrol(database, "arven", Role.PRINCIPAL, chair=True)
maren.actor; await maren.sign_in(database)
```
"""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Final, TypedDict, Unpack

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.fakes.chance import FakeChance
from visavis.identity import delegations, desk, members, sessions
from visavis.identity.accreditation import identity_of, read_descriptor
from visavis.identity.model import Accreditation, Actor, Descriptor, Member, Role
from visavis.identity.signing import new_key, public_half, sign
from visavis.identity.statements import (
    DEVICE,
    REVOCATION,
    SESSION,
    AccreditorForm,
    DelegationForm,
    DeviceForm,
)
from visavis.kernel.canonical import fingerprint, from_b64u
from visavis.kernel.ids import HOST, PRESS, Identity, Party, SummitId
from visavis.kernel.secret import Secret
from visavis.storage.database import Database
from visavis.storage.transaction import Transaction

NOW: Final = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)  # where FakeClock stands at first
ORIGIN: Final = "https://summit.lenz.example"
SIDES: Final = {
    "arven": ("Republic of Arven", "Port Selby", "en"),
    "tolmar": ("Kingdom of Tolmar", "Ostrand", "fr"),
    "sund": ("Sund Federation", "Kelm", "en"),
}


class Person(TypedDict, total=False):
    """What a test may say of somebody; the rest follows from party and role."""

    name: str
    chair: bool
    languages: tuple[str, ...]


async def silent(_tx: Transaction, _member: Member, _kind: str) -> None:
    """Announce nothing: for tests that look at members only."""


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody with a link, before they used it; every call of `accredited` is another device of theirs."""

    issued: desk.Issued
    party: Party
    chance: FakeChance

    @property
    def key(self) -> Ed25519PrivateKey:
        """The invitation's private key."""
        return Ed25519PrivateKey.from_private_bytes(from_b64u(self.issued.secret.reveal()))

    def accredited(self, device: Ed25519PrivateKey | None = None, *, at: datetime = NOW) -> "Accredited":
        """Return the chain for a new device, or for the one given."""
        device = device or new_key(self.chance)
        statement = DeviceForm(
            invitation=fingerprint(self.issued.invitation),
            key=public_half(device),
            issued=at,
        ).written()
        signed = sign(self.key, DEVICE, statement)
        return Accredited(
            Accreditation(self.issued.invitation, self.issued.signature, statement, signed),
            device,
        )


@dataclass(frozen=True, slots=True)
class Accredited:
    """A whole chain and the device's private key."""

    chain: Accreditation
    device: Ed25519PrivateKey

    @property
    def identity(self) -> Identity:
        """The device's name."""
        return identity_of(public_half(self.device))


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A member, with the private key of their device."""

    member: Member
    device: Ed25519PrivateKey
    chance: FakeChance

    @property
    def actor(self) -> Actor:
        """The member as who asks."""
        return self.member.actor

    async def sign_in(self, database: Database) -> Secret:
        """Open a session and return its token."""
        challenge = await sessions.challenge(database, self.member.identity, ORIGIN, self.chance)
        signature = sign(self.device, SESSION, challenge)
        return (await sessions.open_session(database, challenge, signature, self.chance)).token


@dataclass(frozen=True, slots=True)
class Summit:
    """A descriptor that every delegation signed, and every party's private key."""

    descriptor: bytes
    keys: dict[Party, Ed25519PrivateKey]
    chance: FakeChance
    now: datetime = NOW
    unsigned: frozenset[str] = field(default=frozenset())

    @property
    def read(self) -> Descriptor:
        """What the descriptor says."""
        return read_descriptor(self.descriptor)

    @property
    def id(self) -> SummitId:
        """The summit's id."""
        return self.read.summit

    @property
    def signatures(self) -> dict[str, bytes]:
        """The signature of each delegation."""
        signers = [side.id for side in self.read.delegations if side.id not in self.unsigned]
        return {party: desk.sign_descriptor(self.keys[party], self.descriptor) for party in signers}

    def without_signature_of(self, party: str) -> "Summit":
        """Return the same summit before a delegation has signed."""
        return replace(self, unsigned=self.unsigned | {party})

    async def publish(self, database: Database) -> SummitId:
        """Publish it."""
        return (await delegations.publish(database, self.descriptor, self.signatures))[0]

    def invite(self, party: str, role: Role, **person: Unpack[Person]) -> Invited:
        """Invite somebody for two weeks. Role `chair` gives orders unless said otherwise, nobody else does."""
        spoken = SIDES[party][2] if party in SIDES else "en"
        guest = desk.Guest(
            name=person.get("name") or f"{role.value.replace('_', ' ').title()} of {party.title()}",
            role=role,
            chair=person.get("chair", role is Role.CHAIR),
            languages=person.get("languages") or ((*self.read.languages,) if role is Role.INTERPRETER else (spoken,)),
            expires=self.now + timedelta(days=14),
        )
        issued = desk.invite(self.keys[Party(party)], self.read, guest, self.now, self.chance)
        return Invited(issued, Party(party), self.chance)

    async def enrol(
        self, database: Database, party: str, role: Role, announce: members.Announce = silent, **person: Unpack[Person]
    ) -> Enrolled:
        """Invite somebody and enrol their device."""
        accredited = self.invite(party, role, **person).accredited()
        member, _ = await members.enrol(database, accredited.chain, self.chance, announce)
        return Enrolled(member, accredited.device, self.chance)

    def revocation(self, member: Member | Invited) -> tuple[bytes, bytes]:
        """Return the revocation of a member's or an unused invitation, and its party's signature."""
        serial = member.serial if isinstance(member, Member) else member.issued.serial
        return desk.revoke(self.keys[member.party], self.read, serial, self.now)

    async def revoke(
        self,
        database: Database,
        member: Member | Invited,
        announce: members.Announce = silent,
    ) -> None:
        """Revoke an invitation and whoever used it."""
        await members.revoke(database, *self.revocation(member), announce)


def a_summit(
    *sides: str, now: datetime = NOW, seed: str = "summit", days: int = 30, clients: tuple[bytes, ...] = ()
) -> Summit:
    """Return a summit of `sides` (arven and tolmar unless said otherwise), good for some days."""
    chance = FakeChance(seed)
    named = sides or ("arven", "tolmar")
    keys = {Party(party): new_key(chance) for party in (*named, PRESS, HOST)}
    plan = desk.Plan(
        title="Arven and Tolmar meet on the border region",
        delegations=tuple(_side(party, keys[Party(party)]) for party in named),
        press=AccreditorForm(name="Joint press office", key=public_half(keys[PRESS])),
        host=AccreditorForm(name="City of Lenz", key=public_half(keys[HOST])),
        formats=("one-on-one", "restricted", "plenary"),
        languages=("en", "fr"),
        clients=clients,
        issued=now,
        expires=now + timedelta(days=days),
    )
    return Summit(desk.draft(plan, chance), keys, chance, now)


def resigned(summit: Summit, party: str, revocation: bytes) -> bytes:
    """Return a party's signature of any revocation bytes, right or wrong."""
    return sign(summit.keys[Party(party)], REVOCATION, revocation)


def _side(party: str, key: Ed25519PrivateKey) -> DelegationForm:
    name, place, language = SIDES[party]
    return DelegationForm(id=party, name=name, place=place, language=language, key=public_half(key))
