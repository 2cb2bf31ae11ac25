"""A gate on a free port, in this process, and an engine of our own behind it where LiveKit would be too polite."""

import asyncio
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import httpx
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response

from tests.live.until import PATIENCE_SECONDS
from visavis.demo.ports import free_ports
from visavis.kernel.chance import SystemChance
from visavis.kernel.secret import Secret
from visavis.rooms.gate import Gate
from visavis.rooms.gate_door import opened
from visavis.rooms.gate_orders import GatePlan
from visavis.rooms.sfu_config import SfuKeys
from visavis.storage.database import Database

# Read once: a client without it reads all authorities of this machine anew, though nothing here is asked over TLS.
TRUST = ssl.create_default_context()


def a_plan(engine: str, keys: SfuKeys, database: str = "sqlite://") -> GatePlan:
    """Return a plan on a free port."""
    (port,) = free_ports(SystemChance(), socket.SOCK_STREAM, 1)
    return GatePlan("127.0.0.1", port, engine, Secret(database), keys)


@asynccontextmanager
async def gated(database: Database, engine: str, keys: SfuKeys) -> AsyncIterator[str]:
    """Yield the WebSocket address of a gate before `engine`."""
    plan = a_plan(engine, keys)
    with socket.create_server((plan.host, plan.port)) as door:
        async with opened(Gate(database, keys), plan, door):
            yield plan.url.replace("http", "ws", 1)


async def asked(url: str, path: str, **said: str | list[str]) -> httpx.Response:
    """Ask a gate over HTTP."""
    async with httpx.AsyncClient(base_url=url.replace("ws", "http", 1), timeout=PATIENCE_SECONDS, verify=TRUST) as http:
        return await http.get(path, params=said)


@dataclass(slots=True)
class Puppet:
    """An engine that does what a test says, and remembers who came and how they left."""

    meanwhile: Callable[[], Awaitable[None]] | None = None
    behave: Callable[[ServerConnection], Awaitable[None]] | None = None
    came: list[Request] = field(default_factory=list)
    left: asyncio.Queue[tuple[int | None, str | None]] = field(default_factory=asyncio.Queue)

    async def admit(self, _guest: ServerConnection, request: Request) -> Response | None:
        """Take note of a join."""
        self.came.append(request)
        if self.meanwhile is not None:
            await self.meanwhile()
        return None

    async def stay(self, guest: ServerConnection) -> None:
        """Echo, or do what the test says, until the other side ends it."""
        if self.behave is not None:
            await self.behave(guest)
        else:
            with suppress(ConnectionClosed):
                async for message in guest:
                    await guest.send(message)
        await guest.wait_closed()
        self.left.put_nowait((guest.close_code, guest.close_reason))


@asynccontextmanager
async def puppet() -> AsyncIterator[tuple[Puppet, str]]:
    """Yield such an engine and its HTTP address."""
    (port,) = free_ports(SystemChance(), socket.SOCK_STREAM, 1)
    url = f"http://127.0.0.1:{port}"
    played = Puppet()
    async with serve(
        played.stay,
        "127.0.0.1",
        urlsplit(url).port,
        process_request=played.admit,
        compression=None,
        close_timeout=1,
        max_size=None,
    ):
        yield played, url
