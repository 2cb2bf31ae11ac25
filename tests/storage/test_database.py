"""The database's own troubles become ours: nothing of it ends the server."""

import asyncio
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import create_async_engine

from tests.fakes.clock import FakeClock
from visavis.audit.store import AuditLedger
from visavis.events.outbox import NumberedOutbox
from visavis.kernel.errors import Code, OutageError
from visavis.storage.database import Database

pytestmark = pytest.mark.anyio


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
