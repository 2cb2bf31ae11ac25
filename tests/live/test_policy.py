"""The page lives within its own security policy: nothing it does, on the way in or in a menu, is blocked by it."""

import pytest
from playwright.async_api import Browser, expect

from tests.live.hall import Hall
from tests.live.sight import WATCH
from tests.live.visitor import Visitor

pytestmark = pytest.mark.anyio

OVERLAYS = "[role=menu], [role=dialog], [role=alertdialog]"


async def test_nothing_the_page_does_breaks_its_policy(browser: Browser, hall: Hall) -> None:
    """Take a seat and open a menu, a sheet and a question: no inline style, no foreign address, nothing blocked."""
    visitor = await Visitor.arrive(browser, hall.link("arven", "principal"), tone=440)
    page = visitor.page
    # From here on in every document: the reload goes the whole way in again.
    await page.context.add_init_script(f"({WATCH})()")
    await page.reload()
    await visitor.take_seat()
    for key in ("l", "w", "?"):
        await page.keyboard.press(key)
        await expect(page.locator(OVERLAYS).first).to_be_visible()
        await page.keyboard.press("Escape")
        await expect(page.locator(OVERLAYS)).to_have_count(0)
    await page.get_by_role("button", name="Leave").click()
    await expect(page.get_by_role("alertdialog")).to_be_visible()
    assert await page.evaluate("() => globalThis.violations") == []
