"""Bare pages around the client's frames worker and strict manager, in a room of a real SFU; their keys are set by hand."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, Final

import pytest
from playwright.async_api import Browser, Page
from typing_extensions import override

from tests.live.engine import Engine
from tests.live.visitor import HEARD_DECIBELS, Visitor
from visavis.kernel.ids import Identity
from visavis.rooms.model import MediaGrant, Source

WEB: Final = Path(__file__).parents[2] / "web"
NODE: Final = Path(__file__).parents[2] / ".venv/bin/node"
MAY: Final = MediaGrant(frozenset({Source.MICROPHONE, Source.CAMERA}), hear=True)
LIFETIME: Final = timedelta(minutes=5)


def build(folder: Path, page: str = "src/testing/sealed") -> None:
    """Build a page of the web client's tests into `folder`."""
    subprocess.run(
        [
            *(NODE, "node_modules/.bin/vite", "build", page, "--config", "vite.config.ts"),
            *("--outDir", folder, "--emptyOutDir", "--logLevel", "warn"),
        ],
        cwd=WEB,
        check=True,
    )


class _Files(SimpleHTTPRequestHandler):
    @override
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder on loopback; yield its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Files, directory=str(folder))) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture(scope="session")
def sealed_page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Build and serve once the page of `src/testing/sealed`, which a host's own people use too."""
    folder = tmp_path_factory.mktemp("sealed")
    build(folder)
    with served(folder) as address:
        yield address


@dataclass(frozen=True, slots=True)
class Place:
    """Where pages meet: the page's address and a room of an SFU."""

    origin: str
    engine: Engine
    room: str


@dataclass(frozen=True, slots=True)
class SealedPage:
    """One member in a page of their own."""

    page: Page
    name: str

    @classmethod
    async def join(
        cls, browser: Browser, place: Place, name: str, *, believes: str | None = None, guest: str = "member"
    ) -> "SealedPage":
        """Join a room.

        Args:
            browser: where.
            place: which room.
            name: what the SFU calls this page.
            believes: what the page itself believes it is called, if not that.
            guest: `member`; `forgetful`, whose manager puts no worker before its tracks; or `stranger`, whose
                client seals nothing and takes everything.
        """
        page = await (await browser.new_context()).new_page()
        await page.goto(place.origin)
        async with place.engine.sfu() as sfu:
            await sfu.open_room(place.room)
            token = sfu.token(place.room, Identity(name), MAY, LIFETIME)
        url = place.engine.public_url
        await page.evaluate("told => sealed.join(...told)", [url, token, believes or name, guest])
        return cls(page, name)

    def ears(self) -> Visitor:
        """Return this page as a visitor whose ears can be watched."""
        return Visitor(self.page, 0)

    async def say(self, do: str, **more: object) -> None:
        """Say one word to the frames worker as the keys worker does; a secret is one number repeated."""
        await self.page.evaluate("word => sealed.say(word)", {"do": do, **more})

    async def speak(
        self, tone: int, *, name: str = "floor", purpose: str = "floor", others: tuple[bool, ...] = ()
    ) -> None:
        """Send a tone; `others` says who else takes RED."""
        await self.page.evaluate("told => sealed.speak(...told)", [tone, name, purpose, others])

    async def show(self) -> None:
        """Send a moving picture."""
        await self.page.evaluate("() => sealed.show()")

    async def withdraw(self) -> None:
        """Take back everything that is sent."""
        await self.page.evaluate("() => sealed.withdraw()")

    async def kill(self) -> None:
        """Let the frames worker die."""
        await self.page.evaluate("() => sealed.kill()")

    async def heard(self, *tones: int) -> set[int]:
        """Return which of the tones can be heard."""
        levels: list[float] = await self.page.evaluate("tones => levels(tones)", list(tones))
        return {tone for tone, level in zip(tones, levels, strict=True) if level > HEARD_DECIBELS}

    async def counts(self) -> dict[str, Any]:
        """Return what the frames worker counted."""
        return dict(await self.page.evaluate("() => sealed.counts()"))

    async def flow(self, direction: str, medium: str) -> dict[str, Any]:
        """Return what the browser counted of the newest track in a direction (`in` or `out`) and of a medium."""
        flows: list[dict[str, Any]] = await self.page.evaluate("() => sealed.flows()")
        of_it = [flow for flow in flows if (flow["direction"], flow["medium"]) == (direction, medium)]
        return of_it[-1] if of_it else {"codec": "", "packets": 0, "frames": 0, "keyFrames": 0}

    async def write(self, words: str) -> str:
        """Send text over the library's data channel; return why it was refused, empty if it was not."""
        return str(await self.page.evaluate("words => sealed.write(words)", words))

    async def texts(self) -> list[str]:
        """Return the texts that came over the library's data channel."""
        return list(await self.page.evaluate("() => sealed.texts()"))

    async def fatalities(self) -> list[str]:
        """Return why nothing leaves and nothing is heard any more, if that is so."""
        return list(await self.page.evaluate("() => sealed.fatalities()"))
