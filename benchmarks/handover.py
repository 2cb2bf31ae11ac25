"""`handover`: the gap at the listener's ears as the microphone of a booth changes hands, against 20 ms.

Each interpreter sends one tone. A gap is the longest time in which neither of both, nor both together, is half as loud as one.
"""

from typing import Final

from playwright.async_api import async_playwright

from benchmarks.parts.figure import against_goal
from benchmarks.parts.trials import ended_within, in_turn, wanted
from tests.live.browser import launched
from tests.live.cast import Chairs
from tests.live.hall import open_hall
from tests.live.handover import LISTEN, LOUD, SILENT, Recorder, go_on_air, hand_over, lost, sees
from tests.live.visitor import Visitor

GOAL_MILLISECONDS: Final = 20.0
HANDOVERS: Final = 30
TONES: Final = (1600, 2400)
FULL: Final = 0.2


async def main() -> None:
    """Print the figure."""
    async with async_playwright() as playwright, launched(playwright) as browser, open_hall() as hall:
        chairs = await Chairs.arrive(hall)
        links = [hall.link("arven", "interpreter", place) for place in range(2)]
        booth = [await Visitor.arrive(browser, link, tone=tone) for link, tone in zip(links, TONES, strict=True)]
        listener = await Visitor.arrive(browser, hall.link("arven", "adviser"), tone=200)
        for visitor in (*booth, listener):
            await visitor.take_seat()
        await chairs.alone("close_doors")
        await go_on_air(booth[0])
        await listener.page.evaluate(LISTEN, "en")
        recorder = await Recorder.open(listener, TONES)
        await sees(listener, LOUD, 0, FULL)
        turn = 0

        async def gap() -> float:
            nonlocal turn
            giver, taker = booth[turn % 2], booth[(turn + 1) % 2]
            turn += 1
            since = await recorder.place()
            await hand_over(giver, taker)
            await sees(listener, LOUD, turn % 2, FULL)
            await sees(giver, SILENT)
            return lost(await recorder.steps(since))

        gaps = await in_turn({"gap": gap}, wanted(HANDOVERS))
        await chairs.leave()
    against_goal("handover", gaps["gap"], GOAL_MILLISECONDS, unit="ms").print()


if __name__ == "__main__":
    ended_within(5, main)
