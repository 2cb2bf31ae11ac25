"""Consecutive mode: the floor goes from a speaker to an interpreter, and on; and what takes it from either."""

from typing import Any

import pytest

from tests.summits.conftest import Table
from visavis.identity.model import Actor
from visavis.kernel.errors import Code
from visavis.kernel.ids import MemberId
from visavis.storage.database import Database
from visavis.summits import floor, seats
from visavis.summits.model import Mode, Move

pytestmark = pytest.mark.anyio

THERE = ("arven.principal", "arven.interpreter", "tolmar.principal", "tolmar.interpreter", "tolmar.chair")


class Turns:
    """The floor of one meeting that sits in consecutive mode."""

    def __init__(self, table: Table) -> None:
        self.table = table

    @property
    def officer(self) -> Actor:
        """The protocol officer."""
        return self.table.actors["host.protocol_officer"]

    def member(self, name: str) -> MemberId:
        """Return whose id this is."""
        return self.table.actors[name].member

    async def begin(self, mode: Mode = Mode.CONSECUTIVE) -> None:
        """Seat everybody, close the doors, and change the mode."""
        for name in THERE:
            await self.come(name)
        await self.table.orders("arven.chair", Move.CLOSE_DOORS)
        if mode is Mode.CONSECUTIVE:
            await self.table.agree(Move.CHANGE_MODE, mode.value)

    async def come(self, name: str) -> None:
        """Let somebody take a seat in the chamber."""
        async with self.table.database.writing() as tx:
            await seats.take(tx, self.table.meeting, self.table.actors[name].identity, "chamber")

    async def go(self, name: str, room: str | None = None) -> None:
        """Let somebody leave the chamber, for nowhere or another room."""
        async with self.table.database.writing() as tx:
            who = self.table.actors[name].identity
            if room is None:
                await seats.leave(tx, self.table.meeting, who, "chamber")
            else:
                await seats.take(tx, self.table.meeting, who, room)

    async def gives(self, name: str) -> None:
        """Let somebody ask for the floor and have it."""
        await floor.ask(self.table.database, self.table.actors[name], self.table.meeting)
        await floor.give(self.table.database, self.officer, self.table.meeting, self.member(name))

    def passing(self, who: str, interpreter: str) -> Any:  # noqa: ANN401 - awaited by `refused`
        """Let somebody end a statement."""
        actor = self.table.actors[who]
        return floor.pass_to_interpreter(self.table.database, actor, self.table.meeting, self.member(interpreter))

    def handing(self, who: str, speaker: str) -> Any:  # noqa: ANN401 - awaited by `refused`
        """Let somebody end an interpretation."""
        return floor.hand_back(self.table.database, self.table.actors[who], self.table.meeting, self.member(speaker))

    async def stands(self) -> tuple[str | None, str | None]:
        """Return who has the floor, and whose statement they say again."""
        names = {actor.member: name for name, actor in self.table.actors.items()}
        seen = (await self.table.seen())["floor"]
        return names.get(seen["holder"]), names.get(seen["interprets"])


@pytest.fixture
def turns(table: Table) -> Turns:
    """Return the floor of the table's meeting."""
    return Turns(table)


async def test_a_statement_is_said_again_and_the_other_side_answers(turns: Turns, table: Table) -> None:
    """Speaker, interpreter, the other speaker, their interpreter, and the first goes on; each turn is recorded."""
    await turns.begin()
    await turns.gives("arven.principal")
    told = len(await table.told("tolmar"))
    await turns.passing("arven.principal", "arven.interpreter")
    assert await turns.stands() == ("arven.interpreter", "arven.principal")
    await turns.handing("arven.interpreter", "tolmar.principal")
    assert await turns.stands() == ("tolmar.principal", None)
    await turns.passing("tolmar.chair", "arven.interpreter")  # a chair ends it, and another's interpreter says it
    assert await turns.stands() == ("arven.interpreter", "tolmar.principal")
    await turns.handing("arven.interpreter", "tolmar.principal")
    assert await turns.stands() == ("tolmar.principal", None)
    assert (await table.told("tolmar"))[told:] == ["floor_given"] * 4
    assert [action for action, _ in await table.entries()][-4:] == ["floor_passed", "floor_given"] * 2
    _, body = (await table.entries())[-4]
    interprets = {"member": turns.member("arven.interpreter"), "interprets": turns.member("arven.principal")}
    assert body == {"meeting": table.meeting, **interprets}


async def test_who_asked_follows_whoever_they_are(turns: Turns, table: Table, database: Database) -> None:
    """A principal or the same speaker at once; others when they asked; nobody who may not speak or is not there."""
    await turns.begin()
    await turns.gives("tolmar.chair")
    await turns.passing("tolmar.chair", "tolmar.interpreter")
    for name, code in [
        ("arven.chair", Code.FLOOR_NOT_ASKED),
        ("tolmar.interpreter", Code.MOVE_NOT_POSSIBLE),
        ("arven.notetaker", Code.MOVE_NOT_POSSIBLE),
    ]:
        await table.refused(code, turns.handing("tolmar.interpreter", name))
    await floor.ask(database, table.actors["arven.chair"], table.meeting)
    await table.refused(Code.MEMBER_ABSENT, turns.handing("tolmar.interpreter", "arven.chair"))
    await turns.come("arven.chair")
    await table.refused(Code.MOVE_NOT_POSSIBLE, turns.handing("arven.interpreter", "arven.chair"))
    await turns.handing("tolmar.interpreter", "arven.chair")
    assert await turns.stands() == ("arven.chair", None)
    assert (await table.seen())["floor"]["asks"] == []


