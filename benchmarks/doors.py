"""`doors.press`, `doors.senders`, `doors.audio_lost`: what happens when a chair closes the doors on a room of fifty.

Most members have no page (`tests/live/crowd.py`). Over loopback, from the moment at which a chair gives the order:

- `doors.press`: until the last frame that a reporter's page could open. Goal: a round trip and 150 ms.
- `doors.audio_lost`: how much of one principal's voice the other's browser had to make up in the two seconds after the
  order, on top of two quiet seconds just before. Goal: nothing, that is less than a millisecond.
- `doors.senders`: until the last of fifty members without pages seals under the chamber's keys. Goal: a round trip and 500 ms.

In earnest each has a machine of their own. For the first two, which are seen in Chromium, the crowd has what is left of the
machine; for the third there is nobody but the crowd.
"""

import asyncio
import tempfile
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from playwright.async_api import async_playwright

from benchmarks.parts.figure import against_goal, on_top_at_most
from benchmarks.parts.trials import ended_within, in_turn, pin, started, wanted
from benchmarks.sealed_join import on_core
from tests.fakes.chance import FakeChance
from tests.live.cast import TONES
from tests.live.crowd import Attendee, Crowd, Stands
from tests.live.desks import Desks
from tests.live.hall import Hall
from tests.live.host.wire import concealed
from tests.live.operated import operated
from tests.live.until import becomes
from tests.live.visitor import Visitor
from tests.live.workers import Workers

MEMBERS: Final = 48
CLOSINGS: Final = 5
QUIET_SECONDS: Final = 2.0
PATIENCE_SECONDS: Final = 240.0
LEAST: Final = 19
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
    """What one closing took where it is seen and heard, in milliseconds."""

    press: float
    lost: float
    lost_before: float


@dataclass(frozen=True, slots=True)
class Chamber:
    """A meeting with a crowd in it, and both chairs in a process of their own."""

    hall: Hall
    crowds: tuple[Crowd, Crowd]
    chairs: tuple[Attendee, Attendee]

    async def open(self) -> None:
        """Open the doors, and wait until everybody speaks outside."""
        for chair in self.chairs:
            await chair.move("open_doors")
        await self.send_under("floor")

    async def send_under(self, kind: str) -> None:
        """Wait until everybody seals under the keys of the group of a kind."""

        def sends(stands: Stands) -> bool:
            return str((stands["sending"] or {"group": ""})["group"]).startswith(kind)

        for crowd in self.crowds:
            await crowd.until(sends, patience=PATIENCE_SECONDS)

    async def senders(self) -> float:
        """Open and close the doors; return after how many ms the last has closed."""
        await self.open()
        await asyncio.sleep(QUIET_SECONDS)
        began = time.monotonic() * 1000
        await self.chairs[0].move("close_doors")
        await self.send_under("chamber")
        accounts = [account for crowd in self.crowds for account in crowd.accounts.values()]
        return round(float(max(account.stands["sending"]["since"] for account in accounts)) - began, 1)


@dataclass(frozen=True, slots=True)
class Seen:
    """The same with two principals and a reporter in pages."""

    chamber: Chamber
    principals: tuple[Visitor, Visitor]
    press: Visitor

    async def closing(self) -> Closing:
        """Open the doors, and look how they close."""
        await self.chamber.open()
        await becomes(lambda: self.press.heard(list(TONES.values())), {one.tone for one in self.principals})
        ear = self.principals[1].page
        before = await concealed(ear)
        await asyncio.sleep(QUIET_SECONDS)
        began, at = await concealed(ear), time.time() * 1000
        await self.chamber.chairs[0].move("close_doors")
        await asyncio.sleep(QUIET_SECONDS)
        lost = await concealed(ear)
        last = float(await self.press.page.evaluate("() => lastOpened.at"))
        await self.chamber.send_under("chamber")
        return Closing(round(max(last - at, 0.0), 1), round(lost - began, 1), round(began - before, 1))


async def chamber(stack: AsyncExitStack, *, least: bool) -> Chamber:
    """Let the chairs and the crowd come in; the crowd with the least of priorities, where others are measured."""
    folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="visavis-bench-"))
    _, hall = await stack.enter_async_context(operated(Path(folder), FakeChance()))
    leaders = await stack.enter_async_context(Crowd.open())
    arven, tolmar = [await leaders.arrive(party, hall.link(party, "chair")) for party in ("arven", "tolmar")]
    before = started()
    crowd = await stack.enter_async_context(Crowd.open())
    for one in started() - before if least else ():
        one.nice(LEAST)
    links = (await Desks.of(hall)).advisers(MEMBERS)
    members = [await crowd.arrive(f"adviser {at}", link) for at, link in enumerate(links)]
    for member in (arven, tolmar, *members):
        await member.enter(hall.meeting)
    room = Chamber(hall, (leaders, crowd), (arven, tolmar))
    await room.send_under("chamber")
    return room


async def seen(stack: AsyncExitStack) -> Seen:
    """Let everybody come, in pages too."""
    room = await chamber(stack, least=True)
    playwright = await stack.enter_async_context(async_playwright())
    pin(started(), 0)
    browser = await stack.enter_async_context(on_core(1, playwright))
    seats = (("arven", "principal"), ("tolmar", "principal"), ("press", "press"))
    pages = [
        await Visitor.arrive(browser, room.hall.link(*seat), tone=tone, before=Workers.prepare)
        for seat, tone in zip(seats, (TONES["arven principal"], TONES["tolmar principal"], TONES["press"]), strict=True)
    ]
    for page in pages[:2]:
        await page.take_seat()
    await pages[2].go_in()
    await pages[2].page.evaluate(WATCH)
    return Seen(room, (pages[0], pages[1]), pages[2])


async def main() -> None:
    """Print the figures."""
    count = wanted(CLOSINGS)
    async with AsyncExitStack() as stack:
        closings = (await in_turn({"doors": (await seen(stack)).closing}, count))["doors"]
    async with AsyncExitStack() as stack:
        senders = await in_turn({"senders": partial(Chamber.senders, await chamber(stack, least=False))}, count)
    against_goal("doors.press", [one.press for one in closings], PRESS_MILLISECONDS, unit="ms").print()
    lost, before = [one.lost for one in closings], [one.lost_before for one in closings]
    on_top_at_most("doors.audio_lost", lost, before, LOST_MILLISECONDS, unit="ms").print()
    against_goal("doors.senders", senders["senders"], SENDERS_MILLISECONDS, unit="ms").print()


if __name__ == "__main__":
    ended_within(14, main)
