"""Six pages: the floor, two spoken channels of which one is taken from the other, and a sign channel; who hears and sees what."""

from collections.abc import AsyncIterator
from colorsys import rgb_to_hls
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import httpx
import pytest
from playwright.async_api import Browser, Page, expect

from tests.live.booth import Mix, choose, full_level, mix, on_air, opened_menu, take
from tests.live.cast import TONES, Chairs, seated
from tests.live.hall import Hall
from tests.live.operated import operated
from tests.live.sight import Inspection
from tests.live.until import becomes
from tests.live.visitor import Visitor
from tests.live.workers import Workers
from visavis.demo.cast import ARVEN, CAST, COMPANY, Company, Part
from visavis.identity.model import Role

pytestmark = pytest.mark.anyio

SPEAKER: Final = "arven principal"
OTHER: Final = "tolmar principal"
ENGLISH: Final = "arven interpreter"
FRENCH: Final = "tolmar interpreter"
SIGNING: Final = Company((*COMPANY.languages, "ase"), (*CAST, Part(ARVEN.party, Role.INTERPRETER, "N. Sol", ("ase",))))
SIGNER_TONE: Final = 3060
"""Never heard: whoever signs has no microphone in the room. It is the colour of their picture."""
CHANNELS: Final = [
    {"language": "en", "kind": "spoken"},
    {"language": "fr", "kind": "spoken"},
    {"language": "ase", "kind": "signed"},
]
SILENCE: Final[Mix] = {}
LEAST_TILE: Final = 100
"""A face is still seen in it, in CSS pixels."""
HUE: Final = SIGNER_TONE % 360
SIGN: Final = "American Sign Language"
PICTURE: Final = """() => {
  const video = document.querySelector("[data-sign=ase] video");
  if (video === null || video.videoWidth === 0) return null;
  const canvas = new OffscreenCanvas(1, 1);
  const pen = canvas.getContext("2d");
  pen.drawImage(video, 0, 0, 1, 1);
  return [...pen.getImageData(0, 0, 1, 1).data.slice(0, 3)];
}"""
FRAMES: Final = """() => {
  const video = document.querySelector("[data-sign=ase] video");
  return video === null ? null : video.getVideoPlaybackQuality().totalVideoFrames;
}"""


@pytest.fixture
async def hall(tmp_path: Path) -> AsyncIterator[Hall]:
    """Yield a summit that has an interpreter who signs."""
    async with operated(tmp_path, company=SIGNING) as (_, opened):
        yield opened


async def test_the_floor_two_spoken_channels_by_relay_and_a_sign_channel(
    browser: Browser, hall: Hall, chairs: Chairs
) -> None:
    """Tones tell who hears what; who signs is seen beside the speaker, on air alone, and with no key neither seen nor heard."""
    for chair in (chairs.arven, chairs.tolmar):
        answer = await chair.arrange(hall.meeting, CHANNELS)
        assert answer.status_code == httpx.codes.OK
    cast = await seated(browser, hall, SPEAKER, OTHER, ENGLISH, FRENCH)
    signer = await Visitor.arrive(browser, hall.link("arven", "interpreter", 2), tone=SIGNER_TONE)
    await signer.take_seat()
    viewer = await Visitor.arrive(
        browser, hall.link("arven", "adviser"), tone=TONES["arven adviser"], before=Workers.prepare
    )
    await viewer.take_seat()
    await chairs.alone("close_doors")
    await becomes(lambda: viewer.heard(list(TONES.values())), {TONES[SPEAKER], TONES[OTHER]})
    full = await full_level(viewer, SPEAKER, OTHER)

    await on_air(cast[ENGLISH], "English", on=True)
    await take(cast[FRENCH], "English")
    await on_air(cast[FRENCH], "French", on=True)
    await choose(viewer, "French")
    under: Mix = dict.fromkeys((SPEAKER, OTHER), "under")
    await becomes(lambda: mix(viewer, full), {FRENCH: "full", **under})
    await choose(cast[OTHER], "English")
    await becomes(lambda: mix(cast[OTHER], full), {ENGLISH: "full", SPEAKER: "under"})
    heard = {TONES[ENGLISH], TONES[SPEAKER], TONES[OTHER]}
    await becomes(lambda: cast[FRENCH].heard(list(TONES.values())), heard)
    await becomes(lambda: mix(cast[SPEAKER], full), {OTHER: "full"})

    await pin(viewer)
    await pin_at_console(cast[FRENCH])
    await expect(viewer.page.locator("[data-sign=ase]")).to_contain_text("Nobody is signing")
    await on_air(signer, SIGN, on=True)
    await becomes(lambda: hue(viewer.page), HUE)
    await becomes(lambda: mix(viewer, full), {FRENCH: "full", **under})
    await stands_beside(viewer.page)
    await looked_at(viewer.page)
    await becomes(lambda: hue(cast[FRENCH].page), HUE)
    await on_air(signer, SIGN, on=False)
    await expect(viewer.page.locator("[data-sign=ase]")).to_contain_text("Nobody is signing")
    await becomes(lambda: mix(viewer, full), {FRENCH: "full", **under})
    await on_air(signer, SIGN, on=True)
    await becomes(lambda: hue(viewer.page), HUE)

    await Workers(viewer.page).mislead("chamber")
    await becomes(lambda: mix(viewer, full), SILENCE)
    await becomes(Still(viewer.page).look, wanted=True)
    await becomes(lambda: mix(cast[OTHER], full), {ENGLISH: "full", SPEAKER: "under"})


