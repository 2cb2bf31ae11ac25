"""Numbered events, kept for whoever resumes. Numbers grow by one, in the order of the commits."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Integer, String, Table, Text, delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from visavis.kernel.clock import written
from visavis.kernel.ids import MeetingId, Party
from visavis.storage.schema import metadata
from visavis.storage.transaction import Told, Transaction

outbox_events = Table(
    "outbox_events",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", String(24), nullable=False, index=True),
    Column("summit", String(36), nullable=False),
    Column("meeting", String(36), nullable=False, index=True),
    Column("party", String(40), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("body", Text, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Numbered:
    """An event as it goes out to one party of a meeting."""

    number: int
    at: str
    summit: str
    meeting: str
    party: str
    kind: str
    body: dict[str, Any]

    def sent(self) -> dict[str, Any]:
        """Return the event as a client reads it."""
        return {"number": self.number, "kind": self.kind, "at": self.at, **self.body}


class NumberedOutbox:
    """Numbers events inside the transaction that makes them true."""

    async def append(self, connection: AsyncConnection, events: Sequence[Told], now: datetime) -> int:
        """Append `events` in order; return the last number."""
        number = await last_number(connection)
        for event in events:
            number += 1
            row = {"summit": event.summit, "meeting": event.meeting, "party": event.party, "kind": event.kind}
            body = json.dumps(event.body, separators=(",", ":"), ensure_ascii=False)
            await connection.execute(insert(outbox_events).values(number=number, at=written(now), body=body, **row))
        return number


async def last_number(connection: AsyncConnection) -> int:
    """Return the newest event's number, 0 when there is none."""
    number: int = (await connection.execute(select(func.coalesce(func.max(outbox_events.c.number), 0)))).scalar_one()
    return number


async def first_number(connection: AsyncConnection) -> int:
    """Return the oldest kept event's number, 0 when there is none."""
    number: int = (await connection.execute(select(func.coalesce(func.min(outbox_events.c.number), 0)))).scalar_one()
    return number


async def after(connection: AsyncConnection, number: int, limit: int) -> list[Numbered]:
    """Return at most `limit` events after `number`, in order."""
    table = outbox_events
    query = select(table).where(table.c.number > number).order_by(table.c.number).limit(limit)
    return [_numbered(row) for row in await connection.execute(query)]


async def after_for(connection: AsyncConnection, number: int, meeting: MeetingId, party: Party) -> list[Numbered]:
    """Return the events after `number` that a party of a meeting is told, in order."""
    table = outbox_events.c
    query = (
        select(outbox_events)
        .where(table.number > number, table.meeting == meeting, table.party == party)
        .order_by(table.number)
    )
    return [_numbered(row) for row in await connection.execute(query)]


async def prune(transaction: Transaction, before: str) -> int:
    """Drop events older than `before` (RFC 3339), but never the newest: its number must not be given twice."""
    newest = await last_number(transaction.connection)
    stale = outbox_events.c.at < before, outbox_events.c.number < newest
    return await transaction.note(delete(outbox_events).where(*stale))


def _numbered(row: Any) -> Numbered:  # noqa: ANN401 - a row of the table above
    return Numbered(row.number, row.at, row.summit, row.meeting, row.party, row.kind, json.loads(row.body))
