"""`visavis demo`: a whole small summit on this machine, thrown away at the end."""

import asyncio
import importlib
import importlib.util
import json
import shutil
import signal
import socket
import sys
import tempfile
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Annotated, Final, NoReturn

import typer
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from visavis.api.pages import client_folder
from visavis.cli.faults import CommandError
from visavis.cli.migrate import migrated
from visavis.cli.parts import opened
from visavis.cli.serve import Calls, listening, serve
from visavis.demo.cast import HOST_NAME, PRESS_NAME, SIDES
from visavis.demo.ports import free_ports
from visavis.demo.summit import Prepared, Seat, prepare
from visavis.kernel.chance import SystemChance
from visavis.kernel.clock import SystemClock
from visavis.kernel.errors import Code, RefusedError
from visavis.kernel.ids import HOST, PRESS
from visavis.observability import logs
from visavis.settings import Settings, load

LOOPBACK: Final = "127.0.0.1"
USUAL_PORT: Final = 8447
SHORT: Final = "/demo/"
WIDTH: Final = 104  # a link is not cut: a narrower terminal wraps it
NAMES: Final = {**{side.party: side.name for side in SIDES}, PRESS: PRESS_NAME, HOST: HOST_NAME}

app = typer.Typer(pretty_exceptions_enable=False)


@app.command()
def run(
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the links as one JSON object, and nothing else.")
    ] = False,
    robots: Annotated[bool, typer.Option(help="Let robots in headless Chromium take the other seats.")] = False,
    port: Annotated[
        int | None, typer.Option(help=f"TCP port; without it {USUAL_PORT}, or any if that is taken.")
    ] = None,
) -> None:
    """Hold a summit of two fictional delegations on this machine; Ctrl-C ends it and leaves nothing behind."""
    with _thrown_away() as folder, _door(port) as door:
        settings = _settings(folder, door.getsockname()[1])
        logs.configure(settings.log_format, settings.log_level)
        if client_folder() is None:
            typer.echo(
                "visavis: the client is not built, so the links show nothing; in a checkout: make client", err=True
            )
        prepared = asyncio.run(_prepared(settings))

        def answered() -> None:
            if as_json:
                typer.echo(json.dumps(told(prepared, settings.origin), ensure_ascii=False))
            else:
                show(prepared, settings.origin, _played(prepared, settings.origin) if robots else frozenset())
            sys.stdout.flush()

        with _robots(prepared, settings.origin) if robots else _nobody() as dismiss:
            serve(settings, door, Calls(answered, dismiss), [Route(f"{SHORT}{{seat:path}}", _forwarder(prepared))])


def told(prepared: Prepared, origin: str) -> dict[str, object]:
    """Return what `--json` prints."""
    return {
        "origin": origin,
        "summit": prepared.summit,
        "meeting": prepared.meeting,
        "seats": [
            {
                "party": seat.part.party,
                "delegation": NAMES[seat.part.party],
                "role": seat.part.role.value,
                "name": seat.part.name,
                "languages": list(seat.part.languages),
                "link": seat.link.reveal(),
            }
            for seat in prepared.seats
        ],
    }


def short_links(prepared: Prepared) -> dict[str, Seat]:
    """Return the seats by a short name. A real link is too long to type or to read in a table."""
    named: dict[str, Seat] = {}
    for seat in prepared.seats:
        name = f"{seat.part.party}/{seat.part.role.value.replace('_', '-')}"
        alike = sum(other == name or other.startswith(f"{name}-") for other in named)
        named[f"{name}-{alike + 1}" if alike else name] = seat
    return named


