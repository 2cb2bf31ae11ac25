"""A media engine in memory. Passes the same tests as LiveKit: tests/rooms/test_sfu.py."""

import json
from collections.abc import Awaitable
from dataclasses import dataclass, replace
from datetime import timedelta

from visavis.kernel.clock import Clock, read, written
from visavis.kernel.errors import Code, OutageError, RefusedError
from visavis.kernel.ids import Identity
from visavis.rooms.model import Happened, MediaGrant, Occupant, Report, Source

SIGNATURE = "the engine's own"


@dataclass(slots=True)
class FakeGuest:
    """Somebody who joined: what they were last told, and whether they were put out."""

    grant: MediaGrant
    removed: bool = False


class FakeSfu:
    """Rooms, occupants and tokens, in memory."""

    public_url = "ws://sfu.test"

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._rooms: dict[str, dict[Identity, Occupant]] = {}
        self._guests: dict[tuple[str, Identity], FakeGuest] = {}
        self.is_out = False
        """Whether it does not answer."""
        self.deaf_to: set[Identity] = set()
        """About whom it takes no orders."""
        self.meanwhile: list[Awaitable[None]] = []
        """What happens, once, while a permission is on its way."""

    async def open_room(self, room: str) -> None:
        """Make a room if it is not there."""
        self._answer()
        self._rooms.setdefault(room, {})

    async def close_room(self, room: str) -> None:
        """End a room and put everybody out."""
        self._answer()
        for identity in list(self._rooms.get(room, {})):
            await self.remove(room, identity)
        self._rooms.pop(room, None)

    async def rooms(self) -> list[str]:
        """Return the names of the rooms there are."""
        self._answer()
        return list(self._rooms)

    async def occupants(self, room: str) -> list[Occupant]:
        """Return who is in a room."""
        self._answer()
        return list(self._rooms.get(room, {}).values())

    async def permit(self, room: str, identity: Identity, grant: MediaGrant) -> None:
        """Set what somebody in the room may send and hear."""
        self._answer(identity)
        while self.meanwhile:
            await self.meanwhile.pop()
        occupant = self._rooms.get(room, {}).get(identity)
        if occupant is not None:
            self._rooms[room][identity] = replace(occupant, grant=grant)
            self._guests[room, identity].grant = grant

    async def remove(self, room: str, identity: Identity) -> None:
        """Put somebody out of the room."""
        self._answer(identity)
        if self._rooms.get(room, {}).pop(identity, None) is not None:
            self._guests.pop((room, identity)).removed = True

    def token(self, room: str, identity: Identity, grant: MediaGrant, lifetime: timedelta) -> str:
        """Return a token that `join` takes within `lifetime`."""
        until = written(self._clock.now() + lifetime)
        return json.dumps([room, identity, sorted(grant.publish), grant.hear, until])

    def report(self, body: bytes, authorization: str) -> Report:
        """Return what a test says that the engine reports."""
        if authorization != SIGNATURE:
            raise RefusedError(Code.WEBHOOK_BAD)
        told = json.loads(body)
        return Report(told["id"], Happened(told["happened"]), told["room"], told["identity"])

    def join(self, token: str) -> FakeGuest:
        """Join as a client does.

        Raises:
            PermissionError: if the token is too old or the room is not there.
        """
        room, identity, publish, hear, until = json.loads(token)
        if room not in self._rooms or self._clock.now() > read(until):
            raise PermissionError(room)
        former = self._guests.pop((room, identity), None)
        if former is not None:
            former.removed = True
        grant = MediaGrant(frozenset(map(Source, publish)), hear=hear)
        self._rooms[room][identity] = Occupant(identity, grant, self._clock.now())
        self._guests[room, identity] = FakeGuest(grant)
        return self._guests[room, identity]

    def leave(self, room: str, identity: Identity) -> None:
        """Leave as a client does."""
        del self._rooms[room][identity]
        del self._guests[room, identity]

    def crash(self) -> None:
        """Forget everything, as an engine does that was killed and started again."""
        self._rooms.clear()
        self._guests.clear()

    def _answer(self, about: Identity | None = None) -> None:
        if self.is_out or about in self.deaf_to:
            raise OutageError(Code.SFU_UNAVAILABLE)
