"""`sealed_weight`: JavaScript and WebAssembly on the wire until the stage shows, as our own server sends them, against 350 kB.

What counts is what a browser fetches from the click on a link to the stage, workers included, not everything that was built.
"""

from typing import Final

from playwright.async_api import Page, Response, async_playwright

from benchmarks.parts.figure import against_goal, note
from benchmarks.parts.trials import ended_within, insist
from tests.live.browser import launched
from tests.live.hall import Hall, open_hall
from tests.live.visitor import Visitor

PEER_KB: Final = 350.0
RUN: Final = (".js", ".wasm")
WORKERS: Final = {"framesWorker", "keysWorker", "visavis_mls_bg"}


async def fetched(hall: Hall) -> float:
    """Return the kB (1000 bytes, under gzip, without headers) of code that a first visit fetches."""
    found: dict[str, Response] = {}

    def keep(response: Response) -> None:
        if response.ok and response.url.endswith(RUN):
            found[response.url] = response

    async def watch(page: Page) -> None:
        page.context.on("response", keep)

    async with async_playwright() as playwright, launched(playwright) as browser:
        visitor = await Visitor.arrive(browser, hall.link("arven", "principal"), tone=440, before=watch)
        await visitor.take_seat()
        await visitor.page.locator("[data-tile]").first.wait_for()
        sizes = {url.rpartition("/")[2]: await _on_the_wire(response) for url, response in found.items()}
    for name, size in sorted(sizes.items()):
        note(f"{size:8} B {name}")
    seen = {name.partition("-")[0] for name in sizes}
    insist(so=seen >= WORKERS, otherwise=f"not seen: {WORKERS - seen}")
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
        against_goal("sealed_weight", [await fetched(hall)], PEER_KB, unit="kB").print()


if __name__ == "__main__":
    ended_within(2, main)
