"""The media engines, and a hall in which members sit."""

from collections.abc import AsyncIterator

import pytest

from tests.fakes.clock import FakeClock
from tests.fakes.sfu import FakeSfu
from tests.live.engine import Engine, livekit
from tests.rooms.desk import Desk, fake_desk, livekit_desk
from tests.rooms.hall import Hall, a_hall
from visavis.storage.database import Database

__all__ = ["livekit"]

ENGINES = ("fake", "livekit")


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Engine | None:
    """The real LiveKit, or None for the fake."""
    return None if request.param == "fake" else request.getfixturevalue("livekit")


@pytest.fixture
async def desk(engine: Engine | None, clock: FakeClock) -> AsyncIterator[Desk]:
    """Each test runs on the fake and on the real LiveKit."""
    if engine is None:
        yield fake_desk(FakeSfu(clock))
        return
    async with engine.sfu() as sfu:
        yield livekit_desk(sfu)


@pytest.fixture
async def hall(database: Database, desk: Desk, clock: FakeClock) -> Hall:
    """A restricted meeting in arrival, nobody seated."""
    return await a_hall(database, desk, clock)
