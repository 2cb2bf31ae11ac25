"""Where the child LiveKit reports to a server that speaks TLS: plain HTTP, on loopback, and nothing but reports.

LiveKit would have to trust our certificate and find us by its name. The reports are signed with the key that only the
two know, so that loopback takes nothing from them.
"""

import asyncio
import socket

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from visavis.api.problems import answer
from visavis.api.routes import WEBHOOK
from visavis.kernel.errors import Code, RefusedError


class ReportsOnly:
    """Lets reports through to the application."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        passed = self._app if scope["path"] == WEBHOOK else answer(RefusedError(Code.NOT_FOUND))
        await passed(scope, receive, send)


class ReportSlot:
    """A bound socket that takes reports while a server runs."""

    def __init__(self, door: socket.socket, app: ASGIApp) -> None:
        self._door = door
        self._config = uvicorn.Config(
            ReportsOnly(app), ws="none", lifespan="off", log_config=None, access_log=False, server_header=False
        )

    async def open(self, server: uvicorn.Server) -> asyncio.Server:
        """Take reports; `server` closes what is returned together with its own doors."""
        self._config.load()

        def protocol() -> asyncio.Protocol:
            made: asyncio.Protocol = self._config.http_protocol_class(  # type: ignore[call-arg]
                config=self._config, server_state=server.server_state, app_state=server.lifespan.state
            )
            return made

        return await asyncio.get_running_loop().create_server(protocol, sock=self._door)
