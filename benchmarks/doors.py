"""`doors.press`, `doors.senders`, `doors.audio_lost`: what happens when a chair closes the doors on a room of fifty.

Most members have no page (`tests/live/crowd.py`). Over loopback, from the moment at which a chair gives the order:

- `doors.press`: until the last frame that a reporter's page could open. Goal: a round trip and 150 ms. The page is told a second
  late that the doors have closed, so that it goes on for as long as anything comes that it can open. `doors.press.few` is the
  same with the chairs, two principals and the reporter alone: what the forty-eight take of the machine lies between the two.
- `doors.audio_lost`: how much of one principal's voice the other's browser had to make up in the two seconds after the
  order, on top of two quiet seconds just before. Goal: nothing, that is less than a millisecond.
- `doors.senders`: until the last of fifty members without pages seals under the chamber's keys. Goal: a round trip and 500 ms.

In earnest each has a machine of their own. For the first two, which are seen in Chromium, the principals have the second core for
themselves; the reporter has what server and media engine leave of the first, and the crowd what the reporter leaves. For the
third there is nobody but the crowd.
"""

import asyncio
import tempfile
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from playwright.async_api import Page, async_playwright

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
LESS: Final = 10  # the server comes before a reporter's browser
PRESS_MILLISECONDS: Final = 150.0
SENDERS_MILLISECONDS: Final = 500.0
LOST_MILLISECONDS: Final = 1.0
# What tells the reporter's page that the doors have closed, and all that comes after it, comes a second late.
LATE: Final = """(() => {
  const Native = globalThis.WebSocket;
  globalThis.WebSocket = class extends Native {
    held = null;

    constructor(...address) {
      super(...address);
      this.addEventListener("message", (told) => {
        const closes = told.data.includes('"phase_moved"') && told.data.includes('"phase":"closed"');
        if (told.isLate || (this.held === null && !closes)) return;
        told.stopImmediatePropagation();
        if (this.held === null) setTimeout(() => this.release(), 1000);
        this.held = [...(this.held ?? []), told.data];
      });
    }

    release() {
      const held = this.held;
      this.held = null;
      for (const data of held) this.dispatchEvent(Object.assign(new MessageEvent("message", { data }), { isLate: true }));
    }
  };
})();"""
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


async def chamber(stack: AsyncExitStack, *, members: int, least: bool) -> Chamber:
    """Let the chairs and a crowd of so many come in; the crowd with the least of priorities, where others are measured."""
    folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="visavis-bench-"))
    _, hall = await stack.enter_async_context(operated(Path(folder), FakeChance()))
    leaders = await stack.enter_async_context(Crowd.open())
    arven, tolmar = [await leaders.arrive(party, hall.link(party, "chair")) for party in ("arven", "tolmar")]
    before = started()
    crowd = await stack.enter_async_context(Crowd.open())
    for one in started() - before if least else ():
        one.nice(LEAST)
    links = (await Desks.of(hall)).advisers(members)
    advisers = [await crowd.arrive(f"adviser {at}", link) for at, link in enumerate(links)]
    for member in (arven, tolmar, *advisers):
        await member.enter(hall.meeting)
    room = Chamber(hall, (leaders, crowd), (arven, tolmar))
    await room.send_under("chamber")
    return room


async def prepared(page: Page) -> None:
    """Let a reporter's page keep its workers, and hear late."""
    await page.add_init_script(LATE)
    await Workers.prepare(page)


async def seen(stack: AsyncExitStack, members: int) -> Seen:
    """Let everybody come, in pages too."""
    room = await chamber(stack, members=members, least=True)
    playwright = await stack.enter_async_context(async_playwright())
    pin(started(), 0)
    before = started()
    reporters = await stack.enter_async_context(on_core(0, playwright))
    for one in started() - before:
        one.nice(LESS)
    principals = await stack.enter_async_context(on_core(1, playwright))
    arven, tolmar = [
        await Visitor.arrive(principals, room.hall.link(party, "principal"), tone=TONES[f"{party} principal"])
        for party in ("arven", "tolmar")
    ]
    press = await Visitor.arrive(reporters, room.hall.link("press", "press"), tone=TONES["press"], before=prepared)
    for page in (arven, tolmar):
        await page.take_seat()
    await press.go_in()
    await press.page.evaluate(WATCH)
    return Seen(room, (arven, tolmar), press)


async def main() -> None:
    """Print the figures."""
    count = wanted(CLOSINGS)
    closings: dict[int, list[Closing]] = {}
    for members in (MEMBERS, 0):
        async with AsyncExitStack() as stack:
            closings[members] = (await in_turn({"doors": (await seen(stack, members)).closing}, count))["doors"]
    async with AsyncExitStack() as stack:
        room = await chamber(stack, members=MEMBERS, least=False)
        senders = await in_turn({"senders": partial(Chamber.senders, room)}, count)
    for name, members in (("doors.press", MEMBERS), ("doors.press.few", 0)):
        against_goal(name, [one.press for one in closings[members]], PRESS_MILLISECONDS, unit="ms").print()
    lost, before = [one.lost for one in closings[MEMBERS]], [one.lost_before for one in closings[MEMBERS]]
    on_top_at_most("doors.audio_lost", lost, before, LOST_MILLISECONDS, unit="ms").print()
    against_goal("doors.senders", senders["senders"], SENDERS_MILLISECONDS, unit="ms").print()


if __name__ == "__main__":
    ended_within(14, main)
