"""What the interpreters of one booth share, worked by keys: messages, glossary, documents. Nobody else has a word of it."""

from base64 import b64decode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Final

import pytest
from playwright.async_api import Browser, Page, expect

from tests.live.booth import choose
from tests.live.cast import Chairs
from tests.live.hall import Hall
from tests.live.operated import PRINTED, talkative
from tests.live.search import found, rows
from tests.live.sight import WATCH, Inspection
from tests.live.until import becomes, stays
from tests.live.visitor import Visitor
from tests.live.workers import Workers

pytestmark = pytest.mark.anyio

FANE, ORU, AMSEL = 440, 1030, 2210
EVERYBODY: Final = [FANE, ORU, AMSEL]
NOTHING: Final[set[int]] = set()
OWN: Final = "booth.arven.en"
SAID: Final = "He quotes the treaty of Varn next"
TABLE: Final = (
    "en,fr,note\nceasefire line,ligne d'armistice,not: frontière\nonly one field\nbuffer state,État tampon,\n"
)
TERM: Final = "ligne d'armistice"
SENTENCE: Final = "We have come to this table to end it"
SPEECH: Final = f"{SENTENCE}.\n".encode() * 20_000  # of several parts
# Three pixels by two.
PICTURE: Final = b64decode("R0lGODlhAwACAIAAAP///wAAACwAAAAAAwACAAACAoRfADs=")
# One empty page.
PAPER: Final = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj
trailer<</Root 1 0 R>>
"""
DRAWN: Final = "picture => picture.complete && [picture.naturalWidth, picture.naturalHeight]"
READERS: Final = """() => globalThis.__visavisProbe.keys.state.get().groups
  .filter((each) => each.group === "booth" && each.at === "inside")
  .flatMap(({ roster }) => roster.map(({ member }) => member.name)).toSorted()"""
# What a page was told of another booth's group: as its keys' listeners hear it.
LISTEN: Final = """() => {
  globalThis.overheard = [];
  globalThis.__visavisProbe.keys.listen((group, told) => {
    if (group.kind === "booth") globalThis.overheard.push(JSON.stringify([group, told]));
  });
}"""


@pytest.fixture
async def hall(tmp_path: Path) -> AsyncIterator[Hall]:
    """Yield the summit of a server that prints all it can."""
    async with talkative(tmp_path) as (_, opened):
        yield opened


async def test_a_booth_shares_messages_glossary_and_documents_and_nobody_else_has_them(
    browser: Browser, hall: Hall, chairs: Chairs, tmp_path: Path
) -> None:
    """Two interpreters by their keys; who comes late has all of it; the other booth, the database and the log have nothing.

    They talk to each other and see each other there, and nobody else hears them.
    """
    fane, amsel = [
        await Visitor.arrive(browser, hall.link(party, "interpreter"), tone=tone, before=Workers.prepare)
        for party, tone in (("arven", FANE), ("tolmar", AMSEL))
    ]
    for visitor in (fane, amsel):
        await visitor.take_seat()
    await amsel.page.evaluate(LISTEN)
    await becomes(lambda: readers(fane.page), wanted=["L. Fane"])

    await read_a_table(fane.page)
    await put_in_documents(fane.page)
    oru = await Visitor.arrive(browser, hall.link("arven", "interpreter", 1), tone=ORU)
    await oru.take_seat()
    for page in (fane.page, oru.page):
        await becomes(partial(readers, page), wanted=["K. Oru", "L. Fane"])
    await search(oru.page)
    await read_here(oru.page)
    await read_a_document(oru.page, fane.page)
    await write(oru.page, fane.page)
    await talk(oru, fane, amsel)
    await chairs.alone("close_doors")
    await talk_on_air(fane, oru, amsel)
    await talk_without_the_key(oru, fane)

    assert await amsel.page.evaluate("globalThis.overheard") == []
    words = {text: text.encode() for text in (SAID, TERM, "buffer state", SENTENCE, "speech.txt")}
    known = {"meeting": hall.meeting.encode()}
    for pieces in (rows(tmp_path / "visavis.sqlite3"), [(tmp_path / PRINTED).read_bytes()]):
        assert found(pieces, known | words) == {"meeting"}


async def readers(page: Page) -> list[str]:
    """Return who is in the group of the page's booth, if the page is."""
    names: list[str] = await page.evaluate(READERS)
    return names


