"""`visavis serve`: run the server, with TLS by certificate and key or behind a proxy, until it is told to stop."""

import asyncio
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import typer
import uvicorn
from starlette.routing import Route
from starlette.types import ASGIApp
from typing_extensions import override

from visavis import app as application
from visavis.cli.faults import CommandError, Exit
from visavis.cli.migrate import migrated
from visavis.cli.parts import settings_of, sqlite_file
from visavis.cli.report_slot import ReportSlot
from visavis.observability import logs
from visavis.settings import Settings
from visavis.storage.database import open_engine
from visavis.storage.migrate import check

KEEP_ALIVE_SECONDS: Final = 75
"""Longer than a proxy before us keeps an idle connection (nginx: 60 s): it would ask where nobody listens any more."""

LEAVE_SECONDS: Final = 10
LARGEST_MESSAGE: Final = 64 * 1024
BACKLOG: Final = 512

app = typer.Typer(pretty_exceptions_enable=False)


@app.command()
def run(context: typer.Context) -> None:
    """Run the server until Ctrl-C or SIGTERM."""
    settings = settings_of(context)
    logs.configure(settings.log_format, settings.log_level)
    if not settings.is_secure:
        msg = (
            "origin must be https, or localhost: browsers give other pages no camera (docs/operations/tls-and-proxy.md)"
        )
        raise CommandError(msg)
    with listening(settings.listen_host, settings.listen_port) as door:
        asyncio.run(prepared(settings))
        serve(settings, door, Calls(lambda: typer.echo(f"visavis answers at {settings.origin}", err=True)))


async def prepared(settings: Settings) -> None:
    """Have a database of the right schema: a SQLite file is brought there, PostgreSQL only checked.

    Several servers may share PostgreSQL: there the operator says when, with `visavis migrate`.

    Raises:
        SchemaError: if the schema is another.
        OutageError: if the database does not answer.

    """
    address = settings.database
    if sqlite_file(address.reveal()) is not None:
        await migrated(address)
        return
    engine = open_engine(address.reveal())
    try:
        await check(engine)
    finally:
        await engine.dispose()


@dataclass(frozen=True, slots=True)
class Calls:
    """What is called once requests are taken, and once they are no longer."""

    answered: Callable[[], None]
    leaving: Callable[[], None] = lambda: None


def serve(settings: Settings, door: socket.socket, calls: Calls, more: Sequence[Route] = ()) -> None:
    """Run the application on a bound socket until SIGINT or SIGTERM.

    Args:
        settings: what varies from host to host.
        door: a listening socket.
        calls: whom to tell how far it is.
        more: addresses to answer before all others; the demo has some.

    """
    house = application.build(settings)
    house.router.routes[:0] = more
    config = uvicorn.Config(
        house,
        ssl_certfile=settings.tls_certificate,
        ssl_keyfile=settings.tls_key,
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=list(settings.trusted_proxies),
        log_config=None,
        access_log=False,
        server_header=False,
        ws_max_size=LARGEST_MESSAGE,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=LEAVE_SECONDS,
    )
    run_until_told(config, door, calls, _report_slot(settings, house))


def run_until_told(config: uvicorn.Config, door: socket.socket, calls: Calls, slot: ReportSlot | None = None) -> None:
    """Serve on a bound socket until SIGINT or SIGTERM.

    Raises:
        CommandError: if it cannot start.

    """
    server = _Server(config, calls, slot)
    server.run(sockets=[door])
    if not server.started:
        msg = "the server could not start; the lines above say why"
        raise CommandError(msg, Exit.CANNOT_START)


def _report_slot(settings: Settings, house: ASGIApp) -> ReportSlot | None:
    """Return where our own LiveKit reports, if it cannot do so at the door: that one speaks TLS."""
    if settings.tls_certificate is None or settings.sfu_url is not None:
        return None
    return ReportSlot(listening(application.LOOPBACK, settings.sfu_report_port, "sfu_report_port"), house)


def listening(host: str, port: int, named: str = "listen_host and listen_port") -> socket.socket:
    """Return a socket that listens there; `named` are the settings that say where.

    Raises:
        CommandError: if the address cannot be had.

    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    door = socket.socket(family, socket.SOCK_STREAM)
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        door.bind((host, port))
        door.listen(BACKLOG)
    except OSError as error:
        door.close()
        msg = f"cannot listen on {host} port {port}: {error.strerror}; choose another with {named}"
        raise CommandError(msg, Exit.CANNOT_START) from error
    return door


class _Server(uvicorn.Server):
    """Says when it takes requests and when it ends, and takes reports beside them."""

    def __init__(self, config: uvicorn.Config, calls: Calls, slot: ReportSlot | None) -> None:
        super().__init__(config)
        self._calls = calls
        self._slot = slot

    @override
    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then say so."""
        await super().startup(sockets)
        if self.started:
            if self._slot is not None:
                self.servers.append(await self._slot.open(self))
            self._calls.answered()

    @override
    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Say so, then end."""
        self._calls.leaving()
        await super().shutdown(sockets)
