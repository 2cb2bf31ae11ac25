"""The audit log's table: append and read, nothing else."""

import json
from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Integer, LargeBinary, String, Table, Text, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from visavis.audit.chain import GENESIS, Sealed, seal
from visavis.kernel.canonical import canonical, parsed
from visavis.kernel.clock import written
from visavis.kernel.ids import SummitId
from visavis.storage.schema import metadata
from visavis.storage.transaction import Entry

audit_entries = Table(
    "audit_entries",
    metadata,
    Column("summit", String(36), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", String(24), nullable=False),
    Column("actor", String(36)),
    Column("action", String(40), nullable=False),
    Column("body", Text, nullable=False),
    Column("seal", LargeBinary(32), nullable=False),
)


class AuditLedger:
    """Seals entries into the log, inside the transaction that did what they say."""

    async def append(self, connection: AsyncConnection, entries: Sequence[Entry], now: datetime) -> None:
        """Append `entries` in order, each sealed on the one before it in its summit."""
        for entry in entries:
            number, previous = await _head(connection, entry.summit)
            spoken: dict[str, Any] = {
                "summit": entry.summit,
                "number": number + 1,
                "at": written(now),
                "actor": entry.actor,
                "action": entry.action,
                "body": dict(entry.body),
            }
            kept = {**spoken, "body": canonical(spoken["body"]).decode(), "seal": seal(previous, spoken)}
            await connection.execute(insert(audit_entries).values(**kept))


async def _head(connection: AsyncConnection, summit: SummitId) -> tuple[int, bytes]:
    table = audit_entries.c
    query = select(table.number, table.seal).where(table.summit == summit).order_by(table.number.desc()).limit(1)
    row = (await connection.execute(query)).first()
    return (row.number, row.seal) if row else (0, GENESIS)


async def read(connection: AsyncConnection, summit: SummitId) -> AsyncIterator[Sealed]:
    """Yield a summit's entries in the order of their numbers."""
    query = select(audit_entries).where(audit_entries.c.summit == summit).order_by(audit_entries.c.number)
    for row in await connection.execute(query):
        yield Sealed(row.summit, row.number, row.at, row.actor, row.action, json.loads(row.body), row.seal)


async def summits(connection: AsyncConnection) -> list[SummitId]:
    """Return the summits that have a log."""
    query = select(audit_entries.c.summit).distinct().order_by(audit_entries.c.summit)
    return [SummitId(summit) for summit in (await connection.execute(query)).scalars()]


async def suspects(connection: AsyncConnection, summit: SummitId) -> AsyncIterator[Sealed | int]:
    """Yield a summit's entries as `read` does, and the bare number of an entry whose body is not as it was written."""
    query = select(audit_entries).where(audit_entries.c.summit == summit).order_by(audit_entries.c.number)
    for row in await connection.execute(query):
        try:
            body = parsed(row.body.encode())
        except ValueError:
            yield row.number
        else:
            yield Sealed(row.summit, row.number, row.at, row.actor, row.action, body, row.seal)
