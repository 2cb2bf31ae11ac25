"""Who is not accredited, no longer or not yet, has no seat: a second device, a revoked member, a forged name."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, Final

import httpx
import pytest
from playwright.async_api import Browser, Page, WebSocketRoute, expect

from tests.fakes.chance import FakeChance
from tests.live.bare import BarePage
from tests.live.cast import ALL_TONES, TONES, Chairs, heard_by_all, seated
from tests.live.census import receivers
from tests.live.delegate import Delegate
from tests.live.desks import Desks
from tests.live.ear import Ear, in_for, now, watch_place
from tests.live.hall import Hall
from tests.live.operated import operated
from tests.live.until import becomes
from tests.live.visitor import Visitor

pytestmark = pytest.mark.anyio

PRINCIPALS: Final = ("arven principal", "tolmar principal")
GONE_SECONDS: Final = 2.0


@pytest.fixture
async def kept(tmp_path: Path) -> AsyncIterator[Hall]:
    """Yield a hall whose delegations' keys a test can draw again."""
    async with operated(tmp_path, FakeChance()) as (_, hall):
        yield hall


async def test_a_link_seats_the_first_device_and_no_other(browser: Browser, hall: Hall) -> None:
    """The same link in another browser: it says so, and nothing happens to the first."""
    link = hall.link("arven", "principal")
    first = await Visitor.arrive(browser, link, tone=440)
    await first.take_seat()
    second = await Visitor.arrive(browser, link, tone=1030)
    await expect(second.page.get_by_role("heading", name="You were not let in")).to_be_visible()
    await expect(second.page.get_by_text("invitation_used")).to_be_visible()
    with pytest.raises(httpx.HTTPStatusError) as refused:
        await Delegate.arrive(hall.origin, link)
    assert refused.value.response.json()["code"] == "invitation_used"
    await first.page.reload()
    await first.is_seated()


async def test_a_revoked_member_is_out_of_room_and_socket_at_once(browser: Browser, kept: Hall) -> None:
    """The delegation revokes: within two seconds the member neither hears nor is heard, and is told why."""
    chairs = await Chairs.arrive(kept)
    visitors = await seated(browser, kept, *PRINCIPALS)
    maren, vey = (visitors[name] for name in PRINCIPALS)
    await chairs.alone("close_doors")
    await becomes(
        lambda: heard_by_all(visitors),
        {"arven principal": {TONES["tolmar principal"]}, "tolmar principal": {TONES["arven principal"]}},
    )

    ears = [await Ear.open(maren, TONES["tolmar principal"]), await Ear.open(vey, TONES["arven principal"])]
    asked = now()
    await (await Desks.of(kept)).revoke(kept.link("tolmar", "principal"))
    await becomes(lambda: heard_by_all(visitors), {name: set[int]() for name in visitors})
    heard_for = [await ear.heard_for(asked) for ear in ears]
    assert max(heard_for) < GONE_SECONDS, heard_for
    await expect(vey.page.get_by_role("alert")).to_have_text("Your delegation has withdrawn your accreditation.")
    assert await receivers(vey.page) == []
    assert await feed(vey) == {"at": "refused", "code": "member_revoked"}
    assert "Prime Minister Odran Vey" not in await names(maren)
    await vey.page.reload()
    await expect(vey.page.get_by_role("heading", name="You were not let in")).to_be_visible()
    await chairs.leave()


async def test_a_revoked_member_with_a_client_of_their_own_is_put_out_by_the_sfu(browser: Browser, kept: Hall) -> None:
    """A client that does not leave by itself: the SFU ends it within two seconds, and the session opens nothing more."""
    link = kept.link("tolmar", "adviser")
    brandt = await Delegate.arrive(kept.origin, link)
    ticket = (await brandt.ticket(kept.meeting, "chamber", "arrival")).raise_for_status().json()
    bare = await BarePage.open(browser, kept.origin)
    assert await bare.join(ticket["url"], ticket["token"]) == ""
    assert await bare.is_in()

    await watch_place(bare)
    asked = now()
    await (await Desks.of(kept)).revoke(link)
    await becomes(bare.is_in, wanted=False)
    assert await in_for(bare, asked) < GONE_SECONDS
    answer = await brandt.ticket(kept.meeting, "chamber", "arrival")
    assert answer.json()["code"] == "member_revoked"
    again = await BarePage.open(browser, kept.origin)
    assert await again.join(ticket["url"], ticket["token"]) != ""
    await brandt.http.aclose()


async def test_a_seat_under_a_name_its_delegation_did_not_sign_is_not_shown(
    browser: Browser, hall: Hall, chairs: Chairs
) -> None:
    """A server that puts another name on a seat: the page shows and plays nobody in it, and goes on."""
    vey = await Visitor.arrive(browser, hall.link("tolmar", "principal"), tone=TONES["tolmar principal"])
    await vey.take_seat()
    interpreter = (await seated(browser, hall, "tolmar interpreter"))["tolmar interpreter"]
    maren = await Visitor.arrive(
        browser, hall.link("arven", "principal"), tone=TONES["arven principal"], before=rename("Odran Vey", "Odran Vay")
    )
    await maren.take_seat()
    await chairs.alone("close_doors")

    await becomes(lambda: interpreter.heard(ALL_TONES), {TONES[name] for name in PRINCIPALS})
    await becomes(lambda: maren.heard(ALL_TONES), set[int]())
    shown = await names(maren)
    assert not [name for name in shown if "Odran" in name]
    assert "R. Amsel" in shown
    assert len(await maren.tiles()) == 1
    await expect(maren.page.locator("body")).not_to_contain_text("Odran")


def rename(name: str, forged: str) -> Any:  # noqa: ANN401 - what a page is prepared with
    """Return what puts another name on a seat wherever the server's socket tells of it."""

    async def prepare(page: Page) -> None:
        def between(page_side: WebSocketRoute) -> None:
            server_side = page_side.connect_to_server()
            server_side.on_message(lambda message: page_side.send(str(message).replace(name, forged)))

        await page.route_web_socket("**/api/meetings/*/socket", between)

    return prepare


async def feed(visitor: Visitor) -> dict[str, Any]:
    """Return how the numbered events of a page stand."""
    return dict(await visitor.page.evaluate("() => globalThis.__visavisProbe.services.meeting.state.get()"))


async def names(visitor: Visitor) -> list[str]:
    """Return everybody whom the page knows of."""
    read = "() => globalThis.__visavisProbe.services.meeting.state.get().snapshot.seats.map(({ name }) => name)"
    return [str(name) for name in await visitor.page.evaluate(read)]
