"""Debian's Chromium, headless, as scenes need it: no network of its own, no throttling of pages in the background."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from playwright.async_api import Browser, Playwright, expect

from tests.live.until import PATIENCE_SECONDS
from visavis.robots.troupe import FLAGS

expect.set_options(timeout=PATIENCE_SECONDS * 1000)

CHROMIUM: Final = "/usr/bin/chromium"


@asynccontextmanager
async def launched(playwright: Playwright, *more: str) -> AsyncIterator[Browser]:
    """Yield a browser that is closed at the end, with `more` flags."""
    browser = await playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=[*FLAGS, *more])
    try:
        yield browser
    finally:
        await browser.close()
