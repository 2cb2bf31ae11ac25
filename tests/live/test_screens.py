"""The real screens of every role: what the keyboard reaches, what is in sight, and what is said when something is missing."""

from typing import Final

import pytest
from playwright.async_api import Browser, expect

from tests.live.cast import SEATS, Chairs
from tests.live.delegate import Delegate
from tests.live.hall import Hall
from tests.live.screens import CHAIR, arrived, doors, reaches_all, seated, sends
from tests.live.sight import LAPTOP, PHONE, tab_through, tab_to
from tests.live.until import becomes
from tests.live.visitor import Visitor

pytestmark = pytest.mark.anyio

TROUBLES: Final = {
    "NotAllowedError": "The browser was told not to use the {kind}",
    "NotFoundError": "No {kind} was found",
    "NotReadableError": "Another program is using the {kind}",
}
# Refuses one kind of device with one error, until the test says that the trouble is over.
REFUSING: Final = """
  const real = MediaDevices.prototype.getUserMedia;
  MediaDevices.prototype.getUserMedia = function (wanted) {
    if (!globalThis.mended && wanted.%s) return Promise.reject(new DOMException("no", "%s"));
    return real.call(this, wanted);
  };
"""
# `unplug()` ends every track as a pulled plug does and lists no device; `plug()` puts it in again.
PLUGS: Final = """
  const given = new Set();
  const { addTrack } = MediaStream.prototype;
  MediaStream.prototype.addTrack = function (track) {
    given.add(track);
    return addTrack.call(this, track);
  };
  const { clone } = MediaStreamTrack.prototype;
  MediaStreamTrack.prototype.clone = function () {
    const twin = clone.call(this);
    given.add(twin);
    return twin;
  };
  const { enumerateDevices } = MediaDevices.prototype;
  let plugged = true;
  MediaDevices.prototype.enumerateDevices = async function () {
    return plugged ? enumerateDevices.call(this) : [];
  };
  globalThis.unplug = () => {
    plugged = false;
    const gone = [...given].filter(({ kind }) => kind === "audio");
    for (const track of gone) track.stop();
    for (const track of gone) track.dispatchEvent(new Event("ended"));
  };
  globalThis.plug = () => {
    plugged = true;
    navigator.mediaDevices.dispatchEvent(new Event("devicechange"));
  };
"""
LACKING: Final = {
    "an unprotected address": (
        """Object.defineProperty(globalThis, "isSecureContext", { value: false });
           delete Navigator.prototype.mediaDevices;
           delete Navigator.prototype.locks;""",
        "This address is not protected",
    ),
    "a browser without media devices": ("delete Navigator.prototype.mediaDevices;", "This browser cannot take part"),
    "an outdated browser": (
        "delete globalThis.RTCPeerConnection; delete Navigator.prototype.locks;",
        "This browser cannot take part",
    ),
}


