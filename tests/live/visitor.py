"""One member in a page of their own: opens the link, takes the seat, and can tell what is heard and seen."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from playwright.async_api import Browser, Page, Response, expect

from tests.live.until import PATIENCE_SECONDS

HEARD_DECIBELS: Final = -50.0
TAKE: Final = re.compile(r"^(Take your seat|Enter the gallery|Open the table)$")
SEATED: Final = "() => globalThis.__visavisProbe.services?.call.state.get().seating.at === 'seated'"
PATIENCE_MILLISECONDS: Final = PATIENCE_SECONDS * 1000
SCRIPT: Final = (Path(__file__).parent / "tone.js").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Visitor:
    """A member whose microphone is one tone."""

    page: Page
    tone: int

    @classmethod
    async def arrive(
        cls,
        browser: Browser,
        link: str,
        *,
        tone: int,
        watch: dict[str, Response] | None = None,
        before: Callable[[Page], Awaitable[None]] | None = None,
    ) -> "Visitor":
        """Open `link` in a browser context of its own.

        Args:
            browser: where.
            link: an invitation's.
            tone: the microphone's, in hertz.
            watch: collects the scripts that the page fetches.
            before: called with the page before it opens the link.
        """
        context = await browser.new_context(
            viewport={"width": 1280, "height": 720}, permissions=["microphone", "camera"]
        )
        await context.add_init_script(SCRIPT.replace("/*HERTZ*/ 0", str(tone)))
        context.set_default_timeout(PATIENCE_MILLISECONDS)
        page = await context.new_page()
        if watch is not None:
            page.on("response", lambda response: _keep_script(response, watch))
        if before is not None:
            await before(page)
        await page.goto(link)
        return cls(page, tone)

    async def take_seat(self) -> None:
        """Press the one button of the arrival screen and wait until the SFU has seated this member."""
        await self.go_in()
        await self.is_seated()

    async def is_seated(self) -> None:
        """Wait until the SFU has seated this member."""
        await self.page.wait_for_function(SEATED, timeout=PATIENCE_MILLISECONDS)

    async def go_in(self) -> None:
        """Press the one button of the arrival screen, whether or not there is a seat at the moment."""
        await self.page.get_by_role("button", name=TAKE).click()

    async def return_to_seat(self) -> None:
        """Take the seat again where the page offers it, as after a format that kept this member out."""
        button = self.page.get_by_role("button", name=TAKE)
        if await button.count():
            await button.first.click()

    async def speak(self) -> None:
        """Turn the microphone on where it is off: only a principal's is on from the start."""
        button = self.page.get_by_role("button", name="Microphone", exact=True)
        await expect(button).to_be_enabled()
        if await button.get_attribute("aria-pressed") == "false":
            await button.click()

    async def speak_again(self) -> None:
        """Turn the microphone on after a recess, which has muted whoever was heard before it."""
        await expect(self.page.get_by_text("You are muted")).to_be_visible()
        await self.speak()

    async def levels(self, tones: list[int]) -> dict[int, float]:
        """Return the level of each tone at this page's ears, in dBFS."""
        values: list[float] = await self.page.evaluate("tones => globalThis.levels(tones)", tones)
        return dict(zip(tones, values, strict=True))

    async def heard(self, tones: list[int]) -> set[int]:
        """Return the tones that can be heard."""
        return {tone for tone, level in (await self.levels(tones)).items() if level > HEARD_DECIBELS}

    async def tiles(self) -> list[str]:
        """Return the members whose tiles are shown, in the order of the stage."""
        shown = await self.page.locator("[data-tile]").all()
        return [str(await tile.get_attribute("data-tile")) for tile in shown]

    async def leave(self) -> None:
        """Close the page and forget its device key."""
        await self.page.context.close()


def _keep_script(response: Response, kept: dict[str, Response]) -> None:
    if response.request.resource_type == "script" and response.ok:
        kept[response.url] = response
