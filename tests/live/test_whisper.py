"""Whispered interpretation: one hears it, the neighbour is neither sent it nor plays it when they are."""

from typing import Final

import pytest
from playwright.async_api import Browser, Page, expect

from tests.live.booth import full_level, mix
from tests.live.cast import TONES, Chairs, seated
from tests.live.hall import Hall
from tests.live.until import becomes, goes_on

pytestmark = pytest.mark.anyio

SPEAKER: Final = "tolmar principal"
NEIGHBOUR: Final = "arven principal"
HEARER: Final = "arven adviser"
FANE: Final = "arven interpreter"
FENCE: Final = "Others in the chamber are kept from this by the server, not by keys"
# What comes to a page of whispers, by the SFU's own account; and what the page makes sounds of.
FORWARDED: Final = """() => globalThis.__visavisProbe.call.seated.line.remotes()
  .flatMap(({ tracks }) => tracks.map(({ name }) => name)).filter((name) => name.startsWith("whisper:")).length"""
# A server that lies: everybody is let have everything, whatever the page that whispers asks for from now on.
LET_ALL: Final = """() => {
  const own = globalThis.__visavisProbe.call.seated.line.room.localParticipant;
  const tell = own.setTrackSubscriptionPermissions.bind(own);
  own.setTrackSubscriptionPermissions = () => tell(true);
  tell(true);
}"""


async def test_what_is_whispered_reaches_one_and_no_neighbour(browser: Browser, hall: Hall, chairs: Chairs) -> None:
    """Asked for, accepted, heard by one over the lowered floor; not forwarded to another, not played by them; ended by a key."""
    cast = await seated(browser, hall, SPEAKER, NEIGHBOUR, HEARER, FANE)
    hearer, neighbour, fane = cast[HEARER], cast[NEIGHBOUR], cast[FANE]
    await chairs.alone("close_doors")
    await becomes(lambda: hearer.heard(list(TONES.values())), {TONES[SPEAKER], TONES[NEIGHBOUR]})
    full = await full_level(hearer, SPEAKER, NEIGHBOUR)

    await hearer.page.get_by_role("button", name="Have it whispered to me").click()
    await hearer.page.get_by_role("menuitem").filter(has_text="Into English").click()
    await fane.page.get_by_role("button", name="Whisper to them").click()
    for visitor in (hearer, fane):
        await expect(visitor.page.get_by_text(FENCE)).to_be_visible()
    under = {FANE: "full", SPEAKER: "under", NEIGHBOUR: "under"}
    await becomes(lambda: mix(hearer, full), under)
    await becomes(lambda: forwarded(hearer.page), 1)
    await goes_on(lambda: neighbour.heard(list(TONES.values())), {TONES[SPEAKER]})
    assert await forwarded(neighbour.page) == 0

    # It is the server that keeps it from the neighbour: one that does not is no use, for their page plays nothing of it.
    await fane.page.evaluate(LET_ALL)
    await becomes(lambda: forwarded(neighbour.page), 1)
    await goes_on(lambda: neighbour.heard(list(TONES.values())), {TONES[SPEAKER]})
    await becomes(lambda: mix(hearer, full), under)

    await hearer.page.keyboard.press("0")
    await becomes(lambda: mix(hearer, full), {SPEAKER: "full", NEIGHBOUR: "full"})
    await expect(fane.page.get_by_text(FENCE)).to_have_count(0)
    await becomes(lambda: forwarded(neighbour.page), 0)


async def forwarded(page: Page) -> int:
    """Return how many whispers the SFU sends to this page."""
    return int(await page.evaluate(FORWARDED))