async def test_everything_works_by_keyboard(browser: Browser, hall: Hall) -> None:
    """Tab reaches every control with a focus one sees; a chair takes the seat and leads the meeting without a mouse."""
    tolmar = await Delegate.arrive(hall.origin, hall.link("tolmar", "chair"))
    visitor = await arrived(browser, hall, *CHAIR)
    page = visitor.page
    await expect(page.get_by_role("combobox", name="Microphone")).to_be_enabled()
    reaches_all(await tab_through(page))
    await tab_to(page, "Take your seat")
    await page.keyboard.press("Enter")
    await visitor.is_seated()

    await tab_to(page, "Orders")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("menuitem", name="Begin behind closed doors")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(doors(page)).to_contain_text("The doors are closed")
    reaches_all(await tab_through(page))

    await tab_to(page, "Ask for the floor")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("button", name="Withdraw my request")).to_be_focused()
    await tab_to(page, "Listening to the floor")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("menuitemradio", name="The floor Every")).to_be_focused()
    await page.keyboard.press("End")
    await expect(page.get_by_role("menuitemradio", name="French")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("button", name="Listening to French")).to_be_visible()

    await tab_to(page, "Orders")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("menuitem", name="Open the doors")).to_be_focused()
    await page.keyboard.press("Enter")
    await page.get_by_role("alertdialog").wait_for()
    await tab_to(page, "Open the doors")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("Waiting for Kingdom of Tolmar")).to_be_visible()
    assert await tolmar.move(hall.meeting, "open_doors")
    await tolmar.hold_doors(hall.meeting)
    await expect(doors(page)).to_contain_text("The doors are open")
    await page.keyboard.press("o")
    await expect(page.get_by_role("menuitem", name="Close the doors")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(doors(page)).to_contain_text("The doors are closed")
    tolmar.let_go()
    await tolmar.http.aclose()


async def test_what_matters_is_in_sight_and_a_wish_is_not_shown_as_off(
    browser: Browser, hall: Hall, chairs: Chairs
) -> None:
    """On a phone whoever is on air sees it without scrolling; what a principal wants to send is pressed from the start."""
    interpreter = await seated(browser, hall, "arven interpreter")
    principal = await seated(browser, hall, "arven principal")
    microphone = principal.page.get_by_role("button", name="Microphone", exact=True)
    await expect(microphone).to_have_attribute("aria-pressed", "true")
    await expect(microphone).to_have_attribute("data-tells", "waits")
    await chairs.alone("close_doors")
    await expect(microphone).not_to_have_attribute("data-tells", "waits")
    await expect(microphone).to_have_attribute("aria-pressed", "true")
    await chairs.alone("recess")
    await expect(microphone).to_have_attribute("aria-pressed", "false")
    await chairs.alone("resume")
    await expect(doors(principal.page)).to_contain_text("The doors are closed")
    await expect(principal.page.get_by_text("You are muted")).to_be_visible()
    assert not await sends(principal)
    await microphone.click()
    await becomes(lambda: sends(principal), wanted=True)
    await expect(principal.page.get_by_text("You are muted")).to_have_count(0)

    await interpreter.page.set_viewport_size(PHONE)
    await interpreter.page.get_by_role("button", name="Microphone on air into English").click()
    await expect(interpreter.page.get_by_text("On air into English", exact=True)).to_be_in_viewport(ratio=1)
    for name in ("President Ilse Maren, Republic of Arven", "Kingdom of Tolmar", "The doors"):
        await expect(interpreter.page.get_by_label(name, exact=True).first).to_be_in_viewport()


async def test_a_second_tab_says_so_and_can_take_the_seat(browser: Browser, hall: Hall, chairs: Chairs) -> None:
    """The same seat opened twice: the second tab says it, takes the seat over, and the first lets go of it."""
    first = await seated(browser, hall, "arven principal")
    await chairs.alone("close_doors")
    await becomes(lambda: sends(first), wanted=True)
    page = await first.page.context.new_page()
    await page.goto(first.page.url)
    second = Visitor(page, first.tone)
    taken = "Your seat is taken in another tab"
    await expect(page.get_by_role("heading", name=taken)).to_be_visible()
    await page.get_by_role("button", name="Take the seat here").click()
    await expect(first.page.get_by_role("heading", name=taken)).to_be_visible()
    await becomes(lambda: sends(first), wanted=False)
    await second.take_seat()
    await becomes(lambda: sends(second), wanted=True)


async def test_missing_devices_and_browsers_have_their_own_words(browser: Browser, hall: Hall) -> None:
    """A device refused, missing or busy, a browser that lacks something: said in own words, with a way on."""
    link = hall.link(*SEATS["arven principal"])
    context = await browser.new_context(viewport=LAPTOP, permissions=["microphone", "camera"])
    home = await context.new_page()
    await home.goto(link)
    await expect(home.get_by_role("button", name="Take your seat")).to_be_visible()
    address = home.url
    await home.close()
    for kind, wanted in (("microphone", "audio"), ("camera", "video")):
        for error, words in TROUBLES.items():
            page = await context.new_page()
            await page.add_init_script(REFUSING % (wanted, error))
            await page.goto(address)
            said = page.get_by_text(words.format(kind=kind)).filter(visible=True)
            await expect(said).to_be_visible()
            await expect(page.get_by_role("button", name="Take your seat")).to_be_enabled()
            await page.evaluate("() => { globalThis.mended = true; }")
            await page.get_by_role("button", name="Look for devices again").click()
            await expect(said).to_have_count(0)
            await page.close()
    for script, words in LACKING.values():
        page = await context.new_page()
        await page.add_init_script(script)
        await page.goto(address)
        await expect(page.get_by_role("heading", name=words)).to_be_visible()
        await page.close()


async def test_an_unplugged_microphone_says_so_and_comes_back(browser: Browser, hall: Hall, chairs: Chairs) -> None:
    """Pulled out in the middle: the stage says it, the others hear nothing; plugged in again, they hear without a press."""
    speaker = await seated(browser, hall, "arven principal", before=PLUGS)
    listener = await seated(browser, hall, "tolmar principal")
    await chairs.alone("close_doors")
    tone = {speaker.tone}
    await becomes(lambda: listener.heard([speaker.tone]), tone)
    await speaker.page.evaluate("() => globalThis.unplug()")
    unplugged = speaker.page.get_by_text("The microphone was unplugged")
    await expect(unplugged).to_be_visible()
    microphone = speaker.page.get_by_role("button", name="Microphone", exact=True)
    await expect(microphone).to_have_attribute("data-tells", "trouble")
    await becomes(lambda: listener.heard([speaker.tone]), set[int]())
    await speaker.page.evaluate("() => globalThis.plug()")
    await expect(unplugged).to_have_count(0)
    await becomes(lambda: listener.heard([speaker.tone]), tone)

    await speaker.page.keyboard.press("d")
    sheet = speaker.page.get_by_role("dialog", name="Your devices")
    choice = sheet.get_by_role("combobox", name="Microphone")
    await expect(choice).to_be_enabled()
    await choice.select_option(index=1)
    await speaker.page.keyboard.press("Escape")
    await expect(sheet).to_have_count(0)
    await becomes(lambda: listener.heard([speaker.tone]), tone)