async def pin(viewer: Visitor) -> None:
    """Choose the sign channel in the language menu; what is heard stays chosen, and the menu open."""
    menu = viewer.page.get_by_role("menu")
    await opened_menu(viewer)
    line = menu.get_by_role("menuitemcheckbox").filter(has_text=SIGN)
    await line.click()
    await expect(line).to_have_attribute("aria-checked", "true")
    await expect(menu.get_by_role("menuitemradio", checked=True)).to_contain_text("French")
    await viewer.page.keyboard.press("Escape")


async def pin_at_console(interpreter: Visitor) -> None:
    """Choose the sign channel by a console's key; it stands beside the speakers there, and the keys stay the console's."""
    page = interpreter.page
    await page.keyboard.press("+")
    line = page.get_by_role("menu").get_by_role("menuitemcheckbox").filter(has_text=SIGN)
    await line.press("Enter")
    await expect(line).to_have_attribute("aria-checked", "true")
    await page.keyboard.press("Escape")
    await expect(page.locator("[data-sign=ase]")).to_contain_text("Nobody is signing")


async def hue(page: Page) -> int:
    """Return the colour of the pinned picture, in degrees and to the nearest thirty; -1 while there is none."""
    colour = await page.evaluate(PICTURE)
    if colour is None:
        return -1
    turn = rgb_to_hls(*(part / 255 for part in colour))[0] * 360
    return round(turn / 30) * 30


@dataclass(slots=True)
class Still:
    """Whether a picture has stopped: no frame of it has come since the last look."""

    page: Page
    seen: int | None = None

    async def look(self) -> bool:
        """Count again."""
        before, self.seen = self.seen, await self.page.evaluate(FRAMES)
        return self.seen is None or self.seen == before


async def stands_beside(page: Page) -> None:
    """Who signs is beside the speakers and over none of them, at the least size and at the largest; which is remembered."""
    for key, presses in (("-", 12), ("+", 12)):
        for _ in range(presses):
            await page.keyboard.press(key)
        sign = await page.locator("[data-sign=ase]").bounding_box()
        assert sign is not None
        for tile in await page.locator("[data-tile]").all():
            box = await tile.bounding_box()
            assert box is not None
            assert box["x"] + box["width"] <= sign["x"], (box, sign)
            assert box["width"] > LEAST_TILE
    await expect(page.get_by_role("slider", name="How large who signs is shown")).to_have_attribute(
        "aria-valuetext", "60%"
    )
    for _ in range(6):
        await page.keyboard.press("-")


async def looked_at(page: Page) -> None:
    """See that the stage with a pinned picture is fit for everybody, both ways round, and keep a picture of it."""
    eye = Inspection()
    await eye.look(page, "a pinned picture", looks=("dark",))
    await page.evaluate("() => { document.documentElement.dir = 'rtl'; }")
    await eye.look(page, "a pinned picture, from right to left", looks=("dark",))
    await page.evaluate("() => { document.documentElement.dir = 'ltr'; }")
    assert eye.told() == []
