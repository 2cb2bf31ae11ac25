"""Who is connected: has a live feed of a meeting, at whichever server. Each server says so of its own feeds, and says it again.

It is kept in the database, so that servers that share one know of each other's feeds: for a moment longer than a feed lasts, so
that a page that is loaded again is no news, and no longer than its server repeats it, so that a server that was killed leaves
nobody connected for ever. It is no part of the record.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from visavis.events.catalogue import Kind
from visavis.kernel.errors import Code, RefusedError
from visavis.kernel.ids import MeetingId, MemberId
from visavis.storage.database import Database
from visavis.storage.transaction import Transaction
from visavis.summits import store
from visavis.summits.model import Connection
from visavis.summits.views import Scene, scene_of, tell

LASTS: Final = timedelta(seconds=30)
"""How long a server's word counts."""
REPEATED: Final = timedelta(seconds=10)
"""How old a server lets its word become."""
RELOAD: Final = timedelta(seconds=5)
"""How long somebody whose feed has ended is believed to come back."""

Connections = Mapping[MemberId, Connection]


async def keep(database: Database, server: str, here: Mapping[MemberId, MeetingId]) -> None:
    """Note who has a feed at this server, and forget whose time is over, at whichever; tell what that changes.

    Args:
        database: shared with the other servers.
        server: the name of this one, another each time it is started.
        here: whoever has a feed here now, and of which meeting.

    Raises:
        OutageError: if the database does not answer.
        RefusedError: MEETING_UNKNOWN, if somebody is said to have a feed of a meeting that is not.
    """
    async with database.reading() as connection:
        kept = await store.connections_kept(connection)
    if settled(kept, server, here, database.now()) == kept:
        return
    async with database.writing() as tx:
        before = await store.connections_kept(tx.connection)
        await _change(tx, before, settled(before, server, here, tx.now))


def settled(kept: Connections, server: str, here: Mapping[MemberId, MeetingId], now: datetime) -> Connections:
    """Return the connections as they are to be kept once a server has said who has a feed there. Pure."""
    ours = {
        member: _repeated(kept.get(member), Connection(member, of, server, now + LASTS)) for member, of in here.items()
    }
    gone = {member: _ending(one, now) for member, one in kept.items() if one.server == server and member not in here}
    theirs = {member: one for member, one in kept.items() if one.server != server and member not in here}
    return {member: one for member, one in (theirs | gone | ours).items() if one.until > now}


def _repeated(before: Connection | None, now: Connection) -> Connection:
    is_same = before is not None and (before.meeting, before.server) == (now.meeting, now.server)
    return before if before is not None and is_same and now.until - before.until < REPEATED else now


def _ending(before: Connection, now: datetime) -> Connection:
    return Connection(before.member, before.meeting, before.server, min(before.until, now + RELOAD))


async def _change(tx: Transaction, before: Connections, after: Connections) -> None:
    """Write what is to be kept now; tell the meetings in which somebody has come or gone."""
    (was, now) = ({(one.meeting, one.member) for one in kept.values()} for kept in (before, after))
    scenes = [await _scene(tx, meeting) for meeting in sorted({meeting for meeting, _ in was ^ now})]
    gone = [member for member in before if before[member] != after.get(member)]
    await store.save_connections(tx, gone, [one for one in after.values() if before.get(one.member) != one])
    for scene in scenes:
        await tell(tx, scene.meeting, Kind.CONNECTIONS_CHANGED, scene)


async def _scene(tx: Transaction, wanted: MeetingId) -> Scene:
    meeting = await store.meeting(tx.connection, wanted)
    if meeting is None:
        raise RefusedError(Code.MEETING_UNKNOWN)
    return await scene_of(tx.connection, meeting)
