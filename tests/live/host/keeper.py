"""Members' own pages with something put before one of their workers: what somebody does who serves themselves the client."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from playwright.async_api import Page, Route, Worker

FRAMES: Final = "framesWorker"
KEYS: Final = "keysWorker"


@dataclass(frozen=True, slots=True)
class Kept:
    """What a page has made of the frames that came, with every key that it was ever given."""

    keys: int
    tried: int
    opened: int
    floor: int
    """How many frames were under a floor's key, by their own word."""


def before(worker: str, script: str) -> Callable[[Page], Awaitable[None]]:
    """Have a page put `tests/live/host/<script>` before one of its workers; before it opens anything."""
    prelude = (Path(__file__).parent / script).read_text(encoding="utf-8")

    async def edited(route: Route) -> None:
        answer = await route.fetch()
        await route.fulfill(response=answer, body=prelude + await answer.text())

    async def put(page: Page) -> None:
        await page.route(f"**/{worker}-*.js", edited)

    return put


def workers(page: Page, name: str) -> list[Worker]:
    """Return the workers of a name that a page runs."""
    return [worker for worker in page.workers if name in worker.url]


async def kept(page: Page) -> Kept:
    """Ask a page whose frames worker is preceded by `keeper.js`."""
    (frames,) = workers(page, FRAMES)
    told: dict[str, Any] = await frames.evaluate("() => globalThis.keeper")
    return Kept(told["keys"], told["tried"], told["opened"], told["floor"])
