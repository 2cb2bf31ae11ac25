"""The protocol officer runs the room without hearing it: gives the floor, keeps the agenda, has no seat in any room."""

from collections.abc import AsyncIterator
from typing import Any, Final

import jwt
import pytest
from playwright.async_api import Browser, Page, expect

from tests.live.bare import BarePage
from tests.live.cast import Chairs, seated
from tests.live.census import living, receivers
from tests.live.delegate import Delegate
from tests.live.hall import Hall
from tests.live.until import becomes, stays
from tests.live.visitor import Visitor

pytestmark = pytest.mark.anyio

MAREN: Final = "President Ilse Maren"
ROOMS: Final = ("chamber", "caucus")
PHASES: Final = ("arrival", "open", "closed", "recess")


@pytest.fixture
async def officer(hall: Hall) -> AsyncIterator[Delegate]:
    """Yield the officer of the host, without a page."""
    arrived = await Delegate.arrive(hall.origin, hall.link("host", "protocol_officer"))
    yield arrived
    await arrived.http.aclose()


async def test_the_officer_runs_the_room_from_a_page_that_can_neither_see_nor_hear_it(
    browser: Browser, hall: Hall, chairs: Chairs
) -> None:
    """An item taken up, the floor given, the agenda changed; no ticket, no connection to the SFU, no sound, no picture."""
    maren = (await seated(browser, hall, "arven principal"))["arven principal"].page
    calls: list[str] = []
    page = await at_the_table(browser, hall, calls)
    await chairs.alone("close_doors")

    await page.get_by_role("button", name="Take up Opening").click()
    await expect(maren.locator("[aria-current=step]")).to_contain_text("Opening")
    await maren.get_by_role("button", name="Ask for the floor").click()
    await page.get_by_role("button", name=f"Give the floor to {MAREN}").first.click()
    await expect(maren.get_by_role("button", name="Yield the floor")).to_be_visible()
    await page.get_by_role("button", name="Change the agenda").click()
    await page.get_by_label("Title of item 2").fill("The bridge at Hesk")
    await page.get_by_role("button", name="Save the agenda").click()
    await expect(maren.locator(".agenda")).to_contain_text("The bridge at Hesk")

    assert not [call for call in calls if "/tickets" in call]
    assert {call.split("/")[2] for call in calls if call.startswith("ws")} == {hall.origin.split("/")[2]}
    assert await receivers(page) == []
    assert (await living(page))["HTMLAudioElement"] == 0
    assert await page.locator("audio, video").count() == 0
    assert await where_it_enters(page) == "shut-out"
    assert await receivers(page) == []


async def test_the_officer_has_no_ticket_in_any_phase(hall: Hall, chairs: Chairs, officer: Delegate) -> None:
    """A request made by hand is refused, in every phase that has a room."""
    for phase, order in zip(PHASES, (None, "open_doors", "close_doors", "recess"), strict=True):
        if order == "open_doors":
            await chairs.both(order)
        elif order is not None:
            await chairs.alone(order)
        for room in ROOMS:
            answer = await officer.ticket(hall.meeting, room, phase)
            assert (answer.status_code, answer.json()["code"]) == (403, "not_your_role"), (room, phase)


async def test_a_ticket_made_by_hand_seats_nobody(
    browser: Browser, hall: Hall, chairs: Chairs, officer: Delegate
) -> None:
    """The SFU lets nobody in whose ticket the server did not sign, under whatever name."""
    await seated(browser, hall, "arven principal")
    await chairs.alone("close_doors")
    real = (await chairs.arven.ticket(hall.meeting, "chamber", "closed")).raise_for_status().json()
    claims: dict[str, Any] = jwt.decode(real["token"], options={"verify_signature": False})
    forged = jwt.encode({**claims, "sub": officer.identity}, "a secret of the officer's own, long enough to sign with")
    bare = await BarePage.open(browser, hall.origin)
    assert "ticket_refused" in await bare.join(real["url"], forged)
    await stays(bare.flows, wanted=False)
    # The ticket it was made from opens the room: it was the signature that kept the other out.
    rightly = await BarePage.open(browser, hall.origin)
    assert await rightly.join(real["url"], real["token"]) == ""
    await becomes(rightly.flows, wanted=True)


async def at_the_table(browser: Browser, hall: Hall, calls: list[str]) -> Page:
    """Return the officer's page at the table; every address it asks goes into `calls`."""

    async def listen(page: Page) -> None:
        page.on("request", lambda request: calls.append(request.url))
        page.on("websocket", lambda socket: calls.append(socket.url))

    officer = await Visitor.arrive(browser, hall.link("host", "protocol_officer"), tone=3050, before=listen)
    await officer.go_in()
    return officer.page


async def where_it_enters(page: Page) -> str:
    """Let the page's own service try to enter the chamber, past the screen; return how that ended."""
    return str(
        await page.evaluate(
            """async () => {
              const { call } = globalThis.__visavisProbe.services;
              await call.enter("chamber");
              return call.state.get().seating.at;
            }"""
        )
    )
