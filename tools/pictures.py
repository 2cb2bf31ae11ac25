"""Takes the pictures of the documents from a running summit: `python -m tools.pictures`, by hand, after `make client`.

The same pages as everybody's, with the robots' drawn portraits in front of the cameras.
"""

import asyncio
import base64
import io
import math
import re
import wave
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from playwright.async_api import Browser, BrowserContext, Page, ViewportSize, async_playwright

from tests.live.browser import launched
from tests.live.cast import Chairs
from tests.live.hall import Hall, open_hall
from visavis.robots.portraits import camera_script

FOLDER: Final = Path(__file__).parents[1] / "docs/pictures"
MOST_BYTES: Final = 300_000
RATE: Final = 8000
LAPTOP: Final[ViewportSize] = {"width": 1280, "height": 720}
PHONE: Final[ViewportSize] = {"width": 390, "height": 844}
TAKE: Final = re.compile(r"^(Take your seat|Enter the gallery|Open the table)$")
PLACES: Final = {("arven", "principal"): 0, ("tolmar", "principal"): 1, ("tolmar", "interpreter"): 2}
# A headless browser's devices have names that nobody's devices have.
DEVICES: Final = """
  const names = { audioinput: "Table microphone", videoinput: "Room camera", audiooutput: "Headset" };
  MediaDevices.prototype.enumerateDevices = async () =>
    Object.entries(names).map(([kind, label]) => ({ kind, label, deviceId: label, groupId: "" }));
"""


@dataclass(frozen=True, slots=True)
class Studio:
    """Where pictures are taken."""

    browser: Browser
    hall: Hall

    async def page(self, party: str, role: str, place: int = 0, *, phone: bool = False) -> Page:
        """Open somebody's link; `place` tells several of one role apart."""
        context = await self._context(phone=phone)
        await context.add_init_script(DEVICES)
        await context.add_init_script(camera_script(PLACES.get((party, role), 3)))
        page = await context.new_page()
        await page.goto(self.hall.link(party, role, place))
        await page.get_by_role("button", name=TAKE).wait_for()
        return page

    async def seated(self, party: str, role: str, place: int = 0, *, phone: bool = False) -> Page:
        """Return somebody who has pressed the one button of the arrival screen."""
        page = await self.page(party, role, place, phone=phone)
        await page.get_by_role("button", name=TAKE).click()
        return page

    async def _context(self, *, phone: bool) -> BrowserContext:
        return await self.browser.new_context(
            viewport=PHONE if phone else LAPTOP,
            device_scale_factor=1.5 if phone else 1,
            locale="en-GB",
            permissions=["microphone", "camera"],
            reduced_motion="reduce",
        )


