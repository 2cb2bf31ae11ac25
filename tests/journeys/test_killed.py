"""A server that is killed while it writes, a hundred times: the log verifies, no event is lost or doubled.

Fifty times on SQLite and fifty on PostgreSQL: at each of the first fifty steps, which are those of two changes and more.
"""

import os
import signal
import subprocess
import sys
from collections import Counter

import pytest

from tests.builders import a_summit
from tests.fakes.chance import FakeChance
from tests.fakes.clock import FakeClock
from tests.summits import scene
from visavis.audit import store as audit
from visavis.audit.chain import check
from visavis.events import outbox
from visavis.identity.model import Role
from visavis.storage.database import Database
from visavis.summits import meetings
from visavis.summits.model import Format, Mode, Move
from visavis.summits.views import announce_members

pytestmark = [pytest.mark.anyio, pytest.mark.timeout(180)]

TIMES = 50  # on each of the two databases


async def test_killed_while_writing(database: Database, database_url: str, clock: FakeClock) -> None:
    """What a killed process said was done is done, once, with its audit entry and its events, in one order."""
    summit = a_summit(now=clock.now())
    await summit.publish(database)
    maren = await summit.enrol(database, "arven", Role.PRINCIPAL, announce_members, chair=True)
    wanted = meetings.Call("First", Format.ONE_ON_ONE, Mode.SIMULTANEOUS, clock.now(), None, [])
    meeting = await meetings.call(database, maren.actor, wanted, FakeChance("meeting"))
    await scene.ordered(database, maren.actor, meeting, Move.CLOSE_DOORS)
    command = [sys.executable, "-m", "tests.journeys.writer", database_url, summit.id, meeting, maren.member.id]
    said = killed_again_and_again(command)

    async with database.reading() as connection:
        log = [entry async for entry in audit.read(connection, summit.id)]
        events = await outbox.after_for(connection, 0, meeting, maren.member.party)
        everything = await outbox.after(connection, 0, sys.maxsize)
    assert list(check(log)) == []
    recorded = Counter(entry.action for entry in log)
    told = Counter(event.kind for event in events)
    assert recorded["floor_asked"] == told["floor_asked"]
    assert recorded["floor_ask_withdrawn"] == told["floor_ask_withdrawn"]
    assert said["asked"] > TIMES / 3
    assert said["withdrawn"] > TIMES / 10
    # Each killed process may have committed one change of which it could not speak any more; and what one process
    # asked, the next finds asked: it then says so without a second change.
    assert said["withdrawn"] <= recorded["floor_ask_withdrawn"] <= said["withdrawn"] + TIMES
    assert abs(recorded["floor_asked"] - recorded["floor_ask_withdrawn"]) <= 1
    assert [event.number for event in everything] == list(range(1, len(everything) + 1))
    floors = [event.kind for event in events if event.kind.startswith("floor")]
    assert all(kind == ("floor_ask_withdrawn" if place % 2 else "floor_asked") for place, kind in enumerate(floors))


def killed_again_and_again(command: list[str]) -> Counter[str]:
    """Start writers and kill each at another step of its changes, while it takes it; return what they said was done."""
    said: Counter[str] = Counter()
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as forking:
        assert forking.stdin is not None
        assert forking.stdout is not None
        for number in range(TIMES):
            forking.stdin.write("another\n")
            forking.stdin.flush()
            pid = steps = 0
            for line in iter(forking.stdout.readline, "ended\n"):
                assert line, "the writer is gone"
                word, _, named = line.strip().partition(" ")
                said[word] += 1
                steps += word == "step"
                pid = int(named) if word == "pid" else pid
                if pid and steps > number:
                    os.kill(pid, signal.SIGKILL)
                    pid = 0
        forking.stdin.close()
    return said
