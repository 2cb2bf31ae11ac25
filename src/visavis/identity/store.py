"""The tables of who is who. Challenges and sessions are kept as fingerprints: whoever reads them can use neither."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    LargeBinary,
    Row,
    String,
    Table,
    Text,
    UniqueConstraint,
    and_,
    delete,
    insert,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from visavis.identity.accreditation import read_descriptor
from visavis.identity.model import Accreditation, Descriptor, Member, Role
from visavis.kernel.clock import read, written
from visavis.kernel.ids import Identity, MemberId, Party, Serial, SummitId
from visavis.storage.schema import metadata
from visavis.storage.transaction import Transaction

summits = Table(
    "summits",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("dh", LargeBinary(32), nullable=False, unique=True),
    Column("descriptor", LargeBinary, nullable=False),
    Column("signatures", Text, nullable=False),
    Column("published", String(24), nullable=False),
    Column("expires", String(24), nullable=False),
)

members_table = Table(
    "members",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("summit", String(36), ForeignKey("summits.id"), nullable=False),
    Column("party", String(32), nullable=False),
    Column("serial", String(22), nullable=False),
    Column("name", String(200), nullable=False),
    Column("role", String(20), nullable=False),
    Column("chair", Boolean, nullable=False),
    Column("languages", Text, nullable=False),
    Column("identity", String(26), nullable=False, unique=True),
    Column("device_key", LargeBinary(32), nullable=False),
    Column("invitation", LargeBinary, nullable=False),
    Column("invitation_signature", LargeBinary(64), nullable=False),
    Column("device", LargeBinary, nullable=False),
    Column("device_signature", LargeBinary(64), nullable=False),
    Column("enrolled", String(24), nullable=False),
    Column("revoked", String(24)),
    UniqueConstraint("summit", "party", "serial"),
)

revocations = Table(
    "revocations",
    metadata,
    Column("summit", String(36), ForeignKey("summits.id"), primary_key=True),
    Column("party", String(32), primary_key=True),
    Column("serial", String(22), primary_key=True),
    Column("revocation", LargeBinary, nullable=False),
    Column("signature", LargeBinary(64), nullable=False),
    Column("received", String(24), nullable=False),
)

challenges = Table(
    "challenges",
    metadata,
    Column("fingerprint", LargeBinary(32), primary_key=True),
    Column("expires", String(24), nullable=False, index=True),
)

sessions = Table(
    "sessions",
    metadata,
    Column("fingerprint", LargeBinary(32), primary_key=True),
    Column("member", String(36), ForeignKey("members.id"), nullable=False),
    Column("expires", String(24), nullable=False, index=True),
)


@dataclass(frozen=True, slots=True)
class Accredited:
    """A member, revoked or not, and the end of their summit's descriptor."""

    member: Member
    summit_expires: datetime


@dataclass(frozen=True, slots=True)
class Kept:
    """An open or expired session, its member, and the end of their summit's descriptor."""

    member: Member
    expires: datetime
    summit_expires: datetime


async def published(connection: AsyncConnection, summit: SummitId) -> tuple[bytes, dict[Party, bytes]] | None:
    """Return a summit's descriptor as it was signed, and the signatures by delegation."""
    query = select(summits.c.descriptor, summits.c.signatures).where(summits.c.id == summit)
    row = (await connection.execute(query)).first()
    if row is None:
        return None
    signatures = json.loads(row.signatures)
    return row.descriptor, {Party(party): bytes.fromhex(signature) for party, signature in signatures.items()}


async def descriptor_of(connection: AsyncConnection, summit: SummitId) -> Descriptor | None:
    """Return what a published summit's descriptor says."""
    query = select(summits.c.descriptor).where(summits.c.id == summit)
    raw = (await connection.execute(query)).scalar_one_or_none()
    return None if raw is None else read_descriptor(raw)


async def descriptor_by_fingerprint(connection: AsyncConnection, dh: bytes) -> Descriptor | None:
    """Return what the published descriptor of this fingerprint says."""
    raw = (await connection.execute(select(summits.c.descriptor).where(summits.c.dh == dh))).scalar_one_or_none()
    return None if raw is None else read_descriptor(raw)


async def member(connection: AsyncConnection, summit: SummitId, member: MemberId) -> Member | None:
    """Return a member of a summit, revoked or not."""
    table = members_table.c
    query = select(members_table).where(table.summit == summit, table.id == member)
    row = (await connection.execute(query)).first()
    return None if row is None else _member(row)


async def members(connection: AsyncConnection, summit: SummitId) -> list[Member]:
    """Return a summit's enrolled members, with those revoked, in the order of enrolment."""
    table = members_table.c
    query = select(members_table).where(table.summit == summit).order_by(table.enrolled, table.id)
    return [_member(row) for row in await connection.execute(query)]


async def member_by_identity(connection: AsyncConnection, identity: Identity) -> Member | None:
    """Return the member whose device has this identity, revoked or not."""
    row = (await connection.execute(select(members_table).where(members_table.c.identity == identity))).first()
    return None if row is None else _member(row)


async def accredited(connection: AsyncConnection, identity: Identity) -> Accredited | None:
    """Return the member whose device has this identity, and until when they are accredited at most."""
    query = (
        select(members_table, summits.c.expires)
        .join(summits, summits.c.id == members_table.c.summit)
        .where(members_table.c.identity == identity)
    )
    row = (await connection.execute(query)).first()
    return None if row is None else Accredited(_member(row), read(row.expires))


