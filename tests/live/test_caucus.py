"""A delegation's own room: its members hear each other there, and nobody else hears them or sees that they are in it."""

from typing import Any, Final

import pytest
from playwright.async_api import Browser

from tests.live.bare import BarePage
from tests.live.cast import ALL_TONES, TONES, Chairs, heard_by_all, seated
from tests.live.delegate import Delegate
from tests.live.hall import Hall
from tests.live.until import becomes, goes_on, stays
from tests.live.visitor import Visitor

pytestmark = pytest.mark.anyio

BRANDT: Final = "tolmar adviser"
BRANDTS_TONE: Final = TONES["press"]  # no press in this scene
MAREN: Final = "President Ilse Maren"
IN_CAUCUS: Final = "() => globalThis.__visavisProbe.services.call.state.get().seating.room === 'caucus'"
IN_CHAMBER: Final = IN_CAUCUS.replace("caucus", "chamber")
HEARD: Final = {
    "arven principal": {TONES["arven adviser"]},
    "arven adviser": {TONES["arven principal"]},
    "arven interpreter": {TONES["tolmar principal"]},
    "tolmar principal": set[int](),
    BRANDT: set[int](),
}


async def test_only_its_own_members_hear_a_caucus_or_know_of_it(browser: Browser, hall: Hall, chairs: Chairs) -> None:
    """Two of Arven in their room, the others in the chamber and in Tolmar's room: nothing crosses a wall."""
    cast = await seated(browser, hall, "arven principal", "arven adviser", "arven interpreter", "tolmar principal")
    cast[BRANDT] = await Visitor.arrive(browser, hall.link("tolmar", "adviser"), tone=BRANDTS_TONE)
    await cast[BRANDT].take_seat()
    await chairs.alone("close_doors")
    for name in ("arven principal", "arven adviser", BRANDT):
        await go_to_own_room(cast[name])
    for name in ("arven adviser", BRANDT):
        await cast[name].speak()

    await becomes(lambda: heard_by_all(cast), HEARD)
    await goes_on(lambda: who_hears_what(cast), {(name, tone) for name, tones in HEARD.items() for tone in tones})
    assert await cast["arven principal"].tiles() != await cast["tolmar principal"].tiles()
    assert await shown_where(cast["arven interpreter"], MAREN) == "caucus"
    assert await shown_where(cast["tolmar principal"], MAREN) is None
    assert where(await chairs.tolmar.snapshot(hall.meeting), MAREN) is None
    assert where(await chairs.arven.snapshot(hall.meeting), MAREN) == "caucus"

    await cast["arven principal"].page.get_by_role("button", name="Return to the chamber").click()
    await cast["arven principal"].page.wait_for_function(IN_CHAMBER)
    await cast["arven principal"].is_seated()
    # What is said on the way back is not meant for the chamber: one comes muted.
    await stays(lambda: cast["tolmar principal"].heard(ALL_TONES), set[int]())
    await cast["arven principal"].speak()
    await becomes(lambda: cast["tolmar principal"].heard(ALL_TONES), {TONES["arven principal"]})
    await becomes(lambda: cast["arven adviser"].heard(ALL_TONES), set[int]())


async def test_no_ticket_leads_into_the_other_delegations_caucus(browser: Browser, hall: Hall, chairs: Chairs) -> None:
    """However it is asked for: the answer is a refusal or one's own caucus, and joining that by hand hears nobody else's."""
    cast = await seated(browser, hall, "arven principal", "arven adviser")
    for visitor in cast.values():
        await go_to_own_room(visitor)
        await visitor.speak()
    await becomes(lambda: cast["arven principal"].heard(ALL_TONES), {TONES["arven adviser"]})

    for wish in (
        {"room": "caucus", "party": "arven"},
        {"room": f"caucus.{hall.meeting}.arven"},
        {"room": "caucus.arven"},
    ):
        answer = await asked(chairs.tolmar, hall, wish)
        assert answer.is_client_error, f"{wish}: {answer.text}"
        assert "token" not in answer.json()
    own = (await asked(chairs.tolmar, hall, {"room": "caucus"})).raise_for_status().json()
    assert own["room"] == f"caucus.{hall.meeting}.tolmar"
    bare = await BarePage.open(browser, hall.origin)
    assert await bare.join(own["url"], own["token"]) == ""
    await stays(bare.flows, wanted=False)


async def asked(delegate: Delegate, hall: Hall, wish: dict[str, str]) -> Any:  # noqa: ANN401 - an HTTP answer
    """Ask for a ticket in any words."""
    return await delegate.http.post(f"/api/meetings/{hall.meeting}/tickets", json={**wish, "phase": "arrival"})


async def go_to_own_room(visitor: Visitor) -> None:
    """Press the caucus door and wait until one is inside."""
    await visitor.page.get_by_role("button", name="Go to our own room").click()
    await visitor.page.wait_for_function(IN_CAUCUS)
    await visitor.is_seated()


async def who_hears_what(cast: dict[str, Visitor]) -> set[tuple[str, int]]:
    """Return every pair of a member and a tone that they hear now."""
    return {(name, tone) for name, tones in (await heard_by_all(cast)).items() for tone in tones}


async def shown_where(visitor: Visitor, name: str) -> str | None:
    """Return where the page believes somebody is."""
    read = "() => globalThis.__visavisProbe.services.meeting.state.get().snapshot"
    return where(await visitor.page.evaluate(read), name)


def where(snapshot: dict[str, Any], name: str) -> str | None:
    """Return where a snapshot says that somebody is."""
    present: str | None = next(seat["present"] for seat in snapshot["seats"] if seat["name"] == name)
    return present
