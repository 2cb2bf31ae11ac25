"""Liaison: two principals, an interpreter between them, and an adviser who is given the floor, told apart by their tones."""

from typing import Final

import pytest
from playwright.async_api import Browser, Page, expect

from tests.live.cast import TONES, Chairs, heard_by_all, seated
from tests.live.hall import Hall
from tests.live.screens import reaches_all
from tests.live.sight import Inspection, tab_through
from tests.live.until import becomes, goes_on
from tests.live.visitor import Visitor

pytestmark = pytest.mark.anyio

MAREN: Final = "arven principal"
VEY: Final = "tolmar principal"
FANE: Final = "arven interpreter"
LIND: Final = "arven adviser"

HELD: Final = "Your microphone is held until you are given the floor."
SENT: Final = """() => {
  const { line } = globalThis.__visavisProbe.call.seated ?? { line: null };
  return line === null ? [] : line.sending().filter((name) => name === "floor" || name.startsWith("int:"));
}"""
OPEN: Final = """() => globalThis.__visavisProbe.services.call.state.get().sending.microphone"""


async def test_three_are_heard_at_once_and_the_fourth_when_given_the_floor(
    browser: Browser, hall: Hall, chairs: Chairs
) -> None:
    """The interpreter is heard by everybody, as the floor; and as the floor no more when the mode is left."""
    cast = await seated(browser, hall, MAREN, VEY, FANE, LIND)
    lind, fane = cast[LIND], cast[FANE]
    await chairs.alone("close_doors")
    await chairs.both("change_mode", "liaison")
    await lind.speak()
    await becomes(lambda: heard_by_all(cast), all_hear(MAREN, VEY))  # an interpreter begins with the microphone off
    await fane.page.keyboard.press("Space")
    await becomes(lambda: heard_by_all(cast), all_hear(MAREN, VEY, FANE))
    assert [await visitor.page.evaluate(SENT) for visitor in cast.values()] == [["floor"], ["floor"], ["floor"], []]
    await expect(lind.page.get_by_text(HELD)).to_be_visible()
    await goes_on(lambda: vey_hears(cast), {TONES[MAREN], TONES[FANE]})
    await fane.page.keyboard.down("c")
    await becomes(lambda: heard_by_all(cast), all_hear(MAREN, VEY))
    await fane.page.keyboard.up("c")
    await becomes(lambda: heard_by_all(cast), all_hear(MAREN, VEY, FANE))
    await nothing_is_wrong_with(fane.page)

    await lind.page.get_by_role("button", name="Ask for the floor").click()
    await chairs.give_floor(lind)
    await becomes(lambda: heard_by_all(cast), all_hear(MAREN, VEY, FANE, LIND))
    await expect(lind.page.get_by_text(HELD)).to_have_count(0)
    await lind.page.get_by_role("button", name="Yield the floor").click()
    await becomes(lambda: heard_by_all(cast), all_hear(MAREN, VEY, FANE))

    # What the interpreter says is a channel again: whoever listens to the floor does not hear it, nor is it sent as one.
    await chairs.both("change_mode", "simultaneous")
    await fane.page.locator('[data-function="microphone"]').click()
    await becomes(lambda: fane.page.evaluate(OPEN), wanted=True)
    await becomes(lambda: heard_by_all(cast), all_hear(MAREN, VEY, LIND))
    assert "floor" not in await fane.page.evaluate(SENT)


def all_hear(*speakers: str) -> dict[str, set[int]]:
    """Return the tones that reach each member while these speak: all but their own."""
    return {name: {TONES[speaker] for speaker in speakers if speaker != name} for name in (MAREN, VEY, FANE, LIND)}


async def vey_hears(cast: dict[str, Visitor]) -> set[int]:
    """Return what the other side's principal hears now."""
    return await cast[VEY].heard(list(TONES.values()))


async def nothing_is_wrong_with(console: Page) -> None:
    """Look at an interpreter's console in this mode: on air for everybody, with notes, and nothing to hand on or choose."""
    await expect(console.locator(".light")).to_have_attribute("data-light", "on")
    await expect(console.locator(".hear textarea")).to_be_visible()
    await expect(console.locator(".hear-lines, .turn-ways, .direction")).to_have_count(0)
    eye = Inspection()
    await eye.look(console, "the console in liaison")
    assert "\n".join(eye.told()) == ""
    reaches_all(await tab_through(console))
