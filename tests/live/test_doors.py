"""The doors close on the press: at once, and no way leads back by reload, by a kept ticket, or by hand."""

from typing import Final

import pytest
from playwright.async_api import Browser

from tests.live.bare import BarePage
from tests.live.cast import ALL_TONES, TONES, Chairs, seated
from tests.live.delegate import Delegate
from tests.live.ear import Ear, moment
from tests.live.hall import Hall
from tests.live.until import becomes, stays

pytestmark = pytest.mark.anyio

FLOOR: Final = {TONES["arven principal"], TONES["tolmar principal"]}
SILENCE_SECONDS: Final = 1.0


async def test_press_hears_nothing_a_second_after_the_doors_close_and_cannot_come_back(
    browser: Browser, hall: Hall, chairs: Chairs
) -> None:
    """A press page goes silent within a second of *closed* and stays so, also after a reload."""
    visitors = await seated(browser, hall, "arven principal", "tolmar principal", "press")
    press = visitors["press"]
    await chairs.both("open_doors")
    await becomes(lambda: press.heard(ALL_TONES), FLOOR)

    ears = [await Ear.open(press, tone) for tone in sorted(FLOOR)]
    await chairs.alone("close_doors")
    closed = moment((await chairs.arven.snapshot(chairs.meeting))["meeting"]["phase_since"])
    await becomes(lambda: press.heard(ALL_TONES), set[int]())
    heard_for = [await ear.heard_for(closed) for ear in ears]
    assert max(heard_for) < SILENCE_SECONDS, heard_for
    await becomes(lambda: visitors["arven principal"].heard(ALL_TONES), {TONES["tolmar principal"]})

    await press.page.reload()
    await stays(lambda: press.heard(ALL_TONES), set[int]())
    assert await press.tiles() == []


async def test_a_kept_ticket_opens_nothing(browser: Browser, hall: Hall, chairs: Chairs) -> None:
    """A reporter who joins the SFU by hand gets the opening, sealed; with the same ticket after it the gate lets nobody in."""
    await seated(browser, hall, "arven principal", "tolmar principal")
    reporter = await Delegate.arrive(hall.origin, hall.link("press", "press", 1))
    await chairs.both("open_doors")
    kept = (await reporter.ticket(hall.meeting, "chamber", "open")).raise_for_status().json()

    bare = await BarePage.open(browser, hall.origin)
    assert await bare.join(kept["url"], kept["token"]) == ""
    await becomes(bare.flows, wanted=True)
    refreshed = await bare.token()

    await chairs.alone("close_doors")
    await becomes(bare.flows, wanted=False)
    for token in (kept["token"], refreshed):
        again = await BarePage.open(browser, hall.origin)
        assert "ticket_refused" in await again.join(kept["url"], token)
        await stays(again.flows, wanted=False)
    refused = await reporter.ticket(hall.meeting, "chamber", "closed")
    assert refused.json()["code"] == "not_in_this_phase"
    stale = await reporter.ticket(hall.meeting, "chamber", "open")
    assert stale.json()["code"] == "not_in_this_phase"
    await reporter.http.aclose()
