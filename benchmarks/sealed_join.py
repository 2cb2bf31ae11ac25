"""`sealed_join.first_frame`, `sealed_join.first_audio`: from the click on "Take your seat" to another's picture and sound.

The peer is a page with nothing but livekit-client, its library loaded and a ticket in its hand, which joins a room of
its own on the same media engine. In each room sits one sender of the same kind. The media engine, the server and the
senders are on the first core, the page that joins on the second.
"""

import statistics
import tempfile
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Final

from playwright.async_api import Browser, Playwright, async_playwright

from benchmarks.parts.figure import compared, note
from benchmarks.parts.joining import (
    BARE_ROOM,
    BarePages,
    Joining,
    Moments,
    arrived_and_watching,
    bare_origin,
    context_of,
    engine_of,
    member_in_seat,
)
from benchmarks.parts.trials import ended_within, in_turn, pin, started, wanted
from tests.live.browser import launched
from tests.live.cast import Chairs
from tests.live.hall import Hall
from tests.live.operated import Operated, operated

JOINS: Final = 15


async def measured(server: Operated, hall: Hall, senders: Browser, joiners: Browser) -> dict[str, list[Moments]]:
    """Return what happened when in each join of each arm."""
    chairs = await Chairs.arrive(hall)
    await chairs.alone("close_doors")
    await chairs.leave()
    async with AsyncExitStack() as stack:
        origin = stack.enter_context(bare_origin())
        sfu = await stack.enter_async_context(engine_of(server))
        sender = await member_in_seat(await context_of(senders), hall.link("arven", "principal"))
        bare = BarePages(sfu, origin)
        await bare.sit(await context_of(senders))
        link = hall.link("tolmar", "principal")
        seats = partial(arrived_and_watching, await context_of(joiners), link, sender)
        ours = Joining(sfu, f"chamber.{hall.meeting}", seats)
        peer = Joining(sfu, BARE_ROOM, partial(bare.open, await context_of(joiners)))
        return await in_turn({"ours": ours.join, "peer": peer.join}, wanted(JOINS))


def tell(trials: dict[str, list[Moments]]) -> None:
    """Print both figures; note where the time goes."""
    for arm, all_ in trials.items():
        for name in all_[0]:
            times = [moments[name] for moments in all_ if name in moments]
            note(f"{arm} {name}: median {statistics.median(times):.0f} ms, from {min(times):.0f} to {max(times):.0f}")
    for name in ("first_frame", "first_audio"):
        ours, peer = ([moments[name] for moments in trials[arm]] for arm in ("ours", "peer"))
        compared(f"sealed_join.{name}", ours, peer, unit="ms").print()


@asynccontextmanager
async def on_core(core: int, playwright: Playwright) -> AsyncIterator[Browser]:
    """Yield a browser that stays on one core."""
    before = started()
    async with launched(playwright) as browser:
        pin(started() - before, core)
        yield browser


async def main() -> None:
    """Print both figures."""
    with tempfile.TemporaryDirectory(prefix="visavis-bench-") as folder:
        async with operated(Path(folder)) as (server, hall), async_playwright() as playwright:
            pin(started(), 0)
            async with on_core(0, playwright) as senders, on_core(1, playwright) as joiners:
                trials = await measured(server, hall, senders, joiners)
    tell(trials)


if __name__ == "__main__":
    ended_within(15, main)
