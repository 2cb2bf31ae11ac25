"""What interpreters and listeners do: going on air, choosing a channel, moving the original; and what is then heard."""

import re
from typing import Final

from playwright.async_api import Locator, expect

from tests.live.cast import TONES
from tests.live.until import becomes
from tests.live.visitor import HEARD_DECIBELS, Visitor

ORIGINAL: Final = "How loud the original stays under the interpretation"
SENT_DECIBELS: Final = -25.6  # an amplitude of 0.25, through the window of the Web Audio API's analyser
DUCKED_DECIBELS: Final = -14.0  # a level of 0.2
TOLERANCE_DECIBELS: Final = 3.0

Mix = dict[str, str]


async def on_air(interpreter: Visitor, language: str, *, on: bool) -> None:
    """Turn the console into a language, as the screen names it, and press its microphone until it stands as wanted."""
    named = re.compile(f"^(Microphone|Picture) on air into {language}")
    button = interpreter.page.get_by_role("button", name=named)
    turn = interpreter.page.get_by_role("button", name=f"Switch to {language}")
    await expect(button.or_(turn)).to_be_enabled()
    if await turn.count() > 0:
        await turn.click()
    await expect(button).to_be_enabled()
    if (await button.get_attribute("aria-pressed") == "true") != on:
        await button.click()
    await expect(button).to_have_attribute("aria-pressed", "true" if on else "false")


async def choose(listener: Visitor, channel: str) -> None:
    """Choose what to hear, or to interpret from, in the language menu or among the lines of a console."""
    if await listener.page.locator(".console").count() > 0:
        await take(listener, channel)
        return
    menu = await opened_menu(listener)
    await menu.filter(has_text=channel).click()


async def choices(interpreter: Visitor) -> list[str]:
    """Return the lines of a console that may be heard."""
    lines = interpreter.page.locator(".console .line:not([aria-disabled]) strong")
    await expect(lines.first).to_be_visible()
    return await lines.all_text_contents()


async def take(interpreter: Visitor, channel: str) -> None:
    """Press a line of the console once to choose it ahead, and once more to hear it."""
    source = {"The floor": "Floor"}.get(channel, f"{channel} booth")
    named = interpreter.page.locator("strong").get_by_text(source, exact=True)
    line = interpreter.page.locator(".console .line").filter(has=named)
    await expect(line).to_be_enabled()
    if await line.get_attribute("aria-pressed") == "true":
        return
    await line.click()
    await expect(line).to_have_attribute("data-state", "waiting")
    await line.click()
    await expect(line).to_have_attribute("aria-pressed", "true")


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
    """Return how loud the loudest of these is at the listener's ears, in dBFS, once it is as loud as it was sent."""

    async def loudest() -> float:
        return max((await listener.levels([TONES[name] for name in speakers])).values())

    async def is_full() -> bool:
        return abs(await loudest() - SENT_DECIBELS) < TOLERANCE_DECIBELS

    await becomes(is_full, wanted=True)
    return await loudest()


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
