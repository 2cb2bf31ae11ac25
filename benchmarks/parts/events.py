"""What both servers of `fanout` say, and how uvicorn serves them: the same for both, and as `visavis serve` has it."""

import json
import socket
import sys
from collections.abc import Mapping
from typing import Any, Final

import uvicorn
from starlette.types import ASGIApp

from visavis.cli.serve import LARGEST_MESSAGE, LEAVE_SECONDS, listening

KIND: Final = "floor_asked"
SLICES: Final[Mapping[str, Any]] = {
    "floor": {
        "holder": "0d7c6e0a-9f4b-4c1e-8a37-5b1f2f6f9a01",
        "since": "2026-03-01T09:00:00.000Z",
        "asks": [
            {"member": f"0d7c6e0a-9f4b-4c1e-8a37-5b1f2f6f9a{at:02}", "since": "2026-03-01T09:00:00.000Z"}
            for at in range(2, 5)
        ],
    }
}
MARK: Final = b'"kind":"floor_asked"'
"""Stands once in every event, and in nothing else that is sent."""


def serve(app: ASGIApp, told: Mapping[str, Any]) -> None:
    """Serve `app` on a free port until SIGTERM; print the port and what else the client must be told, as JSON."""
    with listening("127.0.0.1", 0) as door:
        sys.stdout.write(json.dumps({"port": _port(door), **told}) + "\n")
        sys.stdout.flush()
        uvicorn.Server(config(app)).run(sockets=[door])


def config(app: ASGIApp) -> uvicorn.Config:
    """Return uvicorn's settings, as `visavis serve` has them, but for pings, which the ears do not answer."""
    return uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        ws_max_size=LARGEST_MESSAGE,
        ws_ping_interval=None,
        timeout_graceful_shutdown=LEAVE_SECONDS,
    )


def _port(door: socket.socket) -> int:
    return int(door.getsockname()[1])
