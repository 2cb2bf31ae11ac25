"""Liaison mode: nobody passes the floor; whoever is given it is heard beside principals and interpreters."""

import pytest

from tests.summits.conftest import Table
from visavis.kernel.errors import Code
from visavis.summits import floor, seats
from visavis.summits.model import Mode, Move

pytestmark = pytest.mark.anyio

LIAISON = Mode.LIAISON.value


async def come(table: Table, *names: str) -> None:
    """Let somebody take a seat in the chamber."""
    async with table.database.writing() as tx:
        for name in names:
            await seats.take(tx, table.meeting, table.actors[name].identity, "chamber")


async def gives(table: Table, name: str) -> None:
    """Let somebody ask for the floor and have it of the protocol officer."""
    await floor.ask(table.database, table.actors[name], table.meeting)
    await given(table, name)


async def given(table: Table, name: str) -> None:
    """Let the protocol officer give the floor."""
    officer, member = table.actors["host.protocol_officer"], table.actors[name].member
    await floor.give(table.database, officer, table.meeting, member)


async def holder(table: Table) -> str | None:
    """Return who has the floor."""
    names = {actor.member: name for name, actor in table.actors.items()}
    return names.get((await table.seen())["floor"]["holder"])


async def test_it_is_agreed_on_from_either_other_mode(table: Table) -> None:
    """By every delegation; two that ask for different modes agree on nothing."""
    await table.orders("arven.chair", Move.CLOSE_DOORS)
    assert not await table.orders("arven.chair", Move.CHANGE_MODE, LIAISON)
    assert not await table.orders("tolmar.chair", Move.CHANGE_MODE, "consecutive")
    assert await table.orders("tolmar.chair", Move.CHANGE_MODE, LIAISON)
    await table.refused(Code.MOVE_NOT_POSSIBLE, table.orders("arven.chair", Move.CHANGE_MODE, LIAISON))
    for mode in ("consecutive", LIAISON, "simultaneous"):
        await table.agree(Move.CHANGE_MODE, mode)
        assert (await table.seen())["meeting"]["mode"] == mode
    changes = [body for action, body in await table.entries() if action == "mode_changed"]
    assert [(body["before"], body["mode"]) for body in changes] == [
        ("simultaneous", LIAISON),
        (LIAISON, "consecutive"),
        ("consecutive", LIAISON),
        (LIAISON, "simultaneous"),
    ]


async def test_the_floor_is_passed_to_no_interpreter(table: Table) -> None:
    """Nor kept by one who had it in consecutive mode; a speaker keeps it."""
    await come(table, "arven.principal", "arven.interpreter")
    await table.orders("arven.chair", Move.CLOSE_DOORS)
    await table.agree(Move.CHANGE_MODE, "consecutive")
    await gives(table, "arven.principal")
    speaker, interpreter = (table.actors[f"arven.{role}"] for role in ("principal", "interpreter"))
    await floor.pass_to_interpreter(table.database, speaker, table.meeting, interpreter.member)
    await table.agree(Move.CHANGE_MODE, LIAISON)
    assert await holder(table) is None
    assert (await table.told("arven"))[-2:] == ["mode_changed", "floor_yielded"]
    await gives(table, "arven.principal")
    passing = floor.pass_to_interpreter(table.database, speaker, table.meeting, interpreter.member)
    await table.refused(Code.MOVE_NOT_POSSIBLE, passing)
    await table.agree(Move.CHANGE_MODE, "consecutive")
    assert await holder(table) == "arven.principal"


async def test_the_floor_is_for_who_is_there(table: Table) -> None:
    """It opens a microphone: it is given to nobody who is away, and left by whoever leaves, as by the mode."""
    await table.orders("arven.chair", Move.CLOSE_DOORS)
    await gives(table, "tolmar.chair")
    await table.agree(Move.CHANGE_MODE, LIAISON)
    assert await holder(table) is None
    await floor.ask(table.database, table.actors["tolmar.chair"], table.meeting)
    await table.refused(Code.MEMBER_ABSENT, given(table, "tolmar.chair"))
    await come(table, "tolmar.chair")
    await given(table, "tolmar.chair")
    async with table.database.writing() as tx:
        await seats.leave(tx, table.meeting, table.actors["tolmar.chair"].identity, "chamber")
    assert await holder(table) is None
    assert (await table.told("arven"))[-1] == "floor_yielded"