def show(prepared: Prepared, origin: str, played: frozenset[str] = frozenset()) -> None:
    """Print the table of links for people: each on one line, so that it can be clicked and copied.

    Args:
        prepared: the summit.
        origin: where the server answers.
        played: the links of the seats that robots take: these are not shown.
    """
    wide = Console()
    console = Console(width=max(wide.width, WIDTH))
    table = Table("Seat", "Name", "Link", box=SIMPLE_HEAD)
    before = None
    for name, seat in short_links(prepared).items():
        if seat.part.party != before:
            before = seat.part.party
            table.add_section()
            table.add_row(Text(NAMES[before], "bold"), "", "")
        link = "(a robot)" if seat.link.reveal() in played else f"{origin}{SHORT}{name}"
        row = seat.part.role.value.replace("_", " "), seat.part.name, link
        table.add_row(*(Text(cell, no_wrap=True, overflow="fold") for cell in row))
    console.print(table)
    console.print(
        "\nOpen one link in each browser window or profile: a link seats the first browser that opens it.\n"
        "The meeting is called as a plenary, so that every seat is admitted; the chairs may change that.\n"
        "Ctrl-C ends the summit and leaves nothing behind."
    )


def _forwarder(prepared: Prepared) -> Callable[[Request], Awaitable[Response]]:
    """Return the endpoint that sends a browser from a seat's short link to its real one."""
    named = short_links(prepared)

    async def forward(request: Request) -> Response:
        seat = named.get(request.path_params["seat"])
        if seat is None:
            raise RefusedError(Code.NOT_FOUND)
        return RedirectResponse(seat.link.reveal(), headers={"Cache-Control": "no-store"})

    return forward


async def _prepared(settings: Settings) -> Prepared:
    await migrated(settings.database)
    async with opened(settings.database) as database:
        return await prepare(database, settings.origin, SystemClock(), SystemChance())


def _settings(folder: Path, port: int) -> Settings:
    # Everything is given, so that no setting meant for a real server reaches the demo.
    chance = SystemChance()
    taken = free_ports(chance, socket.SOCK_STREAM, 3)
    return load(
        data_dir=folder,
        database_url=None,
        listen_host=LOOPBACK,
        listen_port=port,
        origin=f"http://localhost:{port}",
        tls_certificate=None,
        tls_key=None,
        publish_token=None,
        sfu_url=None,
        sfu_public_url=None,
        sfu_key=None,
        sfu_secret=None,
        sfu_port=taken[0],
        sfu_tcp_port=taken[1],
        sfu_inner_port=taken[2],
        sfu_udp_port=free_ports(chance, socket.SOCK_DGRAM, 1)[0],
        sfu_node_ip=LOOPBACK,
        requests_per_minute=100_000,
        log_level="warning",
    )


def _door(port: int | None) -> socket.socket:
    if port is not None:
        return listening(LOOPBACK, port)
    try:
        return listening(LOOPBACK, USUAL_PORT)
    except CommandError:
        return listening(LOOPBACK, 0)


@contextmanager
def _thrown_away() -> Iterator[Path]:
    """Yield a folder that is gone at the end, also when the terminal is closed or the process is asked to end."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _leave)  # SIGINT too: a shell starts what runs in the background deaf to it
    folder = Path(tempfile.mkdtemp(prefix="visavis-demo-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _leave(number: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(128 + number)


@contextmanager
def _nobody() -> Iterator[Callable[[], None]]:
    yield lambda: None


def _played(prepared: Prepared, origin: str) -> frozenset[str]:
    troupe = importlib.import_module("visavis.robots.troupe")
    return frozenset(seat.link for seat in troupe.played(told(prepared, origin)))


@contextmanager
def _robots(prepared: Prepared, origin: str) -> Iterator[Callable[[], None]]:
    if importlib.util.find_spec("visavis.robots.troupe") is None or importlib.util.find_spec("playwright") is None:
        msg = (
            "robots need Playwright, Chromium and espeak-ng: pip install 'visavis[robots]', "
            "and on Debian and Ubuntu: apt install chromium espeak-ng"
        )
        raise CommandError(msg)
    troupe = importlib.import_module("visavis.robots.troupe")
    with troupe.playing(told(prepared, origin)) as dismiss:
        yield dismiss
