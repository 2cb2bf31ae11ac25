"""A summit with a meeting, and a real server in front of it."""

from collections.abc import AsyncIterator, Iterator, MutableMapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from structlog.testing import capture_logs

from tests.builders import Enrolled, Summit, a_summit
from tests.fakes.chance import FakeChance
from tests.fakes.clock import FakeClock
from tests.realtime.serving import built, serving
from tests.summits.scene import ordered
from visavis.identity.model import Role
from visavis.kernel.ids import MeetingId
from visavis.storage.database import Database
from visavis.summits import meetings
from visavis.summits.agenda import Planned
from visavis.summits.model import Format, Mode, Move
from visavis.summits.views import announce_members


@dataclass(frozen=True, slots=True)
class Scene:
    """A closed meeting and some of its people."""

    database: Database
    summit: Summit
    meeting: MeetingId
    maren: Enrolled
    reporter: Enrolled
    officer: Enrolled


@pytest.fixture
async def scene(database: Database, clock: FakeClock) -> Scene:
    """Publish a summit, enrol people, call a meeting and close its doors."""
    summit = a_summit(now=clock.now())
    await summit.publish(database)
    maren = await summit.enrol(database, "arven", Role.PRINCIPAL, announce_members, chair=True)
    reporter = await summit.enrol(database, "press", Role.PRESS, announce_members)
    officer = await summit.enrol(database, "host", Role.PROTOCOL_OFFICER, announce_members)
    wanted = meetings.Call(
        "First", Format.ONE_ON_ONE, Mode.SIMULTANEOUS, clock.now(), None, [Planned(None, "Border", 20)]
    )
    meeting = await meetings.call(database, maren.actor, wanted, FakeChance("meeting"))
    await ordered(database, maren.actor, meeting, Move.CLOSE_DOORS)
    return Scene(database, summit, meeting, maren, reporter, officer)


@pytest.fixture
async def port(scene: Scene, database_url: str, tmp_path: Path, clock: FakeClock) -> AsyncIterator[int]:
    """Serve the scene's database; yield the port."""
    assert scene.meeting
    async with serving(built(database_url, tmp_path, clock)) as port:
        yield port


@pytest.fixture
def log_lines() -> Iterator[list[MutableMapping[str, Any]]]:
    """Every line that is logged during the test."""
    with capture_logs() as lines:
        yield lines
