"""A change, its audit entry and its events become true together, or not at all.

The transaction knows neither the audit log nor the outbox: it is given a `Ledger` and an `Outbox` that write
into the same database connection just before the commit.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import Executable
from sqlalchemy.ext.asyncio import AsyncConnection

from visavis.kernel.ids import MeetingId, MemberId, Party, SummitId


class UnrecordedChangeError(RuntimeError):
    """A bug: something was written and nothing recorded. The change is rolled back."""


class Recordable(Protocol):
    """What can go into the audit log: a frozen fact with an action name."""

    @property
    def action(self) -> str:
        """The name from the closed list of recorded actions."""
        ...

    def body(self) -> Mapping[str, Any]:
        """What is recorded, as JSON values."""
        ...


@dataclass(frozen=True, slots=True)
class Entry:
    """One recorded action, not yet sealed."""

    summit: SummitId
    actor: MemberId | None
    action: str
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Told:
    """One event for one party of a meeting, not yet numbered. `body` holds slices of the snapshot."""

    summit: SummitId
    meeting: MeetingId
    party: Party
    kind: str
    body: Mapping[str, Any]


class Ledger(Protocol):
    """Seals entries into the audit log, inside the transaction."""

    async def append(self, connection: AsyncConnection, entries: Sequence[Entry], now: datetime) -> None:
        """Append `entries` in order."""
        ...


class Outbox(Protocol):
    """Numbers events and keeps them for whoever resumes, inside the transaction."""

    async def append(self, connection: AsyncConnection, events: Sequence[Told], now: datetime) -> int:
        """Append `events` in order; return the last number."""
        ...


class Transaction:
    """Reads and writes of one change. Made by `Database.writing`, ended by it."""

    def __init__(self, connection: AsyncConnection, now: datetime) -> None:
        self.connection = connection
        self.now = now
        """The instant of the whole change: everything in it happened then."""
        self.entries: list[Entry] = []
        self.events: list[Told] = []
        self._wrote = False

    async def write(self, statement: Executable) -> int:
        """Run a statement that changes rows; return how many. Needs a `record` before the end."""
        self._wrote = True
        result = await self.connection.execute(statement)
        return result.rowcount

    async def note(self, statement: Executable) -> int:
        """Run a statement on rows that are no part of the record (challenges, sessions); needs no `record`."""
        result = await self.connection.execute(statement)
        return result.rowcount

    def record(self, summit: SummitId, action: Recordable, *, by: MemberId | None) -> None:
        """Put an action into the summit's audit log. `by` is None for what the server itself did."""
        self.entries.append(Entry(summit, by, action.action, action.body()))

    def tell(self, event: Told) -> None:
        """Put an event into the outbox; it goes out after the commit."""
        self.events.append(event)

    def check_recorded(self) -> None:
        """Refuse a change that recorded nothing.

        Raises:
            UnrecordedChangeError: if rows were written and no action was recorded.
        """
        if self._wrote and not self.entries:
            msg = "a change without an audit entry"
            raise UnrecordedChangeError(msg)
