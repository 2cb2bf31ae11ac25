"""A LiveKit participant that speaks signalling and sends no media: joins, hears of its permissions, is put out.

Source: livekit_rtc.proto of the LiveKit protocol, version 15 of the signalling.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from urllib.parse import urlencode

import websockets
from livekit.protocol import models, rtc

from tests.live.until import PATIENCE_SECONDS

PROTOCOL = "15"


class Guest:
    """One connection. `joined` until the server ends it."""

    def __init__(self, connection: websockets.ClientConnection) -> None:
        self._connection = connection
        self._changed = asyncio.Event()
        self.me = models.ParticipantInfo()
        self.refreshed: list[str] = []
        """Tokens that the server sent by itself, the oldest first."""
        self.others: set[str] = set()
        """The identities of whom it was told."""
        self.removed = False

    @property
    def permission(self) -> models.ParticipantPermission:
        """What the server last said that this participant may do."""
        return self.me.permission

    async def until(self, condition: Callable[["Guest"], bool], seconds: float = PATIENCE_SECONDS) -> None:
        """Wait until something is so."""
        async with asyncio.timeout(seconds):
            while not condition(self):
                self._changed.clear()
                await self._changed.wait()

    async def listen(self) -> None:
        """Take in what the server says until it ends the connection."""
        try:
            async for message in self._connection:
                if isinstance(message, bytes):
                    self._take(rtc.SignalResponse.FromString(message))
                    self._changed.set()
        except websockets.ConnectionClosedError:
            self.removed = True
        self.removed = True
        self._changed.set()

    def _take(self, told: rtc.SignalResponse) -> None:
        match told.WhichOneof("message"):
            case "join":
                self.me = told.join.participant
                self.others |= {one.identity for one in told.join.other_participants}
            case "update":
                for one in told.update.participants:
                    if one.sid == self.me.sid:
                        self.me = one
                    else:
                        self.others.add(one.identity)
            case "refresh_token":
                self.refreshed.append(told.refresh_token)
            case "leave":
                self.removed = True
            case _:  # offers, speakers, quality: not for somebody without media
                pass


@asynccontextmanager
async def joined(url: str, token: str) -> AsyncIterator[Guest]:
    """Yield a guest that is in the room.

    Raises:
        PermissionError: if the server refuses the token or knows no such room.
    """
    query = urlencode({"access_token": token, "protocol": PROTOCOL, "sdk": "python", "auto_subscribe": "1"})
    try:
        connection = await websockets.connect(f"{url}/rtc?{query}", open_timeout=PATIENCE_SECONDS)
    except websockets.InvalidStatus as error:
        raise PermissionError(error.response.status_code) from error
    async with connection, asyncio.TaskGroup() as tasks:
        guest = Guest(connection)
        listening = tasks.create_task(guest.listen())
        await guest.until(lambda one: one.me.sid != "")
        yield guest
        listening.cancel()
