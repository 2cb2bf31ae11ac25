"""What every test may ask for: time, chance, and a fresh database of either kind."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests import postgresql
from tests.fakes.chance import FakeChance
from tests.fakes.clock import FakeClock
from tests.real_parts import pytest_collection_modifyitems
from visavis.audit.store import AuditLedger
from visavis.events.outbox import NumberedOutbox
from visavis.storage.database import Database, open_engine
from visavis.storage.migrate import migrate

# How long an example takes says nothing on a busy machine: a deadline would fail what is right.
settings.register_profile("visavis", deadline=None)
settings.load_profile("visavis")

__all__ = ["pytest_collection_modifyitems"]

KINDS = ("sqlite", pytest.param("postgresql", marks=pytest.mark.real))


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    """Asynchronous tests run on asyncio."""
    return "asyncio"


@pytest.fixture
def clock() -> FakeClock:
    """Return a clock that stands still until the test moves it."""
    return FakeClock()


@pytest.fixture
def chance() -> FakeChance:
    """Chance that repeats itself in every run."""
    return FakeChance()


@pytest.fixture(scope="session")
def cluster() -> Iterator[postgresql.Cluster]:
    """One throwaway PostgreSQL for the whole run."""
    with postgresql.running() as cluster:
        yield cluster


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make an empty SQLite file with all tables, to be copied."""
    path = tmp_path_factory.mktemp("template") / "template.sqlite3"
    asyncio.run(_migrate(f"sqlite:///{path}"))
    return path


@pytest.fixture(scope="session")
def postgresql_template(cluster: postgresql.Cluster) -> str:
    """Make a PostgreSQL database with all tables, to be copied; return its name."""
    asyncio.run(_migrate(cluster.create("visavis_template")))
    return "visavis_template"


@pytest.fixture(params=KINDS)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Yield the address of a fresh database with all tables; each test runs on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        path = tmp_path / "visavis.sqlite3"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
    else:
        cluster: postgresql.Cluster = request.getfixturevalue("cluster")
        name = f"visavis_{abs(hash(tmp_path))}"
        yield cluster.create(name, request.getfixturevalue("postgresql_template"))
        cluster.drop(name)


@pytest.fixture(params=KINDS)
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Yield the address of a database without any table; each test runs on SQLite and on PostgreSQL."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.sqlite3'}"
    else:
        cluster: postgresql.Cluster = request.getfixturevalue("cluster")
        name = f"visavis_empty_{abs(hash(tmp_path))}"
        yield cluster.create(name)
        cluster.drop(name)


@pytest.fixture
async def database(database_url: str, clock: FakeClock) -> AsyncIterator[Database]:
    """Yield a fresh database with all tables, on the fake clock; each test runs on SQLite and on PostgreSQL."""
    database = Database(open_engine(database_url), clock=clock, ledger=AuditLedger(), outbox=NumberedOutbox())
    yield database
    await database.close()


async def _migrate(url: str) -> None:
    engine = open_engine(url)
    await migrate(engine)
    await engine.dispose()
