"""One WebSocket for each client: hello, a snapshot or what was missed, then events; heartbeats in silence.

The protocol is docs/protocol.md §4. The client says hello and nothing more; whatever else it says ends the socket.
"""

import asyncio
from contextlib import suppress
from enum import IntEnum
from typing import Final, Never

import structlog
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.websockets import WebSocket, WebSocketDisconnect

from visavis.events.catalogue import Kind
from visavis.identity import sessions
from visavis.kernel.clock import Clock, written
from visavis.kernel.errors import Code, OutageError, RefusedError, VisavisError, problem
from visavis.kernel.ids import MeetingId
from visavis.kernel.secret import Secret
from visavis.realtime.fanout import Fanout, Listener, Parcel
from visavis.realtime.snapshot import said, start
from visavis.realtime.wake import Notices
from visavis.storage.database import Database

HELLO_SECONDS: Final = 5.0
HEARTBEAT_SECONDS: Final = 10.0
RECHECK_SECONDS: Final = 60.0
FAREWELL_SECONDS: Final = 2.0
HELLO_LIMIT: Final = 1024  # characters

log = structlog.get_logger("visavis.realtime")


class Close(IntEnum):
    """Why a socket is closed (RFC 6455 §7.4; ours are 44xx)."""

    TRY_AGAIN = 1013
    BAD_MESSAGE = 4400
    SESSION = 4401
    NOT_YOURS = 4403
    TAKEN_OVER = 4409


CLOSES: Final[dict[Code, Close]] = {
    Code.MESSAGE_BAD: Close.BAD_MESSAGE,
    Code.NOT_SIGNED_IN: Close.SESSION,
    Code.SESSION_EXPIRED: Close.SESSION,
    Code.DESCRIPTOR_EXPIRED: Close.SESSION,
    Code.TAKEN_OVER: Close.TAKEN_OVER,
}


class _Greeting(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    session: str = Field(max_length=200)
    after: int | None = Field(default=None, ge=0, le=2**53)


class _First(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    hello: _Greeting


class GoneError(Exception):
    """The client went away by itself."""


class Sockets:
    """Serves sockets; made once by `app.py`."""

    def __init__(self, database: Database, fanout: Fanout, notices: Notices, clock: Clock) -> None:
        self._database = database
        self._fanout = fanout
        self._notices = notices
        self._clock = clock

    async def serve(self, socket: WebSocket, meeting: MeetingId) -> None:
        """Serve one socket from its opening to its end."""
        await socket.accept()
        try:
            await self._converse(socket, meeting)
        except* (GoneError, WebSocketDisconnect):
            log.debug("socket left")
        except* VisavisError as troubles:
            await _farewell(socket, _first(troubles))

    async def _converse(self, socket: WebSocket, meeting: MeetingId) -> None:
        greeting = await _hello(socket)
        token = Secret(greeting.session)
        actor = await sessions.actor_for(self._database, token)
        await self._fanout.started.wait()
        listener = Listener(actor.member, meeting, actor.party)
        await self._notices.say_newer(actor.member)
        self._fanout.join(listener)
        try:
            # Looks again whether the member is revoked: what was told before the listener joined it did not hear.
            begun = await start(self._database, actor, meeting, greeting.after, self._clock.now())
            for text in begun.texts:
                await tell(socket, text)
            self._fanout.note_live(listener)
            await self._live(socket, listener, token, begun.number)
        finally:
            self._fanout.leave(listener)

    async def _live(self, socket: WebSocket, listener: Listener, token: Secret, number: int) -> None:
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._pump(socket, listener, token, number))
            tasks.create_task(_silence(socket))
            tasks.create_task(_ended(listener))
            tasks.create_task(self._recheck(token))

    async def _pump(self, socket: WebSocket, listener: Listener, token: Secret, number: int) -> Never:
        while True:
            for parcel in listener.taken():
                if parcel.number <= number:
                    continue
                await self._check_revoked(parcel, token)
                await tell(socket, parcel.text)
                number = parcel.number
            try:
                async with asyncio.timeout(HEARTBEAT_SECONDS):
                    await listener.some()
            except TimeoutError:
                # The listener's own last number: the newest of all would tell each party of events it may not know.
                await tell(
                    socket,
                    said(
                        "heartbeat",
                        {"number": number, "now": written(self._clock.now())},
                    ),
                )

    async def _check_revoked(self, parcel: Parcel, token: Secret) -> None:
        if parcel.kind == Kind.MEMBER_REVOKED:
            await sessions.actor_for(self._database, token)

    async def _recheck(self, token: Secret) -> Never:
        """Notice that a session has ended or expired."""
        while True:
            await asyncio.sleep(RECHECK_SECONDS)
            with suppress(OutageError):  # an outage of the database puts nobody out
                await sessions.actor_for(self._database, token)


async def tell(socket: WebSocket, text: str) -> None:
    """Send one message.

    Raises:
        GoneError: if the client vanished and the server has closed the socket already, which it says only by refusing.
    """
    try:
        await socket.send_text(text)
    except RuntimeError as error:
        raise GoneError from error


async def _hello(socket: WebSocket) -> _Greeting:
    try:
        async with asyncio.timeout(HELLO_SECONDS):
            message = await socket.receive()
    except TimeoutError:
        raise RefusedError(Code.MESSAGE_BAD) from None
    if message["type"] == "websocket.disconnect":
        raise GoneError
    text = message.get("text")
    if text is None or len(text) > HELLO_LIMIT:
        raise RefusedError(Code.MESSAGE_BAD)
    try:
        return _First.model_validate_json(text).hello
    except ValidationError:
        raise RefusedError(Code.MESSAGE_BAD) from None


async def _silence(socket: WebSocket) -> Never:
    """Wait for what the client must not say, or for its going."""
    message = await socket.receive()
    if message["type"] == "websocket.disconnect":
        raise GoneError
    raise RefusedError(Code.MESSAGE_BAD)


async def _ended(listener: Listener) -> Never:
    code = await listener.ending
    if code is None:
        raise OutageError(Code.TOO_MANY_REQUESTS)
    raise RefusedError(code)


def _first(troubles: BaseExceptionGroup[VisavisError]) -> VisavisError:
    first = troubles.exceptions[0]
    return _first(first) if isinstance(first, BaseExceptionGroup) else first


async def _farewell(socket: WebSocket, error: VisavisError) -> None:
    close = Close.TRY_AGAIN if isinstance(error, OutageError) else CLOSES.get(error.code, Close.NOT_YOURS)
    write = log.warning if isinstance(error, OutageError) else log.info
    write("socket ended", code=error.code.value, close=close.value)
    try:
        async with asyncio.timeout(FAREWELL_SECONDS):
            await socket.send_text(said("problem", problem(error)))
            await socket.close(close)
    except (TimeoutError, WebSocketDisconnect):
        return
