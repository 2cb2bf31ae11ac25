"""Brings the robots into a demonstration and takes them out again."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any, Final

import httpx
import psutil
from playwright.async_api import Browser, async_playwright

from visavis.robots.robot import Robot, Seat
from visavis.robots.scene import Troupe, play

PLAYED: Final = ("principal", "chair", "interpreter", "press")
FAREWELL_SECONDS: Final = 10.0
_DISABLED: Final = (
    "WebRtcHideLocalIpsWithMdns",
    "Translate",
    "OptimizationHints",
    "MediaRouter",
    # What drops down from the address bar: two pages more in every window, which cost half a second of a core.
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxFullPopup",
)
FLAGS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--autoplay-policy=no-user-gesture-required",
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
    "--mute-audio",
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
    f"--disable-features={','.join(_DISABLED)}",
)


def played(told: Mapping[str, Any]) -> list[Seat]:
    """Return the seats that robots take: the first of each party's roles that they play."""
    first: dict[tuple[str, str], Seat] = {}
    for seat in told["seats"]:
        played = Seat(seat["party"], seat["role"], seat["name"], seat["languages"][0], seat["link"])
        first.setdefault((played.party, played.role), played)
    return [seat for seat in first.values() if seat.role in PLAYED]


async def perform(told: Mapping[str, Any]) -> None:
    """Take the seats and play until cancelled."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    await _answers(told["origin"])
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, headless=True, args=list(FLAGS))
        try:
            await play(Troupe(tuple(await _seated(browser, played(told)))))
        finally:
            await browser.close()


async def _answers(origin: str) -> None:
    """Wait until the server that we were started beside takes connections."""
    transport = httpx.AsyncHTTPTransport(retries=8)  # pauses of 0, 0.5, 1, 2 … seconds between them
    async with httpx.AsyncClient(transport=transport, base_url=origin) as http:
        (await http.get("/api/health/live")).raise_for_status()


async def _seated(browser: Browser, seats: list[Seat]) -> list[Robot]:
    # One after the other: two cores cannot start seven pages with media at once and stay smooth.
    return [await Robot.arrive(browser, seat, place) for place, seat in enumerate(seats)]


@contextmanager
def playing(told: Mapping[str, Any]) -> Iterator[Callable[[], None]]:
    """Let robots play beside the server, in a process of their own, and end it at the end.

    Yields:
        what lets them go before: while the server still stands, so that nobody runs into its end.
    """
    command = [sys.executable, "-m", "visavis.robots"]
    # Ctrl-C reaches everything in the terminal's group; the robots leave when we say so, and say nothing about it.
    apart = subprocess.Popen(  # noqa: S603 - our own module
        command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, start_new_session=True
    )
    with apart as process:
        if process.stdin is None:
            msg = "the robots' process has no input"
            raise RuntimeError(msg)
        process.stdin.write(json.dumps(dict(told)) + "\n")
        process.stdin.flush()
        try:
            yield process.stdin.close
        finally:
            process.stdin.close()
            try:
                process.wait(FAREWELL_SECONDS)
            except subprocess.TimeoutExpired:
                _end_all(process.pid)


def _end_all(pid: int) -> None:
    """End a process and all that it started: Chromium sits in sessions of its own."""
    try:
        parent = psutil.Process(pid)
        started = parent.children(recursive=True)
    except psutil.NoSuchProcess:
        return
    for process in (parent, *started):
        with suppress(psutil.NoSuchProcess):
            process.kill()
