"""What is written and shown beside sound and picture: on the real screens of those it is for, and on nobody else's."""

from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path
from typing import Final

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from tests.live.cast import Chairs, seated
from tests.live.hall import Hall
from tests.live.operated import PRINTED, talkative
from tests.live.screens import doors, sends
from tests.live.search import found, rows
from tests.live.sight import Inspection
from tests.live.until import becomes

pytestmark = pytest.mark.anyio

MAREN: Final = "President Ilse Maren"
OURS: Final = "Withdraw by the ninth of March"
THEIRS: Final = "By the twelfth\nat noon"
CAPTION: Final = "We propose the crossing at Hesk"
CAUCUS: Final = "Not a day later than the fourteenth"
BACK: Final = "We are back"
EVERYBODY: Final = ("arven principal", "tolmar principal", "arven interpreter")
# It is shown for some seconds alone, which a busy machine may spend elsewhere.
WATCH: Final = """() => {
  globalThis.slowed = false;
  new MutationObserver(() => {
    globalThis.slowed ||= document.querySelector(".slow-down").textContent.startsWith("Please slow down");
  }).observe(document.body, { subtree: true, childList: true });
}"""
HOLDERS: Final = """group => globalThis.__visavisProbe.keys.state.get().groups
  .filter((each) => each.group === group && each.at === "inside").flatMap(({ roster }) => roster)
  .filter(({ member }) => member.role !== "chair").map(({ member }) => `${member.party} ${member.role}`)"""


@pytest.fixture
async def hall(tmp_path: Path) -> AsyncIterator[Hall]:
    """Yield the summit of a server that prints all it can."""
    async with talkative(tmp_path) as (_, opened):
        yield opened


async def test_what_is_said_beside_sound_is_seen_by_those_it_is_for(
    browser: Browser, hall: Hall, chairs: Chairs, tmp_path: Path
) -> None:
    """Two sides write to each other, one raises a hand, the booth asks to slow down, a caucus stays among itself.

    Neither the server's database nor its log has a word of it.
    """
    cast = await seated(browser, hall, *EVERYBODY)
    arven, tolmar, booth = (cast[name].page for name in EVERYBODY)
    await chairs.alone("close_doors")
    await becomes(lambda: sends(cast["arven principal"]), wanted=True)
    for page in (arven, tolmar, booth):
        await expect(doors(page)).to_contain_text("The doors are closed")
        await becomes(partial(holders, page, "chamber"), wanted=sorted(EVERYBODY))

    await write_to_each_other(arven, tolmar)
    await gesture(arven, tolmar, booth)
    await write_captions(booth, tolmar)
    for name in ("arven principal", "arven interpreter"):
        await cast[name].page.get_by_role("button", name="Go to our own room").click()
        await expect(cast[name].page.get_by_role("button", name="Return to the chamber")).to_be_visible()
    await stay_among_themselves(arven, booth, tolmar)

    words = {text: text.splitlines()[0].encode() for text in (OURS, THEIRS, CAPTION, CAUCUS, BACK)}
    known = {"meeting": hall.meeting.encode()}
    log = [(tmp_path / PRINTED).read_bytes()]
    for pieces in (rows(tmp_path / "visavis.sqlite3"), log):
        assert found(pieces, known | words) == {"meeting"}


async def write_to_each_other(arven: Page, tolmar: Page) -> None:
    """See that each reads what the other writes, and by whom it is; look at it."""
    await write(arven, OURS)
    await expect(tolmar.get_by_role("button", name="Messages 1 unread")).to_be_visible()
    await write(tolmar, THEIRS)
    await expect(lines(tolmar).first).to_contain_text(MAREN)
    await expect(lines(tolmar).first).to_contain_text("Principal · Republic of Arven")
    for page in (arven, tolmar):
        await expect(lines(page).locator(".chat-said")).to_have_text([OURS, THEIRS])
        await expect(page.locator("[data-at]")).to_have_count(0)
    eye = Inspection()
    await eye.look(arven, "the messages", looks=("dark",))
    assert "\n".join(eye.told()) == ""
    for page in (arven, tolmar):
        await page.keyboard.press("Escape")
        await expect(page.get_by_role("dialog")).to_have_count(0)


