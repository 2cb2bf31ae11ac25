"""A summit of two sides with a member of every role, and the means to look at a meeting."""

from collections.abc import Awaitable
from typing import Any

import pytest

from tests.fakes.chance import FakeChance
from tests.summits import scene
from visavis.audit import store as audits
from visavis.events import outbox
from visavis.identity.model import Actor
from visavis.kernel.errors import Code, RefusedError
from visavis.kernel.ids import MeetingId
from visavis.storage.database import Database
from visavis.summits import views
from visavis.summits.model import Move


@pytest.fixture
async def actors(database: Database) -> dict[str, Actor]:
    """Return everybody, as `arven.chair`."""
    return await scene.fill(database)


@pytest.fixture
async def meeting(database: Database, actors: dict[str, Actor], chance: FakeChance) -> MeetingId:
    """Return a restricted meeting with two items, in arrival."""
    return await scene.a_meeting(database, actors["host.protocol_officer"], chance)


class Table:
    """A meeting, and what can be seen and done around it in a few words."""

    def __init__(self, database: Database, actors: dict[str, Actor], meeting: MeetingId) -> None:
        self.database = database
        self.actors = actors
        self.meeting = meeting

    async def seen(self, who: str = "host.protocol_officer") -> dict[str, Any]:
        """Return what somebody sees."""
        async with self.database.reading() as connection:
            return await views.snapshot(connection, self.actors[who], self.meeting)

    async def orders(self, who: str, move: Move, argument: str | None = None) -> bool:
        """Ask for a move; return whether it was done."""
        return (await scene.ordered(self.database, self.actors[who], self.meeting, move, argument)).done

    async def agree(self, move: Move, argument: str | None = None) -> None:
        """Let every chair ask for a move."""
        for who in ("arven.chair", "tolmar.chair"):
            await self.orders(who, move, argument)

    async def entries(self) -> list[tuple[str, dict[str, Any]]]:
        """Return the audit log: action and body."""
        async with self.database.reading() as connection:
            return [(entry.action, dict(entry.body)) async for entry in audits.read(connection, scene.SUMMIT)]

    async def told(self, party: str) -> list[str]:
        """Return the kinds of all events a party was told."""
        async with self.database.reading() as connection:
            events = await outbox.after(connection, 0, 1000)
        return [event.kind for event in events if event.party == party and event.meeting == self.meeting]

    async def refused(self, code: Code, attempt: Awaitable[object]) -> None:
        """Expect a refusal that changes, records and tells nothing."""
        before = await self._all()
        with pytest.raises(RefusedError) as refused:
            await attempt
        assert refused.value.code is code
        assert await self._all() == before

    async def _all(self) -> tuple[object, ...]:
        kinds = [await self.told(party) for party in ("arven", "tolmar", "press", "host")]
        return await self.seen(), await self.entries(), kinds


@pytest.fixture
def table(database: Database, actors: dict[str, Actor], meeting: MeetingId) -> Table:
    """Return the table around the meeting."""
    return Table(database, actors, meeting)
