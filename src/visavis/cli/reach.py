"""Looks at the server as a delegate's browser does: page, camera permission, WebSocket, media engine."""

import importlib.util
import os
import shutil
from typing import Any, Final

from visavis.observability.health import Check, State
from visavis.settings import Settings

BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome")
PATIENCE_MILLISECONDS: Final = 10_000

# In the page: cameras need a secure context; the socket must get through whatever stands in between; any answer of the
# media engine shows that it can be reached (without a ticket it answers "no").
LOOK: Final = """
async ({socket, engine, patience}) => {
  const opens = await new Promise((done) => {
    const tried = new WebSocket(socket);
    tried.onopen = () => { tried.close(); done(true); };
    tried.onerror = () => done(false);
    setTimeout(() => done(false), patience);
  });
  const reached = await fetch(engine, {signal: AbortSignal.timeout(patience)}).then(() => true, () => false);
  return {secure: window.isSecureContext && !!navigator.mediaDevices, opens, reached};
}
"""


async def from_a_browser(settings: Settings, public_url: str, *, running: bool) -> list[Check]:
    """Look at the origin with headless Chromium, if it and Playwright are there and the server runs."""
    program = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if program is None or importlib.util.find_spec("playwright") is None:
        remedy = "pip install 'visavis[robots]', and on Debian and Ubuntu: apt install chromium"
        return [Check("browser", State.DOUBTFUL, "not looked: no Chromium or no Playwright here", remedy)]
    if not running:
        return [Check("browser", State.DOUBTFUL, "not looked: the server does not run", "start it, then ask again")]
    seen = await _look(program, settings.origin, public_url)
    if isinstance(seen, str):
        remedy = (
            "see that the name leads here, that the proxy or certificate is right, and that the firewall lets people in"
        )
        return [Check("browser", State.BAD, f"{settings.origin} does not open: {seen}", remedy)]
    return judged(seen, public_url)


def judged(seen: dict[str, bool], public_url: str) -> list[Check]:
    """Return one check for each thing that the page saw."""
    told = (
        ("secure", "camera", "the page may use cameras", "the page may use no camera", "serve it by https"),
        (
            "opens",
            "socket",
            "the WebSocket opens",
            "the WebSocket does not open",
            "let the proxy pass Upgrade headers on",
        ),
        (
            "reached",
            "media engine",
            f"{public_url} can be reached",
            f"{public_url} cannot be reached from a browser",
            "see sfu_public_url, the proxy in front of LiveKit, and the firewall",
        ),
    )
    return [
        Check(name, State.GOOD, good) if seen[key] else Check(name, State.BAD, bad, remedy)
        for key, name, good, bad, remedy in told
    ]


async def _look(program: str, origin: str, public_url: str) -> dict[str, bool] | str:
    from playwright.async_api import Error, async_playwright  # noqa: PLC0415 - an extra, not always there

    flags = ["--no-sandbox"] if os.geteuid() == 0 else []
    asked: dict[str, Any] = {
        "socket": f"{origin.replace('http', 'ws', 1)}/api/meetings/none/socket",
        "engine": f"{public_url.replace('ws', 'http', 1)}/rtc/validate",
        "patience": PATIENCE_MILLISECONDS,
    }
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=flags)
        try:
            page = await browser.new_page()
            await page.goto(f"{origin}/api/health/live", timeout=PATIENCE_MILLISECONDS)
            seen: dict[str, bool] = await page.evaluate(LOOK, asked)
        except Error as error:
            return error.message.splitlines()[0]
        finally:
            await browser.close()
    return seen
