"""Debian's Firefox ESR, headless, driven as Chromium is."""

import shlex
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from playwright.async_api import Browser, Playwright

from tests.live.until import PATIENCE_SECONDS

ROOT: Final = Path(__file__).parents[2]
PREFERENCES: Final[dict[str, str | float | bool]] = {
    "media.autoplay.default": 0,
    "media.navigator.permission.disabled": True,
    # A machine without a sound card has no clock for Web Audio otherwise.
    "media.cubeb.force_mock_context": True,
    "media.peerconnection.ice.loopback": True,
    "media.peerconnection.ice.obfuscate_host_addresses": False,
}


@asynccontextmanager
async def launched_firefox(playwright: Playwright, folder: Path) -> AsyncIterator[Browser]:
    """Yield a browser that is closed at the end; `folder` is for the script that starts it."""
    script = folder / "firefox"
    started = shlex.join([sys.executable, "-m", "tests.live.firefox_relay"])
    script.write_text(f'#!/bin/sh\ncd {shlex.quote(str(ROOT))} && exec {started} "$@"\n', encoding="utf-8")
    script.chmod(0o700)
    browser = await playwright.firefox.launch(
        executable_path=script,
        channel="moz-firefox",
        headless=True,
        firefox_user_prefs=PREFERENCES,
        timeout=PATIENCE_SECONDS * 1000,
    )
    try:
        yield browser
    finally:
        await browser.close()
