"""What every test may ask for: time, chance, and a fresh database of either kind."""

import importlib.util
import pkgutil
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import sqlalchemy

import visavis
from tests import postgresql
from tests.fakes.chance import FakeChance
from tests.fakes.clock import FakeClock
from visavis.audit.store import AuditLedger
from visavis.events.outbox import NumberedOutbox
from visavis.storage.database import Database, open_engine
from visavis.storage.schema import metadata

KINDS = ("sqlite", "postgresql")


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
    _make_tables(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgresql_template(cluster: postgresql.Cluster) -> str:
    """Make a PostgreSQL database with all tables, to be copied; return its name."""
    _make_tables(cluster.create("visavis_template").replace("postgresql:", "postgresql+psycopg:", 1))
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


@pytest.fixture
async def database(database_url: str, clock: FakeClock) -> AsyncIterator[Database]:
    """Yield a fresh database with all tables, on the fake clock; each test runs on SQLite and on PostgreSQL."""
    database = Database(open_engine(database_url), clock=clock, ledger=AuditLedger(), outbox=NumberedOutbox())
    yield database
    await database.close()


def _make_tables(url: str) -> None:
    for module in pkgutil.iter_modules(visavis.__path__, "visavis."):
        if module.ispkg:
            for part in ("store", "outbox"):
                if importlib.util.find_spec(f"{module.name}.{part}"):
                    importlib.import_module(f"{module.name}.{part}")
    engine = sqlalchemy.create_engine(url)
    metadata.create_all(engine)
    engine.dispose()
