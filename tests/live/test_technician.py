"""The technician of a delegation: reads how its devices do, hears nothing, answers calls; and all booths at a glance."""

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

import pytest
from playwright.async_api import Browser, Locator, expect

from tests.live.cast import ALL_TONES, TONES, Chairs
from tests.live.hall import Hall
from tests.live.operated import operated
from tests.live.screens import reaches_all
from tests.live.sight import Inspection, tab_through
from tests.live.visitor import Visitor
from visavis.demo.cast import ARVEN, CAST, COMPANY, TOLMAR, Company, Part
from visavis.identity.model import Role

pytestmark = pytest.mark.anyio

TECHNICIANS: Final = (
    Part(ARVEN.party, Role.TECHNICIAN, "P. Reed", ("en",)),
    Part(TOLMAR.party, Role.TECHNICIAN, "A. Kirsch", ("fr",)),
)
MAREN: Final = "President Ilse Maren"
LINES: Final = "() => globalThis.__visavisProbe.services.watch.state.get().lines.size"
GROUPS: Final = "() => globalThis.__visavisProbe.services.keys.state.get().groups.map(({ group }) => group)"


@pytest.fixture
async def hall(tmp_path: Path) -> AsyncIterator[Hall]:
    """Yield a summit in which each delegation has a technician."""
    async with operated(tmp_path, company=Company(COMPANY.languages, (*CAST, *TECHNICIANS))) as (_, opened):
        yield opened


def row(technician: Visitor, name: str) -> Locator:
    """Return the line of somebody's device."""
    return technician.page.get_by_role("row").filter(has_text=name)


async def test_a_technician_reads_how_devices_do_and_answers_a_call(
    browser: Browser, hall: Hall, chairs: Chairs
) -> None:
    """Figures of their own delegation alone, advice, a call answered and done; no sound, no key of the chamber."""
    maren = await Visitor.arrive(browser, hall.link("arven", "principal"), tone=TONES["arven principal"])
    fane = await Visitor.arrive(browser, hall.link("arven", "interpreter"), tone=TONES["arven interpreter"])
    reed = await Visitor.arrive(browser, hall.link("arven", "technician"), tone=TONES["press"])
    kirsch = await Visitor.arrive(browser, hall.link("tolmar", "technician"), tone=TONES["press"])
    await maren.take_seat()
    await fane.take_seat()
    for technician in (reed, kirsch):
        await technician.go_in()
    await chairs.alone("close_doors")

    # A single tone has no more to it than a telephone lets through.
    await expect(row(reed, MAREN)).to_contain_text("Telephone sound, as from a wireless headset")
    await expect(row(reed, MAREN)).to_contain_text(re.compile(r"\d kbit/s"))
    await expect(row(reed, MAREN)).to_contain_text(re.compile(r"\d% sent.*\d ms"))
    await expect(row(reed, "L. Fane")).to_contain_text("Off")

    await fane.page.keyboard.press("t")
    await expect(reed.page.get_by_text("L. Fane calls for you.")).to_be_visible()
    eye = Inspection()
    await eye.look(reed.page, "the technician's page")
    reaches_all(await tab_through(reed.page))
    await reed.page.get_by_role("button", name="On my way to L. Fane").press("Enter")
    await expect(fane.page.get_by_text("P. Reed, your technician, is on the way.")).to_be_visible()
    await reed.page.get_by_role("button", name="Done for L. Fane").press("Enter")
    await expect(reed.page.get_by_text("Nobody calls for you.")).to_be_visible()
    await expect(fane.page.get_by_text("is on the way")).to_have_count(0)

    await fane.page.keyboard.press("Space")
    await fane.page.keyboard.press("o")
    at_a_glance = fane.page.get_by_role("dialog", name="Booths and shifts")
    await expect(at_a_glance.get_by_role("row").filter(has_text="Republic of Arven")).to_contain_text(
        "On air into English"
    )
    await eye.look(fane.page, "all booths", looks=("dark",))
    assert "\n".join(eye.told()) == ""

    assert await reed.heard(ALL_TONES) == set()
    assert "chamber" not in await reed.page.evaluate(GROUPS)
    # Of the other delegation's devices nothing was told to anybody but their own.
    assert await kirsch.page.evaluate(LINES) == 0
    await expect(row(kirsch, "Minister Sera Kolm")).to_have_count(1)
    await expect(row(kirsch, MAREN)).to_have_count(0)
