"""What dies comes back: the server without a gap in the sound, the SFU with everybody, a page with its seat."""

import tomllib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

import psutil
import pytest
from playwright.async_api import Browser

from tests.live.cast import TONES, Chairs, heard_by_all, seated
from tests.live.ear import LOOK_SECONDS, Ear, now
from tests.live.hall import Hall
from tests.live.operated import Operated, operated
from tests.live.until import becomes
from tests.live.visitor import Visitor

pytestmark = pytest.mark.anyio

PRINCIPALS: Final = ("arven principal", "tolmar principal")
EACH_OTHER: Final = {
    "arven principal": {TONES["tolmar principal"]},
    "tolmar principal": {TONES["arven principal"]},
}
GAPS: Final = 8


@pytest.fixture
async def running(tmp_path: Path) -> AsyncIterator[tuple[Operated, Hall]]:
    """Yield a server as an operator runs it, and its summit."""
    async with operated(tmp_path) as both:
        yield both


async def test_a_killed_server_leaves_the_sound_alone_and_comes_back_as_it_was(
    browser: Browser, running: tuple[Operated, Hall]
) -> None:
    """Kill -9 of the server: no gap in the sound while it is away, and the meeting stands where it stood."""
    server, hall = running
    chairs = await Chairs.arrive(hall)
    visitors = await seated(browser, hall, *PRINCIPALS)
    await chairs.alone("close_doors")
    await becomes(lambda: heard_by_all(visitors), EACH_OTHER)
    before = (await chairs.arven.dossier())["meetings"]
    ear = await Ear.open(visitors["arven principal"], TONES["tolmar principal"])

    killed = now()
    await server.kill()
    await becomes(lambda: reconnecting(visitors["arven principal"]), wanted=True)
    await server.start()

    await becomes(lambda: reconnecting(visitors["arven principal"]), wanted=False)
    back = now()
    await becomes(lambda: heard_by_all(visitors), EACH_OTHER)
    await went_on(ear, killed, back)
    assert (await chairs.arven.dossier())["meetings"] == before
    await chairs.alone("recess")
    await becomes(lambda: heard_by_all(visitors), {name: set[int]() for name in visitors})
    await chairs.leave()


async def test_a_killed_gate_leaves_the_sound_alone_and_lets_people_in_again(
    browser: Browser, running: tuple[Operated, Hall]
) -> None:
    """Kill -9 of the gate: no gap in the sound; it is started again, signalling resumes, and a reload finds its seat."""
    server, hall = running
    chairs = await Chairs.arrive(hall)
    visitors = await seated(browser, hall, *PRINCIPALS)
    await chairs.alone("close_doors")
    await becomes(lambda: heard_by_all(visitors), EACH_OTHER)
    ear = await Ear.open(visitors["arven principal"], TONES["tolmar principal"])
    before, killed = server.gate().pid, now()
    server.gate().kill()
    await becomes(lambda: guests(server), 2)
    back = now()
    await becomes(lambda: heard_by_all(visitors), EACH_OTHER)
    assert server.gate().pid != before
    await went_on(ear, killed, back)
    await visitors["tolmar principal"].page.reload()
    await visitors["tolmar principal"].is_seated()
    await becomes(lambda: heard_by_all(visitors), EACH_OTHER)
    await chairs.alone("recess")
    await becomes(lambda: heard_by_all(visitors), {name: set[int]() for name in visitors})
    await chairs.leave()


async def test_after_a_killed_sfu_everybody_is_back(browser: Browser, running: tuple[Operated, Hall]) -> None:
    """Kill -9 of the SFU: it is started again, and all hear each other again without doing anything."""
    server, hall = running
    chairs = await Chairs.arrive(hall)
    visitors = await seated(browser, hall, *PRINCIPALS)
    await chairs.alone("close_doors")
    await becomes(lambda: heard_by_all(visitors), EACH_OTHER)
    killed = server.sfu().pid
    server.sfu().kill()
    # The silence between may be too short to be seen: that another SFU stands is what tells the new sound from the old.
    await becomes(lambda: has_another_sfu(server, killed), wanted=True)
    await becomes(lambda: heard_by_all(visitors), EACH_OTHER)
    await chairs.leave()


async def test_a_reloaded_page_has_its_seat_by_itself(browser: Browser, hall: Hall, chairs: Chairs) -> None:
    """After a reload one is back in one's seat, hearing, without pressing anything; `reload` measures how soon."""
    visitors = await seated(browser, hall, *PRINCIPALS)
    await chairs.alone("close_doors")
    await becomes(lambda: heard_by_all(visitors), EACH_OTHER)
    await visitors["arven principal"].page.reload()
    await visitors["arven principal"].is_seated()
    await becomes(lambda: heard_by_all(visitors), EACH_OTHER)


async def went_on(ear: Ear, killed: float, back: float) -> None:
    """See that the sound went on from `killed` to `back`: it would be gone for most of that time if it needed what died.

    A machine without time for sender, SFU or listener makes it miss a look now and then; the longer it takes, the more.
    """
    away = LOOK_SECONDS * len(await ear.levels(killed, back))
    gap = await ear.longest_gap(killed, now())
    assert gap < away / GAPS, f"silent for {gap:.2f} s of {away:.2f} s"


async def has_another_sfu(server: Operated, killed: int) -> bool:
    """Whether the SFU that was killed has a successor that runs."""
    try:
        return server.sfu().pid != killed
    except psutil.NoSuchProcess:
        return False


async def reconnecting(visitor: Visitor) -> bool:
    """Whether the page says that it lost the server."""
    feed = await visitor.page.evaluate("() => globalThis.__visavisProbe.services.meeting.state.get().at")
    return bool(feed == "returning")


async def guests(server: Operated) -> int:
    """Return how many browsers are connected with the gate that stands now."""
    port = tomllib.loads((server.folder / "visavis.toml").read_text(encoding="utf-8"))["sfu_port"]
    try:
        taken = server.gate().net_connections("tcp")
    except psutil.NoSuchProcess:
        return 0
    return sum(one.status == psutil.CONN_ESTABLISHED and one.laddr.port == port for one in taken)
