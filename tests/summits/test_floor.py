"""Asking for the floor, giving it, yielding it; and what takes it away."""

import pytest

from tests.fakes.clock import FakeClock
from tests.summits import scene
from tests.summits.conftest import Table
from visavis.kernel.errors import Code
from visavis.kernel.ids import MemberId
from visavis.storage.database import Database
from visavis.summits import floor
from visavis.summits.model import Move

pytestmark = pytest.mark.anyio


async def speaking(table: Table) -> tuple[str | None, list[str]]:
    """Return who has the floor and who asked, by their seats' names."""
    names = {actor.member: name for name, actor in table.actors.items()}
    seen = (await table.seen())["floor"]
    return names.get(seen["holder"]), [names[ask["member"]] for ask in seen["asks"]]


async def test_the_floor_goes_round(table: Table, database: Database, clock: FakeClock) -> None:
    """Asks wait in their order; each chair gives it to their own, the protocol officer to anybody."""
    actors, meeting = table.actors, table.meeting
    await table.orders("arven.chair", Move.CLOSE_DOORS)
    for who in ("tolmar.principal", "arven.principal", "tolmar.chair", "arven.principal"):
        await floor.ask(database, actors[who], meeting)
        clock.advance(seconds=1)
    assert await speaking(table) == (None, ["tolmar.principal", "arven.principal", "tolmar.chair"])
    await table.refused(
        Code.NOT_YOUR_DELEGATION,
        floor.give(database, actors["arven.chair"], meeting, actors["tolmar.principal"].member),
    )
    await floor.give(database, actors["arven.chair"], meeting, actors["arven.principal"].member)
    assert await speaking(table) == ("arven.principal", ["tolmar.principal", "tolmar.chair"])
    officer = actors["host.protocol_officer"]
    await table.refused(Code.FLOOR_TAKEN, floor.give(database, officer, meeting, actors["tolmar.chair"].member))
    await table.refused(Code.FLOOR_TAKEN, floor.ask(database, actors["arven.principal"], meeting))
    await floor.yield_floor(database, actors["arven.principal"], meeting)
    await floor.give(database, officer, meeting, actors["tolmar.chair"].member)
    await floor.withdraw_ask(database, actors["tolmar.principal"], meeting)
    await floor.withdraw_ask(database, actors["tolmar.principal"], meeting)
    assert await speaking(table) == ("tolmar.chair", [])
    actions = [action for action, _ in await table.entries()]
    assert actions[-7:] == [
        "floor_asked",
        "floor_asked",
        "floor_asked",
        "floor_given",
        "floor_yielded",
        "floor_given",
        "floor_ask_withdrawn",
    ]


async def test_the_press_sees_who_speaks_and_not_who_would_like_to(table: Table, database: Database) -> None:
    """Asks are not told to the press at all."""
    principal = table.actors["arven.principal"]
    await table.agree(Move.OPEN_DOORS)
    await floor.ask(database, principal, table.meeting)
    assert (await table.seen("press.press"))["floor"] == {
        "holder": None,
        "since": None,
        "interprets": None,
        "asks": [],
    }
    await floor.give(database, table.actors["arven.chair"], table.meeting, principal.member)
    assert (await table.seen("press.press"))["floor"]["holder"] == principal.member
    assert await table.told("press") == ["phase_moved", "floor_given"]


async def test_who_takes_the_floor_back(table: Table, database: Database) -> None:
    """Its holder, a chair of the holder's delegation, the protocol officer; nobody else."""
    actors, meeting = table.actors, table.meeting
    await table.orders("arven.chair", Move.CLOSE_DOORS)
    await floor.yield_floor(database, actors["arven.chair"], meeting)
    for who in ("arven.principal", "arven.chair", "host.protocol_officer"):
        await floor.ask(database, actors["arven.principal"], meeting)
        await floor.give(database, actors["host.protocol_officer"], meeting, actors["arven.principal"].member)
        for other, code in [
            ("tolmar.chair", Code.NOT_YOUR_DELEGATION),
            ("tolmar.principal", Code.NOT_YOUR_DELEGATION),
            ("arven.adviser", Code.NOT_YOUR_ROLE),
            ("arven.interpreter", Code.NOT_YOUR_ROLE),
        ]:
            attempt = floor.yield_floor(database, actors[other], meeting)
            await table.refused(code, attempt)
        await floor.yield_floor(database, actors[who], meeting)
        assert await speaking(table) == (None, [])


