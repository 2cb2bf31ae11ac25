"""Stands between Playwright and Debian's Firefox: `python -m tests.live.firefox_relay <what Firefox is told>`.

Playwright drives Firefox over WebDriver BiDi, and at first always says a word that this Firefox does not know yet: how
pages are to look (light or dark), which no scene minds. It is answered here; everything else is passed on as it is.
"""

import asyncio
import json
import re
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from functools import partial
from typing import Final

from websockets.asyncio.client import ClientConnection, connect
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosedError

FIREFOX: Final = "/usr/bin/firefox-esr"
LISTENS: Final = re.compile(r"WebDriver BiDi listening on (ws://\S+)")
NOT_KNOWN: Final = frozenset({"emulation.setMediaFeaturesOverride"})

Connection = ClientConnection | ServerConnection


async def said(connection: Connection) -> AsyncIterator[str]:
    """Yield what comes until the connection ends, however it does."""
    try:
        async for message in connection:
            yield str(message)
    except ConnectionClosedError:
        return


async def ask(playwright: ServerConnection, firefox: ClientConnection) -> None:
    """Pass on what Playwright asks."""
    async for message in said(playwright):
        word = json.loads(message)
        if word["method"] in NOT_KNOWN:
            await playwright.send(json.dumps({"type": "success", "id": word["id"], "result": {}}))
        else:
            await firefox.send(message)
    await firefox.close()


async def relay(address: str, playwright: ServerConnection) -> None:
    """Pass on both ways until either ends."""
    path = playwright.request.path if playwright.request else ""
    async with connect(address + path, proxy=None, max_size=None) as firefox, asyncio.TaskGroup() as tasks:
        asking = tasks.create_task(ask(playwright, firefox))
        async for message in said(firefox):
            await playwright.send(message)
        asking.cancel()


async def main(*told: str) -> int:
    """Start Firefox, and say in its place where it listens; return how it ended."""
    firefox = await asyncio.create_subprocess_exec(FIREFOX, *told, stderr=asyncio.subprocess.PIPE)
    assert firefox.stderr is not None
    async with AsyncExitStack() as running:
        async for line in firefox.stderr:
            text = line.decode(errors="replace")
            if found := LISTENS.search(text):
                listening = await running.enter_async_context(
                    serve(partial(relay, found[1]), "127.0.0.1", 0, max_size=None)
                )
                port = listening.sockets[0].getsockname()[1]
                text = f"WebDriver BiDi listening on ws://127.0.0.1:{port}\n"
            sys.stderr.write(text)
            sys.stderr.flush()
        return await firefox.wait()


if __name__ == "__main__":
    sys.exit(asyncio.run(main(*sys.argv[1:])))
