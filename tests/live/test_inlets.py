"""Where sounds enter the graph: one that nobody listened to for a while is not late when somebody does again."""

from pathlib import Path
from statistics import median
from typing import Final

import pytest
from playwright.async_api import Browser

from tests.live.sealed import build, served

pytestmark = pytest.mark.anyio

MOST_MILLISECONDS: Final = 30
"""A browser hands a track's sound on in steps of 10 ms; what it keeps of one that nobody draws from is 100 ms."""


async def test_a_sound_that_is_held_again_is_as_late_as_before(browser: Browser, tmp_path: Path) -> None:
    """Time chirps through one page's graph, by its own clock, before half a second without a listener and after it."""
    build(tmp_path, "src/testing/lines")
    with served(tmp_path) as address:
        page = await browser.new_page()
        await page.goto(address)
        before, after = await page.evaluate("() => lines.again()")
        await page.close()
    assert len(before) == len(after) == 3, (before, after)
    assert 0 < median(before) <= MOST_MILLISECONDS, before
    assert abs(median(after) - median(before)) <= MOST_MILLISECONDS, (before, after)
