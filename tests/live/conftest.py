"""A browser and a hall (server, SFU, invitations) for each scene, so that no scene disturbs another; what all of them share."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, async_playwright

from tests.live.browser import launched
from tests.live.cast import Chairs
from tests.live.engine import livekit
from tests.live.hall import Hall, open_hall
from tests.live.host.hall import behind
from tests.live.host.meeting import scene
from tests.live.sealed import sealed_page

# Here and nowhere else: a fixture that several modules imported would be one of each module's own, and started anew for each.
__all__ = ["behind", "livekit", "scene", "sealed_page"]


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """Yield a headless Chromium.

    Of each scene's own, though one for all would be quicker: it would bind all tests to one task, in which a task group
    that failed leaves the mark of a cancellation behind (Python before 3.11.5), and whatever waits next is called off.
    """
    async with async_playwright() as playwright, launched(playwright) as running:
        yield running


@pytest.fixture
async def hall() -> AsyncIterator[Hall]:
    """Yield a running demonstration, in its plenary, before the meeting."""
    async with open_hall() as opened:
        yield opened


@pytest.fixture
async def chairs(hall: Hall) -> AsyncIterator[Chairs]:
    """Yield the chairs of both delegations, who order over HTTP."""
    both = await Chairs.arrive(hall)
    yield both
    await both.leave()
