"""The tables of what is arranged and proposed, and the only queries on them. What is said is kept as it was signed."""

from datetime import datetime

from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, String, Table, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from visavis.identity.statements import parse
from visavis.interpretation.model import ArrangementConsent, ProposedArrangement, SignedArrangement
from visavis.interpretation.statements import ArrangementForm
from visavis.kernel.canonical import b64u
from visavis.kernel.clock import read, written
from visavis.kernel.errors import Code
from visavis.kernel.ids import JOINT, MeetingId, MemberId, Party
from visavis.storage.schema import metadata
from visavis.storage.transaction import Transaction

arrangements = Table(
    "arrangements",
    metadata,
    Column("meeting", String(36), ForeignKey("meetings.id"), primary_key=True),
    Column("party", String(40), primary_key=True),
    Column("statement", LargeBinary, nullable=False),
)

signatures = Table(
    "arrangement_signatures",
    metadata,
    Column("meeting", String(36), ForeignKey("meetings.id"), primary_key=True),
    Column("digest", String(43), primary_key=True),
    Column("party", String(40), primary_key=True),
    Column("place", Integer, nullable=False),
    Column("by", String(36), nullable=False),
    Column("signature", LargeBinary, nullable=False),
)

proposals = Table(
    "proposed_arrangements",
    metadata,
    Column("meeting", String(36), ForeignKey("meetings.id"), primary_key=True),
    Column("statement", LargeBinary, nullable=False),
    Column("since", String(24), nullable=False),
)


async def standing_in(connection: AsyncConnection, of: MeetingId) -> tuple[SignedArrangement, ...]:
    """Return what stands: the arrangement of all delegations, and each one's own, where there are any."""
    query = select(arrangements.c.statement).where(arrangements.c.meeting == of).order_by(arrangements.c.party)
    kept = (await connection.execute(query)).scalars().all()
    return tuple([await _signed(connection, of, statement) for statement in kept])


async def save_standing(tx: Transaction, of: MeetingId, kept: SignedArrangement) -> None:
    """Keep an arrangement in the place of that before."""
    party = kept.arrangement.party or JOINT
    place = (arrangements.c.meeting == of, arrangements.c.party == party)
    before = (await tx.connection.execute(select(arrangements.c.statement).where(*place))).scalar()
    if before is not None:
        await _forget(tx, of, await _signed(tx.connection, of, before))
    await tx.write(delete(arrangements).where(*place))
    await tx.write(insert(arrangements).values(meeting=of, party=party, statement=kept.statement))
    await _remember(tx, of, kept)


async def proposed_in(connection: AsyncConnection, of: MeetingId) -> ProposedArrangement | None:
    """Return the arrangement that waits for delegations."""
    row = (await connection.execute(select(proposals).where(proposals.c.meeting == of))).first()
    return None if row is None else ProposedArrangement(await _signed(connection, of, row.statement), read(row.since))


async def proposed_until(connection: AsyncConnection, instant: datetime) -> list[MeetingId]:
    """Return the meetings in which an arrangement waits that was proposed at `instant` or before."""
    query = select(proposals.c.meeting).where(proposals.c.since <= written(instant))
    return [MeetingId(row.meeting) for row in await connection.execute(query)]


async def save_proposed(tx: Transaction, of: MeetingId, kept: ProposedArrangement | None) -> None:
    """Keep this proposal and no other; None: none."""
    before = await proposed_in(tx.connection, of)
    if before is not None:
        await _forget(tx, of, before.signed)
    await tx.write(delete(proposals).where(proposals.c.meeting == of))
    if kept is None:
        return
    await tx.write(insert(proposals).values(meeting=of, statement=kept.signed.statement, since=written(kept.since)))
    await _remember(tx, of, kept.signed)


async def _signed(connection: AsyncConnection, of: MeetingId, statement: bytes) -> SignedArrangement:
    unsigned = SignedArrangement(parse(ArrangementForm, statement, Code.INTERNAL).arrangement, statement, ())
    place = (signatures.c.meeting == of, signatures.c.digest == b64u(unsigned.digest))
    rows = await connection.execute(select(signatures).where(*place).order_by(signatures.c.place))
    consents = tuple(ArrangementConsent(Party(row.party), MemberId(row.by), row.signature) for row in rows)
    return SignedArrangement(unsigned.arrangement, statement, consents)


async def _remember(tx: Transaction, of: MeetingId, kept: SignedArrangement) -> None:
    for place, one in enumerate(kept.consents):
        said = {"party": one.party, "place": place, "by": one.by, "signature": one.signature}
        await tx.write(insert(signatures).values(meeting=of, digest=b64u(kept.digest), **said))


async def _forget(tx: Transaction, of: MeetingId, kept: SignedArrangement) -> None:
    await tx.write(delete(signatures).where(signatures.c.meeting == of, signatures.c.digest == b64u(kept.digest)))