async def test_the_floor_is_given_to_who_asked_and_is_there(table: Table, database: Database) -> None:
    """Not to somebody silent, unknown, of another summit, or revoked."""
    actors, meeting = table.actors, table.meeting
    others = await scene.fill(database, scene.OTHER_SUMMIT)
    await table.orders("arven.chair", Move.CLOSE_DOORS)
    await floor.ask(database, actors["tolmar.principal"], meeting)
    await scene.revoke(database, actors["tolmar.principal"])
    officer = actors["host.protocol_officer"]
    for member, code in [
        (actors["arven.principal"].member, Code.FLOOR_NOT_ASKED),
        (MemberId("nobody"), Code.MEMBER_UNKNOWN),
        (others["arven.principal"].member, Code.MEMBER_UNKNOWN),
        (actors["tolmar.principal"].member, Code.MEMBER_UNKNOWN),
    ]:
        attempt = floor.give(database, officer, meeting, member)
        await table.refused(code, attempt)


async def test_who_may_no_longer_speak_loses_floor_and_turn(table: Table, database: Database) -> None:
    """With the phase, with the format, with the accreditation; a recess and the end clear everything."""
    actors, meeting = table.actors, table.meeting

    async def speaks(who: str, *, asking: str) -> None:
        await floor.ask(database, actors[who], meeting)
        await floor.give(database, actors["host.protocol_officer"], meeting, actors[who].member)
        await floor.ask(database, actors[asking], meeting)
        assert await speaking(table) == (who, [asking])

    await table.orders("arven.chair", Move.CLOSE_DOORS)
    await speaks("arven.chair", asking="arven.principal")
    await table.agree(Move.CHANGE_FORMAT, "one-on-one")
    assert await speaking(table) == (None, ["arven.principal"])
    assert (await table.told("host"))[-2:] == ["format_changed", "floor_yielded"]
    assert (await table.told("press"))[-1] == "format_changed"
    await table.agree(Move.CHANGE_FORMAT, "plenary")
    await floor.withdraw_ask(database, actors["arven.principal"], meeting)
    await speaks("tolmar.principal", asking="arven.adviser")
    await table.agree(Move.CHANGE_FORMAT, "restricted")
    assert await speaking(table) == ("tolmar.principal", [])
    assert (await table.told("arven"))[-1] == "floor_ask_withdrawn"
    await floor.ask(database, actors["tolmar.chair"], meeting)
    await table.agree(Move.OPEN_DOORS)
    assert await speaking(table) == ("tolmar.principal", [])
    await scene.revoke(database, actors["tolmar.principal"])
    assert await speaking(table) == (None, [])
    await table.orders("arven.chair", Move.CLOSE_DOORS)
    await speaks("arven.principal", asking="tolmar.chair")
    await table.orders("arven.chair", Move.RECESS)
    assert await speaking(table) == (None, [])


async def test_asking_follows_role_phase_and_format(table: Table, database: Database) -> None:
    """Each refusal has its own code."""
    actors, meeting = table.actors, table.meeting
    await table.refused(Code.NOT_IN_THIS_PHASE, floor.ask(database, actors["arven.principal"], meeting))
    await table.orders("arven.chair", Move.CLOSE_DOORS)
    await table.refused(Code.NOT_IN_THIS_FORMAT, floor.ask(database, actors["arven.adviser"], meeting))
    await table.refused(Code.NOT_YOUR_ROLE, floor.ask(database, actors["arven.interpreter"], meeting))
