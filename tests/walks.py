"""Random walks through what members do: each on a database of its own, whose audit log is whole in the end."""

import asyncio
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, run_state_machine_as_test
from sqlalchemy import create_engine
from sqlalchemy.event import listen
from sqlalchemy.ext.asyncio import AsyncEngine
from typing_extensions import override

from tests.fakes.clock import FakeClock
from tests.postgresql import Cluster
from tests.summits import scene
from visavis.audit import chain
from visavis.audit import store as audits
from visavis.audit.store import AuditLedger
from visavis.events import outbox
from visavis.events.outbox import NumberedOutbox
from visavis.storage.database import Database, open_engine
from visavis.storage.schema import metadata


@contextmanager
def on_sqlite() -> Iterator[AsyncEngine]:
    """Yield a fresh SQLite file."""
    with tempfile.TemporaryDirectory(prefix="visavis-walk-") as folder:
        url = f"sqlite:///{folder}/visavis.sqlite3"
        engine = create_engine(url)
        metadata.create_all(engine)
        engine.dispose()
        kept = open_engine(url)
        listen(kept.sync_engine, "connect", careless)
        yield kept


@contextmanager
def on_postgresql(cluster: Cluster, template: str) -> Iterator[AsyncEngine]:
    """Yield a fresh PostgreSQL database."""
    cluster.drop("visavis_walk")  # an example that failed has left it
    yield open_engine(cluster.create("visavis_walk", template))
    cluster.drop("visavis_walk")


def careless(connection: Any, _record: object) -> None:  # noqa: ANN401 - the driver's own untyped connection
    """Let SQLite not wait for the disk: nobody pulls the plug here."""
    connection.execute("PRAGMA synchronous=OFF").close()


class Walk(RuleBasedStateMachine):
    """A database of its own, and what clients of every party have seen of it up to an event."""

    def __init__(self) -> None:
        super().__init__()
        self.shelf = ExitStack()
        self.runner = asyncio.Runner()
        self.clock = FakeClock()
        kept = self.shelf.enter_context(self.fresh())
        self.database = Database(kept, clock=self.clock, ledger=AuditLedger(), outbox=NumberedOutbox())
        self.seen: dict[str, dict[str, Any]] = {}
        self.number = 0

    def fresh(self) -> AbstractContextManager[AsyncEngine]:
        """Return a new database, here on SQLite."""
        return on_sqlite()

    @override
    def teardown(self) -> None:
        """Check the audit log, close."""
        assert self.runner.run(self.faults()) == []
        self.runner.run(self.database.close())
        self.runner.close()
        self.shelf.close()

    async def last(self) -> int:
        """Return the last event's number."""
        async with self.database.reading() as connection:
            return await outbox.last_number(connection)

    async def faults(self) -> list[chain.Finding]:
        """Return what is wrong with the audit log."""
        async with self.database.reading() as connection:
            entries = [entry async for entry in audits.read(connection, scene.SUMMIT)]
        return list(chain.check(entries))


def walk(kind: type[Walk], times: int, steps: int) -> None:
    """Walk at random, each time on a fresh database."""
    bounds = settings(max_examples=times, stateful_step_count=steps, suppress_health_check=[HealthCheck.too_slow])
    run_state_machine_as_test(kind, settings=bounds)
