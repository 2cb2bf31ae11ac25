"""The product as somebody starts it: `visavis demo`, a process of its own, with its SFU, on free ports."""

import asyncio
import json
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from tests.live.until import PATIENCE_SECONDS


@dataclass(frozen=True, slots=True)
class Hall:
    """A running demonstration: its address, and a link for every seat."""

    origin: str
    summit: str
    meeting: str
    seats: tuple[dict[str, Any], ...]
    process: asyncio.subprocess.Process

    def link(self, party: str, role: str, place: int = 0) -> str:
        """Return the link of the `place`-th seat of a role in a party."""
        found = [seat["link"] for seat in self.seats if (seat["party"], seat["role"]) == (party, role)]
        return str(found[place])


@asynccontextmanager
async def open_hall(*options: str) -> AsyncIterator[Hall]:
    """Start the demonstration with `options`; end it as Ctrl-C would."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "visavis", "demo", "--json", "--port", "0", *options),
        stdout=asyncio.subprocess.PIPE,
    )
    try:
        told = await asyncio.wait_for(_first_object(process), PATIENCE_SECONDS)
        yield Hall(told["origin"], told["summit"], told["meeting"], tuple(told["seats"]), process)
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGINT)
        await asyncio.wait_for(process.wait(), PATIENCE_SECONDS)


async def _first_object(process: asyncio.subprocess.Process) -> dict[str, Any]:
    if process.stdout is None:
        msg = "the demonstration has no output"
        raise RuntimeError(msg)
    text = ""
    while line := await process.stdout.readline():
        text += line.decode()
        try:
            return dict(json.loads(text))
        except json.JSONDecodeError:
            continue
    msg = f"the demonstration ended with {await process.wait()}"
    raise RuntimeError(msg)
