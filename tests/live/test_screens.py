"""The real screens of every role: what axe finds, what the keyboard reaches, and what is said when something is missing."""

import re
from typing import Final

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from tests.live.cast import SEATS, TONES, Chairs
from tests.live.delegate import Delegate
from tests.live.hall import Hall
from tests.live.sight import LAPTOP, PHONE, Inspection, TabWalk, tab_through, tab_to
from tests.live.until import becomes
from tests.live.visitor import Visitor

pytestmark = pytest.mark.anyio

LIGHT: Final = ("light",)
GRAVE: Final = ("Open the doors", "Recess", "Change to One-on-one")
CHAIR: Final = ("arven", "chair")
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
AGENDA: Final = (
    ("Grenzüberschreitungsangelegenheitenkommissionsberichterstattung", 20),
    ("منطقة الحدود: المادة 4 (ب)", 10),
)
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


@pytest.mark.timeout(300)
async def test_nothing_is_wrong_with_any_screen(browser: Browser, hall: Hall) -> None:
    """On a laptop and a phone, dark and light: axe finds nothing, nothing is cut, "not sealed" is in sight."""
    eye = Inspection()
    tolmar = await Delegate.arrive(hall.origin, hall.link("tolmar", "chair"))
    chair = await arrived(browser, hall, *CHAIR)
    await look_at_arrival(eye, browser, hall)
    principal = await seated(browser, hall, "arven principal")
    officer = await arrived(browser, hall, "host", "protocol_officer")
    await chair.go_in()
    await officer.go_in()
    await eye.look(principal.page, "before the meeting")
    await look_at_sheets(eye, chair.page, officer.page)

    await order(chair.page, "Open the doors")
    await expect(chair.page.get_by_text("Waiting for Kingdom of Tolmar")).to_be_visible()
    await eye.look(chair.page, "waiting for consent")
    assert await tolmar.move(hall.meeting, "open_doors")
    press = await arrived(browser, hall, "press", "press")
    await press.take_seat()
    interpreter = await seated(browser, hall, "tolmar interpreter")
    await interpreter.page.get_by_role("button", name="On air into French").click()
    await expect(interpreter.page.get_by_text("You are on air into French")).to_be_visible()
    await eye.look(interpreter.page, "on air")
    await eye.look(principal.page, "the doors open")
    await eye.look(officer.page, "the table")
    await eye.look(press.page, "the gallery")

    await order(chair.page, "Close the doors")
    await expect(press.page.get_by_role("heading", name="The doors have closed")).to_be_visible()
    await eye.look(press.page, "after the opening")
    await principal.page.get_by_role("button", name="Microphone", exact=True).click()
    await eye.look(principal.page, "the doors closed")
    await principal.page.get_by_role("button", name="Go to our own room").click()
    await expect(principal.page.get_by_role("button", name="Return to the chamber")).to_be_visible()
    await eye.look(principal.page, "caucus")
    assert await tolmar.move(hall.meeting, "adjourn")
    await expect(principal.page.get_by_role("heading", name="The meeting is adjourned")).to_be_visible()
    await eye.look(principal.page, "adjourned", looks=LIGHT)
    await tolmar.http.aclose()

    assert "\n".join(eye.told()) == ""


@pytest.mark.timeout(300)
async def test_nothing_is_wrong_with_the_screens_of_those_who_wait(browser: Browser, hall: Hall) -> None:
    """The press before its opening, a recess, coming back from it, outside, no way in: as the screens above.

    The agenda has one title that cannot be broken and one in Arabic.
    """
    eye = Inspection()
    tolmar = await Delegate.arrive(hall.origin, hall.link("tolmar", "chair"))
    items = [{"title": title, "minutes": minutes} for title, minutes in AGENDA]
    (await tolmar.http.put(f"/api/meetings/{hall.meeting}/agenda", json={"items": items})).raise_for_status()
    press = await arrived(browser, hall, "press", "press")
    await press.go_in()
    await expect(press.page.get_by_role("heading", name="Waiting for the doors to open")).to_be_visible()
    await eye.look(press.page, "before the opening")
    principal = await seated(browser, hall, "arven principal")
    chair = await arrived(browser, hall, *CHAIR)
    await chair.take_seat()

    await order(chair.page, "Begin behind closed doors")
    await becomes(lambda: sends(principal), wanted=True)
    await order(chair.page, "Recess")
    await expect(doors(principal.page)).to_contain_text("Recess")
    await eye.look(principal.page, "recess")
    await eye.look_both_ways(principal.page, "recess")
    await order(chair.page, "Resume the meeting")
    await expect(principal.page.get_by_text("You are muted")).to_be_visible()
    await eye.look(principal.page, "back from the recess")

    await order(chair.page, "Change to One-on-one")
    assert await tolmar.move(hall.meeting, "change_format", "one-on-one")
    await expect(chair.page.get_by_role("heading", name="You are outside the room")).to_be_visible()
    await eye.look(chair.page, "outside")
    await eye.look_both_ways(chair.page, "outside")
    reaches_all(await tab_through(chair.page))
    await chair.page.get_by_role("button", name="All meetings").click()
    await expect(chair.page.get_by_role("heading", name="Which meeting?")).to_be_visible()
    await eye.look(chair.page, "the meetings", looks=LIGHT)
    await tolmar.http.aclose()

    again = await Visitor.arrive(browser, hall.link("press", "press"), tone=TONES["press"])
    await expect(again.page.get_by_role("heading", name="You were not let in")).to_be_visible()
    await eye.look(again.page, "an invitation used before", looks=LIGHT)
    assert "\n".join(eye.told()) == ""


