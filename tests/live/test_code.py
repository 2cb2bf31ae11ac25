"""The code that both sides read to each other: the same on every screen, and what each device remembers of it."""

import asyncio
import re
from typing import Final

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from tests.live.cast import Chairs, seated
from tests.live.hall import Hall
from tests.live.screens import doors, sends
from tests.live.sight import Inspection, tab_to
from tests.live.until import becomes

pytestmark = pytest.mark.anyio

BOTH: Final = ("arven principal", "tolmar principal")


async def test_both_sides_compare_one_code_and_see_who_has_come_since(
    browser: Browser, hall: Hall, chairs: Chairs
) -> None:
    """One code, each side its half; a match outlives a newcomer, who is marked; a difference is everybody's alarm.

    Whoever finds it is silent; it ends when they find a match.
    """
    visitors = await seated(browser, hall, *BOTH)
    arven, tolmar = (visitors[name] for name in BOTH)
    await chairs.alone("close_doors")
    await becomes(lambda: sends(tolmar), wanted=True)
    for page in (arven.page, tolmar.page):
        await expect(doors(page)).to_contain_text("1 device can hear you")
        await page.get_by_role("button", name="Code not compared yet").click()
    await becomes(lambda: same(arven.page, tolmar.page), wanted=True)
    for page, own in ((arven.page, "Republic of Arven"), (tolmar.page, "Kingdom of Tolmar")):
        await expect(page.locator(".code [data-own]")).to_contain_text(f"{own} reads aloud")
    eye = Inspection()
    await eye.look(arven.page, "the code", looks=("dark",))
    assert "\n".join(eye.told()) == ""

    for page in (arven.page, tolmar.page):
        await answer(page, "It matches")
        await expect(lock(page)).to_contain_text("Code compared at")
    await arven.page.keyboard.press("k")
    found = arven.page.locator(".code-found li")
    await expect(found).to_have_text(re.compile(r".+, Kingdom of Tolmar: code \d+ matches, \d\d:\d\d"))
    await eye.look(arven.page, "what the others found", looks=("dark",))
    assert "\n".join(eye.told()) == ""
    await arven.page.keyboard.press("Escape")
    await seated(browser, hall, "tolmar interpreter")
    for page in (arven.page, tolmar.page):
        await expect(lock(page)).to_contain_text("1 newcomer since")
        await expect(doors(page)).to_contain_text("2 devices can hear you")
    await arven.page.keyboard.press("w")
    newcomer = arven.page.get_by_role("dialog").get_by_role("listitem").filter(has_text="New since the code")
    await expect(newcomer).to_contain_text("Interpreter")
    await expect(newcomer).to_contain_text("Device accredited by Kingdom of Tolmar")
    await arven.page.keyboard.press("Escape")

    await tolmar.page.keyboard.press("k")
    await answer(tolmar.page, "It does not match")
    await expect(tolmar.page.locator(".doors[data-colour=alarm]")).to_contain_text("The codes differ")
    await expect(tolmar.page.get_by_text("Say nothing more that matters")).to_be_visible()
    await becomes(lambda: sends(tolmar), wanted=False)
    await expect(lock(arven.page)).to_contain_text("The codes may differ")
    told = arven.page.get_by_role("alert").filter(has_text="Compare the code again")
    await expect(told).to_contain_text("Kingdom of Tolmar, says that the codes differ")
    await becomes(lambda: sends(arven), wanted=True)
    await tolmar.page.keyboard.press("k")
    await answer(tolmar.page, "It matches")
    for page in (arven.page, tolmar.page):
        await expect(lock(page)).to_contain_text("Code compared at")


def lock(page: Page) -> Locator:
    """Return the state of the keys in the doors' line."""
    return page.locator(".doors [data-lock]")


async def answer(page: Page, name: str) -> None:
    """Say in the sheet what was found, and close it, by keyboard."""
    await tab_to(page, name)
    await page.keyboard.press("Enter")
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)


async def same(one: Page, other: Page) -> bool:
    """Whether both show six groups of four digits, and the same ones."""
    shown = await asyncio.gather(*(page.locator(".code-digits").all_inner_texts() for page in (one, other)))
    digits = [" ".join(halves).split() for halves in shown]
    return digits[0] == digits[1] and [len(group) for group in digits[0]] == [4] * 6
