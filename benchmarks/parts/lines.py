"""Pages in which our line, livekit-client as it is and livekit-client with its own encryption are compared."""

import itertools
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import psutil
from playwright.async_api import Browser, Page, async_playwright

from benchmarks.parts.trials import insist, pin, started
from tests.live.browser import launched
from tests.live.engine import Engine, child, free_plan
from tests.live.sealed import build, served
from tests.live.until import becomes
from visavis.kernel.ids import Identity
from visavis.rooms.livekit_sfu import LiveKitSfu
from visavis.rooms.model import MediaGrant, Source

OURS, PLAIN, STOCK, DEFAULTS = "ours", "plain", "stock", "defaults"
"""Our line; livekit-client that sends as ours does; the same with its own encryption; livekit-client as it comes."""

EVERYTHING: Final = MediaGrant(frozenset(Source), hear=True)
LIFETIME: Final = timedelta(minutes=10)
AUDIBLE: Final = 0.02
TONE: Final = 0.25
HERTZ: Final = 440
SECRET, WRONG = 7, 8
PAGE: Final = "src/testing/lines"


@dataclass(frozen=True, slots=True)
class Seat:
    """One end of a room, in a page."""

    page: Page
    place: int

    async def speak(self, gain: float = TONE, hertz: int = HERTZ) -> None:
        """Send a tone that never pauses; where several speak, each another, for equal ones may cancel each other out."""
        await self._do("speak", gain, hertz)

    async def show(self) -> None:
        """Send a moving picture."""
        await self._do("show")

    async def level(self) -> float:
        """Return the peak of what is heard now, of 1."""
        return float(await self._do("level"))

    async def is_heard(self) -> bool:
        """Whether anything is."""
        return await self.level() > AUDIBLE

    async def sound(self) -> dict[str, float]:
        """Return what the browser counted of all sound that came in."""
        return dict(await self._do("sound"))

    async def pictures(self) -> int:
        """Return how many pictures were decoded."""
        return int(await self._do("pictures"))

    async def counts(self) -> dict[str, Any]:
        """Return what our frames worker counted."""
        return dict(await self._do("counts"))

    async def timed(self, other: "Seat", chirps: int) -> list[float]:
        """Return how long chirps from here took to another end in the same page, in ms."""
        return list(await self._do("timed", other.place, chirps))

    async def interpret(self, other: "Seat") -> None:
        """Have what is heard here, through an interpreter's ear, said at another end in the same page."""
        await self._do("interpret", other.place)

    async def open_microphone(self) -> None:
        """Send what the browser's microphone hears, as this client opens it."""
        await self._do("openMicrophone")

    async def tones(self, tones: Sequence[int], seconds: float) -> list[float]:
        """Return how loud each tone is at its loudest within so many seconds, in dB."""
        return list(await self._do("tonesAt", list(tones), seconds))

    async def _do(self, what: str, *more: object) -> Any:  # noqa: ANN401 - whatever the page returns
        return await self.page.evaluate(f"told => lines.{what}(...told)", [self.place, *more])


@dataclass(frozen=True, slots=True)
class Rooms:
    """A media engine with as many rooms as are asked for, and the page that joins them."""

    engine: Engine
    sfu: LiveKitSfu
    origin: str
    browser: Browser
    _others: frozenset[psutil.Process]
    _numbers: "itertools.count[int]"

    def spent(self) -> float:
        """Return the seconds of CPU that the browser's processes have had so far, of those that still run."""
        spent = 0.0
        for one in started() - self._others:
            with suppress(psutil.Error):
                times = one.cpu_times()
                spent += times.user + times.system
        return spent

    async def room(self) -> str:
        """Open a room that nobody was in."""
        name = f"room{next(self._numbers)}"
        await self.sfu.open_room(name)
        return name

    @asynccontextmanager
    async def page(self) -> AsyncIterator[Page]:
        """Yield a page; at its end it has left every room and is closed."""
        context = await self.browser.new_context(permissions=["microphone", "camera"])
        page = await context.new_page()
        try:
            await page.goto(self.origin)
            await page.wait_for_function("() => globalThis.lines !== undefined")
            yield page
            await page.evaluate("() => lines.close()")
        finally:
            await context.close()

    async def sit(self, page: Page, kind: str, room: str, names: Sequence[str], **other: Any) -> Seat:  # noqa: ANN401
        """Join a room as the first of `names`, among the others; `other` is another `url` or `secret` than usual."""
        identity, *others = names
        place = {
            "url": self.engine.public_url,
            "token": self.sfu.token(room, Identity(identity), EVERYTHING, LIFETIME),
            "identity": identity,
            "others": others,
            "secret": SECRET,
            **other,
        }
        return Seat(page, int(await page.evaluate("told => lines.sit(...told)", [kind, place])))


@asynccontextmanager
async def lined_up(*flags: str, pinned: bool) -> AsyncIterator[Rooms]:
    """Yield rooms and a browser with `flags`; `pinned`: the media engine on the first core, the browser on the second."""
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="visavis-bench-")))
        build(folder / "page", PAGE)
        origin = stack.enter_context(served(folder / "page")).replace("127.0.0.1", "localhost")
        process, engine = await stack.enter_async_context(child(folder, free_plan()))
        await process.start()
        stack.push_async_callback(process.stop)
        sfu = await stack.enter_async_context(engine.sfu())
        playwright = await stack.enter_async_context(async_playwright())
        before = started()
        if pinned:
            pin(before, 0)
        browser = await stack.enter_async_context(launched(playwright, *flags))
        if pinned:
            pin(started() - before, 1)
        yield Rooms(engine, sfu, origin, browser, frozenset(before), itertools.count(1))


async def heard_and_sealed(seats: Sequence[Seat], kind: str) -> None:
    """See that each end hears; with our line, that it was opened and that it is redundant (RED).

    Raises:
        RuntimeError: if not: then there is nothing to compare.
    """
    for seat in seats:
        await becomes(seat.is_heard, wanted=True)
        if kind == OURS:
            counts = await seat.counts()
            insist(so=counts["opened"] > 0 and counts["redundant"] > 0, otherwise=f"not sealed, or not twice: {counts}")
