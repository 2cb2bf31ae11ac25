"""The application as a whole: what it owns from its start to its end."""

from pathlib import Path

import pytest

from tests.fakes.clock import FakeClock
from tests.live.engine import Engine as Address
from tests.live.engine import free_plan
from tests.realtime.serving import settings_for
from visavis.app import Engine, build
from visavis.kernel.chance import SystemChance
from visavis.rooms.child_process import NotStartedError
from visavis.rooms.sfu_config import kept_keys
from visavis.rooms.sfu_process import SfuProcess


@pytest.mark.anyio
async def test_a_media_engine_that_does_not_start_is_named_as_what_it_is(tmp_path: Path, clock: FakeClock) -> None:
    """Not as a group of troubles: whoever starts the server is told in one line."""
    plan = free_plan()
    keys = kept_keys(tmp_path / "sfu", SystemChance())
    sfu = Address(plan, keys).sfu()
    process = SfuProcess(Path("/bin/false"), tmp_path / "sfu", plan, keys, sfu)
    app = build(settings_for("sqlite://", tmp_path), Engine(sfu, process, close=sfu.close), clock)
    with pytest.raises(NotStartedError):
        async with app.router.lifespan_context(app):
            pass
