"""What interpreters and listeners do: going on air, choosing a channel, moving the original; and what is then heard."""

from typing import Final

from playwright.async_api import Locator, expect

from tests.live.cast import TONES
from tests.live.visitor import HEARD_DECIBELS, Visitor

ORIGINAL: Final = "How loud the original stays under the interpretation"
SENT_DECIBELS: Final = -25.6  # an amplitude of 0.25, through the window of the Web Audio API's analyser
DUCKED_DECIBELS: Final = -14.0  # a level of 0.2
TOLERANCE_DECIBELS: Final = 3.0

Mix = dict[str, str]


async def on_air(interpreter: Visitor, language: str, *, on: bool) -> None:
    """Press the interpreter's button for a language, as the screen names it, until it stands as wanted."""
    button = interpreter.page.get_by_role("button", name=f"On air into {language}")
    await expect(button).to_be_enabled()
    if (await button.get_attribute("aria-pressed") == "true") != on:
        await button.click()
    await expect(button).to_have_attribute("aria-pressed", "true" if on else "false")


async def choose(listener: Visitor, channel: str) -> None:
    """Choose what to hear, or to interpret from, in the language menu."""
    menu = await opened_menu(listener)
    await menu.filter(has_text=channel).click()


async def choices(interpreter: Visitor) -> list[str]:
    """Return what the language menu offers, and close it again."""
    menu = await opened_menu(interpreter)
    offered = [str((await item.locator("span").last.text_content()) or "") for item in await menu.all()]
    await interpreter.page.keyboard.press("Escape")
    return offered


async def opened_menu(visitor: Visitor) -> Locator:
    """Open the language menu and return its choices."""
    page = visitor.page
    await page.locator("button.listen").click()
    menu = page.get_by_role("menu").get_by_role("menuitemradio")
    await expect(menu.first).to_be_visible()
    return menu


async def move_original(listener: Visitor, percent: int) -> None:
    """Move the slider of the original."""
    await listener.page.get_by_role("slider", name=ORIGINAL).fill(str(percent))


async def full_level(listener: Visitor, *speakers: str) -> float:
    """Return how loud the loudest of these is at the listener's ears, in dBFS; it must be as loud as it was sent."""
    full = max((await listener.levels([TONES[name] for name in speakers])).values())
    assert abs(full - SENT_DECIBELS) < TOLERANCE_DECIBELS, f"{full:.0f} dBFS"
    return full


async def mix(listener: Visitor, full: float) -> Mix:
    """Return whom the listener hears, and how: `full`, `under` (as the original under an interpretation), or decibels."""
    levels = await listener.levels(list(TONES.values()))
    named = {name: levels[tone] for name, tone in TONES.items()}
    return {name: _words(level - full) for name, level in named.items() if level > HEARD_DECIBELS}


def _words(decibels: float) -> str:
    if abs(decibels) <= TOLERANCE_DECIBELS:
        return "full"
    if abs(decibels - DUCKED_DECIBELS) <= TOLERANCE_DECIBELS:
        return "under"
    return f"{decibels:+.0f} dB"
