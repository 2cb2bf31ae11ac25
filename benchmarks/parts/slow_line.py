"""A slow line: passes on what comes over TCP, every byte as late as on a line with that round trip."""

import asyncio
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Final
from urllib.parse import urlsplit

LOOPBACK: Final = "127.0.0.1"
AT_ONCE: Final = 1 << 16
APART: Final = 1e-6
"""What comes in one moment leaves in its order."""


async def _passed(comes: StreamReader, leaves: StreamWriter, seconds: float, opens: float) -> None:
    """Pass on one direction until it ends; nothing sets out before the line `opens`."""
    loop = asyncio.get_running_loop()
    sets_out = opens
    with suppress(ConnectionError):
        while data := await comes.read(AT_ONCE):
            sets_out = max(loop.time(), sets_out + APART)
            loop.call_at(sets_out + seconds, leaves.write, data)
    loop.call_at(max(loop.time(), sets_out) + seconds + APART, leaves.close)


@asynccontextmanager
async def slow_line(server: str, round_trip: float) -> AsyncIterator[str]:
    """Yield the address of a way to `server`, on loopback, whose round trip takes so many seconds."""
    port = urlsplit(server).port

    async def taken(comes: StreamReader, leaves: StreamWriter) -> None:
        # To open a connection takes a round trip too; here the near end believes at once that it is open.
        opens = asyncio.get_running_loop().time() + round_trip
        there_comes, there_leaves = await asyncio.open_connection(LOOPBACK, port)
        async with asyncio.TaskGroup() as both:
            both.create_task(_passed(comes, there_leaves, round_trip / 2, opens))
            both.create_task(_passed(there_comes, leaves, round_trip / 2, 0.0))

    listener = await asyncio.start_server(taken, LOOPBACK, 0)
    async with listener:
        yield f"http://{LOOPBACK}:{listener.sockets[0].getsockname()[1]}"
