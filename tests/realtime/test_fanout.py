"""From the outbox to the listeners: everybody gets their own, in order, once; nobody waits for anybody."""

import asyncio
import json
from collections.abc import AsyncIterator, MutableMapping
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncConnection
from typing_extensions import override

from tests.fakes.chance import FakeChance
from tests.live.until import PATIENCE_SECONDS
from visavis.audit.store import AuditLedger
from visavis.events.catalogue import Kind
from visavis.events.outbox import NumberedOutbox
from visavis.kernel.clock import Clock
from visavis.kernel.errors import Code, OutageError
from visavis.kernel.ids import MeetingId, MemberId, Party, SummitId
from visavis.realtime.fanout import WAITING_LIMIT, Fanout, Listener, Parcel
from visavis.realtime.wake import Notices
from visavis.storage.database import Database, open_engine
from visavis.storage.transaction import Told

pytestmark = pytest.mark.anyio

SUMMIT = SummitId("5f6bd11e-41b7-4f8e-a7a6-6a3d1c40d5aa")
MEETING = MeetingId("e1b0dc0a-8a39-4a6c-bf5b-9a55d3ce1f40")
OTHER = MeetingId("00000000-8a39-4a6c-bf5b-9a55d3ce1f40")
ARVEN, TOLMAR = Party("arven"), Party("tolmar")
NEVER = timedelta(hours=1)
SOON = timedelta(milliseconds=20)


async def tell(database: Database, party: Party, meeting: MeetingId = MEETING, times: int = 1) -> None:
    """Put events into the outbox."""
    async with database.writing() as tx:
        for _ in range(times):
            tx.tell(Told(SUMMIT, meeting, party, Kind.FLOOR_ASKED, {"floor": {"of": party}}))


async def heard(listener: Listener, count: int) -> list[Parcel]:
    """Wait for a number of events."""
    parcels: list[Parcel] = []
    async with asyncio.timeout(PATIENCE_SECONDS):
        while len(parcels) < count:
            await listener.some()
            parcels += listener.taken()
    return parcels


@asynccontextmanager
async def running(*fanouts: Fanout | Notices) -> AsyncIterator[None]:
    """Run fanouts and their notices until the block ends."""
    async with asyncio.TaskGroup() as tasks:
        owned = [tasks.create_task(fanout.run()) for fanout in fanouts]
        for fanout in fanouts:
            if isinstance(fanout, Fanout):
                await fanout.started.wait()
        yield
        for task in owned:
            task.cancel()


async def test_each_party_hears_its_own_events_in_order(database: Database) -> None:
    """Another party's and another meeting's events are not heard; numbers leave gaps."""
    await tell(database, ARVEN)
    fanout = Fanout(database, NEVER)
    database.call_after_events(fanout.wake)
    ours = Listener(MemberId("a"), MEETING, ARVEN)
    theirs = Listener(MemberId("b"), MEETING, TOLMAR)
    async with running(fanout):
        fanout.join(ours)
        fanout.join(theirs)
        for party in (ARVEN, TOLMAR, ARVEN):
            await tell(database, party)
        await tell(database, ARVEN, OTHER)
        await tell(database, TOLMAR)
        assert [parcel.number for parcel in await heard(ours, 2)] == [2, 4]
        assert [parcel.number for parcel in await heard(theirs, 2)] == [3, 6]
        assert fanout.sockets == 2
        fanout.leave(ours)
        fanout.leave(theirs)
        assert fanout.sockets == 0


async def test_the_same_text_goes_to_everybody_of_a_party(database: Database) -> None:
    """An event is serialised once, however many hear it."""
    fanout = Fanout(database, NEVER)
    listeners = [Listener(MemberId(str(number)), MEETING, ARVEN) for number in range(3)]
    async with running(fanout):
        for listener in listeners:
            fanout.join(listener)
        await tell(database, ARVEN)
        fanout.wake()
        texts = [(await heard(listener, 1))[0].text for listener in listeners]
    assert texts[0] is texts[1] is texts[2]
    event = json.loads(texts[0])["event"]
    assert event["number"] == 1
    assert event["kind"] == "floor_asked"
    assert event["floor"] == {"of": "arven"}
    assert set(event) == {"number", "kind", "at", "floor"}


