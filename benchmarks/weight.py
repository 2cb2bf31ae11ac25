"""`weight`: the client's JavaScript until the stage shows, gzip, against 262 kB.

What counts is what a browser fetches from the click on a link to the stage, not everything that was built.
"""

import asyncio
import gzip

from playwright.async_api import Response, async_playwright

from benchmarks.figure import against_goal, note
from tests.live.browser import launched
from tests.live.hall import Hall, open_hall
from tests.live.visitor import Visitor

PEER_KB = 262.0


async def fetched(hall: Hall) -> float:
    """Return the kB (1000 bytes, gzip) of JavaScript that a first visit fetches until the stage."""
    scripts: dict[str, Response] = {}
    async with async_playwright() as playwright, launched(playwright) as browser:
        visitor = await Visitor.arrive(browser, hall.link("arven", "adviser"), tone=440, watch=scripts)
        await visitor.take_seat()
        sizes = [len(gzip.compress(await response.body(), 6)) for response in scripts.values()]
    note(f"{len(sizes)} scripts")
    return sum(sizes) / 1000


async def main() -> None:
    """Print the figure."""
    async with open_hall() as hall:
        against_goal("weight", [await fetched(hall)], PEER_KB, unit="kB").print()


if __name__ == "__main__":
    asyncio.run(main())
