"""Whoever waits for a turn is woken when it comes, and looks again when somebody lets theirs pass."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from tests.fakes.clock import FakeClock
from tests.keys.conftest import Hall
from visavis.audit.store import AuditLedger
from visavis.events.outbox import NumberedOutbox
from visavis.keys import delivery
from visavis.keys.delivery import Waiting
from visavis.realtime.fanout import Fanout
from visavis.realtime.turns import Bells, awaited
from visavis.storage.database import Database, open_engine

pytestmark = pytest.mark.anyio

FIRST, SECOND, THIRD = "arven chair", "tolmar principal", "arven notetaker"
LONG = 60.0


@asynccontextmanager
async def served(database: Database) -> AsyncIterator[Bells]:
    """Run a server's fanout over a database; yield its bells."""
    fanout = Fanout(database, timedelta(milliseconds=20))
    async with asyncio.TaskGroup() as tasks:
        runs = tasks.create_task(fanout.run())
        await fanout.started.wait()
        yield fanout.bells
        runs.cancel()


async def waits(hall: Hall, bells: Bells, who: str, patience: float = LONG) -> Waiting:
    """Let somebody wait for a turn."""
    return await awaited(hall.database, bells, hall.people[who].actor, hall.key("chamber"), patience)


async def queued(hall: Hall, who: str, ahead: int) -> None:
    """Wait until somebody has their place in the queue: they asked, and would be answered so again."""
    place = await delivery.ask_turn(hall.database, hall.people[who].actor, hall.key("chamber"))
    assert place.ahead == ahead


async def test_who_commits_wakes_the_next_at_another_server(hall: Hall, database_url: str, clock: FakeClock) -> None:
    """The one after the next goes on waiting, until their patience is over."""
    other = Database(open_engine(database_url), clock=clock, ledger=AuditLedger(), outbox=NumberedOutbox())
    await hall.found(FIRST)
    assert (await waits(hall, Bells(), FIRST)).ahead == 0
    await queued(hall, SECOND, 1)
    await queued(hall, THIRD, 2)
    actor, key = hall.people[SECOND].actor, hall.key("chamber")
    async with served(other) as bells, asyncio.TaskGroup() as tasks:
        second = tasks.create_task(awaited(other, bells, actor, key, LONG))
        await hall.commit(FIRST, 0)
        async with asyncio.timeout(30):
            assert (await second).ahead == 0
        assert (await waits(hall, bells, THIRD, 0.1)).ahead == 1
    await other.close()


async def test_who_waits_looks_again_when_a_turn_has_passed(hall: Hall, clock: FakeClock) -> None:
    """The first never commits, and nobody says so."""
    await hall.found(FIRST)
    await queued(hall, FIRST, 0)
    clock.advance(seconds=1.95)
    async with asyncio.TaskGroup() as tasks:
        second = tasks.create_task(waits(hall, Bells(), SECOND))
        await queued_eventually(hall, second)
        clock.advance(seconds=0.1)
        async with asyncio.timeout(30):
            assert (await second).ahead == 0


async def queued_eventually(hall: Hall, waiting: "asyncio.Task[Waiting]") -> None:
    """Wait until the second stands in the queue, while the first's turn lasts."""
    third = await delivery.ask_turn(hall.database, hall.people[THIRD].actor, hall.key("chamber"))
    while third.ahead < 2:
        await delivery.leave_turn(hall.database, hall.people[THIRD].actor, hall.key("chamber"))
        third = await delivery.ask_turn(hall.database, hall.people[THIRD].actor, hall.key("chamber"))
    assert not waiting.done()


async def test_a_bell_is_taken_down(hall: Hall) -> None:
    """Whoever has gone leaves nothing behind."""
    bells = Bells()
    await hall.found(FIRST)
    await waits(hall, bells, FIRST)
    await waits(hall, bells, SECOND, 0.01)
    assert bells.waiting == 0
