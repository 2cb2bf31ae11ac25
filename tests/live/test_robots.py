"""One person with one link sees and hears a live summit: robots take the other seats."""

from collections.abc import AsyncIterator
from typing import Final

import pytest
from playwright.async_api import Browser, Page, expect

from tests.live.hall import Hall, open_hall
from tests.live.until import becomes
from tests.live.visitor import Visitor

pytestmark = pytest.mark.anyio

BEGIN_SECONDS: Final = 90.0  # seven pages with media start one after the other
GREETING_SECONDS: Final = 90.0
SPEECH: Final = 0.01  # of full scale; a silent line is below 0.001
MOVING: Final = 0.2  # mean change of a pixel's brightness between two looks, of 255
MOVING_SECONDS: Final = 5.0
SHARP_FRAMES: Final = 15
# One picture that is drawn anew again and again without a change, and one that turns brighter.
TWO_PICTURES: Final = """() => {
  for (const step of [0, 1]) {
    const canvas = document.createElement("canvas");
    const pen = canvas.getContext("2d");
    let at = 0;
    setInterval(() => {
      at += step;
      pen.fillStyle = `rgb(${at % 256} 90 90)`;
      pen.fillRect(0, 0, canvas.width, canvas.height);
    }, 50);
    const video = document.createElement("video");
    video.srcObject = canvas.captureStream();
    const tile = document.createElement("div");
    tile.dataset.tile = "";
    tile.append(video);
    document.body.append(tile);
    void video.play();
  }
}"""


@pytest.fixture
async def played() -> AsyncIterator[Hall]:
    """Yield a demonstration in which robots play."""
    async with open_hall("--robots") as opened:
        yield opened


@pytest.mark.timeout(700)
async def test_an_adviser_among_robots_sees_and_hears_the_opening_and_the_talks(browser: Browser, played: Hall) -> None:
    """Two moving pictures, speech, a booth on air, the doors open and closed, and the talks: by themselves."""
    adviser = await Visitor.arrive(browser, played.link("arven", "adviser"), tone=2750)
    await adviser.take_seat()
    page = adviser.page
    doors = page.locator("body")

    await expect(doors).to_contain_text("The doors are open", timeout=BEGIN_SECONDS * 1000)
    # At once: the robots wait for nobody, and on a busy machine pictures may come when they are further on.
    await expect(page.locator("[aria-current=step]")).to_contain_text("Opening")
    await expect(page.locator("[data-tile] video")).to_have_count(2, timeout=BEGIN_SECONDS * 1000)
    await becomes(lambda: moving(page), [True, True], patience=BEGIN_SECONDS)
    await hears_speech(adviser)
    await expect(page.locator("[data-tile][data-floor]")).to_have_count(1, timeout=BEGIN_SECONDS * 1000)
    await expect(page.locator("[data-booth][data-live]")).to_have_count(1, timeout=BEGIN_SECONDS * 1000)

    await expect(doors).to_contain_text("The doors are closed", timeout=GREETING_SECONDS * 1000)
    await hears_speech(adviser)
    await expect(page.locator("[aria-current=step]")).to_contain_text("Border region", timeout=BEGIN_SECONDS * 1000)


async def test_a_picture_that_is_shown_again_and_again_does_not_move(browser: Browser) -> None:
    """What tells robots from their stills is no guess: a still picture goes on being shown, and stays one."""
    context = await browser.new_context()
    page = await context.new_page()
    await page.evaluate(TWO_PICTURES)
    await becomes(lambda: moving(page), [False, True], looks=1)


async def hears_speech(visitor: Visitor) -> None:
    """Wait until the speakers get more than the noise of a room."""
    await visitor.page.wait_for_function(
        """(speech) => {
          const probe = globalThis.__visavisProbe;
          if (!probe.mixerTap) return false;
          if (!probe.ear) {
            probe.ear = probe.audioContext.createAnalyser();
            probe.mixerTap.connect(probe.ear);
          }
          const samples = new Float32Array(probe.ear.fftSize);
          probe.ear.getFloatTimeDomainData(samples);
          return Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length) > speech;
        }""",
        arg=SPEECH,
        timeout=BEGIN_SECONDS * 1000,
    )


async def moving(page: Page) -> list[bool]:
    """Return for each picture whether it is no more what it was, within some seconds; a still one stays so.

    Seconds, not half of one: eleven pages on two cores show a picture once or twice in that, of one who just sways.
    """
    moved: list[bool] = await page.evaluate(
        """async ([moving, seconds, shown]) => {
          const look = (video) => {
            const pen = new OffscreenCanvas(160, 90).getContext("2d", { willReadFrequently: true });
            pen.drawImage(video, 0, 0, 160, 90);
            return pen.getImageData(0, 0, 160, 90).data;
          };
          const videos = [...document.querySelectorAll("[data-tile] video")];
          // The first pictures of a still one change too: from none to one, and as it gets sharper.
          if (videos.some((video) => video.getVideoPlaybackQuality().totalVideoFrames < shown)) return videos.map(() => false);
          const before = videos.map(look);
          const moved = videos.map(() => false);
          const end = performance.now() + seconds * 1000;
          while (moved.includes(false) && performance.now() < end) {
            await new Promise((then) => setTimeout(then, 250));
            videos.forEach((video, at) => {
              const now = look(video);
              const change = now.reduce((sum, value, byte) => sum + Math.abs(value - before[at][byte]), 0) / now.length;
              moved[at] ||= change > moving;
            });
          }
          return moved;
        }""",
        [MOVING, MOVING_SECONDS, SHARP_FRAMES],
    )
    return moved