async def read_a_table(page: Page) -> None:
    """Open the glossary by its key, and put in what is in a file."""
    await page.keyboard.press("g")
    sheet = page.get_by_role("dialog", name="Glossary")
    await expect(sheet.get_by_text("No term yet")).to_be_visible()
    file = {"name": "terms.csv", "mimeType": "text/csv", "buffer": TABLE.encode()}
    await sheet.get_by_label("Open a file").set_input_files(file)  # type: ignore[arg-type]
    await expect(sheet.get_by_text("Line 3: it does not have two or three fields")).to_be_visible()
    await expect(sheet.get_by_text("2 terms", exact=True)).to_be_visible()
    eye = Inspection()
    await eye.look(page, "glossary", looks=("as it is",))
    assert "\n".join(eye.told()) == ""
    await close(page)


async def search(page: Page) -> None:
    """See that who came late finds a term of the other's, without its accent."""
    await page.keyboard.press("g")
    sheet = page.get_by_role("dialog", name="Glossary")
    await expect(sheet.get_by_text("2 terms", exact=True)).to_be_visible()
    await page.keyboard.type("etat")
    await expect(sheet.get_by_text("1 term", exact=True)).to_be_visible()
    await expect(sheet.get_by_role("listitem")).to_contain_text("État tampon")
    await expect(sheet.get_by_text("for nobody else: not for your delegation")).to_be_visible()
    await close(page)


async def put_in_documents(page: Page) -> None:
    """Open the documents by their key, and put two in."""
    await page.keyboard.press("=")
    sheet = page.get_by_role("dialog", name="Documents")
    await expect(sheet.get_by_text("No document yet")).to_be_visible()
    for name, content in (("speech.txt", SPEECH), ("agenda.txt", PICTURE), ("map.txt", PAPER)):
        file = {"name": name, "mimeType": "text/plain", "buffer": content}
        await sheet.get_by_label("Put in a document").set_input_files(file)  # type: ignore[arg-type]
        await expect(sheet.get_by_text(f"{name} is there for your booth")).to_be_visible()
    await expect(sheet.get_by_role("listitem")).to_contain_text(["speech.txt", "agenda.txt", "map.txt"])
    eye = Inspection()
    await eye.look(page, "documents", looks=("as it is",))
    assert "\n".join(eye.told()) == ""
    await close(page)


async def read_here(page: Page) -> None:
    """Read two documents without saving one, by the keyboard: a text, and a picture that is called a text."""
    await page.evaluate(WATCH)
    await page.keyboard.press("=")
    sheet = page.get_by_role("dialog", name="Documents")
    for name in ("speech.txt", "agenda.txt"):
        await sheet.get_by_role("button", name=f"Read {name}").press("Enter")
        shown = page.get_by_role("dialog", name=name)
        if name == "speech.txt":
            await expect(shown.get_by_text(SENTENCE)).to_be_visible()
        else:
            picture = shown.get_by_role("img", name=name)
            await becomes(partial(picture.evaluate, DRAWN), wanted=[3, 2])
        eye = Inspection()
        await eye.look(page, f"reading {name}", looks=("as it is",))
        assert "\n".join(eye.told()) == ""
        await page.keyboard.press("Escape")
        await expect(shown).to_have_count(0)
        await expect(sheet.get_by_role("button", name=f"Read {name}")).to_be_focused()
    await open_a_paper(page)
    await close(page)
    assert await page.evaluate("globalThis.violations") == []


async def open_a_paper(page: Page) -> None:
    """Read a PDF in a tab of the browser's own reader, which knows no way back to the page; then it is there no more."""
    sheet = page.get_by_role("dialog", name="Documents")
    await sheet.get_by_role("button", name="Read map.txt").press("Enter")
    shown = page.get_by_role("dialog", name="map.txt")
    async with page.context.expect_page() as opened:
        await shown.get_by_role("link").press("Enter")
    tab = await opened.value
    await tab.wait_for_load_state()
    assert tab.url.startswith("blob:")
    assert await tab.evaluate("[document.contentType, window.opener]") == ["application/pdf", None]
    await tab.close()
    await page.keyboard.press("Escape")
    await expect(shown).to_have_count(0)


