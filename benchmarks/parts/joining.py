"""The two pages that `sealed_join` compares, each with somebody in its room who is seen and heard already."""

import asyncio
import re
import tomllib
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Final

from playwright.async_api import Browser, BrowserContext, Page
from typing_extensions import override

from tests.live.operated import Operated
from tests.live.until import PATIENCE_SECONDS
from tests.live.visitor import SEATED, TAKE
from visavis.kernel.chance import SystemChance
from visavis.kernel.ids import Identity
from visavis.rooms.livekit_sfu import LiveKitSfu
from visavis.rooms.model import MediaGrant, Source
from visavis.rooms.sfu_config import kept_keys

HERE: Final = Path(__file__).parent
MEASURE: Final = (HERE / "measure.js").read_text(encoding="utf-8")
LIBRARY: Final = HERE.parents[1] / "web/node_modules/livekit-client/dist/livekit-client.umd.js"
BARE_ROOM: Final = "bare"
EVERYTHING: Final = MediaGrant(frozenset(Source), hear=True)
READING_SECONDS: Final = 2.0  # what a person looks at the arrival screen at least
CLICKED: Final = re.compile(f"{TAKE.pattern}|^Join$")
JOIN_MILLISECONDS: Final = 20_000
MEMBER: Final = "() => __visavisProbe.services.meeting.state.get().snapshot.you"
PREVIEWED: Final = "() => __visavisProbe.services?.devices.state.get().preview?.getTracks().length === 2"
WATCH: Final = """member => {
  bench.watchVideo(`[data-tile="${member}"] video`);
  bench.watchSound(__visavisProbe.mixerTap);
}"""
ARRIVED: Final = "() => bench.firstFrame > 0 && bench.firstAudio > 0"
MOMENTS: Final = """() => {
  const marks = { ...bench.marks, ...__visavisProbe.marks, first_frame: bench.firstFrame, first_audio: bench.firstAudio };
  return Object.entries(marks).map(([name, at]) => [name, Math.round((at - bench.click) * 10) / 10]);
}"""

Moments = dict[str, float]
"""What happened when, in ms after the click."""


@dataclass(frozen=True, slots=True)
class Joining:
    """One way to join: what opens a page that is ready to be clicked, and who is in the room."""

    sfu: LiveKitSfu
    room: str
    opened: Callable[[], Awaitable[Page]]

    async def join(self) -> Moments:
        """Open a fresh page, click, and return what happened when; the page is gone from the room at the end."""
        page = await self.opened()
        await asyncio.sleep(READING_SECONDS)
        await page.get_by_role("button", name=CLICKED).click()
        await page.wait_for_function(ARRIVED, timeout=JOIN_MILLISECONDS, polling=200)
        moments = dict(await page.evaluate(MOMENTS))
        await page.close()
        await self.is_alone()
        return moments

    async def is_alone(self) -> None:
        """Wait until nobody but the one who is always there is in the room."""
        while len(await self.sfu.occupants(self.room)) > 1:  # noqa: ASYNC110 - the media engine tells only whom it is asked by
            await asyncio.sleep(0.1)


def engine_of(server: Operated) -> LiveKitSfu:
    """Return a connection to the server's own media engine."""
    settings = tomllib.loads((server.folder / "visavis.toml").read_text(encoding="utf-8"))
    keys = kept_keys(server.folder / "sfu", SystemChance())
    address = f"127.0.0.1:{settings['sfu_inner_port']}"
    return LiveKitSfu(f"http://{address}", f"ws://{address}", keys.key, keys.secret)


async def context_of(browser: Browser) -> BrowserContext:
    """Return a browser context in which everything is measured."""
    context = await browser.new_context(viewport={"width": 1280, "height": 720}, permissions=["microphone", "camera"])
    await context.add_init_script(MEASURE)
    context.set_default_timeout(PATIENCE_SECONDS * 1000)
    return context


async def at_arrival(context: BrowserContext, link: str) -> Page:
    """Open a link and wait until the arrival screen shows one's own camera."""
    page = await context.new_page()
    await page.goto(link)
    await page.get_by_role("button", name=TAKE).wait_for()
    await page.wait_for_function(PREVIEWED)
    return page


async def arrived_and_watching(context: BrowserContext, link: str, sender: str) -> Page:
    """Open a link likewise, and watch for the sender's picture and for any sound."""
    page = await at_arrival(context, link)
    await page.evaluate(WATCH, sender)
    return page


async def member_in_seat(context: BrowserContext, link: str) -> str:
    """Take a seat for good; return the member's id."""
    page = await at_arrival(context, link)
    await page.get_by_role("button", name=TAKE).click()
    await page.wait_for_function(SEATED)
    return str(await page.evaluate(MEMBER))


class BarePages:
    """Pages with nothing but livekit-client, in a room of their own on the same media engine."""

    def __init__(self, sfu: LiveKitSfu, origin: str) -> None:
        self._sfu = sfu
        self._address = f"{origin}/bare_page.html"
        self._guests = 0

    async def open(self, context: BrowserContext) -> Page:
        """Open a page that shows its own camera and has a ticket ready."""
        self._guests += 1
        identity = Identity(f"guest{self._guests}")
        token = self._sfu.token(BARE_ROOM, identity, EVERYTHING, timedelta(minutes=5))
        page = await context.new_page()
        await page.goto(self._address)
        await page.add_script_tag(path=LIBRARY)
        await page.add_script_tag(path=HERE / "bare_page.js")
        await page.evaluate("([url, token]) => prepare(url, token)", [self._sfu.public_url, token])
        return page

    async def sit(self, context: BrowserContext) -> None:
        """Open the room and have somebody in it for good."""
        await self._sfu.open_room(BARE_ROOM)
        page = await self.open(context)
        await page.get_by_role("button").click()
        await page.wait_for_function("() => bench.marks.published > 0")


class _Files(SimpleHTTPRequestHandler):
    """The files of this folder."""

    @override
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def bare_origin() -> Iterator[str]:
    """Serve the bare page from this machine, as members' pages are: browsers let no other reach the media engine."""
    with ThreadingHTTPServer(("localhost", 0), partial(_Files, directory=HERE)) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://localhost:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