async def member_by_serial(
    connection: AsyncConnection, summit: SummitId, party: Party, serial: Serial
) -> Member | None:
    """Return the member who enrolled by an invitation, revoked or not."""
    table = members_table.c
    query = select(members_table).where(table.summit == summit, table.party == party, table.serial == serial)
    row = (await connection.execute(query)).first()
    return None if row is None else _member(row)


async def is_revoked(connection: AsyncConnection, summit: SummitId, party: Party, serial: Serial) -> bool:
    """Whether an invitation was revoked, used or not."""
    table = revocations.c
    query = select(table.serial).where(table.summit == summit, table.party == party, table.serial == serial)
    return (await connection.execute(query)).first() is not None


async def signed_revocations(
    connection: AsyncConnection, summit: SummitId, *, of_members: bool
) -> list[tuple[bytes, bytes]]:
    """Return a summit's revocations as they were signed, each with its signature; `of_members`: of used invitations only."""
    table, enrolled = revocations.c, members_table.c
    query = select(table.revocation, table.signature).where(table.summit == summit)
    if of_members:
        same = enrolled.summit == table.summit, enrolled.party == table.party, enrolled.serial == table.serial
        query = query.join(members_table, and_(*same))
    rows = await connection.execute(query.order_by(table.received, table.party, table.serial))
    return [(row.revocation, row.signature) for row in rows]


async def keep_summit(tx: Transaction, descriptor: Descriptor, raw: bytes, signatures: Mapping[str, bytes]) -> None:
    """Keep a checked descriptor."""
    signed = {party: signature.hex() for party, signature in sorted(signatures.items())}
    row = {
        "id": descriptor.summit,
        "dh": descriptor.dh,
        "descriptor": raw,
        "signatures": json.dumps(signed),
    }
    instants = {"published": written(tx.now), "expires": written(descriptor.expires)}
    await tx.write(insert(summits).values(**row, **instants))


async def keep_member(tx: Transaction, enrolled: Member) -> None:
    """Keep a new member."""
    row = {
        "id": enrolled.id,
        "summit": enrolled.summit,
        "party": enrolled.party,
        "serial": enrolled.serial,
        "name": enrolled.name,
        "role": enrolled.role.value,
        "chair": enrolled.chair,
        "languages": json.dumps(enrolled.languages),
        "identity": enrolled.identity,
        "device_key": enrolled.device_key,
        "enrolled": written(enrolled.enrolled),
        "revoked": None,
    }
    chain = enrolled.accreditation
    signed = {
        "invitation": chain.invitation,
        "invitation_signature": chain.invitation_signature,
    }
    device = {"device": chain.device, "device_signature": chain.device_signature}
    await tx.write(insert(members_table).values(**row, **signed, **device))


async def keep_revocation(
    tx: Transaction,
    summit: SummitId,
    revoked: tuple[Party, Serial],
    signed: tuple[bytes, bytes],
) -> None:
    """Keep a revocation, as signed, and mark whoever enrolled by the invitation."""
    party, serial = revoked
    key = {"summit": summit, "party": party, "serial": serial}
    now = written(tx.now)
    await tx.write(insert(revocations).values(**key, revocation=signed[0], signature=signed[1], received=now))
    table = members_table.c
    whose = table.summit == summit, table.party == party, table.serial == serial
    await tx.write(update(members_table).where(*whose).values(revoked=now))


async def keep_challenge(tx: Transaction, fingerprint: bytes, expires: datetime, stale: datetime) -> None:
    """Keep a challenge's fingerprint until it is used, and drop those that expired before `stale`."""
    await tx.note(delete(challenges).where(challenges.c.expires < written(stale)))
    await tx.note(insert(challenges).values(fingerprint=fingerprint, expires=written(expires)))


async def take_challenge(tx: Transaction, fingerprint: bytes) -> bool:
    """Use a challenge up; False if there is none, or it was used before."""
    return await tx.note(delete(challenges).where(challenges.c.fingerprint == fingerprint)) == 1


async def keep_session(
    tx: Transaction,
    fingerprint: bytes,
    member: MemberId,
    expires: datetime,
    stale: datetime,
) -> None:
    """Keep a session's fingerprint, and drop those that expired before `stale`."""
    await tx.note(delete(sessions).where(sessions.c.expires < written(stale)))
    await tx.note(insert(sessions).values(fingerprint=fingerprint, member=member, expires=written(expires)))


async def drop_session(tx: Transaction, fingerprint: bytes) -> None:
    """Forget a session; nothing happens if there is none."""
    await tx.note(delete(sessions).where(sessions.c.fingerprint == fingerprint))


async def session(connection: AsyncConnection, fingerprint: bytes) -> Kept | None:
    """Return the session of this fingerprint, expired or not."""
    query = (
        select(members_table, sessions.c.expires, summits.c.expires.label("summit_expires"))
        .join(sessions, sessions.c.member == members_table.c.id)
        .join(summits, summits.c.id == members_table.c.summit)
        .where(sessions.c.fingerprint == fingerprint)
    )
    row = (await connection.execute(query)).first()
    return None if row is None else Kept(_member(row), read(row.expires), read(row.summit_expires))


def _member(row: Row[Any]) -> Member:
    return Member(
        id=MemberId(row.id),
        summit=SummitId(row.summit),
        party=Party(row.party),
        serial=Serial(row.serial),
        name=row.name,
        role=Role(row.role),
        chair=row.chair,
        languages=tuple(json.loads(row.languages)),
        identity=Identity(row.identity),
        device_key=row.device_key,
        accreditation=Accreditation(row.invitation, row.invitation_signature, row.device, row.device_signature),
        enrolled=read(row.enrolled),
        revoked=None if row.revoked is None else read(row.revoked),
    )
