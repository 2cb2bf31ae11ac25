"""A road between browsers and the media engine on which packets get lost: by a seeded draw, towards the browser alone.

browser ◀── relay ◀── media engine        a share of these is dropped once it is told to be
        ──▶       ──▶                     these all arrive

Signalling is carried by the host of the scenes, who tells each browser that the media engine is where its relay is.
"""

import asyncio
import random
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Final

from livekit.protocol import rtc
from typing_extensions import override

from tests.live.host.host import Host, hosting
from tests.live.operated import LOOPBACK

Address = tuple[str, int]

LINE_END: Final = "\r\n"


class _Inward(asyncio.DatagramProtocol):
    """One browser's way to the media engine and back."""

    def __init__(self, relay: "Relay", browser: Address) -> None:
        self._relay = relay
        self._browser = browser

    @override
    def datagram_received(self, data: bytes, addr: Address) -> None:
        self._relay.back(data, self._browser)


class Relay(asyncio.DatagramProtocol):
    """Carries datagrams between browsers and one address; `loss`, of 1, of what comes back is dropped."""

    def __init__(self, engine: Address, seed: int) -> None:
        """Take where the media engine is, and what the draw begins with."""
        self.loss = 0.0
        self.carried = self.dropped = 0
        self._engine = engine
        self._chance = random.Random(seed)  # noqa: S311 - lost packets, not secrecy
        self._door: asyncio.DatagramTransport | None = None
        self._ways: dict[Address, asyncio.Task[asyncio.DatagramTransport]] = {}

    @property
    def port(self) -> int:
        """Where browsers find it."""
        return 0 if self._door is None else int(self._door.get_extra_info("sockname")[1])

    async def open(self) -> None:
        """Take a free port."""
        self._door, _ = await asyncio.get_running_loop().create_datagram_endpoint(
            lambda: self, local_addr=(LOOPBACK, 0)
        )

    def close(self) -> None:
        """Give every port back."""
        for way in self._ways.values():
            way.add_done_callback(lambda done: done.result().close())
        if self._door is not None:
            self._door.close()

    @override
    def datagram_received(self, data: bytes, addr: Address) -> None:
        way = self._ways.get(addr)
        if way is None:
            self._ways[addr] = way = asyncio.get_running_loop().create_task(self._way(addr))
        way.add_done_callback(lambda done: done.result().sendto(data))

    async def _way(self, browser: Address) -> asyncio.DatagramTransport:
        made, _ = await asyncio.get_running_loop().create_datagram_endpoint(
            lambda: _Inward(self, browser), remote_addr=self._engine
        )
        return made

    def back(self, data: bytes, browser: Address) -> None:
        """Send to a browser what the media engine sends, or lose it."""
        self.carried += 1
        if self._chance.random() < self.loss:
            self.dropped += 1
        elif self._door is not None:
            self._door.sendto(data, browser)


@dataclass(frozen=True, slots=True)
class Road:
    """Relays by the name of whoever takes them, and the host who leads them there."""

    host: Host
    media_port: int
    relays: Mapping[str, Relay]

    @property
    def url(self) -> str:
        """Where those who take a relay find signalling."""
        return self.host.signalling

    def led(self, who: str, said: rtc.SignalResponse) -> rtc.SignalResponse:
        """Tell a browser that the media engine is where its relay is."""
        kind = said.WhichOneof("message")
        if who in self.relays and kind in {"trickle", "answer", "offer"}:
            there, here = (f" {LOOPBACK} {port} " for port in (self.media_port, self.relays[who].port))
            if kind == "trickle":
                said.trickle.candidateInit = said.trickle.candidateInit.replace(there, here)
            else:
                one = said.answer if kind == "answer" else said.offer
                one.sdp = one.sdp.replace(there, here)
        return said

    def unseen(self, who: str, asked: rtc.SignalRequest) -> rtc.SignalRequest | None:
        """Keep a browser's own addresses from the media engine, which would find a way past the relay."""
        kind = asked.WhichOneof("message")
        if who not in self.relays or kind not in {"trickle", "answer", "offer"}:
            return asked
        if kind == "trickle":
            return None
        one = asked.answer if kind == "answer" else asked.offer
        one.sdp = LINE_END.join(line for line in one.sdp.split(LINE_END) if not line.startswith("a=candidate:"))
        return asked


@asynccontextmanager
async def roads(signalling: str, media_port: int, names: tuple[str, ...]) -> AsyncIterator[Road]:
    """Yield a road to the media engine at `signalling` for each of `names`, without loss to begin with."""
    async with AsyncExitStack() as stack:
        host = await stack.enter_async_context(hosting())
        host.sfu = signalling
        relays = {name: Relay((LOOPBACK, media_port), seed) for seed, name in enumerate(names, 1)}
        road = Road(host, media_port, relays)
        host.script.signals.append(road.led)
        host.script.requests.append(road.unseen)
        for relay in relays.values():
            await relay.open()
            stack.callback(relay.close)
        yield road
