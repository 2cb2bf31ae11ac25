"""An interpreter's console, worked by its keys alone: what is heard of it, and what a partner and a pivot see."""

from typing import Final

import pytest
from playwright.async_api import Browser, Locator, expect

from tests.live.booth import choose
from tests.live.cast import TONES, Chairs
from tests.live.hall import Hall
from tests.live.screens import reaches_all
from tests.live.sight import Inspection, tab_through
from tests.live.until import becomes
from tests.live.visitor import Visitor

pytestmark = pytest.mark.anyio

FLOOR: Final = 3400  # as high as a telephone carries a voice
FANE: Final = TONES["arven interpreter"]
AMSEL: Final = TONES["tolmar interpreter"]
ORU: Final = 3770
CREW: Final = [FANE, ORU, AMSEL]
NOBODY: Final[set[int]] = set()
WORTH: Final = """async () => {
  const ear = await globalThis.__visavisProbe.services.ear();
  return [...ear.speakers.get().values()].some((of) => of.bandwidth === "telephone" && of.highest > 3250);
}"""


def light(visitor: Visitor) -> Locator:
    """Return what burns while one is on air."""
    return visitor.page.locator(".light")


async def press(visitor: Visitor, *keys: str) -> None:
    """Press keys, wherever the focus is."""
    for key in keys:
        await visitor.page.keyboard.press(key)


async def test_an_interpreter_works_a_whole_turn_with_the_keyboard_alone(
    browser: Browser, hall: Hall, chairs: Chairs
) -> None:
    """On air, cough, the other direction, relay and back, handover: no pointer, and the listener hears each of it.

    What the speaker's voice is worth is found as they speak.
    """
    maren = await Visitor.arrive(browser, hall.link("arven", "principal"), tone=FLOOR)
    fane = await Visitor.arrive(browser, hall.link("arven", "interpreter"), tone=FANE)
    oru = await Visitor.arrive(browser, hall.link("arven", "interpreter", 1), tone=ORU)
    amsel = await Visitor.arrive(browser, hall.link("tolmar", "interpreter"), tone=AMSEL)
    listener = await Visitor.arrive(browser, hall.link("arven", "adviser"), tone=TONES["arven adviser"])
    for visitor in (maren, fane, oru, amsel, listener):
        await visitor.take_seat()
    await expect(light(oru)).to_contain_text("You can go on air when the meeting has begun")
    await chairs.alone("close_doors")
    await choose(listener, "English")

    await expect(light(oru)).to_contain_text("Nobody has the microphone")
    await press(oru, "Space")
    await expect(light(oru)).to_contain_text("On air into English")
    await becomes(lambda: listener.heard(CREW), {ORU})
    await expect(light(fane)).to_contain_text("K. Oru is on air into English")
    await expect(oru.page.get_by_text("1 listens to you")).to_be_visible()
    await becomes(lambda: amsel.page.evaluate(WORTH), wanted=True)

    await cough_and_turn(oru, listener)
    await take_relay(oru, amsel)
    await hand_over(oru, fane)
    await becomes(lambda: listener.heard(CREW), {FANE})

    await press(fane, "r")
    await expect(fane.page.locator("[data-read-aloud]")).to_contain_text("1 listens")
    eye = Inspection()
    await eye.look(fane.page, "the console")
    assert "\n".join(eye.told()) == ""
    reaches_all(await tab_through(fane.page))


async def cough_and_turn(oru: Visitor, listener: Visitor) -> None:
    """Cough while on air, and go into the other direction and back."""
    await oru.page.keyboard.down("c")
    await expect(light(oru)).to_have_attribute("data-light", "cough")
    await becomes(lambda: listener.heard(CREW), NOBODY)
    await oru.page.keyboard.up("c")
    await becomes(lambda: listener.heard(CREW), {ORU})

    await press(oru, "x")
    await expect(light(oru)).to_contain_text("On air into French")
    await becomes(lambda: listener.heard(CREW), NOBODY)
    await press(oru, "x")
    await becomes(lambda: listener.heard(CREW), {ORU})


async def take_relay(oru: Visitor, amsel: Visitor) -> None:
    """Work from the French booth instead of the floor, and from the floor again."""
    await press(amsel, "Space")
    await expect(light(amsel)).to_contain_text("On air into French")
    french = oru.page.locator(".line[data-source=fr]")
    await expect(french).to_contain_text("on air")
    await press(oru, "2")
    await expect(french).to_have_attribute("data-state", "waiting")
    await press(oru, "Enter")
    await expect(light(oru)).to_contain_text("From French booth")
    await becomes(lambda: oru.heard(CREW), {AMSEL})
    await expect(amsel.page.get_by_text("1 booth depends on you")).to_have_count(2)  # seen, and told
    await expect(amsel.page.locator(".line[data-source=en]")).to_contain_text("would be a circle")
    await press(oru, "1")
    await expect(oru.page.locator(".line[data-source=floor]")).to_have_attribute("data-state", "waiting")
    await press(oru, "1")
    await expect(light(oru)).to_contain_text("the floor")


async def hand_over(oru: Visitor, fane: Visitor) -> None:
    """Offer the microphone, and take it."""
    await press(oru, "h")
    await expect(oru.page.locator("[data-function=handover]")).to_contain_text("L. Fane is asked")
    await expect(
        fane.page.locator("[role=alert]").filter(has_text="K. Oru hands over to you. H takes it.")
    ).to_have_count(1)
    await press(fane, "h")
    await expect(light(fane)).to_contain_text("On air into English")
    await expect(light(oru)).to_contain_text("L. Fane is on air into English")
