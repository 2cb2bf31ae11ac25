"""The gate's sockets: whoever may pass is connected with the media engine's signalling, message by message.

    browser ──▶ which address? ──▶ token ──▶ policy ──▶ engine ──▶ policy again ──▶ both ways until one closes
                   └─ 404            └────── 403 ─┘        └─ as the engine says      └─ 403

The policy is asked again when the engine has taken the guest in: a phase that moves in between either is seen then, or
finds the guest in the engine's list and puts them out. Whatever the engine can be asked besides is not behind this door.
"""

import asyncio
import http.client
import json
import logging
import socket
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from http import HTTPStatus
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit

import structlog
from typing_extensions import override
from websockets.asyncio.client import ClientConnection, connect
from websockets.asyncio.connection import Connection
from websockets.asyncio.server import ServerConnection, serve
from websockets.datastructures import Headers
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidStatus
from websockets.http11 import Request, Response

from visavis.kernel.errors import TABLE, Code, OutageError, RefusedError, VisavisError, problem
from visavis.rooms.gate import Claim, Gate
from visavis.rooms.gate_orders import GatePlan

JOINS: Final = frozenset({"/rtc", "/rtc/v1"})
VALIDATIONS: Final = frozenset({f"{join}/validate" for join in JOINS})
TOKEN: Final = "access_token"  # noqa: S105 - the name of a parameter
WORDS: Final = frozenset(
    {
        "adaptive_stream",
        "auto_subscribe",
        "auto_subscribe_data_track",
        "browser",
        "browser_version",
        "client_protocol",
        "device_model",
        "disable_ice_lite",
        "join_request",
        "network",
        "os",
        "os_version",
        "protocol",
        "reconnect",
        "reconnect_reason",
        "sdk",
        "sid",
        "subscriber_allow_pause",
        "version",
    }
)
"""What a client may say of itself. Not `publish`: it joins a second time, under a name that is nobody's.

Source: rtcservice.go and utils.go of livekit-server 1.13.5."""

JOIN_SECONDS: Final = 20
ENGINE_SECONDS: Final = 10
FAREWELL_SECONDS: Final = 2
LARGEST_MESSAGE: Final = 1024 * 1024
LOST: Final = frozenset({None, 1006, 1015})  # RFC 6455 §7.4.1: a connection that ended without a farewell
NO_STATUS: Final = 1005
NORMAL: Final = 1000

log = structlog.get_logger("visavis.gate")


class Guest(ServerConnection):
    """A browser's connection, and the engine's side of it: that one never outlives this one for long."""

    line: ClientConnection | None = None

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        """End the engine's side too, if a handshake came to nothing or an engine takes no farewell."""
        super().connection_lost(exc)
        if self.line is not None:
            patience = 0 if self.close_code in LOST else FAREWELL_SECONDS
            self.loop.call_later(patience, self.line.transport.abort)


class Door:
    """Answers one connection after another."""

    def __init__(self, gate: Gate, engine: str) -> None:
        """Take who is asked, and the HTTP address of the engine."""
        self._gate = gate
        self._engine = engine

    async def look(self, guest: ServerConnection, request: Request) -> Response | None:
        """Answer a request, or return None when the guest is connected with the engine."""
        path, _, query = request.path.partition("?")
        upgrades = request.headers.get("Upgrade", "").lower() == "websocket"
        if path not in VALIDATIONS and not (path in JOINS and upgrades):
            return _refusal(RefusedError(Code.NOT_FOUND))
        said = parse_qsl(query, keep_blank_values=True)
        claim = None
        try:
            claim = self._gate.claim(_only([value for name, value in said if name == TOKEN]))
            await self._gate.check(claim)
            onward = f"{path}?{urlencode([(name, value) for name, value in said if name in WORDS])}"
            if path in VALIDATIONS:
                return await asyncio.to_thread(_asked, self._engine, onward, claim)
            return await self._pass(guest, onward, claim, request.headers.get("User-Agent"))
        except VisavisError as error:
            _told(error, claim)
            return _refusal(error)

    async def stay(self, guest: ServerConnection) -> None:
        """Carry messages both ways until one side closes."""
        if not isinstance(guest, Guest) or guest.line is None:
            return
        async with asyncio.TaskGroup() as both:
            both.create_task(_carry(guest, guest.line))
            both.create_task(_carry(guest.line, guest))

    async def _pass(self, guest: ServerConnection, onward: str, claim: Claim, browser: str | None) -> Response | None:
        """Connect a guest with the engine; the engine's own refusal is passed on as it is."""
        try:
            line = await connect(
                f"{self._engine.replace('http', 'ws', 1)}{onward}",
                additional_headers=_bearer(claim),
                user_agent_header=browser,
                compression=None,
                proxy=None,
                open_timeout=ENGINE_SECONDS,
                close_timeout=FAREWELL_SECONDS,
                ping_interval=None,
                max_size=None,
            )
        except InvalidStatus as refused:
            return _answer(refused.response.status_code, bytes(refused.response.body or b""), "text/plain")
        except (OSError, TimeoutError, InvalidHandshake) as error:
            raise OutageError(Code.SFU_UNAVAILABLE) from error
        try:
            await self._gate.check(claim)
        except VisavisError:
            line.transport.abort()
            raise
        if isinstance(guest, Guest):
            guest.line = line
        if guest.transport.is_closing():
            line.transport.abort()
        return None


