"""Writes through real use cases until it is killed: `python -m tests.journeys.writer <database url> <ids>`.

For each line on standard input it forks a process that writes, so that a hundred of them start in a moment: it prints
`pid <number>`, then the process `step` before each thing that it asks of the database, and one line after each change that
was committed, then `ended` when it was killed.
"""

import asyncio
import os
import sys

from sqlalchemy.event import listen

from visavis.audit.store import AuditLedger
from visavis.events.outbox import NumberedOutbox
from visavis.identity import store
from visavis.identity.model import Actor
from visavis.kernel.clock import SystemClock
from visavis.kernel.ids import MeetingId, MemberId, SummitId
from visavis.storage.database import Database, open_engine
from visavis.summits import floor


async def write(url: str, summit: SummitId, meeting: MeetingId, member: MemberId) -> None:
    """Ask for the floor and withdraw, again and again."""
    database = Database(open_engine(url), clock=SystemClock(), ledger=AuditLedger(), outbox=NumberedOutbox())
    async with database.reading() as connection:
        who = await store.member(connection, summit, member)
    assert who is not None
    actor = Actor(who.id, summit, who.party, who.name, who.role, who.chair, who.languages, who.identity)
    for moment in ("before_cursor_execute", "commit"):
        listen(database.engine.sync_engine, moment, lambda *_: say("step"))
    while True:
        await floor.ask(database, actor, meeting)
        say("asked")
        await floor.withdraw_ask(database, actor, meeting)
        say("withdrawn")


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> None:
    """Fork a writer for each line."""
    url, summit, meeting, member = sys.argv[1:]
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            asyncio.run(write(url, SummitId(summit), MeetingId(meeting), MemberId(member)))
        say(f"pid {child}")
        os.waitpid(child, 0)
        say("ended")


if __name__ == "__main__":
    main()
