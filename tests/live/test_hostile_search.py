"""A host that looks through all it has: database, files, log, and the memory of every process that it runs."""

import json
from base64 import b64decode
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.async_api import Browser, Page

from tests.live.cast import SEATS, TONES, Chairs
from tests.live.hall import Hall
from tests.live.host.keeper import FRAMES, KEYS, before, workers
from tests.live.operated import PRINTED, Operated, talkative
from tests.live.search import files, found, memory, rows
from tests.live.until import becomes
from tests.live.visitor import Visitor

pytestmark = pytest.mark.anyio

MAREN: Final = "arven principal"
VEY: Final = "tolmar principal"
CHAMBER: Final = {"kind": "chamber"}
TEXT: Final = "the harbour of Karsk goes back by the ninth of May"
AT: Final = {"chat": "2031-03-05T07:11:13.171Z", "signal": "2031-03-05T07:11:13.373Z"}
SAID: Final = (
    {"kind": "chat", "at": AT["chat"], "text": TEXT},
    {"kind": "signal", "at": AT["signal"], "signal": "raise_hand"},
)
LISTEN: Final = """() => {
  globalThis.letters = [];
  globalThis.__visavisProbe.keys.listen((group, told) => globalThis.letters.push(told));
}"""
SAY: Final = "([group, said]) => globalThis.__visavisProbe.keys.say(group, 1, said)"
HEARD: Final = "at => globalThis.letters.some(({ told, said }) => told === 'heard' && said.at === at)"
PLENTY: Final = 100
SECRETS: Final = 10
PRIVATE: Final = 32
SAMPLE: Final = 24


@pytest.fixture
async def running(tmp_path: Path) -> AsyncIterator[tuple[Operated, Hall]]:
    """Yield a server that prints all it can, and its summit."""
    async with talkative(tmp_path) as both:
        yield both


@dataclass(frozen=True, slots=True)
class Frames:
    """Of the last frames that a page sent: what they were, and what they left as."""

    clear: Mapping[str, bytes]
    sealed: Mapping[str, bytes]


async def arrived(browser: Browser, hall: Hall, name: str) -> Visitor:
    """Seat a member whose own page remembers its secrets and what it sends."""

    async def put(page: Page) -> None:
        await before(FRAMES, "spoken.js")(page)
        await before(KEYS, "secrets.js")(page)

    visitor = await Visitor.arrive(browser, hall.link(*SEATS[name]), tone=TONES[name], before=put)
    await visitor.take_seat()
    return visitor


async def told(visitor: Visitor, worker: str, name: str) -> list[Any]:
    """Return what the workers of a page have remembered."""
    lists = [await each.evaluate(f"() => globalThis.{name}") for each in workers(visitor.page, worker)]
    return [one for each in lists for one in each]


async def secrets(visitor: Visitor) -> dict[str, bytes]:
    """Return every secret that a page has had, each once."""
    given = sorted(set(await told(visitor, KEYS, "secrets")))
    # Of a session's key the private half comes first; the other is in everybody's roster.
    return {f"secret {number}": b64decode(one)[:PRIVATE] for number, one in enumerate(given)}


async def frames(visitor: Visitor) -> Frames:
    """Return some frames, sound and picture as they came."""
    pairs = (await told(visitor, FRAMES, "spoken"))[-SAMPLE:]
    clear, sealed = (
        {f"frame {n}": b64decode(pair[side]) for n, pair in enumerate(pairs)} for side in ("clear", "sealed")
    )
    return Frames(clear, sealed)


async def said_all(speaker: Visitor, listener: Visitor) -> None:
    """Have one say something of every kind, and the other hear it."""
    await listener.page.evaluate(LISTEN)
    for said in SAID:
        assert await speaker.page.evaluate(SAY, [CHAMBER, said])
        await becomes(partial(listener.page.evaluate, HEARD, said["at"]), wanted=True, looks=1)


async def test_nothing_that_was_said_and_no_secret_is_anywhere_at_the_host(
    browser: Browser, running: tuple[Operated, Hall], tmp_path: Path
) -> None:
    """What is looked for is what the pages themselves remember; where it is looked, what the host does know is found."""
    server, hall = running
    chairs = await Chairs.arrive(hall)
    maren, vey = [await arrived(browser, hall, name) for name in (MAREN, VEY)]
    await chairs.both("open_doors")
    await chairs.alone("close_doors")
    await becomes(lambda: vey.heard([maren.tone]), {maren.tone})
    await said_all(maren, vey)

    async def spoken() -> bool:
        return len(await told(maren, FRAMES, "spoken")) > PLENTY

    await becomes(spoken, wanted=True)
    (meeting,) = [each for each in (await chairs.arven.dossier())["meetings"] if each["id"] == hall.meeting]
    known = {"title": json.dumps(meeting["title"])[1:-1].encode(), "meeting": hall.meeting.encode()}
    words = {"text": TEXT.encode()} | {kind: at.encode() for kind, at in AT.items()}
    kept = await secrets(maren)
    assert len(kept) > SECRETS
    unknown = words | kept

    assert server.process is not None
    sfu = server.sfu().pid
    places = {
        "database": (rows(tmp_path / "visavis.sqlite3"), "title"),
        "files": (files(tmp_path), "title"),
        "log": ([(tmp_path / PRINTED).read_bytes()], "meeting"),
        "server": (memory(server.process.pid), "title"),
        "gate": (memory(server.gate().pid), "meeting"),
        "sfu": (memory(sfu), "meeting"),
    }
    for place, (pieces, planted) in places.items():
        there = found(pieces, known | unknown)
        assert planted in there, place
        assert there & unknown.keys() == set(), place
    # Sound and picture: the SFU has what they left as, and not what they were.
    sent = await frames(maren)
    assert found(memory(sfu), sent.sealed)
    assert found(memory(sfu), sent.clear) == set()
    await chairs.leave()