@asynccontextmanager
async def opened(gate: Gate, plan: GatePlan, door_socket: socket.socket) -> AsyncIterator[None]:
    """Take connections on a listening socket until the block ends."""
    door = Door(gate, plan.engine)
    wire = logging.getLogger("visavis.gate.wire")
    wire.addFilter(lambda record: record.msg != "opening handshake failed")  # whoever scans ports fills no log
    wire.setLevel(logging.WARNING)  # below that it writes addresses, with their tokens
    async with serve(
        door.stay,
        sock=door_socket,
        process_request=door.look,
        create_connection=Guest,
        compression=None,
        server_header=None,
        open_timeout=JOIN_SECONDS,
        close_timeout=FAREWELL_SECONDS,
        max_size=LARGEST_MESSAGE,
        logger=wire,
        ssl=_tls(plan),
    ):
        yield


def _tls(plan: GatePlan) -> ssl.SSLContext | None:
    if plan.certificate is None:
        return None
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(plan.certificate, plan.certificate_key)
    context.set_alpn_protocols(["http/1.1"])
    return context


def _only(tokens: list[str]) -> str:
    """Return the one token; of two, we might check the first and the engine believe the second."""
    match tokens:
        case [token]:
            return token
        case _:
            raise RefusedError(Code.TICKET_REFUSED)


def _bearer(claim: Claim) -> dict[str, str]:
    # As a header it is the one that the engine believes, before any parameter.
    return {"Authorization": f"Bearer {claim.token}"}


async def _carry(source: Connection, target: Connection) -> None:
    """Carry messages one way. Each is sent before the next is read, so that a slow reader slows the sender."""
    try:
        async for message in source:
            await target.send(message)
    except ConnectionClosed:
        pass
    if source.close_code in LOST:
        target.transport.abort()
    else:
        code = NORMAL if source.close_code == NO_STATUS else source.close_code
        await target.close(code or NORMAL, source.close_reason or "")


def _asked(engine: str, onward: str, claim: Claim) -> Response:
    """Ask the engine why a join failed, as its client does. Blocks: called in a thread."""
    connection = http.client.HTTPConnection(urlsplit(engine).netloc, timeout=ENGINE_SECONDS)
    try:
        connection.request("GET", onward, headers=_bearer(claim))
        answer = connection.getresponse()
        return _answer(answer.status, answer.read(LARGEST_MESSAGE), "text/plain")
    except (OSError, http.client.HTTPException) as error:
        raise OutageError(Code.SFU_UNAVAILABLE) from error
    finally:
        connection.close()


def _told(error: VisavisError, claim: Claim | None) -> None:
    """Log a refusal or an outage, once. The room and the identity are told only when the signature was ours."""
    words = {} if claim is None else {"room": claim.room.name, "identity": claim.identity}
    if isinstance(error, OutageError):
        log.error("outage", code=error.code.value, reason=type(error.__cause__).__name__, **words)
    else:
        log.info("refused", code=error.code.value, **words)


def _refusal(error: VisavisError) -> Response:
    return _answer(TABLE[error.code].status, json.dumps(problem(error)).encode(), "application/problem+json")


def _answer(status: int, body: bytes, media_type: str) -> Response:
    headers = Headers(
        {
            "Content-Type": media_type,
            "Content-Length": str(len(body)),
            "Cache-Control": "no-store",
            "Connection": "close",
            # The page is of another origin, and its library reads why a join failed. Nothing here is secret.
            "Access-Control-Allow-Origin": "*",
        }
    )
    return Response(status, HTTPStatus(status).phrase, headers, body)
