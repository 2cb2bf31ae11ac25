"""Debian's Chromium, headless, as scenes need it: no network of its own, no throttling of pages in the background."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from playwright.async_api import Browser, Playwright, expect

from tests.live.until import PATIENCE_SECONDS
from visavis.robots.troupe import DISABLED

expect.set_options(timeout=PATIENCE_SECONDS * 1000)

FLAGS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-dev-shm-usage",
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
    "--autoplay-policy=no-user-gesture-required",
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
    f"--disable-features={','.join(DISABLED)}",
)
CHROMIUM: Final = "/usr/bin/chromium"


@asynccontextmanager
async def launched(playwright: Playwright, *more: str) -> AsyncIterator[Browser]:
    """Yield a browser that is closed at the end, with `more` flags."""
    browser = await playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=[*FLAGS, *more])
    try:
        yield browser
    finally:
        await browser.close()
