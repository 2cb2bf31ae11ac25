"""Consecutive interpretation: ten turns of speakers and interpreters, told apart by their tones."""

from typing import Final

import pytest
from playwright.async_api import Browser, Page, expect

from tests.live.cast import TONES, Chairs, heard_by_all, seated
from tests.live.hall import Hall
from tests.live.screens import reaches_all
from tests.live.sight import Inspection, tab_through
from tests.live.until import becomes

pytestmark = pytest.mark.anyio

MAREN: Final = "arven principal"
VEY: Final = "tolmar principal"
FANE: Final = "arven interpreter"
AMSEL: Final = "tolmar interpreter"

# Who has the floor, and the words on the button with which they hand it on. Vey goes on once before Maren answers.
TURNS: Final = (
    (MAREN, "Let it be interpreted"),
    (FANE, "Hand the floor back"),
    (VEY, "Let it be interpreted"),
    (AMSEL, "To Prime Minister Odran Vey, to go on"),
    (VEY, "Let it be interpreted"),
    (AMSEL, "Hand the floor back"),
    (MAREN, "Let it be interpreted"),
    (FANE, "Hand the floor back"),
    (VEY, "Let it be interpreted"),
    (AMSEL, "Hand the floor back"),
)
SENT: Final = """() => {
  const { line } = globalThis.__visavisProbe.call.seated ?? { line: null };
  return line === null ? [] : line.sending().filter((name) => name === "floor" || name.startsWith("int:"));
}"""


async def test_ten_turns_and_one_voice_in_each(browser: Browser, hall: Hall, chairs: Chairs) -> None:
    """Everybody hears whoever has the floor, once, and nobody else has a microphone in the room; then it ends."""
    cast = await seated(browser, hall, MAREN, VEY, FANE, AMSEL)
    await chairs.alone("close_doors")
    await chairs.both("change_mode", "consecutive")
    for name in (FANE, AMSEL):
        await switch_on(cast[name].page)
    # While nobody has the floor delegates talk freely, and interpreters wait.
    await becomes(lambda: heard_by_all(cast), {name: hears(name, {MAREN, VEY}) for name in cast})

    await cast[MAREN].page.get_by_role("button", name="Ask for the floor").click()
    await chairs.give_floor(cast[MAREN])
    for holder, way in TURNS:
        await becomes(lambda: heard_by_all(cast), {name: hears(name, {holder}) for name in cast})
        for name, visitor in cast.items():
            assert await visitor.page.evaluate(SENT) == (["floor"] if name == holder else [])
            waits = visitor.page.get_by_text("You are heard again when the floor comes to you.")
            await expect(waits).to_have_count(0 if name == holder else 1)
        await cast[holder].page.get_by_role("button", name=way).click()

    # An interpreter who is gone in mid-sentence holds nobody: the floor is nobody's again.
    await becomes(lambda: heard_by_all(cast), {name: hears(name, {MAREN}) for name in cast})
    await cast[MAREN].page.keyboard.press("b")
    await becomes(lambda: heard_by_all(cast), {name: hears(name, {FANE}) for name in cast})
    await cast[FANE].page.keyboard.down("c")
    await becomes(lambda: heard_by_all(cast), {name: hears(name, set()) for name in cast})
    await cast[FANE].page.keyboard.up("c")
    await becomes(lambda: heard_by_all(cast), {name: hears(name, {FANE}) for name in cast})
    await nothing_is_wrong_with(cast[FANE].page)
    await cast.pop(FANE).page.close()
    await becomes(lambda: heard_by_all(cast), {name: hears(name, {MAREN, VEY}) for name in cast})


async def nothing_is_wrong_with(console: Page) -> None:
    """Look at an interpreter's console in this mode: on air for everybody, with notes, and no channel to choose."""
    await expect(console.locator(".light")).to_have_attribute("data-light", "on")
    await expect(console.locator(".hear textarea")).to_be_visible()
    await expect(console.locator(".hear-lines")).to_have_count(0)
    eye = Inspection()
    await eye.look(console, "the console in consecutive mode")
    assert "\n".join(eye.told()) == ""
    reaches_all(await tab_through(console))


def hears(name: str, speakers: set[str]) -> set[int]:
    """Return the tones that reach somebody while these speak: all but their own."""
    return {TONES[speaker] for speaker in speakers if speaker != name}


async def switch_on(page: Page) -> None:
    """Have an interpreter's microphone ready for when the floor comes."""
    await page.get_by_role("button", name="Microphone").click()
