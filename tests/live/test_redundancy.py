"""Speech travels with what was said just before (RED) only while everybody's device takes it."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import pytest
from playwright.async_api import Browser, Page

from tests.fakes.chance import FakeChance
from tests.live.cast import SEATS, TONES, Chairs
from tests.live.desks import Desks
from tests.live.host.wire import sent_next
from tests.live.operated import operated
from tests.live.until import becomes
from tests.live.visitor import Visitor
from tests.live.workers import Workers

pytestmark = pytest.mark.anyio

MAREN: Final = "arven principal"
ADVISER: Final = "arven adviser"
BITRATE: Final = 64_000
PACKETS_A_SECOND: Final = 50
SOME: Final = 100
LACKING: Final = """(() => {
  const { getCapabilities } = RTCRtpReceiver;
  RTCRtpReceiver.getCapabilities = (medium) => {
    const able = getCapabilities.call(RTCRtpReceiver, medium);
    return { ...able, codecs: able.codecs.filter(({ mimeType }) => mimeType.toLowerCase() !== "audio/red") };
  };
})()"""


@dataclass(slots=True)
class Way:
    """How sound has travelled from and to a page since it was last looked."""

    page: Page
    _counted: tuple[int, int] = field(default=(0, 0))

    async def look(self) -> str:
        """Return `redundant`, `plain`, or `silent` when nothing has left."""
        counts = await Workers(self.page).counts()
        before, self._counted = self._counted, (counts["sealed"], counts["redundant"])
        if self._counted[0] == before[0]:
            return "silent"
        return "redundant" if self._counted[1] > before[1] else "plain"


async def seated(browser: Browser, link: str, name: str, *, red: bool) -> Visitor:
    """Seat a member whose browser takes RED, or does not."""

    async def before(page: Page) -> None:
        await Workers.prepare(page)
        if not red:
            await page.add_init_script(LACKING)

    visitor = await Visitor.arrive(browser, link, tone=TONES[name], before=before)
    await visitor.take_seat()
    return visitor


async def sounds_as_promised(page: Page) -> None:
    """See that the encoder aims at 64 kbit/s and spends them on a tone, and that silence is sent like any other sound."""
    before, after = await sent_next(page, SOME)
    assert after.target == BITRATE
    assert after.bits_a_second(before) > BITRATE * 0.7
    await page.evaluate("() => hush(true)")
    for _ in range(2):  # the first may hold some of the tone
        before, after = await sent_next(page, SOME)
    assert after.packets_a_second(before) == pytest.approx(PACKETS_A_SECOND, rel=0.1)


async def test_everybody_speaks_plainly_while_somebody_whose_device_lacks_it_can_hear(
    browser: Browser, tmp_path: Path
) -> None:
    """By the statement that each device has signed: plain when such a one comes, and as before when they have gone."""
    async with operated(tmp_path, FakeChance()) as (_, hall):
        chairs = await Chairs.arrive(hall)
        await chairs.alone("close_doors")
        maren = await seated(browser, hall.link(*SEATS[MAREN]), MAREN, red=True)
        way = Way(maren.page)
        await becomes(way.look, "redundant")

        link = hall.link(*SEATS[ADVISER])
        adviser = await seated(browser, link, ADVISER, red=False)
        await adviser.speak()
        await becomes(way.look, "plain")
        await becomes(lambda: adviser.heard([maren.tone]), {maren.tone})
        await becomes(lambda: maren.heard([adviser.tone]), {adviser.tone})
        assert await way.look() == "plain"
        await sounds_as_promised(adviser.page)

        await (await Desks.of(hall)).revoke(link)
        await becomes(way.look, "redundant")
        await chairs.leave()
