"""A change, its audit entry and its events: all or nothing, on both databases."""

from dataclasses import dataclass
from typing import Any, ClassVar

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, insert, text

from visavis.audit import store as audit
from visavis.audit.chain import check
from visavis.events import outbox
from visavis.kernel.ids import MeetingId, Party, SummitId
from visavis.storage.database import Database
from visavis.storage.transaction import Told, UnrecordedChangeError

pytestmark = pytest.mark.anyio

SUMMIT = SummitId("5f6bd11e-41b7-4f8e-a7a6-6a3d1c40d5aa")
MEETING = MeetingId("e1b0dc0a-8a39-4a6c-bf5b-9a55d3ce1f40")
marks = Table("marks", MetaData(), Column("mark", Integer))


@dataclass(frozen=True, slots=True)
class Marked:
    """Something happened."""

    mark: int
    action: ClassVar[str] = "marked"

    def body(self) -> dict[str, Any]:
        """Return what is recorded."""
        return {"mark": self.mark}


@pytest.fixture(autouse=True)
async def _marks(database: Database) -> None:
    async with database.engine.begin() as connection:
        await connection.execute(text("CREATE TABLE marks (mark integer)"))


async def _state(database: Database) -> tuple[int, int, int]:
    async with database.reading() as connection:
        count = (await connection.execute(text("SELECT count(*) FROM marks"))).scalar_one()
        entries = [entry async for entry in audit.read(connection, SUMMIT)]
        assert not list(check(entries))
        return count, len(entries), await outbox.last_number(connection)


async def test_a_change_commits_with_its_entry_and_its_event(database: Database) -> None:
    for mark in (1, 2):
        async with database.writing() as tx:
            await tx.write(insert(marks).values(mark=mark))
            tx.record(SUMMIT, Marked(mark), by=None)
            tx.tell(Told(SUMMIT, MEETING, Party("arven"), "marked", {"mark": mark}))
    assert await _state(database) == (2, 2, 2)
    async with database.reading() as connection:
        assert [event.body for event in await outbox.after(connection, 1, 10)] == [{"mark": 2}]


async def test_a_change_that_records_nothing_is_rolled_back(database: Database) -> None:
    async def forget() -> None:
        async with database.writing() as tx:
            await tx.write(insert(marks).values(mark=1))
            tx.tell(Told(SUMMIT, MEETING, Party("arven"), "marked", {}))

    with pytest.raises(UnrecordedChangeError):
        await forget()
    assert await _state(database) == (0, 0, 0)


async def test_a_failure_leaves_nothing_behind(database: Database) -> None:
    async def fail() -> None:
        async with database.writing() as tx:
            await tx.write(insert(marks).values(mark=1))
            tx.record(SUMMIT, Marked(1), by=None)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    assert await _state(database) == (0, 0, 0)
