"""Stands where browsers believe their server and its SFU to be, and carries what they say: HTTP, events, signalling.

browser ──▶ /api, pages ──▶ server          media goes by UDP between browser and SFU, past this host
        ──▶ /rtc        ──▶ SFU
 server ──▶ /twirp      ──▶ SFU
"""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Final, TypeVar

import aiohttp
import jwt
from aiohttp import web
from livekit.protocol import rtc

from tests.live.host.script import Answer, Asked, Message, Script

LARGEST: Final = 4 * 1024 * 1024
AWAY: Final = 1001
BAD_GATEWAY: Final = 502
GONE: Final = frozenset({None, 1005, 1006, 1015})  # RFC 6455 §7.4.1: not to be sent
HOP: Final = frozenset({"connection", "content-length", "date", "host", "server", "transfer-encoding", "upgrade"})

M = TypeVar("M")
Upstream = aiohttp.ClientWebSocketResponse
Browser = web.WebSocketResponse


@dataclass(slots=True)
class Host:
    """A host between browsers and what it runs for them."""

    port: int
    script: Script = field(default_factory=Script)
    server: str = ""
    sfu: str = ""
    told: list[tuple[str, Message]] = field(default_factory=list)
    """What the server told on sockets of events, before it was edited, the oldest first."""
    _lines: dict[str, Browser] = field(default_factory=dict)
    _feeds: dict[str, Browser] = field(default_factory=dict)
    _challenged: dict[str, str] = field(default_factory=dict)
    _sessions: dict[str, str] = field(default_factory=dict)
    _http: aiohttp.ClientSession | None = None

    @property
    def origin(self) -> str:
        """Where browsers find the server."""
        return f"http://localhost:{self.port}"

    @property
    def signalling(self) -> str:
        """Where browsers find the SFU."""
        return f"ws://localhost:{self.port}"

    async def tell(self, who: str, said: rtc.SignalResponse) -> None:
        """Say something to a browser in the SFU's name."""
        await self._lines[who].send_bytes(said.SerializeToString())

    async def announce(self, who: str, message: Message) -> None:
        """Say something to a browser on its socket of events, in the server's name."""
        await self._feeds[who].send_str(json.dumps(message))

    async def cut(self, who: str) -> None:
        """End a browser's signalling without a farewell of the SFU's."""
        await self._lines.pop(who).close(code=AWAY)

    async def cut_events(self, who: str) -> None:
        """End a browser's socket of events; it comes back."""
        await self._feeds.pop(who).close(code=AWAY)

    async def pass_on(self, request: web.Request) -> web.StreamResponse:
        """Carry one request, or one socket for as long as it lasts."""
        if request.headers.get("Upgrade", "").lower() != "websocket":
            return await self._answered(request)
        target = self._behind(request.path)
        headers = {name: value for name, value in request.headers.items() if name in {"Origin", "Authorization"}}
        try:
            upstream = await self._client().ws_connect(
                f"{target}{request.path_qs}", headers=headers, max_msg_size=LARGEST
            )
        except aiohttp.WSServerHandshakeError as refused:
            return web.Response(status=refused.status, headers={"Access-Control-Allow-Origin": "*"})
        except aiohttp.ClientConnectionError:
            return web.Response(status=BAD_GATEWAY)
        browser = Browser(max_msg_size=LARGEST)
        await browser.prepare(request)
        if target == self.sfu:
            await self._signal(_sub(request.query["access_token"]), browser, upstream)
        else:
            await self._feed(browser, upstream)
        return browser

    def _behind(self, path: str) -> str:
        return self.sfu if path.startswith(("/rtc", "/twirp")) else self.server

    def _client(self) -> aiohttp.ClientSession:
        if self._http is None:
            self._http = aiohttp.ClientSession(auto_decompress=False)
        return self._http

    async def close(self) -> None:
        """End every line to what stands behind."""
        if self._http is not None:
            await self._http.close()

    # ---- HTTP

    async def _answered(self, request: web.Request) -> web.Response:
        bearer = request.headers.get("Authorization", "").removeprefix("Bearer ")
        asked = Asked(self._sessions.get(bearer, ""), request.method, request.path, await request.read())
        taken = next((answer for take in self.script.takes if (answer := take(asked)) is not None), None)
        answer = taken if taken is not None else await self._asked(request, asked)
        for edit in self.script.answers:
            answer = edit(asked, answer)
        self._note(asked, answer)
        return web.Response(status=answer.status, body=answer.body, headers=answer.headers)

    async def _asked(self, request: web.Request, asked: Asked) -> Answer:
        target = self._behind(asked.path)
        headers = {name: value for name, value in request.headers.items() if name.lower() not in HOP}
        call = self._client().request(
            asked.method, f"{target}{request.path_qs}", data=asked.body, headers=headers, allow_redirects=False
        )
        try:
            async with call as came:
                kept = {name: value for name, value in came.headers.items() if name.lower() not in HOP}
                return Answer(came.status, await came.read(), kept)
        except aiohttp.ClientConnectionError:
            return Answer(BAD_GATEWAY, b"")

    def _note(self, asked: Asked, answer: Answer) -> None:
        """Remember whose session is whose, as any host can."""
        match (asked.method, asked.path, answer.status):
            case ("POST", "/api/challenges", 200):
                self._challenged[answer.words()["challenge"]] = asked.words()["identity"]
            case ("POST", "/api/sessions", 201):
                self._sessions[answer.words()["session"]] = self._challenged[asked.words()["challenge"]]
            case _:
                pass

    # ---- sockets

    async def _signal(self, who: str, browser: Browser, upstream: Upstream) -> None:
        self._lines[who] = browser

        async def outward() -> None:
            async for message in browser:
                asked = _edited(self.script.requests, who, rtc.SignalRequest.FromString(message.data))
                if asked is not None:
                    await upstream.send_bytes(asked.SerializeToString())
            await upstream.close(code=_code(browser.close_code))

        async def inward() -> None:
            async for message in upstream:
                edited = _edited(self.script.signals, who, rtc.SignalResponse.FromString(message.data))
                if edited is not None and not browser.closed:
                    await browser.send_bytes(edited.SerializeToString())
            await browser.close(code=_code(upstream.close_code))

        await asyncio.gather(outward(), inward())

    async def _feed(self, browser: Browser, upstream: Upstream) -> None:
        hello = await browser.receive_str()
        who = self._sessions.get(json.loads(hello)["hello"]["session"], "")
        self._feeds[who] = browser
        await upstream.send_str(hello)

        async def outward() -> None:
            async for message in browser:
                await upstream.send_str(message.data)
            await upstream.close(code=_code(browser.close_code))

        async def inward() -> None:
            async for message in upstream:
                told: Message = json.loads(message.data)
                self.told.append((who, told))
                edited = _edited(self.script.events, who, json.loads(message.data))
                if edited is not None and not browser.closed:
                    await browser.send_str(json.dumps(edited))
            await browser.close(code=_code(upstream.close_code))

        await asyncio.gather(outward(), inward())


@asynccontextmanager
async def hosting() -> AsyncIterator[Host]:
    """Yield a host on a free port; say what stands behind it before anybody comes."""
    app = web.Application(client_max_size=LARGEST)
    runner = web.AppRunner(app, shutdown_timeout=1, access_log=None)
    host = Host(0)
    app.router.add_route("*", "/{path:.*}", host.pass_on)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host.port = runner.addresses[0][1]
    try:
        yield host
    finally:
        await runner.cleanup()
        await host.close()


def _edited(edits: list[Callable[[str, M], M | None]], who: str, passing: M) -> M | None:
    left: M | None = passing
    for edit in edits:
        if left is None:
            return None
        left = edit(who, left)
    return left


def _code(code: int | None) -> int:
    return AWAY if code is None or code in GONE else code


def _sub(token: str) -> str:
    return str(jwt.decode(token, options={"verify_signature": False})["sub"])