async def test_the_floor_is_passed_by_whose_it_is_to_an_interpreter_who_is_there(turns: Turns, table: Table) -> None:
    """Each refusal has its own code."""
    await turns.begin()
    await table.refused(Code.MOVE_NOT_POSSIBLE, turns.passing("arven.principal", "arven.interpreter"))
    await turns.gives("arven.principal")
    for who, whom, code in [
        ("tolmar.principal", "tolmar.interpreter", Code.NOT_YOUR_DELEGATION),
        ("arven.adviser", "arven.interpreter", Code.NOT_YOUR_ROLE),
        ("arven.interpreter", "arven.interpreter", Code.NOT_YOUR_ROLE),
        ("arven.principal", "tolmar.principal", Code.MOVE_NOT_POSSIBLE),
    ]:
        await table.refused(code, turns.passing(who, whom))
    await turns.go("arven.interpreter")
    await table.refused(Code.MEMBER_ABSENT, turns.passing("arven.principal", "arven.interpreter"))
    await turns.passing("arven.principal", "tolmar.interpreter")
    await table.refused(Code.MOVE_NOT_POSSIBLE, turns.passing("arven.principal", "tolmar.interpreter"))


async def test_in_simultaneous_mode_no_interpreter_has_the_floor(turns: Turns, table: Table) -> None:
    """Nor keeps it when the mode is left."""
    await turns.begin(Mode.SIMULTANEOUS)
    await turns.gives("arven.principal")
    await table.refused(Code.MOVE_NOT_POSSIBLE, turns.passing("arven.principal", "arven.interpreter"))
    await table.agree(Move.CHANGE_MODE, "consecutive")
    assert await turns.stands() == ("arven.principal", None)
    await turns.passing("arven.principal", "arven.interpreter")
    await table.agree(Move.CHANGE_MODE, "simultaneous")
    assert await turns.stands() == (None, None)
    assert (await table.told("press"))[-1] == "mode_changed"
    assert (await table.told("arven"))[-2:] == ["mode_changed", "floor_yielded"]


@pytest.mark.parametrize("room", [None, "caucus"])
@pytest.mark.parametrize("holder", ["arven.interpreter", "arven.principal"])
async def test_nobody_holds_the_others_microphones_who_is_not_there(
    turns: Turns, table: Table, holder: str, room: str | None
) -> None:
    """Whoever leaves the chamber leaves the floor to nobody, with an event; whoever else leaves changes nothing."""
    await turns.begin()
    await turns.gives("arven.principal")
    if holder == "arven.interpreter":
        await turns.passing("arven.principal", "arven.interpreter")
    await turns.go("tolmar.principal")
    assert (await turns.stands())[0] == holder
    await turns.go(holder, room)
    assert await turns.stands() == (None, None)
    assert (await table.told("tolmar"))[-1] == "floor_yielded"
    assert (await table.entries())[-1][0] == "floor_yielded"


async def test_in_simultaneous_mode_the_floor_waits_for_who_is_away(turns: Turns) -> None:
    """There it is a word, and holds nobody."""
    await turns.begin(Mode.SIMULTANEOUS)
    await turns.gives("arven.principal")
    await turns.go("arven.principal")
    assert await turns.stands() == ("arven.principal", None)


async def test_the_floor_is_given_to_nobody_who_is_away(turns: Turns, table: Table, database: Database) -> None:
    """In consecutive mode they would hold every microphone."""
    await turns.begin()
    await turns.go("arven.principal")
    await floor.ask(database, table.actors["arven.principal"], table.meeting)
    attempt = floor.give(database, turns.officer, table.meeting, turns.member("arven.principal"))
    await table.refused(Code.MEMBER_ABSENT, attempt)


@pytest.mark.parametrize("who", ["arven.principal", "arven.chair", "tolmar.chair", "host.protocol_officer"])
async def test_an_interpretation_is_ended_by_speaker_chairs_and_officer(turns: Turns, table: Table, who: str) -> None:
    """Arven's statement, said again by Tolmar's interpreter: both chairs may, and nobody else of either."""
    await turns.begin()
    await turns.gives("arven.principal")
    await turns.passing("arven.principal", "tolmar.interpreter")
    for other in ("tolmar.principal", "tolmar.interpreter"):
        attempt = floor.yield_floor(table.database, table.actors[other], table.meeting)
        await table.refused(Code.NOT_YOUR_ROLE, attempt)
    await floor.yield_floor(table.database, table.actors[who], table.meeting)
    assert await turns.stands() == (None, None)
