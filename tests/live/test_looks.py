"""Every real screen as axe, a phone, a laptop and a wall see it: nothing is found, nothing is cut."""

from typing import Final

import pytest
from playwright.async_api import Browser, Page, expect

from tests.live.cast import TONES
from tests.live.delegate import Delegate
from tests.live.hall import Hall
from tests.live.screens import CHAIR, arrived, doors, order, reaches_all, seated, sends
from tests.live.sight import Inspection, tab_through
from tests.live.until import becomes
from tests.live.visitor import Visitor

pytestmark = pytest.mark.anyio

LIGHT: Final = ("light",)
HOLDERS: Final = """() => globalThis.__visavisProbe.services.keys.state.get().groups
  .filter(({ group }) => group === "chamber").map(({ roster }) => roster.length)"""
AGENDA: Final = (
    ("Grenzüberschreitungsangelegenheitenkommissionsberichterstattung", 20),
    ("منطقة الحدود: المادة 4 (ب)", 10),
)


async def test_nothing_is_wrong_with_any_screen(browser: Browser, hall: Hall) -> None:
    """On a laptop and a phone, dark and light: axe finds nothing, nothing is cut, nothing covers the state of the doors."""
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
    await tolmar.hold_doors(hall.meeting)
    press = await arrived(browser, hall, "press", "press")
    await press.take_seat()
    interpreter = await seated(browser, hall, "tolmar interpreter")
    await interpreter.page.get_by_role("button", name="Microphone on air into French").click()
    await expect(interpreter.page.get_by_text("On air into French", exact=True)).to_be_visible()
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

    await becomes(lambda: principal.page.evaluate(HOLDERS), [2])
    await order(chair.page, "Change to One-on-one")
    assert await tolmar.move(hall.meeting, "change_format", "one-on-one")
    await expect(chair.page.get_by_role("heading", name="You are outside the room")).to_be_visible()
    # Whom the format keeps out has no keys either.
    await becomes(lambda: principal.page.evaluate(HOLDERS), [1])
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
