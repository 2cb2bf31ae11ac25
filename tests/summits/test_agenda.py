"""The agenda's order and its clocks."""

import pytest

from tests.fakes.chance import FakeChance
from tests.fakes.clock import FakeClock
from tests.summits.conftest import Table
from visavis.kernel.errors import Code
from visavis.kernel.ids import AgendaItemId
from visavis.storage.database import Database
from visavis.summits import agenda
from visavis.summits.agenda import Planned
from visavis.summits.model import Move

pytestmark = pytest.mark.anyio


async def clocks(table: Table) -> list[tuple[str, int, bool]]:
    """Return each item's state, the seconds before now's stretch, and whether its clock runs."""
    return [(item["state"], item["seconds"], item["since"] is not None) for item in (await table.seen())["agenda"]]


async def test_clocks_run_while_the_meeting_sits(table: Table, database: Database, clock: FakeClock) -> None:
    """They pause in a recess, go on after it, change with the item, and end with the meeting."""
    chair = table.actors["arven.chair"]
    first, second = [AgendaItemId(item["id"]) for item in (await table.seen())["agenda"]]
    await table.agree(Move.OPEN_DOORS)
    await agenda.take_up(database, chair, table.meeting, first)
    clock.advance(seconds=10)
    await table.orders("arven.chair", Move.CLOSE_DOORS)
    assert await clocks(table) == [("current", 0, True), ("ahead", 0, False)]
    clock.advance(seconds=10)
    await table.orders("arven.chair", Move.RECESS)
    assert await clocks(table) == [("current", 20, False), ("ahead", 0, False)]
    clock.advance(seconds=600)
    await table.orders("arven.chair", Move.RESUME)
    clock.advance(seconds=5)
    await agenda.take_up(database, chair, table.meeting, second)
    assert await clocks(table) == [("done", 25, False), ("current", 0, True)]
    before = await table.entries()
    await agenda.take_up(database, chair, table.meeting, second)
    assert await table.entries() == before
    clock.advance(seconds=7)
    await agenda.take_up(database, chair, table.meeting, first)
    assert await clocks(table) == [("current", 25, True), ("done", 7, False)]
    clock.advance(seconds=3)
    await table.orders("arven.chair", Move.ADJOURN)
    assert await clocks(table) == [("done", 28, False), ("done", 7, False)]
    assert (await table.seen("press.press"))["agenda"] == []
    assert {"agenda_changed", "item_taken_up"}.isdisjoint(await table.told("press"))


async def test_the_order_changes_and_what_time_was_spent_on_stays(
    table: Table, database: Database, chance: FakeChance
) -> None:
    """Items ahead come and go; one that is current or done may move, but not leave."""
    officer = table.actors["host.protocol_officer"]
    first, second = [AgendaItemId(item["id"]) for item in (await table.seen())["agenda"]]

    async def arrange(*items: Planned) -> None:
        await agenda.arrange(database, officer, table.meeting, items, chance)

    border, trade, new = Planned(first, "Border", 25), Planned(second, "Trade", 30), Planned(None, "Climate", 15)
    await table.orders("arven.chair", Move.CLOSE_DOORS)
    await agenda.take_up(database, officer, table.meeting, first)
    await arrange(new, border)
    seen = (await table.seen())["agenda"]
    assert [(item["title"], item["minutes"], item["state"]) for item in seen] == [
        ("Climate", 15, "ahead"),
        ("Border", 25, "current"),
    ]
    before = await table.entries()
    await arrange(Planned(AgendaItemId(seen[0]["id"]), "Climate", 15), border)
    assert await table.entries() == before
    await table.refused(Code.ITEM_UNKNOWN, arrange(border, trade))
    await table.refused(Code.BAD_REQUEST, arrange(border, border))
    await table.refused(Code.BAD_REQUEST, arrange(new))
    await table.refused(Code.ITEM_UNKNOWN, agenda.take_up(database, officer, table.meeting, AgendaItemId("none")))


async def test_who_may_and_when(table: Table, database: Database, chance: FakeChance) -> None:
    """Nothing is taken up before the meeting sits; nothing is arranged after its end."""
    first = AgendaItemId((await table.seen())["agenda"][0]["id"])
    chair, adviser = table.actors["arven.chair"], table.actors["arven.adviser"]
    await table.refused(Code.NOT_IN_THIS_PHASE, agenda.take_up(database, chair, table.meeting, first))
    await table.refused(Code.NOT_YOUR_ROLE, agenda.arrange(database, adviser, table.meeting, (), chance))
    await table.orders("arven.chair", Move.CLOSE_DOORS)
    await table.orders("arven.chair", Move.ADJOURN)
    await table.refused(Code.NOT_IN_THIS_PHASE, agenda.arrange(database, chair, table.meeting, (), chance))
