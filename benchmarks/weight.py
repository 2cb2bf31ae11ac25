"""`weight`: the client's JavaScript on the wire until the stage shows, as our own server sends it, against 262 kB.

What counts is what a browser fetches from the click on a link to the stage, not everything that was built.
"""

from typing import Final

from playwright.async_api import Response, async_playwright

from benchmarks.parts.figure import against_goal, note
from benchmarks.parts.trials import ended_within
from tests.live.browser import launched
from tests.live.hall import Hall, open_hall
from tests.live.visitor import Visitor

PEER_KB: Final = 262.0


async def fetched(hall: Hall) -> float:
    """Return the kB (1000 bytes, under gzip, without headers) of JavaScript that a first visit fetches."""
    scripts: dict[str, Response] = {}
    async with async_playwright() as playwright, launched(playwright) as browser:
        visitor = await Visitor.arrive(browser, hall.link("arven", "principal"), tone=440, watch=scripts)
        await visitor.take_seat()
        await visitor.page.locator("[data-tile]").first.wait_for()
        sizes = {url: await _on_the_wire(response) for url, response in scripts.items()}
    for url, size in sorted(sizes.items()):
        note(f"{size:8} B {url.rpartition('/')[2]}")
    return sum(sizes.values()) / 1000


async def _on_the_wire(response: Response) -> int:
    headers = await response.all_headers()
    if headers.get("content-encoding") != "gzip":
        msg = f"not compressed: {response.url}"
        raise RuntimeError(msg)
    return int(headers["content-length"])


async def main() -> None:
    """Print the figure. Bytes are exact: one visit is enough."""
    async with open_hall() as hall:
        against_goal("weight", [await fetched(hall)], PEER_KB, unit="kB").print()


if __name__ == "__main__":
    ended_within(2, main)
