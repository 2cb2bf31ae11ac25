"""Chairs' signed orders about the doors: kept, told and checked; doors that nobody holds fall shut."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.fakes.clock import FakeClock
from tests.summits import scene
from tests.summits.conftest import Table
from visavis.identity import store as identities
from visavis.identity.signing import sign
from visavis.kernel.canonical import b64u, fingerprint, from_b64u, parsed
from visavis.kernel.errors import Code
from visavis.kernel.ids import MeetingId, Party
from visavis.storage.database import Database
from visavis.summits import doors, meetings, store
from visavis.summits.doors import DOORS, LEASE, DoorsForm
from visavis.summits.model import Move

pytestmark = pytest.mark.anyio

CHAIRS = ("arven.chair", "tolmar.chair")
OPENED = datetime.fromisoformat("2026-03-01T09:00:00+00:00")


async def says(table: Table, who: str, word: str, *, kind: str = DOORS, by: str | None = None, **other: Any) -> None:  # noqa: ANN401
    """Let somebody sign a word about the doors, with other words in it where a test wants them."""
    seen = await table.seen()
    opening = seen["meeting"]["openings"] + (word == "hold" and seen["meeting"]["phase"] != "open")
    usual = {"descriptor": from_b64u(seen["summit"]["dh"]), "meeting": table.meeting, "opening": opening}
    form = DoorsForm.model_validate({**usual, "order": word, "at": table.database.now(), **other}).written()
    signature = sign(scene.device_of(table.actors[by or who]), kind, form)
    await doors.order(table.database, table.actors[who], table.meeting, form, signature)


async def opened(table: Table) -> None:
    """Open the doors, held by both chairs."""
    await table.agree(Move.OPEN_DOORS)
    for who in CHAIRS:
        await says(table, who, "hold")


async def test_an_order_is_kept_told_to_the_delegations_and_recorded(table: Table) -> None:
    """The press is told nothing of it; what is told is what was signed."""
    await says(table, "tolmar.chair", "hold")
    (order,) = (await table.seen("arven.adviser"))["doors"]
    assert order["member"] == table.actors["tolmar.chair"].member
    said = parsed(from_b64u(order["order"]))
    assert (said["order"], said["opening"], said["at"]) == ("hold", 1, "2026-03-01T09:00:00.000Z")
    assert (await table.seen("press.press"))["doors"] == []
    assert [await table.told(party) for party in ("arven", "host", "press")] == [["doors_ordered"]] * 2 + [[]]
    action, body = (await table.entries())[-1]
    assert (action, body["word"], body["opening"]) == ("doors_ordered", "hold", 1)
    assert body["order"] == b64u(fingerprint(from_b64u(order["order"])))


async def test_a_renewal_is_told_and_not_recorded_again(table: Table, clock: FakeClock) -> None:
    await opened(table)
    recorded = len(await table.entries())
    clock.advance(seconds=10)
    await says(table, "arven.chair", "hold")
    assert len(await table.entries()) == recorded
    assert (await table.told("tolmar")).count("doors_ordered") == 3
    await says(table, "arven.chair", "close")
    assert len(await table.entries()) == recorded + 1
    assert len((await table.seen())["doors"]) == 2


async def test_only_chairs_order_and_only_what_their_device_signed(table: Table) -> None:
    for who in ("arven.adviser", "arven.principal", "press.press", "host.protocol_officer"):
        await table.refused(Code.NOT_YOUR_ROLE, says(table, who, "hold"))
    await table.refused(Code.SIGNATURE_BAD, says(table, "arven.chair", "hold", by="tolmar.chair"))
    await table.refused(Code.SIGNATURE_BAD, says(table, "arven.chair", "hold", kind="visavis void 1"))
    chair = table.actors["arven.chair"]
    await table.refused(Code.MESSAGE_BAD, doors.order(table.database, chair, table.meeting, b"{}", bytes(64)))


async def test_a_close_may_come_after_the_phase_has_moved_and_a_hold_of_the_next_opening_is_recorded(
    table: Table,
) -> None:
    """Whoever was not told that the phase has moved hears by the word that this opening is over."""
    await opened(table)
    await table.orders("arven.chair", Move.CLOSE_DOORS)
    await says(table, "arven.chair", "close")
    assert (await table.told("tolmar"))[-1] == "doors_ordered"
    for opening in (2, 2):
        await says(table, "tolmar.chair", "hold", opening=opening)
    words = [(body["word"], body["opening"]) for action, body in await table.entries() if action == "doors_ordered"]
    assert words == [("hold", 1), ("hold", 1), ("close", 1), ("hold", 2)]


async def test_doors_are_held_by_chairs_and_for_one_opening_alone(table: Table) -> None:
    await opened(table)
    async with table.database.reading() as connection:
        orders = await store.doors_orders(connection, table.meeting)
        members = await identities.members(connection, scene.SUMMIT)
    now, sides = table.database.now(), (Party("arven"), Party("tolmar"))
    assert doors.are_held(orders, members, sides, 1, now)
    assert not doors.are_held(orders, members, sides, 2, now)
    adviser = table.actors["arven.adviser"].member
    stranger = [replace(order, by=adviser) if order.party == "arven" else order for order in orders]
    assert not doors.are_held(stranger, members, sides, 1, now)


@pytest.mark.parametrize(
    "other",
    [
        {"descriptor": bytes(32)},
        {"meeting": MeetingId("7d1f0b9a-2222-4333-8444-555566667777")},
        {"opening": 2},
        {"at": OPENED + timedelta(seconds=6)},
        {"at": OPENED - LEASE},
    ],
)
async def test_what_no_client_would_heed_is_refused(table: Table, other: dict[str, Any]) -> None:
    await table.refused(Code.MESSAGE_BAD, says(table, "arven.chair", "hold", **other))


async def test_what_was_said_before_the_last_word_is_refused(table: Table, clock: FakeClock) -> None:
    await opened(table)
    clock.advance(seconds=5)
    await says(table, "arven.chair", "close")
    await table.refused(Code.MESSAGE_BAD, says(table, "arven.chair", "hold", at=OPENED))


async def test_doors_that_are_held_stay_open_and_others_fall_shut(
    table: Table, clock: FakeClock, database: Database
) -> None:
    """By nobody's order: so it is recorded, and told as every closing is."""
    await opened(table)
    for _ in range(5):
        clock.advance(seconds=10)
        for who in CHAIRS:
            await says(table, who, "hold")
        assert await meetings.fall_shut(database) == ()
    clock.advance(seconds=10)
    await says(table, "arven.chair", "hold")
    clock.advance(seconds=19)
    assert await meetings.fall_shut(database) == ()
    clock.advance(seconds=1)
    assert await meetings.fall_shut(database) == (table.meeting,)
    assert (await table.seen())["meeting"]["phase"] == "closed"
    assert (await table.told("press")).count("phase_moved") == 2
    moved = {"move": "close_doors", "before": "open", "phase": "closed", "parties": []}
    assert (await table.entries())[-1] == ("phase_moved", {"meeting": table.meeting, **moved})
    assert await meetings.fall_shut(database) == ()


async def test_doors_that_a_chair_has_closed_fall_shut_although_the_others_hold_them(
    table: Table, clock: FakeClock, database: Database
) -> None:
    await opened(table)
    clock.advance(seconds=29)
    for who in CHAIRS:
        await says(table, who, "hold")
    clock.advance(seconds=2)
    await says(table, "tolmar.chair", "close")
    assert await meetings.fall_shut(database) == (table.meeting,)


async def test_a_chair_who_is_revoked_holds_no_doors(table: Table, clock: FakeClock, database: Database) -> None:
    await opened(table)
    clock.advance(seconds=29)
    for who in CHAIRS:
        await says(table, who, "hold")
    clock.advance(seconds=2)
    assert await meetings.fall_shut(database) == ()
    await scene.revoke(database, table.actors["tolmar.chair"])
    assert await meetings.fall_shut(database) == (table.meeting,)


async def test_doors_that_have_just_opened_wait_for_the_first_hold(
    table: Table, clock: FakeClock, database: Database
) -> None:
    await table.agree(Move.OPEN_DOORS)
    clock.advance(seconds=29)
    assert await meetings.fall_shut(database) == ()
    clock.advance(seconds=1)
    assert await meetings.fall_shut(database) == (table.meeting,)
