"""`sfu_kill.gap`: how long nothing is heard when the media engine is killed and started again at once.

Two members of a closed meeting, and two pages with nothing but livekit-client as it comes, on a media engine of their
own that is started again in the same instant. Ours is started again by the product, once it has seen that it ended.
"""

import asyncio
import json
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from playwright.async_api import Browser, BrowserContext, Page, async_playwright

from benchmarks.parts.figure import compared
from benchmarks.parts.joining import BarePages, at_arrival, bare_origin, context_of
from benchmarks.parts.trials import ended_within, in_turn, pin, started, wanted
from benchmarks.sealed_join import on_core
from tests.live.cast import Chairs
from tests.live.engine import free_plan
from tests.live.hall import Hall
from tests.live.operated import Operated, operated
from tests.live.until import becomes
from tests.live.visitor import SEATED, TAKE
from visavis.kernel.chance import SystemChance
from visavis.rooms.child_process import STEADY_SECONDS
from visavis.rooms.livekit_sfu import LiveKitSfu
from visavis.rooms.sfu_binary import find
from visavis.rooms.sfu_config import config, kept_keys

KILLS: Final = 8
TALK_SECONDS: Final = 3.0
OURS_EAR: Final = "() => bench.watchGaps(__visavisProbe.mixerTap)"
BARE_EAR: Final = "() => bench.watchGaps(bench.mix)"
HEARS: Final = "() => bench.quiet < 50"
WAS_KILLED: Final = "() => bench.gap > 300 && bench.quiet < 50"
KILL_MILLISECONDS: Final = 60_000


@dataclass(slots=True)
class BareEngine:
    """livekit-server alone, which opens rooms for whoever comes."""

    command: tuple[str, ...]
    sfu: LiveKitSfu
    process: asyncio.subprocess.Process

    async def kill(self) -> None:
        """Kill it and start it again at once."""
        await self.end()
        self.process = await asyncio.create_subprocess_exec(*self.command)

    async def end(self) -> None:
        """Kill it."""
        self.process.kill()
        await self.process.wait()


@asynccontextmanager
async def bare_engine(folder: Path) -> AsyncIterator[BareEngine]:
    """Yield one that runs."""
    plan, keys = free_plan(), kept_keys(folder, SystemChance())
    told = json.loads(config(plan, keys))
    told["room"]["auto_create"] = True
    del told["webhook"]
    file = folder / "bare.json"
    file.write_text(json.dumps(told), encoding="utf-8")
    command = (str(find(None)), "--config", str(file))
    async with LiveKitSfu(plan.url, plan.url.replace("http", "ws", 1), keys.key, keys.secret) as sfu:
        engine = BareEngine(command, sfu, await asyncio.create_subprocess_exec(*command))
        try:
            yield engine
        finally:
            await engine.end()


async def gap(ear: Page, watch: str, kill: Callable[[], Awaitable[None]]) -> float:
    """Return for how many ms nothing was heard in a page after the kill."""
    await ear.evaluate(watch)
    await ear.wait_for_function(HEARS)
    await asyncio.sleep(TALK_SECONDS)
    await ear.evaluate("() => { bench.gap = 0; }")
    await kill()
    await ear.wait_for_function(WAS_KILLED, timeout=KILL_MILLISECONDS, polling=100)
    return round(float(await ear.evaluate("() => bench.gap")), 1)


async def ours(server: Operated, hall: Hall, contexts: tuple[BrowserContext, BrowserContext]) -> float:
    """Return the gap of a member of a closed meeting."""
    pages = []
    for context, party in zip(contexts, ("arven", "tolmar"), strict=True):
        page = await at_arrival(context, hall.link(party, "principal"))
        await page.get_by_role("button", name=TAKE).click()
        await page.wait_for_function(SEATED)
        pages.append(page)

    async def is_steady() -> bool:
        # One that ends sooner is left alone for a while: it may be broken.
        return time.time() - server.sfu().create_time() > STEADY_SECONDS

    await becomes(is_steady, wanted=True, looks=1)

    async def kill() -> None:
        server.sfu().kill()

    took = await gap(pages[1], OURS_EAR, kill)
    for page in pages:
        await page.close()
    return took


async def bare(engine: BareEngine, origin: str, contexts: tuple[BrowserContext, BrowserContext]) -> float:
    """Return the gap of a bare page."""
    guests = BarePages(engine.sfu, origin)
    pages = [await guests.open(context) for context in contexts]
    for page in pages:
        await page.get_by_role("button").click()
        await page.wait_for_function("() => bench.marks.published > 0")
    took = await gap(pages[1], BARE_EAR, engine.kill)
    for page in pages:
        await page.close()
    return took


async def measured(server: Operated, hall: Hall, browsers: tuple[Browser, Browser]) -> dict[str, list[float]]:
    """Return the gaps of each arm."""
    chairs = await Chairs.arrive(hall)
    await chairs.alone("close_doors")
    await chairs.leave()
    async with AsyncExitStack() as stack:
        origin = stack.enter_context(bare_origin())
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="visavis-bench-")))
        engine = await stack.enter_async_context(bare_engine(folder))
        members = await context_of(browsers[0]), await context_of(browsers[1])
        guests = await context_of(browsers[0]), await context_of(browsers[1])
        arms = {"ours": partial(ours, server, hall, members), "peer": partial(bare, engine, origin, guests)}
        return await in_turn(arms, wanted(KILLS))


async def main() -> None:
    """Print the figure."""
    with tempfile.TemporaryDirectory(prefix="visavis-bench-") as folder:
        async with operated(Path(folder)) as (server, hall), async_playwright() as playwright:
            pin(started(), 0)
            async with on_core(0, playwright) as speakers, on_core(1, playwright) as ears:
                gaps = await measured(server, hall, (speakers, ears))
    compared("sfu_kill.gap", gaps["ours"], gaps["peer"], unit="ms").print()


if __name__ == "__main__":
    ended_within(15, main)
