"""A real server on a free port, in the test's own loop, with a media engine in memory."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from tests.fakes.sfu import FakeSfu
from tests.live.until import PATIENCE_SECONDS
from visavis.app import Engine, build
from visavis.events.catalogue import Kind
from visavis.kernel.clock import Clock
from visavis.kernel.ids import MeetingId
from visavis.kernel.secret import Secret
from visavis.settings import Settings

TOKEN = "the publishing token of these tests"


def settings_for(database_url: str, folder: Path, **given: Any) -> Settings:  # noqa: ANN401
    """Return settings for a server of these tests."""
    return Settings(
        database_url=Secret(database_url),
        data_dir=folder,
        origin="https://summit.lenz.example",
        publish_token=Secret(TOKEN),
        **given,
    )


def built(database_url: str, folder: Path, clock: Clock, **given: Any) -> FastAPI:  # noqa: ANN401
    """Return an application of these tests."""
    return build(settings_for(database_url, folder, **given), Engine(FakeSfu(clock)), clock)


@asynccontextmanager
async def serving(app: FastAPI) -> AsyncIterator[int]:
    """Serve until the block ends; yield the port."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        config = uvicorn.Config(app, log_config=None, ws_per_message_deflate=False, timeout_graceful_shutdown=2)
        server = uvicorn.Server(config)
        server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
        async with asyncio.TaskGroup() as tasks:
            serves = tasks.create_task(server.serve(sockets=[listening]))
            async with asyncio.timeout(PATIENCE_SECONDS):
                while not server.started:  # noqa: ASYNC110 - uvicorn has no event for it
                    await asyncio.sleep(0.01)
            yield port
            server.should_exit = True
            await serves


class Client:
    """A client's socket, as the browser has it."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection

    async def say(self, message: object) -> None:
        """Send a message."""
        await self._connection.send(message if isinstance(message, str | bytes) else json.dumps(message))

    async def hear(self) -> dict[str, Any]:
        """Return the next message, but for who is connected: that is told at no moment of the test's choosing."""
        while True:
            heard = await self.hear_any()
            if heard.get("event", {}).get("kind") != Kind.CONNECTIONS_CHANGED:
                return heard

    async def hear_any(self) -> dict[str, Any]:
        """Return the next message."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            heard: dict[str, Any] = json.loads(await self._connection.recv())
        return heard

    async def end(self) -> int:
        """Wait for the end; return the code."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            try:
                while True:
                    await self._connection.recv()
            except ConnectionClosed as closed:
                return closed.rcvd.code if closed.rcvd else 1006


@asynccontextmanager
async def visiting(
    port: int, meeting: MeetingId, session: Secret | None = None, **greeting: object
) -> AsyncIterator[Client]:
    """Open a socket to a meeting; say hello if there is a session."""
    async with connect(
        f"ws://127.0.0.1:{port}/api/meetings/{meeting}/socket", proxy=None, max_queue=None
    ) as connection:
        client = Client(connection)
        if session is not None:
            await client.say({"hello": {"session": session.reveal(), **greeting}})
        yield client
