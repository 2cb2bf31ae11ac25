"""The host of the hostile suites while it does nothing: a sealed meeting goes on through it as if it were not there."""

import pytest

from tests.live.host.meeting import ADVISER, MAREN, VEY, Scene
from tests.live.until import becomes

pytestmark = pytest.mark.anyio


async def test_a_host_that_passes_everything_on_is_not_noticed(scene: Scene) -> None:
    """Three members meet through it, and are back when it has cut every line of one of them."""
    maren, vey, adviser = await scene.closed(MAREN, VEY, ADVISER)
    everybody = {maren.identity, vey.identity, adviser.identity}
    for member in (maren, vey, adviser):
        await becomes(member.heard, {MAREN, VEY, ADVISER} - {member.name})
        await becomes(member.roster, everybody)
        assert await member.under() == "chamber"
    assert len({await member.code() for member in (maren, vey, adviser)}) == 1

    await scene.hosted.host.cut(vey.identity)
    await scene.hosted.host.cut_events(vey.identity)
    await becomes(vey.heard, {MAREN, ADVISER})
    await becomes(maren.heard, {VEY, ADVISER})
    await becomes(maren.roster, everybody)
