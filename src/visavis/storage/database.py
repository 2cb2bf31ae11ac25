"""Opens SQLite or PostgreSQL; one writer at a time on both; refuses a schema it does not know.

One writer at a time keeps the audit chain and the event numbers in one order without retries: on SQLite by
`BEGIN IMMEDIATE`, on PostgreSQL by a transaction-level advisory lock (docs/decisions).
"""

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any, Final
from weakref import WeakSet

import aiosqlite
import sqlalchemy
from sqlalchemy import Engine, text
from sqlalchemy.event import listen
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFreeError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.util import await_only

from visavis.kernel.clock import Clock
from visavis.kernel.errors import Code, OutageError
from visavis.storage.transaction import Ledger, Outbox, Transaction

WRITER_LOCK: Final = 0x76697361  # "visa": one writer on PostgreSQL
NOTIFY_CHANNEL: Final = "visavis"
BUSY_MILLISECONDS: Final = 10_000
PRAGMAS: Final = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={BUSY_MILLISECONDS}")
# A frozen server must not hold the others up for ever: who waits for its lock gives up, who idles in one is thrown out.
PATIENCE: Final = f"-c lock_timeout={BUSY_MILLISECONDS} -c idle_in_transaction_session_timeout={2 * BUSY_MILLISECONDS}"
QUIET: Final[dict[str, Any]] = {"hide_parameters": True}  # a traceback must not print names and titles


class Database:
    """The one way to read and write. Built by `app.py`, closed by it."""

    def __init__(self, engine: AsyncEngine, *, clock: Clock, ledger: Ledger, outbox: Outbox) -> None:
        self.engine = engine
        self._clock = clock
        self._ledger = ledger
        self._outbox = outbox
        self._listeners: list[Callable[[], None]] = []
        self._turn = asyncio.Lock()

    def call_after_events(self, listener: Callable[[], None]) -> None:
        """Call `listener` after each commit of this process that brought new events."""
        self._listeners.append(listener)

    @property
    def is_postgresql(self) -> bool:
        """Whether several servers may share this database."""
        return self.engine.dialect.name == "postgresql"

    def now(self) -> datetime:
        """Return the present instant, by the clock that dates every change."""
        return self._clock.now()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """Yield a connection whose reads all see one state."""
        with translated():
            async with self.engine.connect() as connection:
                if self.is_postgresql:
                    await connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"))
                else:
                    await connection.exec_driver_sql("BEGIN")
                yield connection

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Transaction]:
        """Yield a transaction; commit it with its audit entries and events, or nothing of it.

        Raises:
            UnrecordedChangeError: if rows changed and nothing was recorded.
            OutageError: if the database did not answer or its disk is full.
        """
        with translated():
            async with self._next(), self.engine.connect() as connection:
                await self._begin(connection)
                transaction = Transaction(connection, self._clock.now())
                try:
                    yield transaction
                    transaction.check_recorded()
                    await self._seal(transaction)
                    await connection.commit()
                except BaseException:
                    await connection.rollback()
                    raise
        if transaction.events:
            for listener in self._listeners:
                listener()

    @asynccontextmanager
    async def _next(self) -> AsyncIterator[None]:
        """Wait for those of this process who came before.

        In the database each would hold a connection meanwhile, and on SQLite look again and again, in no order.
        """
        try:
            async with asyncio.timeout(BUSY_MILLISECONDS / 1000):
                await self._turn.acquire()
        except TimeoutError as error:
            raise OutageError(Code.STORAGE_UNAVAILABLE) from error
        try:
            yield
        finally:
            self._turn.release()

    async def _begin(self, connection: AsyncConnection) -> None:
        if self.is_postgresql:
            await connection.execute(text(f"SELECT pg_advisory_xact_lock({WRITER_LOCK})"))
        else:
            await connection.exec_driver_sql("BEGIN IMMEDIATE")

    async def _seal(self, transaction: Transaction) -> None:
        if transaction.entries:
            await self._ledger.append(transaction.connection, transaction.entries, transaction.now)
        if transaction.events:
            number = await self._outbox.append(transaction.connection, transaction.events, transaction.now)
            if self.is_postgresql:
                await transaction.connection.execute(
                    text("SELECT pg_notify(:channel, :number)"), {"channel": NOTIFY_CHANNEL, "number": str(number)}
                )

    async def close(self) -> None:
        """Close every connection."""
        await self.engine.dispose()


class translated:  # noqa: N801 - reads as a clause: `with translated():`
    """Turns the database's own troubles into ours."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, OperationalError | InterfaceError):
            code = Code.STORAGE_FULL if is_full(error) else Code.STORAGE_UNAVAILABLE
            raise OutageError(code) from error
        if isinstance(error, NoConnectionFreeError):
            raise OutageError(Code.STORAGE_UNAVAILABLE) from error


class _SqliteFile:
    """Connects to one file, and knows the driver's threads: none may answer a loop that is gone."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._threads: WeakSet[threading.Thread] = WeakSet()

    async def connect(self) -> aiosqlite.Connection:
        """Connect, and never half, even when called off meanwhile."""
        opening = asyncio.ensure_future(self._opened())  # noqa: TID251 - awaited here, whatever happens
        try:
            return await asyncio.shield(opening)
        except asyncio.CancelledError:
            await (await opening).close()
            raise

    async def _opened(self) -> aiosqlite.Connection:
        return await aiosqlite.Connection(self._open, iter_chunk_size=64)

    def _open(self) -> sqlite3.Connection:
        self._threads.add(threading.current_thread())
        # The driver must not begin transactions by itself: `writing` and `reading` do, each in its own way.
        connection = sqlite3.connect(self._path, isolation_level=None, check_same_thread=False)
        try:
            for pragma in PRAGMAS:
                connection.execute(f"PRAGMA {pragma}")
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    def disposed(self, _engine: Engine) -> None:
        """Wait for the threads to end: whoever is called off inside a statement leaves it running in one."""
        await_only(asyncio.to_thread(self._end))

    def _end(self) -> None:
        for thread in list(self._threads):
            thread.join(timeout=BUSY_MILLISECONDS / 1000)


def is_full(error: DBAPIError) -> bool:
    """Whether the database says that its disk is full (SQLite: SQLITE_FULL; PostgreSQL: SQLSTATE 53100)."""
    return "disk is full" in str(error.orig) or getattr(error.orig, "sqlstate", None) == "53100"


def open_engine(url: str) -> AsyncEngine:
    """Return an engine for `sqlite:///path` or `postgresql://…`, with the async driver we use.

    Raises:
        ValueError: for any other kind of database.
    """
    parsed = sqlalchemy.make_url(url)
    match parsed.get_backend_name():
        case "sqlite":
            file = _SqliteFile(parsed.database or "")
            engine = create_async_engine(parsed.set(drivername="sqlite+aiosqlite"), async_creator=file.connect, **QUIET)
            listen(engine.sync_engine, "engine_disposed", file.disposed)
            return engine
        case "postgresql":
            return create_async_engine(
                parsed.set(drivername="postgresql+psycopg"),
                pool_pre_ping=True,
                pool_size=10,
                connect_args={"options": PATIENCE},
                **QUIET,
            )
        case other:
            msg = f"no such kind of database: {other}"
            raise ValueError(msg)
