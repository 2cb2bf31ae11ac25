"""A summit on the shelf: published and enrolled straight into the store, for tests that are not about enrolling."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from visavis.identity import store as identities
from visavis.identity.accreditation import identity_of, read_descriptor
from visavis.identity.model import Accreditation, Actor, Member, Role
from visavis.identity.signing import public_half
from visavis.kernel.canonical import b64u, canonical, fingerprint
from visavis.kernel.chance import Chance
from visavis.kernel.ids import HOST, PRESS, MeetingId, MemberId, Party, Serial, SummitId
from visavis.storage.database import Database
from visavis.summits import meetings, store, views
from visavis.summits.agenda import Planned
from visavis.summits.model import Format, Mode, Move, Order, Phase

SUMMIT = SummitId("5f0c1c1e-0000-4000-8000-000000000001")
OTHER_SUMMIT = SummitId("5f0c1c1e-0000-4000-8000-000000000002")
SIDES = ("arven", "tolmar")
ISSUED = datetime(2026, 2, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Filled:
    """The recorded action of filling the shelf."""

    action: str = "summit_published"

    def body(self) -> dict[str, str]:
        """Return what is recorded."""
        return {}


def descriptor_bytes(summit: SummitId, sides: tuple[str, ...], formats: tuple[str, ...]) -> bytes:
    """Return a descriptor's bytes."""
    key = b64u(bytes(32))
    form = {
        "type": "visavis descriptor 1",
        "summit": {"id": summit, "title": "Arven and Tolmar meet on the border region"},
        "delegations": [
            {
                "id": side,
                "name": f"Republic of {side.title()}",
                "place": "Port Selby",
                "language": "en",
                "key": _key(side),
            }
            for side in sides
        ],
        "press": {"name": "Joint press office", "key": key},
        "host": {"name": "City of Lenz", "key": _key("host")},
        "formats": list(formats),
        "languages": ["en", "fr"],
        "clients": [key],
        "issued": "2026-02-01T00:00:00.000Z",
        "expires": "2027-02-01T00:00:00.000Z",
    }
    return canonical(form)


def _key(name: str) -> str:
    return b64u(fingerprint(name.encode()))


def members_of(summit: SummitId, sides: tuple[str, ...]) -> list[Member]:
    """Return a member of every role: each side's, two of the press, the protocol officer."""
    delegates = [Role.PRINCIPAL, Role.CHAIR, Role.ADVISER, Role.INTERPRETER, Role.NOTETAKER, Role.TECHNICIAN]
    seats = [(Party(side), role, number) for side in sides for role in delegates for number in (1,)]
    seats += [(PRESS, Role.PRESS, number) for number in (1, 2)]
    seats += [(HOST, Role.PROTOCOL_OFFICER, 1)]
    return [member(summit, party, role, number) for party, role, number in seats]


def member(summit: SummitId, party: Party, role: Role, number: int) -> Member:
    """Return an enrolled member: the same for the same words."""
    name = f"{summit} {party} {role.value} {number}"
    seed = fingerprint(name.encode())
    key = public_half(Ed25519PrivateKey.from_private_bytes(seed))
    digits = seed.hex()
    return Member(
        id=MemberId(f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-8{digits[17:20]}-{digits[20:32]}"),
        summit=summit,
        party=party,
        serial=Serial(b64u(seed[:16])),
        name=name,
        role=role,
        chair=role is Role.CHAIR,
        languages=("en", "fr"),
        identity=identity_of(key),
        device_key=key,
        accreditation=Accreditation(b"invitation " + seed, seed + seed, b"device " + seed, seed + seed),
        enrolled=ISSUED,
        revoked=None,
    )


async def fill(
    database: Database,
    summit: SummitId = SUMMIT,
    sides: tuple[str, ...] = SIDES,
    formats: tuple[str, ...] = tuple(Format),
) -> dict[str, Actor]:
    """Publish a summit with a member of every role; return them as `arven.chair`."""
    raw = descriptor_bytes(summit, sides, tuple(str(sort) for sort in formats))
    members = members_of(summit, sides)
    async with database.writing() as tx:
        await identities.keep_summit(tx, read_descriptor(raw), raw, {side: bytes(64) for side in sides})
        for one in members:
            await identities.keep_member(tx, one)
        tx.record(summit, Filled(), by=None)
    actors: dict[str, Actor] = {}
    for one in members:
        actors.setdefault(f"{one.party}.{one.role.value}", actor_of(one))
    return actors


def actor_of(seated: Member) -> Actor:
    """Return a member with an open session."""
    return Actor(
        member=seated.id,
        summit=seated.summit,
        party=seated.party,
        name=seated.name,
        role=seated.role,
        chair=seated.chair,
        languages=seated.languages,
        identity=seated.identity,
    )


def device_of(actor: Actor) -> Ed25519PrivateKey:
    """Return the private key of somebody's device, as `member` made it."""
    for number in (1, 2):
        made = member(actor.summit, actor.party, actor.role, number)
        if made.id == actor.member:
            return Ed25519PrivateKey.from_private_bytes(fingerprint(made.name.encode()))
    raise LookupError(actor.name)


async def revoke(database: Database, actor: Actor) -> None:
    """Take back an accreditation, and tell it; nothing happens if it was taken back before."""
    async with database.writing() as tx:
        held = await identities.member(tx.connection, actor.summit, actor.member)
        if held is not None and held.revoked is None:
            await identities.keep_revocation(tx, actor.summit, (held.party, held.serial), (b"revocation", bytes(64)))
            tx.record(actor.summit, Filled(), by=None)
            await views.announce_members(tx, held, "member_revoked")


def giving_orders(actor: Actor) -> Actor:
    """Return the actor as one who gives orders too."""
    return replace(actor, chair=True)


async def a_meeting(
    database: Database,
    actor: Actor,
    chance: Chance,
    sort: Format = Format.RESTRICTED,
    follows: MeetingId | None = None,
) -> MeetingId:
    """Call a meeting with two items on its agenda."""
    items = [Planned(None, "The border region", 20), Planned(None, "Trade", 30)]
    scheduled = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
    wanted = meetings.Call("First sitting", sort, Mode.SIMULTANEOUS, scheduled, follows, items)
    return await meetings.call(database, actor, wanted, chance)


async def ordered(
    database: Database, actor: Actor, meeting: MeetingId, move: Move, argument: str | None = None
) -> meetings.Moved:
    """Order a move of the meeting as it stands, as somebody who sees it does."""
    async with database.reading() as connection:
        seen = await store.meeting(connection, meeting)
    stands = (Phase.ARRIVAL, Format.RESTRICTED) if seen is None else (seen.phase, seen.format)
    return await meetings.move(database, actor, meeting, Order(move, argument, *stands))
