"""From the outbox to the sockets: each event is read once, serialised once, and offered to everybody it is for.

Woken after commits: by this process's own (`wake`), by PostgreSQL's NOTIFY for other servers', and by a poll as a
net under both. A listener who does not keep up is let go and comes back with `after`; nobody waits for anybody.
"""

import asyncio
import json
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import structlog

from visavis.events import outbox
from visavis.events.outbox import Numbered
from visavis.kernel.errors import Code, OutageError
from visavis.kernel.ids import MeetingId, MemberId, Party
from visavis.realtime.turns import Bells
from visavis.storage.database import Database

BATCH: Final = 64  # events offered before the sockets get a turn
WAITING_LIMIT: Final = 512  # events a listener may leave waiting
RETRY: Final = timedelta(seconds=1)

log = structlog.get_logger("visavis.realtime")


@dataclass(frozen=True, slots=True)
class Parcel:
    """An event ready to go out."""

    number: int
    kind: str
    text: str


class Listener:
    """One socket's share of the events. Fed by `Fanout`, emptied by the socket."""

    def __init__(self, member: MemberId, meeting: MeetingId, party: Party) -> None:
        self.member = member
        self.meeting = meeting
        self.party = party
        self.is_live = False
        """Set once the client has its start: before that it may still be refused."""
        self.ending: asyncio.Future[Code | None] = asyncio.get_running_loop().create_future()
        """Done when the socket must go: a code, or None for one that did not keep up."""
        self._waiting: deque[Parcel] = deque()
        self._woken = asyncio.Event()

    def offer(self, parcel: Parcel) -> None:
        """Put an event into the share."""
        if len(self._waiting) >= WAITING_LIMIT:
            self.end(None)
            return
        self._waiting.append(parcel)
        self._woken.set()

    def end(self, code: Code | None) -> None:
        """Ask the socket to go."""
        if not self.ending.done():
            self.ending.set_result(code)

    def taken(self) -> list[Parcel]:
        """Return and forget what waits."""
        self._woken.clear()
        parcels = list(self._waiting)
        self._waiting.clear()
        return parcels

    async def some(self) -> None:
        """Wait until there is something to take."""
        await self._woken.wait()


class Fanout:
    """Owns the listeners. `run` is a task of the application."""

    def __init__(self, database: Database, poll: timedelta, retry: timedelta = RETRY) -> None:
        self._database = database
        self._poll = poll.total_seconds()
        self._retry = retry.total_seconds()
        self._woken = asyncio.Event()
        self._listeners: dict[tuple[MeetingId, Party], set[Listener]] = {}
        self._newest: dict[MemberId, Listener] = {}
        self.changed = asyncio.Event()
        """Set when somebody has come or gone."""
        self.bells = Bells()
        """Rung for whoever waits here for a turn to commit."""
        self.number = 0
        """The last event that was offered."""
        self.started = asyncio.Event()
        """Set once `number` is known: whoever joins and reads a snapshot after that misses nothing."""

    def wake(self) -> None:
        """Say that there may be new events."""
        self._woken.set()

    def join(self, listener: Listener) -> None:
        """Feed a listener from now on; an older one of the same member is taken over."""
        self.take_over(listener.member)
        self._newest[listener.member] = listener
        self._listeners.setdefault((listener.meeting, listener.party), set()).add(listener)

    def note_live(self, listener: Listener) -> None:
        """Count a listener among those who are connected: its client has its start."""
        listener.is_live = True
        self.changed.set()

    def leave(self, listener: Listener) -> None:
        """Feed a listener no longer."""
        if self._newest.get(listener.member) is listener:
            del self._newest[listener.member]
            self.changed.set()
        place = (listener.meeting, listener.party)
        if listeners := self._listeners.get(place):
            listeners.discard(listener)
            if not listeners:
                del self._listeners[place]

    def take_over(self, member: MemberId) -> None:
        """End a member's socket because a newer one has come, here or on another server."""
        if older := self._newest.get(member):
            older.end(Code.TAKEN_OVER)

    @property
    def connected(self) -> dict[MemberId, MeetingId]:
        """Who has a live feed here, and of which meeting; not who has a newer one elsewhere."""
        return {
            member: listener.meeting
            for member, listener in self._newest.items()
            if listener.is_live and not listener.ending.done()
        }

    @property
    def sockets(self) -> int:
        """How many listeners there are."""
        return sum(len(listeners) for listeners in self._listeners.values())

    async def run(self) -> None:
        """Offer every event that is committed from now on, until cancelled."""
        while True:
            try:
                if not self.started.is_set():
                    self.number = await self._last()
                    self.started.set()
                await self._offer_new()
            except OutageError as outage:
                log.warning(
                    "outage",
                    code=outage.code.value,
                    during="fanout",
                    reason=type(outage.__cause__).__name__,
                )
                await asyncio.sleep(self._retry)
                continue
            await self._pause()

    async def _pause(self) -> None:
        try:
            async with asyncio.timeout(self._poll):
                await self._woken.wait()
        except TimeoutError:
            return

    async def _last(self) -> int:
        async with self._database.reading() as connection:
            return await outbox.last_number(connection)

    async def _offer_new(self) -> None:
        while True:
            self._woken.clear()
            async with self._database.reading() as connection:
                events = await outbox.after(connection, self.number, BATCH)
            await self.offer(events)
            if len(events) < BATCH:
                return

    async def offer(self, events: Sequence[Numbered]) -> None:
        """Offer events to everybody they are for, then give the sockets a turn."""
        for event in events:
            place = (MeetingId(event.meeting), Party(event.party))
            listeners = list(self._listeners.get(place, ()))
            if listeners:
                parcel = parcelled(event)
                for listener in listeners:
                    listener.offer(parcel)
            self.bells.ring(event)
            self.number = event.number
        await asyncio.sleep(0)


def parcelled(event: Numbered) -> Parcel:
    """Return an event as it goes out."""
    text = json.dumps({"event": event.sent()}, separators=(",", ":"), ensure_ascii=False)
    return Parcel(event.number, event.kind, text)
