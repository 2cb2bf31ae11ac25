"""`python -m visavis.robots`: reads what `visavis demo --json` prints from standard input and plays until that ends."""

import asyncio
import json
import sys
from typing import Any

from visavis.robots.troupe import perform


async def _until_input_ends() -> None:
    """Return when whoever started us is gone: then standard input ends."""
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    await reader.read()


async def main() -> None:
    """Play until standard input ends."""
    told: dict[str, Any] = json.loads(sys.stdin.readline())
    async with asyncio.TaskGroup() as tasks:
        playing = tasks.create_task(perform(told))
        await _until_input_ends()
        playing.cancel()


if __name__ == "__main__":
    asyncio.run(main())
