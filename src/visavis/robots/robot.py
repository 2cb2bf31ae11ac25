"""One robot: a page of its own, which it works by the same buttons as a person."""

import re
from dataclasses import dataclass
from typing import Final

from playwright.async_api import Browser, Locator, Page, ViewportSize
from playwright.async_api import TimeoutError as NotThereError

from visavis.robots.portraits import camera_script

PATIENCE_MILLISECONDS: Final = 30_000
VIEWPORT: Final[ViewportSize] = {"width": 1024, "height": 640}
NEXT_ITEM: Final = re.compile(r"^Take up ")
WIDELY: Final = re.compile(r"^(Take your seat|Enter the gallery)$")


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat as the demonstration tells it."""

    party: str
    role: str
    name: str
    language: str
    link: str


@dataclass(frozen=True, slots=True)
class Robot:
    """Somebody who sits in the summit without being anybody."""

    seat: Seat
    place: int
    page: Page

    @classmethod
    async def arrive(cls, browser: Browser, seat: Seat, place: int) -> "Robot":
        """Open the seat's link and take the seat."""
        context = await browser.new_context(viewport=VIEWPORT, locale="en", permissions=["microphone", "camera"])
        context.set_default_timeout(PATIENCE_MILLISECONDS)
        await context.add_init_script(camera_script(place))
        page = await context.new_page()
        await page.goto(seat.link)
        await page.get_by_role("button", name=WIDELY).click()
        return cls(seat, place, page)

    async def say(self, wav: str) -> None:
        """Speak a WAV file (base64) into the microphone; return when the last word is out."""
        await self.page.evaluate("wav => globalThis.robot.say(wav)", wav)

    async def order(self, name: str) -> None:
        """Give an order from the chair's menu, and confirm it where that is asked."""
        await self.page.get_by_role("button", name="Orders").click()
        await self.page.get_by_role("menuitem", name=name).click()
        sure = self.page.get_by_role("alertdialog").get_by_role("button", name=name)
        if await _appears(sure):
            await sure.click()

    async def see(self, words: str) -> None:
        """Wait until the page says something, as the doors' line does after an order."""
        await self.page.get_by_text(words, exact=True).first.wait_for()

    async def agree(self) -> None:
        """Agree to what the other delegation asked for."""
        await self.page.get_by_role("button", name="Agree", exact=True).click()

    async def turn_on_air(self, language: str, *, on: bool) -> None:
        """Go on air into a language (as the screen names it), or off air."""
        await self._turn(f"Microphone on air into {language}", on=on)

    async def turn_on_microphone(self) -> None:
        """Be heard: whoever was heard before a recess comes back from it muted."""
        await self._turn("Microphone", on=True)

    async def give_floor(self, name: str) -> None:
        """Give the floor to a member of the own delegation; nothing happens where somebody else was quicker."""
        give = self.page.get_by_role("button", name=f"Give the floor to {name}").first
        if await _appears(give):
            await give.click()

    async def take_up_next(self) -> None:
        """Take up the next item of the agenda, if there is one."""
        await self.press(NEXT_ITEM)

    async def _turn(self, name: str, *, on: bool) -> None:
        button = self.page.get_by_role("button", name=name, exact=True)
        if (await button.get_attribute("aria-pressed") == "true") != on:
            await button.click()

    async def press(self, name: str | re.Pattern[str]) -> bool:
        """Press a button if it is there now; return whether it was."""
        button = self.page.get_by_role("button", name=name, exact=True)
        if not await button.count() or not await button.first.is_enabled():
            return False
        await button.first.click()
        return True


async def _appears(what: Locator) -> bool:
    try:
        await what.wait_for(timeout=1_000)
    except NotThereError:
        return False
    return True
