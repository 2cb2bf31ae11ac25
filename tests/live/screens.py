"""What scenes with real screens do: come in, take a seat, give an order, read the doors' line."""

import re
from typing import Final

from playwright.async_api import Browser, Locator, Page, expect

from tests.live.cast import SEATS, TONES
from tests.live.hall import Hall
from tests.live.sight import TabWalk
from tests.live.visitor import Visitor

CHAIR: Final = ("arven", "chair")
GRAVE: Final = ("Open the doors", "Recess", "Change to One-on-one")


async def arrived(browser: Browser, hall: Hall, party: str, role: str, place: int = 0) -> Visitor:
    """Return somebody before their seat."""
    tone = TONES.get(f"{party} {role}", TONES["arven adviser"])
    visitor = await Visitor.arrive(browser, hall.link(party, role, place), tone=tone)
    taking = re.compile(r"^(Take your seat|Enter the gallery|Open the table)$")
    await expect(visitor.page.get_by_role("button", name=taking)).to_be_visible()
    return visitor


async def seated(browser: Browser, hall: Hall, name: str, *, before: str = "") -> Visitor:
    """Return somebody in their seat; `before` is a script that runs in the page before everything else."""

    async def prepare(page: Page) -> None:
        await page.add_init_script(before)

    visitor = await Visitor.arrive(browser, hall.link(*SEATS[name]), tone=TONES[name], before=prepare)
    await visitor.take_seat()
    return visitor


async def order(page: Page, name: str) -> None:
    """Give an order from the menu, and confirm it where that is asked."""
    await page.get_by_role("button", name="Orders").click()
    await page.get_by_role("menuitem", name=name).click()
    await expect(page.locator("[role=menu]")).to_have_count(0)
    if name in GRAVE:
        await page.get_by_role("alertdialog").get_by_role("button", name=name).click()


async def sends(visitor: Visitor) -> bool:
    """Whether a member's microphone is sent."""
    told = "() => globalThis.__visavisProbe.services.call.state.get().sending.microphone"
    return bool(await visitor.page.evaluate(told))


def doors(page: Page) -> Locator:
    """Return the line about the doors."""
    return page.get_by_role("region", name="The doors")


def reaches_all(walk: TabWalk) -> None:
    """See that the Tab key leaves out nothing, and always shows where it is."""
    assert walk.missed == ()
    assert walk.unseen == ()
    assert len(walk.names) > 2
