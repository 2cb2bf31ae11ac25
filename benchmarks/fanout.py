"""`fanout`: events a second, each to 200 sockets, against a bare Starlette endpoint that sends the same bytes.

Ours goes the whole way of the product from the commit on: outbox, fanout, one task and one queue a socket, the check
of numbers. Both run under uvicorn as `visavis serve` sets it up, each in a process of its own on the first core; the
ears are in this process, on the second.
"""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any, Final

import httpx
import psutil

from benchmarks.parts.ears import Tally, listening
from benchmarks.parts.events import MARK
from benchmarks.parts.figure import compared
from benchmarks.parts.trials import Arm, ended_within, in_turn, pin, wanted

LOOPBACK: Final = "127.0.0.1"
EVENTS: Final = 500
TRIALS: Final = 9
BURST_SECONDS: Final = 60.0
STOP_SECONDS: Final = 20.0


@asynccontextmanager
async def audience(server: str) -> AsyncIterator[Arm[float]]:
    """Start a server, connect everybody to it, and yield what measures one burst, in events a second."""
    async with _started(server) as told:
        tally = Tally(MARK)
        address = LOOPBACK, int(told["port"])
        ears = [await listening(tally, address, told["path"], hello) for hello in told["hellos"]]

        async def burst() -> float:
            tally.expect(EVENTS * len(ears))
            async with httpx.AsyncClient(base_url=f"http://{LOOPBACK}:{address[1]}", timeout=BURST_SECONDS) as http:
                (await http.post(f"/burst/{EVENTS}")).raise_for_status()
            return round(EVENTS / await tally.seconds(), 1)

        try:
            yield burst
        finally:
            for ear in ears:
                ear.abort()


@asynccontextmanager
async def _started(server: str) -> AsyncIterator[dict[str, Any]]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", f"benchmarks.parts.{server}", stdout=asyncio.subprocess.PIPE, limit=1 << 20
    )
    try:
        if process.stdout is None:
            msg = "the server has no output"
            raise RuntimeError(msg)
        told = dict(json.loads(await process.stdout.readline()))
        pin([psutil.Process(process.pid)], 0)
        yield told
    finally:
        if process.returncode is None:
            process.terminate()
        await asyncio.wait_for(process.wait(), STOP_SECONDS)


async def main() -> None:
    """Print the figure."""
    pin([psutil.Process()], 1)
    async with AsyncExitStack() as stack:
        arms = {server: await stack.enter_async_context(audience(server)) for server in ("ours", "bare")}
        rates = await in_turn(arms, wanted(TRIALS))
    compared("fanout", rates["ours"], rates["bare"], unit="events/s").print()


if __name__ == "__main__":
    ended_within(10, main)
