"""Hours of a meeting in a minute: phases move, members leave and come back, and a page holds no more than at first."""

from typing import Final

import pytest
from playwright.async_api import Browser

from tests.live.cast import TONES, Chairs, heard_by_all, seated
from tests.live.census import heap_bytes, living
from tests.live.hall import Hall
from tests.live.until import becomes
from tests.live.visitor import Visitor

pytestmark = pytest.mark.anyio

MOVES: Final = 20
WARMING_MOVES: Final = 4  # code that is loaded at its first use, and caches that fill once
GROWTH_BYTES: Final = 1_500_000  # a collected heap of this page swings by half of that
EACH_OTHER: Final = {
    "arven principal": {TONES["tolmar principal"]},
    "tolmar principal": {TONES["arven principal"]},
}


async def test_a_page_holds_no_more_after_hours_than_at_first(browser: Browser, hall: Hall, chairs: Chairs) -> None:
    """After twenty moves and five goings and comings: the same connections and sounds, and no growing heap."""
    visitors = await seated(browser, hall, *EACH_OTHER)
    page = visitors["arven principal"].page
    await chairs.alone("close_doors")
    await becomes(lambda: heard_by_all(visitors), EACH_OTHER)
    await sit_through(visitors, chairs, WARMING_MOVES)
    at_first, lived = await heap_bytes(page), await living(page)

    await sit_through(visitors, chairs, MOVES)
    await becomes(lambda: living(page), lived)
    grown = await heap_bytes(page) - at_first
    assert grown < GROWTH_BYTES, f"{grown} bytes more than {at_first}"


async def sit_through(visitors: dict[str, Visitor], chairs: Chairs, moves: int) -> None:
    """Recess and resume by turns; in every second recess a member goes and comes back."""
    for move in range(moves // 2):
        await chairs.alone("recess")
        await becomes(lambda: heard_by_all(visitors), {name: set[int]() for name in visitors})
        if move % 2 == 0:
            await go_and_come_back(visitors["tolmar principal"])
        await chairs.alone("resume")
        for visitor in visitors.values():
            await visitor.speak_again()
        await becomes(lambda: heard_by_all(visitors), EACH_OTHER)


async def go_and_come_back(visitor: Visitor) -> None:
    """Leave the room by the button, and take the seat again."""
    page = visitor.page
    await page.get_by_role("button", name="Leave", exact=True).click()
    await page.get_by_role("button", name="Leave the room").click()
    await visitor.take_seat()
