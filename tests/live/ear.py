"""What a page heard, look by look, and when: seen by the page itself, whether or not anybody asks at that moment.

Time is counted in the page's own looks. A machine that has no time for the page makes fewer looks, and so takes nothing
from what is measured; whatever delays the summit and not the page is seen in full.
"""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from tests.live.bare import BarePage
from tests.live.visitor import HEARD_DECIBELS, Visitor
from visavis.kernel.clock import read

LOOK_SECONDS: Final = 0.05

_WATCH: Final = """([key, every]) => {
  const looks = [];
  (globalThis.looks ??= {})[key] = looks;
  setInterval(() => looks.push([Date.now(), LOOK]), every);
}"""
_READ: Final = "key => globalThis.looks[key]"
_IN: Final = "in"


@dataclass(frozen=True, slots=True)
class Ear:
    """Listens for one tone in one page, from the moment it is opened."""

    visitor: Visitor
    tone: int

    @classmethod
    async def open(cls, visitor: Visitor, tone: int) -> "Ear":
        """Let the page look at the level of `tone` by itself from now on."""
        await visitor.page.evaluate(_WATCH.replace("LOOK", "globalThis.levels([key])[0]"), [tone, LOOK_SECONDS * 1000])
        return cls(visitor, tone)

    async def levels(self, since: float, until: float | None = None) -> list[float]:
        """Return the level at each look between two moments of the machine's clock, in dBFS."""
        looks: list[tuple[float, float]] = await self.visitor.page.evaluate(
            "(tone) => globalThis.looks[tone]", self.tone
        )
        end = time.time() if until is None else until  # noqa: TID251 - the clock that the page has too
        return [level for at, level in looks if since < at / 1000 <= end]

    async def heard_for(self, since: float) -> float:
        """Return after how many seconds the tone was heard for the last time; 0 if it was not."""
        return _last(level > HEARD_DECIBELS for level in await self.levels(since))

    async def soft_for(self, since: float, full: float) -> float:
        """Return after how many seconds the tone was last softer than `full`; 0 if it was not."""
        return _last(level < full for level in await self.levels(since))

    async def longest_gap(self, since: float, until: float) -> float:
        """Return the longest time between two moments in which the tone was not heard, in seconds."""
        longest = now = 0
        for level in await self.levels(since, until):
            now = 0 if level > HEARD_DECIBELS else now + 1
            longest = max(longest, now)
        return LOOK_SECONDS * longest


async def watch_place(bare: BarePage) -> None:
    """Let a page look whether the SFU has it in a room by itself from now on."""
    await bare.page.evaluate(_WATCH.replace("LOOK", "bare.isIn()"), [_IN, LOOK_SECONDS * 1000])


async def in_for(bare: BarePage, since: float) -> float:
    """Return after how many seconds a page that watches its place was last in a room."""
    looks: list[tuple[float, bool]] = await bare.page.evaluate(_READ, _IN)
    return _last(is_in for at, is_in in looks if at / 1000 > since)


def moment(told: str) -> float:
    """Return an instant that the server told as a moment by the same clock."""
    return read(told).timestamp()


def now() -> float:
    """Return the moment by the clock that the pages have too, in seconds."""
    return time.time()  # noqa: TID251 - the product under test lives in real time


def _last(looks: Iterable[bool]) -> float:
    """Return after how many seconds a look was true for the last time."""
    return LOOK_SECONDS * max((place for place, is_so in enumerate(looks, 1) if is_so), default=0)
