"""Firefox and Chromium in one sealed chamber: each hears and sees the other, by one code, under keys that must be right."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, Final

import pytest
from playwright.async_api import Browser, async_playwright, expect

from tests.live.cast import SEATS, TONES, Chairs, heard_by_all
from tests.live.firefox import launched_firefox
from tests.live.hall import Hall
from tests.live.screens import doors
from tests.live.until import becomes
from tests.live.visitor import Visitor
from tests.live.workers import Workers

pytestmark = pytest.mark.anyio

MAREN: Final = "arven principal"
VEY: Final = "tolmar principal"
EACH_OTHER: Final = {MAREN: {TONES[VEY]}, VEY: {TONES[MAREN]}}
NOTHING: Final[dict[str, set[int]]] = {MAREN: set(), VEY: set()}
PLENTY: Final = 50

# The members' cameras are one colour each, lighter and darker all the time.
MOVES: Final = """() => {
  const { you } = globalThis.__visavisProbe.services.meeting.state.get().snapshot;
  const pen = (globalThis.pen ??= new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true }));
  const video = document.querySelector(`[data-tile]:not([data-tile="${you}"]) video`);
  if (video === null) return false;
  pen.drawImage(video, 0, 0, 1, 1);
  globalThis.pictures = (globalThis.pictures ?? new Set()).add(String(pen.getImageData(0, 0, 1, 1).data));
  return globalThis.pictures.size > 5;
}"""
CHAMBER: Final = """() => {
  const { groups } = globalThis.__visavisProbe.services.keys.state.get();
  const chamber = groups.find(({ group }) => group === "chamber");
  return { code: chamber.code, devices: chamber.roster.map(({ member }) => member.identity) };
}"""


@pytest.fixture
async def firefox(tmp_path: Path) -> AsyncIterator[Browser]:
    """Yield Debian's Firefox, headless."""
    async with async_playwright() as playwright, launched_firefox(playwright, tmp_path) as running:
        yield running


async def seated(browser: Browser, hall: Hall, name: str) -> Visitor:
    """Return a member in their seat, whose page keeps its workers."""
    visitor = await Visitor.arrive(browser, hall.link(*SEATS[name]), tone=TONES[name], before=Workers.prepare)
    await visitor.take_seat()
    return visitor


async def test_firefox_and_chromium_hear_and_see_each_other_behind_closed_doors(
    browser: Browser, firefox: Browser, hall: Hall, chairs: Chairs
) -> None:
    """Sound, picture, roster and code agree; with a wrong key in place of the right one neither hears anything."""
    visitors = {MAREN: await seated(browser, hall, MAREN), VEY: await seated(firefox, hall, VEY)}
    assert "Firefox" in await visitors[VEY].page.evaluate("() => navigator.userAgent")
    await chairs.alone("close_doors")
    await becomes(lambda: heard_by_all(visitors), EACH_OTHER)
    await becomes(lambda: of_both(visitors, MOVES), [True, True])
    for visitor in visitors.values():
        await expect(doors(visitor.page)).to_contain_text("1 device can hear you")
    chambers = await of_both(visitors, CHAMBER)
    assert chambers[0] == chambers[1]
    assert len(chambers[0]["devices"]) == 2

    for visitor in visitors.values():
        await Workers(visitor.page).mislead("chamber")
    await becomes(lambda: refused(visitors), [True, True])
    await becomes(lambda: heard_by_all(visitors), NOTHING)


async def of_both(visitors: dict[str, Visitor], question: str) -> list[Any]:
    """Return what both pages answer."""
    return [await visitor.page.evaluate(question) for visitor in visitors.values()]


async def refused(visitors: dict[str, Visitor]) -> list[bool]:
    """Whether each has dropped plenty of frames that did not open."""
    counted = [await Workers(visitor.page).counts() for visitor in visitors.values()]
    return [counts["dropped"]["badTag"] > PLENTY for counts in counted]
