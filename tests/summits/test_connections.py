"""Who is connected: at whichever server, over a reload, after a server was killed; and who is told."""

from datetime import timedelta

import pytest

from tests.fakes.chance import FakeChance
from tests.fakes.clock import FakeClock
from tests.summits import scene
from tests.summits.conftest import Table
from visavis.kernel.errors import Code
from visavis.kernel.ids import MeetingId, MemberId
from visavis.storage.database import Database
from visavis.summits import connections, store
from visavis.summits.connections import LASTS, RELOAD, REPEATED, settled
from visavis.summits.model import Connection, Move

pytestmark = pytest.mark.anyio

A_MOMENT = timedelta(milliseconds=1)
ALL = ("arven.principal", "arven.adviser", "tolmar.chair", "press.press")


class Servers:
    """Two servers that share a database, and the feeds at each."""

    def __init__(self, database: Database, table: Table, clock: FakeClock) -> None:
        self.database = database
        self.table = table
        self.clock = clock

    async def say(self, server: str, *who: str, of: MeetingId | None = None) -> None:
        """Let a server say who has a feed there."""
        here = {self.table.actors[one].member: of or self.table.meeting for one in who}
        await connections.keep(self.database, server, here)

    async def later(self, time: timedelta) -> None:
        """Let time pass."""
        self.clock.advance(seconds=time.total_seconds())

    async def seen(self, by: str = "tolmar.chair") -> set[str]:
        """Return whom somebody is told to be connected."""
        told = (await self.table.seen(by))["connected"]
        return {name for name, actor in self.table.actors.items() if actor.member in told}


@pytest.fixture
def servers(database: Database, table: Table, clock: FakeClock) -> Servers:
    """Return the servers."""
    return Servers(database, table, clock)


async def test_whoever_has_a_feed_is_connected_at_once_and_for_everybody_but_the_press(
    servers: Servers, table: Table
) -> None:
    """It is told once, to each party; and is no part of the record."""
    entries = await table.entries()
    await servers.say("first", *ALL)
    await servers.say("first", *ALL)
    for who in ("arven.notetaker", "tolmar.chair", "host.protocol_officer"):
        assert await servers.seen(who) == set(ALL)
    for party in ("arven", "tolmar", "host"):
        assert await table.told(party) == ["connections_changed"]
    assert await table.entries() == entries


async def test_the_press_is_told_of_nobody_whatever_the_phase(servers: Servers, table: Table) -> None:
    """Not of its own members either: it waits for nobody, and puts nobody out."""
    for move in (Move.CLOSE_DOORS, Move.OPEN_DOORS):
        await table.agree(move) if move is Move.OPEN_DOORS else await table.orders("arven.chair", move)
        before = await table.told("press")
        await servers.say("first", *ALL)
        assert await servers.seen("host.protocol_officer") == set(ALL)
        assert await servers.seen("press.press") == set()
        await servers.later(LASTS)
        await servers.say("first")
        assert await table.told("press") == before
    assert "connections_changed" in await table.told("host")


async def test_a_reload_is_no_news_and_going_is(servers: Servers, table: Table) -> None:
    """At another server too."""
    await servers.say("first", *ALL)
    for server in ("first", "second"):
        await servers.say("first", *ALL[1:])
        await servers.later(RELOAD - A_MOMENT)
        await servers.say(server, *ALL)
    assert await table.told("arven") == ["connections_changed"]
    await servers.say("first")
    await servers.say("second")
    await servers.later(RELOAD)
    await servers.say("second")
    assert await servers.seen() == set()
    assert await table.told("arven") == ["connections_changed"] * 2


async def test_a_server_that_was_killed_leaves_nobody_connected_for_ever(servers: Servers, table: Table) -> None:
    """Another server, or the same when it is started again, forgets what it said; whoever came back meanwhile stays."""
    await servers.say("killed", *ALL)
    await servers.later(LASTS - A_MOMENT)
    await servers.say("started again", *ALL[:2])
    assert await servers.seen() == set(ALL)
    await servers.later(A_MOMENT)
    await servers.say("started again", *ALL[:2])
    assert await servers.seen() == set(ALL[:2])
    assert await table.told("arven") == ["connections_changed"] * 2


async def test_a_server_repeats_its_word_and_nobody_hears_of_that(servers: Servers, table: Table) -> None:
    """Hours on end."""
    await servers.say("first", *ALL)
    for _ in range(40):
        await servers.later(REPEATED)
        await servers.say("first", *ALL)
        await servers.say("second")
    assert await servers.seen() == set(ALL)
    assert await table.told("arven") == ["connections_changed"]


async def test_who_goes_to_another_meeting_is_connected_there_alone(
    servers: Servers, table: Table, database: Database, chance: FakeChance
) -> None:
    """One page, one feed."""
    other = await scene.a_meeting(database, table.actors["arven.chair"], chance)
    await servers.say("first", *ALL)
    await servers.say("second", ALL[0], of=other)
    await servers.later(RELOAD)
    await servers.say("first", *ALL[1:])
    assert await servers.seen() == set(ALL[1:])
    async with database.reading() as connection:
        assert await store.connected_in(connection, other) == {table.actors[ALL[0]].member}


async def test_who_is_revoked_is_not_connected(servers: Servers, table: Table, database: Database) -> None:
    """Told with the revocation itself."""
    await servers.say("first", *ALL)
    await scene.revoke(database, table.actors["arven.adviser"])
    assert await servers.seen() == set(ALL) - {"arven.adviser"}
    assert (await table.told("tolmar"))[-1] == "member_revoked"


async def test_nobody_is_connected_to_a_meeting_that_is_not(servers: Servers, table: Table) -> None:
    """A server that says so is refused."""
    await table.refused(Code.MEETING_UNKNOWN, servers.say("first", *ALL, of=MeetingId("nowhere")))


def test_a_word_counts_from_when_it_is_said_and_is_not_repeated_too_often(clock: FakeClock) -> None:
    """Who is here, who has gone, who is at another server: and how long each is believed."""
    now, meeting = clock.now(), MeetingId("m")

    def one(who: str, server: str, left: timedelta, of: MeetingId = meeting) -> dict[MemberId, Connection]:
        return {MemberId(who): Connection(MemberId(who), of, server, now + left)}

    here = {MemberId("a"): meeting}
    for kept, wanted in [
        ({}, one("a", "us", LASTS)),
        (one("a", "us", LASTS - REPEATED + A_MOMENT), one("a", "us", LASTS - REPEATED + A_MOMENT)),
        (one("a", "us", LASTS - REPEATED), one("a", "us", LASTS)),
        (one("a", "them", LASTS), one("a", "us", LASTS)),
        (one("a", "us", LASTS, MeetingId("other")), one("a", "us", LASTS)),
        (one("a", "us", LASTS) | one("b", "us", LASTS), one("a", "us", LASTS) | one("b", "us", RELOAD)),
        (one("a", "us", LASTS) | one("b", "us", A_MOMENT), one("a", "us", LASTS) | one("b", "us", A_MOMENT)),
        (one("a", "us", LASTS) | one("b", "them", A_MOMENT), one("a", "us", LASTS) | one("b", "them", A_MOMENT)),
        (one("a", "us", LASTS) | one("b", "them", timedelta()), one("a", "us", LASTS)),
    ]:
        assert settled(kept, "us", here, now) == wanted
