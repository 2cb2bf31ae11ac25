"""Many WebSockets that only count what they are told: so little work that the server, not they, sets the pace.

They offer no compression, parse no events and answer no ping; that is all a client of RFC 6455 needs here.
"""

import asyncio
import json
import time
from functools import partial
from typing import Any, Final

from typing_extensions import override

UPGRADE: Final = (
    "GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)
SHORT, LONG = 126, 127  # marks of a longer length (RFC 6455 §5.2)


class Tally:
    """How many events all ears have heard, and when the first and the last."""

    def __init__(self, mark: bytes) -> None:
        self.mark = mark
        self._wanted = self._heard = 0
        self._first = 0.0
        self._all: asyncio.Future[float]
        self.expect(0)

    def expect(self, events: int) -> None:
        """Begin to count anew."""
        self._wanted, self._heard, self._first = events, 0, 0.0
        self._all = asyncio.get_running_loop().create_future()

    def hear(self, events: int) -> None:
        """Count events."""
        self._first = self._first or time.perf_counter()
        self._heard += events
        if self._heard >= self._wanted and not self._all.done():
            self._all.set_result(time.perf_counter() - self._first)

    def lose(self) -> None:
        """Say that an ear was closed: then what it misses would be counted as speed."""
        if not self._all.done():
            self._all.set_exception(RuntimeError(f"a socket was closed after {self._heard} events"))

    async def seconds(self) -> float:
        """Return the time from the first event heard to the last."""
        return await self._all


class Ear(asyncio.Protocol):
    """One socket: it waits for the upgrade, then for the first message, then counts."""

    def __init__(self, tally: Tally) -> None:
        loop = asyncio.get_running_loop()
        self.upgraded: asyncio.Future[None] = loop.create_future()
        """Done when the server speaks WebSocket."""
        self.ready: asyncio.Future[None] = loop.create_future()
        """Done when the server has answered the hello: from then on it sends events."""
        self._tally = tally
        self._head = b""
        self._tail = b""

    @override
    def data_received(self, data: bytes) -> None:
        if self.ready.done():
            self._count(data)
            return
        self._head += data
        if not self.upgraded.done():
            answer, end, self._head = self._head.partition(b"\r\n\r\n")
            if not end or b" 101 " not in answer:
                self.upgraded.set_exception(RuntimeError(f"no upgrade: {answer!r}"))
                return
            self.upgraded.set_result(None)
        length = first_frame(self._head)
        if length is not None and len(self._head) >= length:
            self.ready.set_result(None)
            self._count(self._head[length:])

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        self._tally.lose()

    def _count(self, data: bytes) -> None:
        # A mark may be cut in two by the network.
        seen = self._tail + data
        self._tail = seen[1 - len(self._tally.mark) :]
        if events := seen.count(self._tally.mark):
            self._tally.hear(events)


async def listening(tally: Tally, address: tuple[str, int], path: str, hello: dict[str, Any]) -> asyncio.Transport:
    """Return a connection that counts in `tally` what it is told; the server has answered its hello."""
    transport, ear = await asyncio.get_running_loop().create_connection(partial(Ear, tally), *address)
    transport.write(UPGRADE.format(path=path).encode())
    await ear.upgraded
    transport.write(frame(json.dumps(hello).encode()))
    await ear.ready
    return transport


def frame(payload: bytes) -> bytes:
    """Return a text frame from a client, masked with zeros (RFC 6455 §5.2)."""
    length = bytes([0x80 | len(payload)]) if len(payload) < SHORT else b"\xfe" + len(payload).to_bytes(2, "big")
    return b"\x81" + length + bytes(4) + payload


def first_frame(received: bytes) -> int | None:
    """Return how many bytes the first frame from the server takes, None while that cannot be told."""
    head = {SHORT: 4, LONG: 10}
    if len(received) < 2:  # noqa: PLR2004 - the shortest head
        return None
    length = received[1] & 0x7F
    if length not in head:
        return 2 + length
    end = head[length]
    return None if len(received) < end else end + int.from_bytes(received[2:end], "big")