async def gesture(arven: Page, tolmar: Page, booth: Page) -> None:
    """Raise a hand and lower it; ask the speaker to slow down, which is shown for a while."""
    await tolmar.keyboard.press("h")
    await expect(hands(arven)).to_have_text(["Prime Minister Odran Vey, Kingdom of Tolmar"])
    await expect(tolmar.get_by_role("button", name="Lower your hand")).to_be_visible()
    await tolmar.keyboard.press("h")
    await expect(hands(arven)).to_have_count(0)
    await arven.evaluate(WATCH)

    async def is_asked() -> bool:
        # Whoever is not heard at the moment is not asked: a line that is slow to come is asked again.
        await booth.keyboard.press("s")
        return bool(await arven.evaluate("() => globalThis.slowed"))

    await becomes(is_asked, wanted=True, looks=1)
    await expect(arven.get_by_text("Please slow down")).to_have_count(0)


async def write_captions(booth: Page, reader: Page) -> None:
    """Let an interpreter write what others hear: whoever chooses to read it sees the line grow, end and be corrected."""
    await booth.get_by_role("button", name="Write captions").click()
    field = booth.get_by_role("textbox", name="What is said, in English")
    await field.press_sequentially(CAPTION[:10])
    await reader.get_by_role("button", name="Captions off").click()
    await reader.get_by_role("menuitemradio", name="English").click()
    strip = reader.get_by_role("region", name="Captions, English")
    await expect(strip.locator("[data-growing]")).to_have_text(CAPTION[:10].strip())
    await field.press_sequentially(CAPTION[10:].replace("Hesk", "Hsek"))
    await field.press("Enter")
    await booth.get_by_role("button", name="Correct the last line").click()
    await booth.get_by_role("textbox", name="The last line, in English").fill(CAPTION)
    await booth.keyboard.press("Enter")
    await expect(strip.get_by_role("log")).to_have_text(CAPTION)
    eye = Inspection()
    await eye.look(reader, "captions", looks=("dark",))
    assert "\n".join(eye.told()) == ""
    await booth.get_by_role("button", name="Stop writing captions").click()


async def stay_among_themselves(arven: Page, booth: Page, tolmar: Page) -> None:
    """Write in the caucus, and then in the chamber again: the other side reads the last alone."""
    for page in (arven, booth):
        await becomes(partial(holders, page, "caucus"), wanted=["arven interpreter", "arven principal"])
    await write(arven, CAUCUS)
    await write(booth, None)
    await expect(lines(booth).locator(".chat-said")).to_have_text([CAUCUS])
    await arven.keyboard.press("Escape")
    await arven.get_by_role("button", name="Return to the chamber").click()
    await expect(arven.get_by_role("button", name="Go to our own room")).to_be_visible()
    await write(arven, BACK)
    await write(tolmar, None)
    # What came last is there: what was said before it in the caucus would be, too.
    await expect(lines(tolmar).locator(".chat-said")).to_have_text([OURS, THEIRS, BACK])
    assert CAUCUS not in await tolmar.content()


async def write(page: Page, text: str | None) -> None:
    """Open the messages by their key where they are closed, and send one."""
    if await page.get_by_role("dialog").count() == 0:
        await page.keyboard.press("n")
    field = page.get_by_role("textbox", name="Your message")
    await expect(field).to_be_focused()
    if text is not None:
        await field.fill(text)
        await page.keyboard.press("Enter")
        await expect(field).to_have_value("")


def lines(page: Page) -> Locator:
    """Return what was said, as a page shows it."""
    return page.get_by_role("log").get_by_role("listitem")


def hands(page: Page) -> Locator:
    """Return whose hands are up."""
    return page.get_by_role("region", name="Raised hands").get_by_role("listitem")


async def holders(page: Page, group: str) -> list[str]:
    """Return who a page knows to hold the keys of a group, but the chairs."""
    return sorted(await page.evaluate(HOLDERS, group))
