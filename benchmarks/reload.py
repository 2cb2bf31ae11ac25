"""`reload`: from the reload of a page in a closed meeting until its member is back in the seat, against 2 s."""

import time
from typing import Final

from playwright.async_api import async_playwright

from benchmarks.parts.figure import against_goal
from benchmarks.parts.trials import ended_within, in_turn, wanted
from tests.live.browser import launched
from tests.live.cast import Chairs, seated
from tests.live.hall import open_hall

GOAL_SECONDS: Final = 2.0
RELOADS: Final = 9


async def main() -> None:
    """Print the figure."""
    async with async_playwright() as playwright, launched(playwright) as browser, open_hall() as hall:
        chairs = await Chairs.arrive(hall)
        visitors = await seated(browser, hall, "arven principal", "tolmar principal")
        await chairs.alone("close_doors")
        visitor = visitors["arven principal"]

        async def seconds() -> float:
            began = time.perf_counter()
            await visitor.page.reload()
            await visitor.is_seated()
            return round(time.perf_counter() - began, 3)

        reloads = await in_turn({"reload": seconds}, wanted(RELOADS))
        await chairs.leave()
    against_goal("reload", reloads["reload"], GOAL_SECONDS, unit="s").print()


if __name__ == "__main__":
    ended_within(5, main)
