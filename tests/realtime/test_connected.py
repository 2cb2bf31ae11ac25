"""Who has a live feed, at whichever of the servers that share a database, over real sockets."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.fakes.clock import FakeClock
from tests.live.until import PATIENCE_SECONDS
from tests.realtime.conftest import Scene
from tests.realtime.serving import Client, built, serving, visiting
from visavis.events.catalogue import Kind
from visavis.events.shapes import EVENTS
from visavis.kernel.ids import MeetingId, MemberId

pytestmark = pytest.mark.anyio


@pytest.fixture
async def ports(scene: Scene, database_url: str, tmp_path: Path, clock: FakeClock) -> AsyncIterator[tuple[int, int]]:
    """Serve the scene's database by two servers; yield their ports."""
    assert scene.meeting
    async with (
        serving(built(database_url, tmp_path / "first", clock)) as first,
        serving(built(database_url, tmp_path / "second", clock)) as second,
    ):
        yield first, second


async def told(client: Client, *there: MemberId, clock: FakeClock | None = None) -> None:
    """Wait until a client is told that these are connected and nobody else; with a clock, while time passes."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            if clock is not None:
                clock.advance(seconds=1)
            with suppress(TimeoutError):
                async with asyncio.timeout(0.2 if clock else None):
                    event = (await client.hear_any())["event"]
                    EVENTS[event["kind"]].model_validate(event)
                    if event["kind"] == Kind.CONNECTIONS_CHANGED and event["connected"] == sorted(there):
                        return


async def test_who_comes_to_one_server_is_seen_at_the_other_and_so_is_who_goes(
    scene: Scene, ports: tuple[int, int], clock: FakeClock
) -> None:
    """Not who comes to a meeting that is not, and not by the press."""
    first, second = ports
    maren, reporter, officer = (one.member.id for one in (scene.maren, scene.reporter, scene.officer))
    async with (
        visiting(second, scene.meeting, await scene.officer.sign_in(scene.database)) as watching,
        visiting(second, scene.meeting, await scene.reporter.sign_in(scene.database)) as press,
    ):
        assert (await press.hear_any())["snapshot"]["connected"] == []
        assert "snapshot" in await watching.hear_any()
        await told(watching, officer, reporter)
        session = await scene.maren.sign_in(scene.database)
        async with visiting(first, MeetingId("00000000-0000-4000-8000-000000000000"), session) as lost:
            assert "problem" in await lost.hear_any()
        async with visiting(first, scene.meeting, session) as client:
            assert "snapshot" in await client.hear_any()
            await told(watching, officer, reporter, maren)
        await told(watching, officer, reporter, clock=clock)
        await scene.summit.revoke(scene.database, scene.maren.member, _nobody)
        async with visiting(first, scene.meeting, session) as client:
            assert "problem" in await client.hear_any()


async def _nobody(*_: object) -> None:
    """Tell nobody."""
