"""Events are numbered without a gap, in the order of the commits, and reach those they are for."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fakes.clock import FakeClock
from visavis.events import outbox
from visavis.kernel.clock import written
from visavis.kernel.ids import MeetingId, Party, SummitId
from visavis.storage.database import Database
from visavis.storage.transaction import Told

pytestmark = pytest.mark.anyio

SUMMIT = SummitId("5f6bd11e-41b7-4f8e-a7a6-6a3d1c40d5aa")
MEETINGS = (MeetingId("first"), MeetingId("second"))
PARTIES = (Party("arven"), Party("tolmar"))

told = st.builds(
    lambda meeting, party, mark: Told(SUMMIT, meeting, party, "marked", {"mark": mark}),
    st.sampled_from(MEETINGS),
    st.sampled_from(PARTIES),
    st.integers(0, 99),
)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=st.lists(st.lists(told, max_size=4), max_size=6), after=st.integers(0, 10))
async def test_numbers_grow_by_one_and_each_party_reads_its_own(
    database: Database, changes: list[list[Told]], after: int
) -> None:
    async with database.reading() as connection:
        start = await outbox.last_number(connection)
    for change in changes:
        async with database.writing() as tx:
            for event in change:
                tx.tell(event)
    said = [event for change in changes for event in change]
    async with database.reading() as connection:
        kept = await outbox.after(connection, start, 1_000)
        assert [event.number for event in kept] == list(range(start + 1, start + 1 + len(said)))
        assert [event.body for event in kept] == [event.body for event in said]
        for meeting in MEETINGS:
            for party in PARTIES:
                heard = await outbox.after_for(connection, start + after, meeting, party)
                theirs = [event for event in kept[after:] if (event.meeting, event.party) == (meeting, party)]
                assert heard == theirs


async def test_old_events_are_dropped_but_never_the_newest(database: Database, clock: FakeClock) -> None:
    for _ in range(3):
        async with database.writing() as tx:
            tx.tell(Told(SUMMIT, MEETINGS[0], PARTIES[0], "marked", {}))
        clock.advance(hours=1)
    async with database.writing() as tx:
        assert await outbox.prune(tx, written(clock.now())) == 2
        tx.tell(Told(SUMMIT, MEETINGS[0], PARTIES[0], "marked", {}))
    async with database.reading() as connection:
        assert [event.number for event in await outbox.after(connection, 0, 10)] == [3, 4]
        assert await outbox.first_number(connection) == 3


async def test_an_event_of_a_change_that_failed_is_never_told(database: Database) -> None:
    async def fail() -> None:
        async with database.writing() as tx:
            tx.tell(Told(SUMMIT, MEETINGS[0], PARTIES[0], "marked", {}))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    async with database.reading() as connection:
        assert await outbox.last_number(connection) == 0
