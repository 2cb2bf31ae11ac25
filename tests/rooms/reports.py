"""Listens where a LiveKit child sends its reports."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from aiohttp import web

Take = Callable[[bytes, str], Awaitable[None]]


@asynccontextmanager
async def listening(url: str, take: Take) -> AsyncIterator[None]:
    """Give the body and the authorization of every report that comes to `url` to `take`."""

    async def answer(request: web.Request) -> web.Response:
        await take(await request.read(), request.headers.get("Authorization", ""))
        return web.Response(status=204)

    application = web.Application()
    application.router.add_post("/{path:.*}", answer)
    runner = web.AppRunner(application)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", urlsplit(url).port).start()
    try:
        yield
    finally:
        await runner.cleanup()
