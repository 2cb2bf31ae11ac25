"""The database's own troubles become ours: nothing of it ends the server."""

import asyncio
import threading
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from tests.fakes.clock import FakeClock
from visavis.audit.store import AuditLedger
from visavis.events.outbox import NumberedOutbox
from visavis.kernel.errors import Code, OutageError
from visavis.storage.database import Database, open_engine


@pytest.mark.anyio
async def test_no_free_connection_is_an_outage(tmp_path: Path, clock: FakeClock) -> None:
    """Who waits too long for a connection is told to come again; the pool's own error never gets out."""
    url = f"sqlite+aiosqlite:///{tmp_path / 'none.sqlite3'}"
    engine = create_async_engine(url, pool_size=1, max_overflow=0, pool_timeout=0.05)
    database = Database(engine, clock=clock, ledger=AuditLedger(), outbox=NumberedOutbox())
    async with engine.connect():
        with pytest.raises(OutageError) as outage:
            async with asyncio.timeout(5), database.reading():
                pass
    assert outage.value.code is Code.STORAGE_UNAVAILABLE
    await database.close()


def test_a_reader_called_off_while_connecting_leaves_nothing_behind(tmp_path: Path) -> None:
    """As at the end of a server, at any instant: no thread of the driver complains that its loop is gone."""

    async def called_off(turns: int) -> None:
        engine = open_engine(f"sqlite:///{tmp_path / 'off.sqlite3'}")

        async def look() -> None:
            async with engine.connect():
                await asyncio.Event().wait()

        async with asyncio.TaskGroup() as tasks:
            looking = tasks.create_task(look())
            for _ in range(turns):
                await asyncio.sleep(0)
            looking.cancel()
        await engine.dispose()

    for turns in range(40):
        asyncio.run(called_off(turns))
        assert not drivers()


def test_a_reader_called_off_inside_a_statement_leaves_nothing_behind(tmp_path: Path) -> None:
    """Disposing waits for the statement that nobody awaits any longer."""
    begun, released = threading.Event(), threading.Event()

    def held() -> bool:
        begun.set()
        return released.wait(60)

    async def called_off() -> None:
        engine = open_engine(f"sqlite:///{tmp_path / 'off.sqlite3'}")

        async def ask() -> None:
            async with engine.connect() as connection:
                driver = (await connection.get_raw_connection()).driver_connection
                assert driver is not None
                await driver.create_function("held", 0, held)
                await connection.execute(text("SELECT held()"))

        async with asyncio.TaskGroup() as tasks:
            asking = tasks.create_task(ask())
            await asyncio.to_thread(begun.wait)
            # Called off again and again, as by anyio: the first time the statement is waited for.
            while not asking.done():
                asking.cancel()
                await asyncio.sleep(0)
        assert drivers()
        asyncio.get_running_loop().call_soon(released.set)
        await engine.dispose()
        assert not drivers()

    asyncio.run(called_off())


def drivers() -> list[threading.Thread]:
    """Return the driver's threads that still run."""
    return [one for one in threading.enumerate() if one.name.endswith("(_connection_worker_thread)")]
