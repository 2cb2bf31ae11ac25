"""A delegation serves the page from its own origin: the host is asked for everything, but the page."""

import asyncio
import sys
import tomllib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final, Literal
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Browser, Page, Request, expect

from tests.live.cast import SEATS, TONES, Chairs, heard_by_all, seated
from tests.live.hall import Hall
from tests.live.operated import Operated, free_port, operated
from tests.live.until import PATIENCE_SECONDS, becomes
from tests.live.visitor import TAKE, Visitor

pytestmark = pytest.mark.anyio

ARVEN: Final = "arven principal"
TOLMAR: Final = "tolmar principal"
EACH_OTHER: Final = {ARVEN: {TONES[TOLMAR]}, TOLMAR: {TONES[ARVEN]}}
REACHED: Final = "async url => { try { await fetch(url, {mode: 'no-cors'}); return true } catch { return false } }"


@asynccontextmanager
async def own_copy(server: Operated, port: int) -> AsyncIterator[str]:
    """Serve the client as a delegation does; yield its origin, which is not the host's."""
    sfu = tomllib.loads((server.folder / "visavis.toml").read_text(encoding="utf-8"))["sfu_port"]
    asking = ("--server", server.origin, "--sfu", f"ws://127.0.0.1:{sfu}", "--listen", f"127.0.0.1:{port}")
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "visavis", "client", "serve", *asking), stderr=asyncio.subprocess.PIPE
    )
    assert process.stderr is not None
    try:
        told = await asyncio.wait_for(process.stderr.readline(), PATIENCE_SECONDS)
        assert told.startswith(b"the client answers"), told
        yield f"http://localhost:{port}"
    finally:
        process.terminate()
        await asyncio.wait_for(process.wait(), PATIENCE_SECONDS)


@asynccontextmanager
async def hall_with_copies(folder: Path, *others: int) -> AsyncIterator[tuple[Operated, Hall]]:
    """Yield a host that lets the copies at these ports ask it, besides its own."""
    origins = ",".join(f"http://localhost:{port}" for port in others)
    async with operated(folder, more={"client_origins": origins}) as both:
        yield both


def link_at(origin: str, hall: Hall, name: str) -> str:
    """Return the link of a seat, as a delegation with a copy of its own gives it out."""
    return hall.link(*SEATS[name]).replace(hall.origin, origin)


async def test_who_comes_by_their_delegations_copy_is_heard_and_trusts_the_host_for_no_page(
    browser: Browser, tmp_path: Path
) -> None:
    """Two copies, one meeting: each says whose it is, and nothing that runs in the delegation's came from the host."""
    asked: list[Request] = []
    port = free_port()
    async with hall_with_copies(tmp_path, port) as (server, hall), own_copy(server, port) as origin:
        here = await Visitor.arrive(
            browser,
            link_at(origin, hall, ARVEN),
            tone=TONES[ARVEN],
            before=lambda page: _noting(page, "request", asked),
        )
        await expect(here.page.get_by_text(f"From localhost:{port}, not from the host")).to_be_visible()
        await here.take_seat()
        there = (await seated(browser, hall, TOLMAR))[TOLMAR]
        chairs = await Chairs.arrive(hall)
        await chairs.alone("close_doors")
        await chairs.leave()
        await becomes(lambda: heard_by_all({ARVEN: here, TOLMAR: there}), EACH_OTHER)

        of_the_host = {request.resource_type for request in asked if request.url.startswith(hall.origin)}
        own = {request.resource_type for request in asked if request.url.startswith(origin)}
        assert of_the_host <= {"fetch", "preflight"}
        assert own >= {"document", "script", "stylesheet"}
        paths = {urlsplit(request.url).path for request in asked if request.url.startswith(hall.origin)}
        assert all(path.startswith("/api/") for path in paths), paths
        assert not await here.page.evaluate(REACHED, f"http://127.0.0.1:{port}")
        assert await here.page.evaluate(REACHED, origin)


async def test_a_copy_that_the_host_does_not_know_of_is_refused(browser: Browser, tmp_path: Path) -> None:
    """Nobody is enrolled from it, and the link is not spent: by the host's own copy it still seats its member."""
    failed: list[Request] = []
    port = free_port()
    async with hall_with_copies(tmp_path) as (server, hall), own_copy(server, port) as origin:
        visitor = await Visitor.arrive(
            browser,
            link_at(origin, hall, ARVEN),
            tone=TONES[ARVEN],
            before=lambda page: _noting(page, "requestfailed", failed),
        )
        await becomes(lambda: _any_of(hall.origin, failed), wanted=True)
        await expect(visitor.page.get_by_role("button", name=TAKE)).to_have_count(0)
        await visitor.leave()
        await seated(browser, hall, ARVEN)


async def _noting(page: Page, event: Literal["request", "requestfailed"], kept: list[Request]) -> None:
    page.on(event, lambda request: kept.append(request))  # noqa: PLW0108 - playwright marks what it is given


async def _any_of(origin: str, requests: list[Request]) -> bool:
    return any(request.url.startswith(origin) for request in requests)
