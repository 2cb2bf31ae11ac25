"""Two servers on one PostgreSQL and one SFU are one place: whoever orders at one is obeyed at the other."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

import pytest
from playwright.async_api import Browser, expect

from tests.live.cast import TONES, Chairs, heard_by_all, seated
from tests.live.delegate import Delegate
from tests.live.pair import Pair, paired
from tests.live.until import becomes
from tests.live.visitor import Visitor
from tests.postgresql import Cluster

pytestmark = pytest.mark.anyio

DATABASE: Final = "visavis_two_servers"


@pytest.fixture
async def pair(tmp_path: Path, cluster: Cluster, postgresql_template: str) -> AsyncIterator[Pair]:
    """Yield two servers."""
    async with paired(tmp_path, cluster.create(DATABASE, postgresql_template)) as both:
        yield both
    cluster.drop(DATABASE)


@pytest.fixture
async def chairs(pair: Pair) -> AsyncIterator[Chairs]:
    """Yield a chair at each server."""
    arven = await Delegate.arrive(pair.first.origin, pair.first.link("arven", "chair"))
    tolmar = await Delegate.arrive(pair.second.origin, pair.second.link("tolmar", "chair"))
    both = Chairs(arven, tolmar, pair.first.meeting)
    yield both
    await both.leave()


async def test_an_order_at_one_server_is_seen_at_the_other(browser: Browser, pair: Pair, chairs: Chairs) -> None:
    """Members at different servers hear each other; chairs at different servers open the doors together."""
    maren = (await seated(browser, pair.first, "arven principal"))["arven principal"]
    vey = (await seated(browser, pair.second, "tolmar principal"))["tolmar principal"]
    members = {"arven principal": maren, "tolmar principal": vey}

    await chairs.arven.move(pair.first.meeting, "close_doors")
    await expect(vey.page.locator("body")).to_contain_text("The doors are closed")
    await becomes(
        lambda: heard_by_all(members),
        {"arven principal": {TONES["tolmar principal"]}, "tolmar principal": {TONES["arven principal"]}},
    )
    # The SFU reports to the first server alone: that the second knows who is there, it has from the first.
    await becomes(lambda: present(vey), {"President Ilse Maren", "Prime Minister Odran Vey"})
    await chairs.both("open_doors")
    for member in members.values():
        await expect(member.page.locator("body")).to_contain_text("The doors are open")
    chairs.let_go()
    await chairs.tolmar.move(pair.second.meeting, "close_doors")
    await expect(maren.page.locator("body")).to_contain_text("The doors are closed")
    await chairs.tolmar.move(pair.second.meeting, "recess")
    await becomes(lambda: heard_by_all(members), {name: set[int]() for name in members})


async def present(visitor: Visitor) -> set[str]:
    """Return whom the page believes to be in the chamber."""
    names: list[str] = await visitor.page.evaluate(
        """() => globalThis.__visavisProbe.services.meeting.state.get().snapshot.seats
          .filter(({ present }) => present === "chamber").map(({ name }) => name)"""
    )
    return set(names)
