"""A media engine in memory. Passes the same tests as LiveKit: tests/rooms/test_sfu.py."""

import json
from collections.abc import Awaitable
from dataclasses import dataclass, field, replace
from datetime import timedelta

from visavis.kernel.clock import Clock, read, written
from visavis.kernel.errors import Code, OutageError, RefusedError
from visavis.kernel.ids import Identity
from visavis.rooms.model import NOTHING, Happened, MediaGrant, Occupant, Report, Source

SIGNATURE = "the engine's own"


@dataclass(slots=True)
class FakeGuest:
    """Somebody who joined: what they were last told, and whether they were put out."""

    grant: MediaGrant
    removed: bool = False
    waits: bool = False
    sees: set[Identity] = field(default_factory=set)
    """Of whom they were told."""


class FakeSfu:
    """Rooms, occupants and tokens, in memory."""

    public_url = "ws://sfu.test"

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._rooms: dict[str, dict[Identity, Occupant]] = {}
        self._lives: dict[str, int] = {}
        self._guests: dict[tuple[str, Identity], FakeGuest] = {}
        self.is_out = False
        """Whether it does not answer."""
        self.deaf_to: set[Identity] = set()
        """About whom it takes no orders."""
        self.meanwhile: list[Awaitable[None]] = []
        """What happens, once, while a permission is on its way."""

    async def open_room(self, room: str) -> str:
        """Make a room if it is not there; return which life of it this is."""
        self._answer()
        if room not in self._rooms:
            self._rooms[room] = {}
            self._lives[room] = self._lives.get(room, 0) + 1
        return f"{room} {self._lives[room]}"

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

    async def permit(self, room: str, identity: Identity, grant: MediaGrant) -> bool:
        """Set what somebody in the room may send and hear; return whether they are there."""
        self._answer(identity)
        while self.meanwhile:
            await self.meanwhile.pop()
        occupant = self._rooms.get(room, {}).get(identity)
        if occupant is not None:
            self._rooms[room][identity] = replace(occupant, grant=grant, waits=False)
            self._guests[room, identity].grant = grant
            self._guests[room, identity].waits = False
            self._tell_of_each_other(room)
        return occupant is not None

    async def remove(self, room: str, identity: Identity) -> None:
        """Put somebody out of the room."""
        self._answer(identity)
        if self._rooms.get(room, {}).pop(identity, None) is not None:
            self._guests.pop((room, identity)).removed = True

    def token(self, room: str, identity: Identity, grant: MediaGrant, lifetime: timedelta) -> str:
        """Return a token that `join` takes within `lifetime`."""
        until = written(self._clock.now() + lifetime)
        return json.dumps([room, identity, sorted(grant.publish), grant.hear, until, False])

    def token_to_wait(self, room: str, identity: Identity, lifetime: timedelta) -> str:
        """Return a token with which `join` waits at the door."""
        until = written(self._clock.now() + lifetime)
        return json.dumps([room, identity, sorted(NOTHING.publish), NOTHING.hear, until, True])

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
        room, identity, publish, hear, until, waits = json.loads(token)
        if room not in self._rooms or self._clock.now() > read(until):
            raise PermissionError(room)
        former = self._guests.pop((room, identity), None)
        if former is not None:
            former.removed = True
        grant = MediaGrant(frozenset(map(Source, publish)), hear=hear)
        self._rooms[room][identity] = Occupant(identity, grant, self._clock.now(), waits)
        guest = self._guests[room, identity] = FakeGuest(grant, waits=waits)
        self._tell_of_each_other(room)
        return guest

    def leave(self, room: str, identity: Identity) -> None:
        """Leave as a client does."""
        del self._rooms[room][identity]
        del self._guests[room, identity]

    def hide(self, room: str, identity: Identity, grant: MediaGrant) -> None:
        """Let somebody do something unseen, as no token of ours does."""
        self._rooms[room][identity] = replace(self._rooms[room][identity], grant=grant, waits=True)

    def crash(self) -> None:
        """Forget everything, as an engine does that was killed and started again."""
        self._rooms.clear()
        self._guests.clear()

    def _tell_of_each_other(self, room: str) -> None:
        shown = {identity for identity, one in self._rooms[room].items() if not one.waits}
        for identity in self._rooms[room]:
            self._guests[room, identity].sees |= shown - {identity}

    def _answer(self, about: Identity | None = None) -> None:
        if self.is_out or about in self.deaf_to:
            raise OutageError(Code.SFU_UNAVAILABLE)