async def test_another_process_is_heard_without_a_wake(database: Database, database_url: str, clock: Clock) -> None:
    """Two servers on one database: by poll on SQLite, by NOTIFY (the poll is an hour away) on PostgreSQL."""
    other = Database(open_engine(database_url), clock=clock, ledger=AuditLedger(), outbox=NumberedOutbox())
    fanout = Fanout(database, NEVER if database.is_postgresql else SOON)
    listener = Listener(MemberId("a"), MEETING, ARVEN)
    notices = Notices(database, fanout, FakeChance("here"))
    async with running(fanout, notices):
        fanout.join(listener)
        async with asyncio.timeout(PATIENCE_SECONDS):
            await notices.listening.wait()
        await tell(other, ARVEN)
        assert [parcel.number for parcel in await heard(listener, 1)] == [1]
    await other.close()


async def test_listening_comes_back_after_its_connection_was_cut(database: Database) -> None:
    """What was said meanwhile is heard then."""
    fanout = Fanout(database, NEVER)
    listener = Listener(MemberId("a"), MEETING, ARVEN)
    notices = Notices(database, fanout, FakeChance("here"))
    if not database.is_postgresql:
        await notices.run()  # nothing to listen to: it ends at once
        return
    async with running(fanout, notices):
        fanout.join(listener)
        await notices.listening.wait()
        async with database.reading() as connection:
            cut = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE left(query, 6) = 'LISTEN'"
            await connection.exec_driver_sql(cut)
        notices.listening.clear()
        await tell(database, ARVEN)
        assert [parcel.number for parcel in await heard(listener, 1)] == [1]


async def test_a_newer_socket_takes_over_here_and_on_another_server(database: Database) -> None:
    """One member, one socket."""
    here, there = Fanout(database, NEVER), Fanout(database, NEVER)
    ours, others = Notices(database, here, FakeChance("here")), Notices(database, there, FakeChance("there"))
    first, second, third = (Listener(MemberId("a"), MEETING, ARVEN) for _ in range(3))
    async with running(*([here, there, ours, others] if database.is_postgresql else [here, there])):
        here.join(first)
        here.join(second)
        assert await first.ending is Code.TAKEN_OVER
        assert not second.ending.done()
        if database.is_postgresql:
            await ours.listening.wait()
            await others.listening.wait()
            there.join(third)
            await others.say_newer(third.member)
            async with asyncio.timeout(PATIENCE_SECONDS):
                assert await second.ending is Code.TAKEN_OVER
            assert not third.ending.done()
        else:
            await others.say_newer(third.member)


async def test_who_does_not_keep_up_is_let_go_and_others_hear_all(database: Database) -> None:
    """A full share ends its socket; the number of waiting events is bounded."""
    fanout = Fanout(database, NEVER)
    slow, quick = Listener(MemberId("slow"), MEETING, ARVEN), Listener(MemberId("quick"), MEETING, ARVEN)
    async with running(fanout):
        fanout.join(slow)
        fanout.join(quick)
        await tell(database, ARVEN, times=WAITING_LIMIT + 1)
        fanout.wake()
        assert len(await heard(quick, WAITING_LIMIT + 1)) == WAITING_LIMIT + 1
        assert await slow.ending is None
        assert len(slow.taken()) == WAITING_LIMIT


class Flickering(Database):
    """A database that does not answer while it is away."""

    away = False

    def __init__(self, url: str, clock: Clock) -> None:
        super().__init__(open_engine(url), clock=clock, ledger=AuditLedger(), outbox=NumberedOutbox())
        self.missed = asyncio.Event()

    @override
    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncConnection]:
        """Answer, or do not."""
        if self.away:
            self.missed.set()
            raise OutageError(Code.STORAGE_UNAVAILABLE)
        async with super().reading() as connection:
            yield connection


async def test_the_fanout_outlives_an_outage(
    database_url: str, clock: Clock, log_lines: list[MutableMapping[str, Any]]
) -> None:
    """While the events cannot be read it waits and says so; then nothing is missing."""
    database = Flickering(database_url, clock)
    fanout = Fanout(database, SOON, retry=SOON)
    listener = Listener(MemberId("a"), MEETING, ARVEN)
    async with running(fanout):
        fanout.join(listener)
        database.away = True
        async with asyncio.timeout(PATIENCE_SECONDS):
            await database.missed.wait()
        await tell(database, ARVEN)
        assert not listener.taken()
        database.away = False
        assert [parcel.number for parcel in await heard(listener, 1)] == [1]
    assert {line["code"] for line in log_lines} == {"storage_unavailable"}
    await database.close()
