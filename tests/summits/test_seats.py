"""Who is in which room, and who is told."""

import pytest

from tests.summits import scene
from tests.summits.conftest import Table
from visavis.kernel.errors import Code
from visavis.kernel.ids import Identity, MeetingId
from visavis.storage.database import Database
from visavis.summits import dossiers, floor, seats
from visavis.summits.model import Move

pytestmark = pytest.mark.anyio


class Doors:
    """What the media engine reports."""

    def __init__(self, database: Database, table: Table) -> None:
        self.database = database
        self.table = table

    async def take(self, who: str, room: str) -> None:
        """Somebody came in."""
        async with self.database.writing() as tx:
            await seats.take(tx, self.table.meeting, self.table.actors[who].identity, room)

    async def leave(self, who: str, room: str) -> None:
        """Somebody went."""
        async with self.database.writing() as tx:
            await seats.leave(tx, self.table.meeting, self.table.actors[who].identity, room)

    async def sees(self, who: str, whom: str) -> str | None:
        """Return where somebody sees somebody."""
        rows = (await self.table.seen(who))["seats"]
        member = self.table.actors[whom].member
        present: str | None = next(row["present"] for row in rows if row["member"] == member)
        return present


@pytest.fixture
def doors(database: Database, table: Table) -> Doors:
    """Return the rooms' doors."""
    return Doors(database, table)


async def test_the_chamber_is_seen_by_all_and_recorded(doors: Doors, table: Table) -> None:
    """Coming twice is coming once; leaving a room one is not in changes nothing."""
    await table.agree(Move.OPEN_DOORS)
    await doors.take("arven.principal", "chamber")
    await doors.take("arven.principal", "chamber")
    await doors.leave("arven.principal", "caucus")
    for who in ("tolmar.adviser", "press.press", "host.protocol_officer"):
        assert await doors.sees(who, "arven.principal") == "chamber"
    await doors.leave("arven.principal", "chamber")
    assert await doors.sees("tolmar.adviser", "arven.principal") is None
    assert await table.told("press") == ["phase_moved", "seat_taken", "seat_left"]
    assert [action for action, _ in await table.entries()][-2:] == ["seat_taken", "seat_left"]


async def test_a_caucus_is_its_delegations_own_affair(doors: Doors, table: Table) -> None:
    """Others are told of nothing, and it is not recorded; going there from the chamber is leaving the chamber."""
    before = await table.entries()
    await doors.take("arven.chair", "caucus")
    assert await doors.sees("arven.adviser", "arven.chair") == "caucus"
    for who in ("tolmar.chair", "host.protocol_officer"):
        assert await doors.sees(who, "arven.chair") is None
    assert await table.told("arven") == ["seat_taken"]
    for party in ("tolmar", "host", "press"):
        assert await table.told(party) == []
    assert await table.entries() == before
    await doors.take("arven.chair", "chamber")
    await doors.take("arven.chair", "caucus")
    assert (await table.told("arven"))[-2:] == ["seat_taken", "seat_taken"]
    for party in ("tolmar", "host"):
        assert (await table.told(party))[-2:] == ["seat_taken", "seat_left"], "as if out of the house"
    await doors.leave("arven.chair", "chamber")
    assert await doors.sees("arven.adviser", "arven.chair") == "caucus"
    assert await doors.sees("tolmar.chair", "arven.chair") is None
    assert [action for action, _ in await table.entries()][-2:] == ["seat_taken", "seat_left"]
    assert await table.told("press") == [], "the press sees no chairs"


