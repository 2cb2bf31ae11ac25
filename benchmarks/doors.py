"""`doors.press`, `doors.senders`, `doors.audio_lost`: what happens when a chair closes the doors on a room of fifty.

Forty-eight members without pages (`tests/live/crowd.py`), two principals and a reporter in Chromium, over loopback. From the
moment at which a chair gives the order:

- `doors.press`: until the last frame that the reporter's page could open. Goal: a round trip and 150 ms.
- `doors.senders`: until the last of the forty-eight seals under the chamber's keys. Goal: a round trip and 500 ms.
- `doors.audio_lost`: how much of one principal's voice the other's browser had to make up in the two seconds around the
  order, on top of two quiet seconds just before. Goal: nothing, that is less than a millisecond.
"""

import asyncio
import tempfile
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from playwright.async_api import async_playwright

from benchmarks.parts.figure import against_goal, on_top_at_most
from benchmarks.parts.trials import ended_within, in_turn, pin, started, wanted
from benchmarks.sealed_join import on_core
from tests.fakes.chance import FakeChance
from tests.live.cast import TONES
from tests.live.crowd import Crowd, Stands
from tests.live.host.wire import concealed
from tests.live.operated import operated
from tests.live.storm import Throng
from tests.live.until import becomes
from tests.live.visitor import Visitor
from tests.live.workers import Workers

MEMBERS: Final = 48
CLOSINGS: Final = 5
QUIET_SECONDS: Final = 2.0
PRESS_MILLISECONDS: Final = 150.0
SENDERS_MILLISECONDS: Final = 500.0
LOST_MILLISECONDS: Final = 1.0
# The reporter's page looks by itself, so that asking it takes nothing from what is measured.
WATCH: Final = """() => {
  globalThis.lastOpened = { count: -1, at: 0 };
  setInterval(async () => {
    const { opened } = await workers.counts();
    if (opened !== lastOpened.count) globalThis.lastOpened = { count: opened, at: Date.now() };
  }, 5);
}"""


@dataclass(frozen=True, slots=True)
class Closing:
    """What one closing took, all in milliseconds."""

    press: float
    senders: float
    lost: float
    lost_before: float


@dataclass(frozen=True, slots=True)
class Room:
    """Everybody there."""

    throng: Throng
    principals: tuple[Visitor, Visitor]
    press: Visitor

    async def close(self) -> Closing:
        """Open the doors, and measure how they close."""
        arven, tolmar = (self.throng.attendees[f"{party} chair"] for party in ("arven", "tolmar"))
        await arven.move("open_doors")
        await tolmar.move("open_doors")
        await self.throng.crowd.until(lambda stands: sends_under(stands, "floor"))
        await becomes(lambda: self.press.heard(list(TONES.values())), {one.tone for one in self.principals})
        ear = self.principals[1].page
        before = await concealed(ear)
        await asyncio.sleep(QUIET_SECONDS)
        began = await concealed(ear)
        at, moment = time.time() * 1000, time.monotonic() * 1000
        await arven.move("close_doors")
        await self.throng.crowd.until(lambda stands: sends_under(stands, "chamber"))
        await asyncio.sleep(QUIET_SECONDS)
        lost = await concealed(ear)
        last = float(await self.press.page.evaluate("() => lastOpened.at"))
        since = [one.account.stands["sending"]["since"] for one in self.throng.attendees.values()]
        return Closing(
            press=round(max(last - at, 0.0), 1),
            senders=round(max(since) - moment, 1),
            lost=round(lost - began, 1),
            lost_before=round(began - before, 1),
        )


def sends_under(stands: Stands, kind: str) -> bool:
    """Tell whether somebody seals under the keys of the group of a kind."""
    return str((stands["sending"] or {"group": ""})["group"]).startswith(kind)


async def seated(stack: AsyncExitStack) -> Room:
    """Let everybody come."""
    folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="visavis-bench-"))
    _, hall = await stack.enter_async_context(operated(Path(folder), FakeChance()))
    throng = await Throng.gather(await stack.enter_async_context(Crowd.open()), hall, MEMBERS)
    await throng.storm()
    # Forty-eight members take a core between them; on a machine of its own none would take anything from these three.
    playwright = await stack.enter_async_context(async_playwright())
    pin(started(), 0)
    browser = await stack.enter_async_context(on_core(1, playwright))
    seats = (("arven", "principal"), ("tolmar", "principal"), ("press", "press"))
    pages = [
        await Visitor.arrive(browser, hall.link(*seat), tone=tone, before=Workers.prepare)
        for seat, tone in zip(seats, (TONES["arven principal"], TONES["tolmar principal"], TONES["press"]), strict=True)
    ]
    for page in pages[:2]:
        await page.take_seat()
    await pages[2].go_in()
    await pages[2].page.evaluate(WATCH)
    return Room(throng, (pages[0], pages[1]), pages[2])


async def main() -> None:
    """Print the figures."""
    async with AsyncExitStack() as stack:
        room = await seated(stack)
        closings = (await in_turn({"doors": room.close}, wanted(CLOSINGS)))["doors"]
    against_goal("doors.press", [one.press for one in closings], PRESS_MILLISECONDS, unit="ms").print()
    against_goal("doors.senders", [one.senders for one in closings], SENDERS_MILLISECONDS, unit="ms").print()
    lost, before = [one.lost for one in closings], [one.lost_before for one in closings]
    on_top_at_most("doors.audio_lost", lost, before, LOST_MILLISECONDS, unit="ms").print()


if __name__ == "__main__":
    ended_within(14, main)