async def read_a_document(reader: Page, other: Page) -> None:
    """See that who came late has a document as it was put in, and that who takes one away takes it from both."""
    await reader.keyboard.press("=")
    sheet = reader.get_by_role("dialog", name="Documents")
    async with reader.expect_download() as saved:
        await sheet.get_by_role("button", name="Save speech.txt").click()
    file = await saved.value
    assert file.suggested_filename == "speech.txt"
    assert (await file.path()).read_bytes() == SPEECH
    await other.keyboard.press("=")
    theirs = other.get_by_role("dialog", name="Documents")
    await expect(theirs.get_by_role("listitem")).to_have_count(3)
    for name in ("agenda.txt", "map.txt"):
        await sheet.get_by_role("button", name=f"Take {name} away").click()
    for each in (sheet, theirs):
        await expect(each.get_by_role("listitem")).to_contain_text(["speech.txt"])
    for page in (reader, other):
        await close(page)


async def close(page: Page) -> None:
    """Close what is open; while it is there, it has the keys."""
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)


async def write(writer: Page, reader: Page) -> None:
    """See that a message of the booth is announced, read out, and read."""
    await writer.keyboard.press("e")
    await writer.get_by_role("textbox").fill(SAID)
    await writer.keyboard.press("Enter")
    await expect(reader.get_by_role("button", name="1 new booth message")).to_be_visible()
    await reader.keyboard.press("r")
    await expect(reader.locator("[data-read-aloud]")).to_contain_text("1 unread message of your booth")
    await reader.keyboard.press("e")
    sheet = reader.get_by_role("dialog", name="Messages of your booth")
    await expect(sheet.get_by_role("log")).to_contain_text(SAID)
    eye = Inspection()
    await eye.look(reader, "booth messages", looks=("as it is",))
    assert "\n".join(eye.told()) == ""
    await reader.keyboard.press("Escape")
    await expect(reader.get_by_role("button", name="Booth messages")).to_be_visible()
    await writer.keyboard.press("Escape")


@asynccontextmanager
async def held(visitor: Visitor, *keys: str) -> AsyncIterator[None]:
    """Hold keys of the console down, the first first."""
    for key in keys:
        await visitor.page.keyboard.down(key)
    yield
    for key in reversed(keys):
        await visitor.page.keyboard.up(key)


async def hears(visitor: Visitor, *tones: int) -> None:
    """Wait until these tones are all that a page hears."""
    await becomes(lambda: visitor.heard(EVERYBODY), wanted=set(tones))


async def talk(speaker: Visitor, partner: Visitor, other: Visitor) -> None:
    """See that a partner hears and sees whoever talks to the booth, and that the other booth, in the same chamber, does not."""
    await expect(speaker.page.locator('[data-function="room.talk"]:not([aria-disabled])')).to_be_visible()
    async with held(speaker, "q"):
        await hears(partner, speaker.tone)
        assert await other.heard(EVERYBODY) == set()
    await hears(partner)
    await speaker.page.keyboard.press("z")
    picture = partner.page.get_by_role("figure", name="K. Oru").locator("video")
    await expect(picture).to_be_visible()
    await becomes(lambda: picture.evaluate("video => video.videoWidth > 0 && video.currentTime > 0"), wanted=True)
    await expect(other.page.get_by_role("figure", name="K. Oru")).to_have_count(0)


async def talk_on_air(speaker: Visitor, partner: Visitor, listener: Visitor) -> None:
    """See that on air one is heard by listeners alone, and while one coughs by one's partner alone."""
    await choose(listener, "English")
    await expect(speaker.page.locator('[data-function="microphone"]:not([aria-disabled])')).to_be_visible()
    await speaker.page.keyboard.press("Space")
    await hears(listener, speaker.tone)
    async with held(speaker, "q"):
        await expect(speaker.page.get_by_text("Your partner hears you while you cough")).to_be_visible()
        assert await partner.heard(EVERYBODY) == set()
    async with held(speaker, "c", "q"):
        await hears(partner, speaker.tone)
        await hears(listener)
    await hears(listener, speaker.tone)
    await hears(partner)


async def talk_without_the_key(speaker: Visitor, partner: Visitor) -> None:
    """See that the same sound is nothing to whoever has another key of the booth."""
    await partner.page.keyboard.press("Space")
    async with held(speaker, "q"):
        await hears(partner, speaker.tone)
        await Workers(partner.page).mislead(OWN)
        await hears(partner)
        await stays(partial(partner.heard, EVERYBODY), NOTHING)