async def test_the_press_learns_nothing_behind_closed_doors(doors: Doors, table: Table, database: Database) -> None:
    """Neither who comes, nor who speaks, nor of members it may not see; what it may see it sees as the doors open."""
    chair, adviser = table.actors["arven.chair"], table.actors["arven.adviser"]
    await table.orders("arven.chair", Move.CLOSE_DOORS)
    await doors.take("arven.principal", "chamber")
    await floor.ask(database, chair, table.meeting)
    await floor.give(database, chair, table.meeting, chair.member)
    assert (await table.seen("press.press"))["floor"] == {"holder": None, "since": None, "interprets": None, "asks": []}
    assert await doors.sees("press.press", "arven.principal") is None
    await floor.yield_floor(database, chair, table.meeting)
    await scene.revoke(database, adviser)
    assert await table.told("press") == ["phase_moved"]

    await table.agree(Move.OPEN_DOORS)
    assert await doors.sees("press.press", "arven.principal") == "chamber"
    await table.orders("arven.chair", Move.CLOSE_DOORS)
    assert await doors.sees("press.press", "arven.principal") is None
    await scene.revoke(database, table.actors["arven.principal"])
    assert (await table.told("press"))[1:] == [
        *("phase_moved", "seat_taken", "phase_moved", "seat_left"),
        "member_revoked",
    ]
    assert (await table.told("host"))[-1] == "member_revoked"
    assert (await table.told("host")).count("seat_left") == 0


async def test_the_press_is_counted_and_sees_whom_it_may(doors: Doors, table: Table) -> None:
    """Seats stand in protocol order."""
    await doors.take("press.press", "chamber")
    seen = await table.seen("press.press")
    assert seen["press"] == {"accredited": 2, "present": 1}
    assert [(seat["party"], seat["role"]) for seat in seen["seats"]] == [
        ("arven", "principal"),
        ("arven", "interpreter"),
        ("tolmar", "principal"),
        ("tolmar", "interpreter"),
        ("press", "press"),
        ("press", "press"),
    ]
    everybody = [seat["party"] for seat in (await table.seen())["seats"]]
    assert everybody == ["arven"] * 6 + ["tolmar"] * 6 + ["press"] * 2 + ["host"]


async def test_a_stranger_is_not_seated(database: Database, table: Table) -> None:
    """Neither an unknown device, nor another summit's member, nor in a meeting that is not."""
    others = await scene.fill(database, scene.OTHER_SUMMIT)
    known = table.actors["arven.chair"].identity

    async def take(meeting: MeetingId, identity: Identity) -> None:
        async with database.writing() as tx:
            await seats.take(tx, meeting, identity, "chamber")

    for meeting, identity, code in [
        (table.meeting, Identity("NOBODY"), Code.MEMBER_UNKNOWN),
        (table.meeting, others["arven.chair"].identity, Code.MEMBER_UNKNOWN),
        (MeetingId("nowhere"), known, Code.MEETING_UNKNOWN),
    ]:
        await table.refused(code, take(meeting, identity))


async def test_a_snapshot_says_where_one_is(table: Table) -> None:
    """Everything of docs/protocol.md §4, but for number and time, which are added when it is sent."""
    seen = await table.seen("tolmar.principal")
    assert set(seen) == {
        *("summit", "you", "delegations", "host", "languages"),
        *("meeting", "agenda", "floor", "consents", "seats", "press", "doors", "connected"),
    }
    assert seen["you"] == table.actors["tolmar.principal"].member
    assert [side["id"] for side in seen["delegations"]] == ["arven", "tolmar"]
    assert set(seen["delegations"][0]) == {"id", "name", "place", "language"}
    assert seen["host"] == {"name": "City of Lenz"}
    assert set(seen["seats"][0]) == {
        *("member", "identity", "party", "name", "role", "chair", "languages", "present"),
        *("invitation", "invitation_signature", "device", "device_signature"),
    }


async def test_a_dossier_links_the_meetings(database: Database, table: Table, chance: object) -> None:
    """In the order of the schedule, each with the one it follows."""
    chair = table.actors["arven.chair"]
    second = await scene.a_meeting(database, chair, chance, follows=table.meeting)  # type: ignore[arg-type]
    found = await dossiers.dossier(database, chair)
    assert found["summit"] == {"id": scene.SUMMIT, "title": "Arven and Tolmar meet on the border region"}
    assert (found["you"]["member"], found["you"]["present"]) == (chair.member, None)
    assert {line["id"]: line["follows"] for line in found["meetings"]} == {table.meeting: None, second: table.meeting}
    await table.refused(
        Code.MEMBER_UNKNOWN,
        dossiers.dossier(database, scene.actor_of(scene.member(scene.SUMMIT, chair.party, chair.role, 9))),
    )