def a_voice() -> str:
    """Return what moves a level meter: ten seconds of a low tone, as a WAV file in base64."""
    samples = (int(5000 * math.sin(2 * math.pi * 180 * at / RATE)) for at in range(10 * RATE))
    held = io.BytesIO()
    with wave.open(held, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(b"".join(sample.to_bytes(2, "little", signed=True) for sample in samples))
    return base64.b64encode(held.getvalue()).decode()


@dataclass(frozen=True, slots=True)
class Cast:
    """Whose pages are shown behind closed doors."""

    maren: Page
    vey: Page
    officer: Page
    interpreter: Page
    fane: Page
    oru: Page


async def keep(page: Page, name: str) -> None:
    """Write a picture of a page.

    Raises:
        RuntimeError: if it is larger than a document should carry.
    """
    # No pointer rests on what it pressed last.
    await page.mouse.move(0, 0)
    picture = squeezed(await page.screenshot())
    if len(picture) > MOST_BYTES:
        msg = f"{name} has {len(picture)} bytes"
        raise RuntimeError(msg)
    (FOLDER / f"{name}.png").write_bytes(picture)


def squeezed(picture: bytes) -> bytes:
    """Return a PNG with the same pixels, packed as tightly as deflate can (RFC 2083, sections 3.2 and 5)."""
    kept, pixels, at = [picture[:8]], b"", 8
    while at < len(picture):
        size = int.from_bytes(picture[at : at + 4])
        name, content = picture[at + 4 : at + 8], picture[at + 8 : at + 8 + size]
        if name == b"IDAT":
            pixels += content
        elif name == b"IEND":
            kept += [_chunk(b"IDAT", zlib.compress(zlib.decompress(pixels), 9)), _chunk(name, content)]
        else:
            kept.append(_chunk(name, content))
        at += size + 12
    return b"".join(kept)


def _chunk(name: bytes, content: bytes) -> bytes:
    return len(content).to_bytes(4) + name + content + zlib.crc32(name + content).to_bytes(4)


async def faces(page: Page) -> None:
    """Wait until both principals are seen, not only as a first blur."""
    seen = """() => {
      const videos = [...document.querySelectorAll("[data-tile] video")];
      return videos.length === 2 && videos.every(({ videoWidth }) => videoWidth >= 320);
    }"""
    await page.wait_for_function(seen, timeout=60_000)


async def take_all(studio: Studio, chairs: Chairs) -> None:
    """Hold a short meeting, and take a picture of each thing worth showing."""
    maren = await studio.page("arven", "principal")
    await maren.locator(".preview video").wait_for()
    await maren.evaluate("wav => void globalThis.robot.say(wav)", a_voice())
    await maren.get_by_text("Good", exact=True).wait_for()
    await keep(maren, "arrival")
    await maren.get_by_role("button", name=TAKE).click()
    vey = await studio.seated("tolmar", "principal", phone=True)
    officer = await studio.seated("host", "protocol_officer")
    interpreter = await studio.seated("tolmar", "interpreter")
    fane = await studio.seated("arven", "interpreter")
    oru = await studio.seated("arven", "interpreter", 1)
    press = await studio.seated("press", "press")
    await maren.get_by_role("button", name="Leave").wait_for()
    await chairs.both("open_doors")
    await officer.get_by_role("button", name="Take up Opening").click()
    await maren.get_by_role("button", name="Ask for the floor").click()
    await officer.get_by_role("button", name="Give the floor to President Ilse Maren").first.click()
    for page in (maren, press):
        await faces(page)
    await keep(maren, "open")
    await keep(press, "press")
    await take_closed(chairs, Cast(maren, vey, officer, interpreter, fane, oru))


async def take_closed(chairs: Chairs, cast: Cast) -> None:
    """Close the doors, and take the pictures behind them."""
    await chairs.alone("close_doors")
    await cast.vey.get_by_role("button", name="Ask for the floor").click()
    await cast.interpreter.get_by_role("button", name="Microphone on air into French").click()
    await cast.vey.get_by_role("button", name="Listening to").click()
    await cast.vey.get_by_role("menuitemradio", name="French Interpreted").click()
    for page in (cast.maren, cast.oru):
        await faces(page)
    await keep(cast.maren, "closed")
    await take_booth(cast)
    await keep(cast.officer, "officer")
    await cast.vey.wait_for_function("() => document.querySelectorAll('[data-tile] video').length === 2")
    await cast.vey.evaluate("() => scrollTo(0, 0)")
    await keep(cast.vey, "phone")


async def take_booth(cast: Cast) -> None:
    """Let one of two interpreters go on air, choose a relay ahead, and hand over; take the picture of each."""
    await cast.maren.get_by_role("button", name="Listening to").click()
    await cast.maren.get_by_role("menuitemradio", name="English").wait_for()
    await keep(cast.maren, "listening")
    await cast.maren.get_by_role("menuitemradio", name="English").click()
    await cast.maren.get_by_role("button", name="Yield the floor").click()
    await cast.officer.get_by_role("button", name="Give the floor to Prime Minister Odran Vey").first.click()
    await cast.oru.keyboard.press("Space")
    await cast.oru.get_by_text("On air into English", exact=True).wait_for()
    await cast.oru.get_by_text("From French", exact=False).first.wait_for()
    await cast.oru.get_by_text("1 listens to you").wait_for()
    for page in (cast.vey, cast.oru):
        await page.evaluate("wav => void globalThis.robot.say(wav)", a_voice())
    await cast.oru.get_by_role("meter", name="You").and_(cast.oru.locator(":not([aria-valuenow='0'])")).wait_for()
    await cast.oru.keyboard.press("2")
    await cast.oru.locator(".line[data-state=waiting]").wait_for()
    await keep(cast.oru, "interpreter")
    await cast.oru.keyboard.press("h")
    await cast.fane.locator("[data-function=handover][data-state=asked]").wait_for()
    await faces(cast.fane)
    await keep(cast.fane, "handover")
    await cast.fane.keyboard.press("?")
    await cast.fane.get_by_role("dialog").wait_for()
    await keep(cast.fane, "console-keys")
    await cast.fane.keyboard.press("Escape")


async def main() -> None:
    """Take every picture."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    async with async_playwright() as playwright, launched(playwright) as browser, open_hall() as hall:
        chairs = await Chairs.arrive(hall)
        await take_all(Studio(browser, hall), chairs)
        await chairs.leave()


if __name__ == "__main__":
    asyncio.run(main())