async def look_at_arrival(eye: Inspection, browser: Browser, hall: Hall) -> None:
    """Look at what comes before the seat: the arrival of those who speak, and of those who do not."""
    for party, role, place in (("arven", "interpreter", 0), ("press", "press", 1)):
        visitor = await arrived(browser, hall, party, role, place)
        await eye.look(visitor.page, f"arrival of {role}", looks=LIGHT)
        await visitor.leave()
    visitor = await arrived(browser, hall, "tolmar", "principal")
    await expect(visitor.page.locator(".preview video")).to_be_visible()
    await eye.look(visitor.page, "arrival of principal", looks=LIGHT)
    await visitor.page.get_by_role("button", name="See who they are").click()
    await expect(visitor.page.get_by_role("dialog")).to_be_visible()
    await eye.look(visitor.page, "who will hear", looks=LIGHT)
    await visitor.leave()


async def look_at_sheets(eye: Inspection, chair: Page, officer: Page) -> None:
    """Look at every sheet and menu of the stage, and at the agenda's."""
    for opener, role in (
        ("Who can hear me", "dialog"),
        ("Devices", "dialog"),
        ("Keys", "dialog"),
        ("Leave", "alertdialog"),
        ("Orders", "menu"),
        ("Listening to the floor", "menu"),
    ):
        await look_at_sheet(eye, chair, opener, role)
    await look_at_sheet(eye, officer, "Change the agenda", "dialog")


async def look_at_sheet(eye: Inspection, page: Page, opener: str, role: str) -> None:
    """Open what a button opens, look at it, and close it by the key that closes everything."""
    await page.get_by_role("button", name=opener, exact=True).click()
    opened = page.locator(f"[role={role}]")
    await expect(opened).to_be_visible()
    await eye.look(page, opener, looks=("dark",))
    if role == "alertdialog":
        await page.get_by_role("button", name="Stay").click()
    else:
        await page.keyboard.press("Escape")
    await expect(opened).to_have_count(0)


@pytest.mark.timeout(300)
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
    await expect(doors(page)).to_contain_text("The doors are open")
    await page.keyboard.press("o")
    await expect(page.get_by_role("menuitem", name="Close the doors")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(doors(page)).to_contain_text("The doors are closed")
    await tolmar.http.aclose()


@pytest.mark.timeout(300)
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
    await interpreter.page.get_by_role("button", name="On air into English").click()
    await expect(interpreter.page.get_by_text("You are on air into English")).to_be_in_viewport(ratio=1)
    for name in ("President Ilse Maren, Republic of Arven", "Kingdom of Tolmar", "The doors"):
        await expect(interpreter.page.get_by_label(name, exact=True).first).to_be_in_viewport()


@pytest.mark.timeout(300)
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
    await expect(page.locator(".unsealed")).to_be_visible()
    await page.get_by_role("button", name="Take the seat here").click()
    await expect(first.page.get_by_role("heading", name=taken)).to_be_visible()
    await becomes(lambda: sends(first), wanted=False)
    await second.take_seat()
    await becomes(lambda: sends(second), wanted=True)


@pytest.mark.timeout(300)
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
        await expect(page.locator(".unsealed")).to_be_visible()
        await page.close()


@pytest.mark.timeout(300)
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


async def arrived(browser: Browser, hall: Hall, party: str, role: str, place: int = 0) -> Visitor:
    """Return somebody before their seat."""
    tone = TONES.get(f"{party} {role}", TONES["arven adviser"])
    visitor = await Visitor.arrive(browser, hall.link(party, role, place), tone=tone)
    taking = re.compile(r"^(Take your seat|Enter the gallery|Open the table)$")
    await expect(visitor.page.get_by_role("button", name=taking)).to_be_visible()
    return visitor


async def seated(browser: Browser, hall: Hall, name: str, *, before: str = "") -> Visitor:
    """Return somebody in their seat; `before` is a script that runs in the page before everything else."""

    async def prepare(page: Page) -> None:
        await page.add_init_script(before)

    visitor = await Visitor.arrive(browser, hall.link(*SEATS[name]), tone=TONES[name], before=prepare)
    await visitor.take_seat()
    return visitor


async def order(page: Page, name: str) -> None:
    """Give an order from the menu, and confirm it where that is asked."""
    await page.get_by_role("button", name="Orders").click()
    await page.get_by_role("menuitem", name=name).click()
    await expect(page.locator("[role=menu]")).to_have_count(0)
    if name in GRAVE:
        await page.get_by_role("alertdialog").get_by_role("button", name=name).click()


async def sends(visitor: Visitor) -> bool:
    """Whether a member's microphone is sent."""
    told = "() => globalThis.__visavisProbe.services.call.state.get().sending.microphone"
    return bool(await visitor.page.evaluate(told))


def doors(page: Page) -> Locator:
    """Return the line about the doors."""
    return page.get_by_role("region", name="The doors")


def reaches_all(walk: TabWalk) -> None:
    """See that the Tab key leaves out nothing, and always shows where it is."""
    assert walk.missed == ()
    assert walk.unseen == ()
    assert len(walk.names) > 2
