"""A hall (server, SFU, invitations) and pages of its own for each scene, so that no scene disturbs another."""

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, async_playwright

from tests.live.browser import launched
from tests.live.cast import Chairs
from tests.live.hall import Hall, open_hall


@pytest.fixture(scope="session")
async def chromium() -> AsyncIterator[Browser]:
    """Start a headless Chromium, once for all scenes: starting and ending it takes longer than many of them."""
    async with async_playwright() as playwright, launched(playwright) as running:
        yield running


@pytest.fixture
async def browser(chromium: Browser) -> AsyncIterator[Browser]:
    """Yield a Chromium without any page; pages, and all that they keep, are gone at the end."""
    yield chromium
    for context in chromium.contexts:
        await context.close()


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
