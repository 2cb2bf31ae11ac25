"""Thirty members join at once; one is put out, one crashes and comes back. All by the client's own code, without pages."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

import pytest

from tests.fakes.chance import FakeChance
from tests.live.crowd import Crowd
from tests.live.desks import Desks
from tests.live.hall import Hall
from tests.live.operated import operated
from tests.live.storm import Throng

pytestmark = pytest.mark.anyio

CROWD: Final = 30
STORM_SECONDS: Final = 60.0
"""Far more than it takes: how long is the benchmark's to say."""
BACK_SECONDS: Final = 3.0


@pytest.fixture
async def hall(tmp_path: Path) -> AsyncIterator[Hall]:
    """Yield a hall whose delegations' keys a test can draw again."""
    async with operated(tmp_path, FakeChance()) as (_, opened):
        yield opened


async def test_thirty_join_at_once_and_one_put_out_and_one_who_crashes_disturb_nobody(hall: Hall) -> None:
    """All end in one epoch with one code, by one commit each; whoever was revoked is out; whoever crashed is back in seconds."""
    async with Crowd.open() as crowd:
        throng = await Throng.gather(crowd, hall, CROWD)
        assert await throng.storm() < STORM_SECONDS
        await compared(throng, tuple(throng.attendees))
        # The founder, and a commit for each of the others: nobody came twice.
        assert {epoch for kind in ("chamber", "floor") for epoch, _ in throng.seen(kind)} == {CROWD - 1}
        rosters = await asyncio.gather(*(one.roster() for one in throng.attendees.values()))
        assert all(roster == {one.identity for one in throng.attendees.values()} for roster in rosters)

        *rest, gone = throng.attendees
        await (await Desks.of(hall)).revoke(throng.links[gone])
        await throng.together(rest)
        await crowd.until(lambda stands: stands["under"] is None, gone)
        await compared(throng, rest)

        crashed = rest[-1]
        await throng.attendees[crashed].leave()
        again = await crowd.arrive(crashed, throng.links[crashed])
        began = await again.enter(hall.meeting)
        assert await throng.together(rest, began) < BACK_SECONDS
        await compared(throng, rest)


async def compared(throng: Throng, names: list[str] | tuple[str, ...]) -> None:
    """See that all of these read the same code in the same epoch."""
    await throng.crowd.until(lambda stands: stands["groups"][0]["code"] is not None, *names)
    assert len({(group["epoch"], group["code"]) for group in (throng.attendees[name].group() for name in names)}) == 1
