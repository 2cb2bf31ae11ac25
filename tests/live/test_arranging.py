"""A chair arranges the interpretation on a real screen: what the other delegation proposes, and the own booths."""

from typing import Any, Final

import httpx
import pytest
from playwright.async_api import Browser, Page, expect

from tests.live.delegate import Delegate
from tests.live.hall import Hall
from tests.live.screens import CHAIR, arrived
from tests.live.sight import Inspection, tab_to
from tests.live.until import becomes
from tests.live.visitor import Visitor

pytestmark = pytest.mark.anyio

CHANNELS: Final = [{"language": "en", "kind": "spoken"}, {"language": "fr", "kind": "signed"}]


async def told(page: Page, name: str) -> Any:  # noqa: ANN401 - JSON
    """Return a slice as a page was told it."""
    return await page.evaluate(
        "(name) => globalThis.__visavisProbe.services.meeting.state.get().snapshot?.[name] ?? null", name
    )


async def booths_of(page: Page) -> dict[str, list[str]]:
    """Return who is in which booth that was arranged, as a page believes it."""
    return {booth["id"]: booth["members"] for booth in await told(page, "booths")}


async def test_a_chair_agrees_to_channels_and_puts_up_booths_by_keyboard(browser: Browser, hall: Hall) -> None:
    """Tolmar proposes a signed channel; Arven's chair reads it, agrees, and gives the second interpreter a booth."""
    tolmar = await Delegate.arrive(hall.origin, hall.link("tolmar", "chair"))
    fane = await Delegate.arrive(hall.origin, hall.link("arven", "interpreter"))
    oru = await Delegate.arrive(hall.origin, hall.link("arven", "interpreter", 1))
    chair = await arrived(browser, hall, *CHAIR)
    await chair.take_seat()
    page = chair.page
    other = await Visitor.arrive(browser, hall.link("tolmar", "principal"), tone=3410)

    answer = await tolmar.arrange(hall.meeting, CHANNELS)
    assert answer.json() == {"done": False}
    await expect(page.get_by_text("Kingdom of Tolmar proposes other channels")).to_be_in_viewport()
    await tab_to(page, "Look at the proposal")
    await page.keyboard.press("Enter")
    sheet = page.get_by_role("dialog", name="Interpretation")
    await expect(sheet).to_contain_text("Channels: English and French (signed).")
    eye = Inspection()
    await eye.look(page, "the sheet of the interpretation", looks=("dark",))
    assert eye.told() == []
    assert (await told(other.page, "channels"))[1]["kind"] == "spoken"
    await tab_to(page, "Agree to this")
    await page.keyboard.press("Enter")
    await becomes(lambda: told(other.page, "channels"), CHANNELS)

    await tab_to(page, "Change the interpretation")
    await page.keyboard.press("Enter")
    await expect(sheet.get_by_label("French", exact=True)).to_have_value("signed")
    await expect(sheet.get_by_label("Booth of L. Fane", exact=True)).to_have_value("en")
    await sheet.get_by_label("Booth of K. Oru", exact=True).select_option(label="French booth")
    await tab_to(page, "Save our booths")
    await page.keyboard.press("Enter")
    await expect(sheet).to_have_count(0)
    arranged = {"arven.en": [fane.identity], "arven.fr": [oru.identity]}
    await becomes(lambda: booths_of(other.page), arranged)
    for one in (tolmar, fane, oru):
        await one.http.aclose()
    assert answer.status_code == httpx.codes.OK
