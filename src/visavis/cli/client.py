"""`visavis client`: the page from a delegation's own origin, so that the host need not be trusted for it.

It is exported or served as it was built, byte for byte, and compared with what the delegations agreed on.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final
from urllib.parse import urlsplit

import httpx
import typer
import uvicorn
from fastapi import FastAPI

from visavis.api.copies import INDEX, LIST, Copy, is_origin, read_list
from visavis.api.pages import Fence, Pages, client_folder, fence, policy
from visavis.api.problems import Edge, speak_problems
from visavis.cli.accrediting import agreed
from visavis.cli.desk import LOOPBACK, origin, write_new
from visavis.cli.faults import CommandError, Exit
from visavis.cli.parts import settings_of
from visavis.cli.serve import Calls, listening, run_until_told
from visavis.identity.desk import read_aloud
from visavis.identity.model import Descriptor
from visavis.kernel.canonical import b64u, fingerprint
from visavis.observability import logs

PATIENCE: Final = 15.0  # seconds
CACHING: Final = {INDEX: "no-store", "assets/": "public, max-age=31536000, immutable"}

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="The page from a delegation's own origin: export, serve, hash, check.",
)
ServerOption = Annotated[str, typer.Option(help="The host's server, which the page asks: https://name.")]
SfuOption = Annotated[str, typer.Option(help="Where the host's media engine is reached: wss://name:7880.")]
AgreedOption = Annotated[Path | None, typer.Option(help="Refuse unless this descriptor names the client.")]


@app.command("hash")
def show_hash(context: typer.Context) -> None:
    """Print the hash of this client, for `visavis summit draft --client`, and as it is read aloud."""
    client = _installed(context)
    typer.echo(b64u(client.hash))
    typer.echo(f"in groups of four: {read_aloud(client.listed)}", err=True)


@app.command()
def export(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(help="Folder to make; it must not be there.")],
    *,
    server: ServerOption,
    sfu: SfuOption,
    descriptor: AgreedOption = None,
) -> None:
    """Write the client for a web server of the delegation's own, and say what headers it must send."""
    copy, engine = _asking(context, server, descriptor), _engine(sfu)
    if folder.exists():
        msg = f"{folder} is there already; nothing was changed"
        raise CommandError(msg)
    for name, body in copy.served().items():
        write_new(folder / name, body)
    typer.echo(f"hash: {b64u(copy.hash)}")
    typer.echo("Your web server must send, with every file:")
    for name, value in fence(server, engine, own=False).items():
        typer.echo(f"{name}: {value}")
    for name, value in CACHING.items():
        typer.echo(f"and with {name}\nCache-Control: {value}")


@app.command()
def serve(
    context: typer.Context,
    *,
    server: ServerOption,
    sfu: SfuOption,
    listen: Annotated[str, typer.Option(help="Address and port to listen on.")] = "127.0.0.1:8448",
    certificate: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="PEM file with the certificate and its chain.")
    ] = None,
    key: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="PEM file with the certificate's private key.")
    ] = None,
    descriptor: AgreedOption = None,
) -> None:
    """Serve the client until Ctrl-C or SIGTERM: these files, and nothing else. No sound or picture passes here."""
    copy, engine = _asking(context, server, descriptor), _engine(sfu)
    host, port = _address(listen)
    if (certificate is None) != (key is None):
        msg = "say both --certificate and --key, or neither"
        raise CommandError(msg)
    if certificate is None and host not in LOOPBACK:
        msg = "say --certificate and --key, or let a proxy on this machine speak TLS: in the clear there is no camera"
        raise CommandError(msg)
    logs.configure("console", "warning")
    config = uvicorn.Config(
        standing(copy, engine),
        ssl_certfile=certificate,
        ssl_keyfile=key,
        log_config=None,
        access_log=False,
        server_header=False,
    )
    with listening(host, port, "--listen") as door:
        told = f"the client answers on {listen}; its hash is {b64u(copy.hash)}"
        run_until_told(config, door, Calls(lambda: typer.echo(told, err=True)))


@app.command()
def check(
    context: typer.Context,
    place: Annotated[str, typer.Argument(help="A folder, or the address of a page: https://name.")],
    *,
    descriptor: Annotated[Path, typer.Option(help="The summit's descriptor file, signed by all.")],
) -> None:
    """Compare a copy with what the delegations agreed on; name each file that differs. Exit code 1 if any does."""
    signed = agreed(descriptor)
    known = _Known(context, signed)
    faults = list(_faults_at(origin(place), known) if "://" in place else _faults_in(Path(place), known))
    for fault in faults:
        typer.echo(fault)
    if faults:
        raise typer.Exit(Exit.FOUND_WRONG)
    typer.echo("every file is as the delegations agreed")


def standing(copy: Copy, sfu: str) -> FastAPI:
    """Return the application that serves a copy and knows nothing else."""
    house = FastAPI(openapi_url=None)
    house.add_route("/{path:path}", Pages(copy.served()).show, methods=["GET"], include_in_schema=False)
    speak_problems(house)
    house.add_middleware(Edge)
    house.add_middleware(Fence, headers=fence(copy.server or "", sfu, own=False))
    return house


def _folder(context: typer.Context) -> Path | None:
    return settings_of(context).client_dir or client_folder()


def _installed(context: typer.Context) -> Copy:
    folder = _folder(context)
    if folder is None:
        msg = "there is no client here; in a checkout run: make client"
        raise CommandError(msg, Exit.CANNOT_START)
    return Copy.built(folder)


def _asking(context: typer.Context, server: str, descriptor: Path | None) -> Copy:
    """Return the installed client for a server, if it is one of those agreed on."""
    client = _installed(context)
    if descriptor is not None and b64u(client.hash) not in agreed(descriptor).clients:
        msg = f"the delegations did not agree on this client, {b64u(client.hash)}"
        raise CommandError(msg, Exit.FOUND_WRONG)
    try:
        return client.asking(origin(server))
    except ValueError as error:
        raise CommandError(str(error)) from error


def _address(listen: str) -> tuple[str, int]:
    address = urlsplit(f"//{listen}")
    try:
        host, port = address.hostname, address.port
    except ValueError:
        host, port = None, None
    if host is None or port is None:
        msg = f"{listen} is no address with a port; write 127.0.0.1:8448"
        raise CommandError(msg)
    return host, port


def _engine(sfu: str) -> str:
    if not sfu.startswith("ws") or not is_origin(sfu.replace("ws", "http", 1)):
        msg = f"{sfu} is no address of a media engine; write wss://name:7880"
        raise CommandError(msg)
    return sfu


@dataclass(frozen=True, slots=True)
class _Known:
    """What a copy may be: the clients that the descriptor names, by their own list or by the client installed here."""

    context: typer.Context
    signed: Descriptor

    def expected(self, listed: bytes) -> dict[str, str]:
        """Return the sums of an agreed client.

        Raises:
            CommandError: if there is no list of one.
        """
        folder = _folder(self.context)
        lists = (listed, b"" if folder is None else Copy.built(folder).listed)
        known = next((one for one in lists if one and b64u(fingerprint(one)) in self.signed.clients), None)
        if known is None:
            msg = "neither this copy nor the client installed here is one that the descriptor names"
            raise CommandError(msg, Exit.FOUND_WRONG)
        return read_list(known)


def _faults_in(folder: Path, known: _Known) -> Iterator[str]:
    try:
        copy = Copy.found(folder)
        listed = (folder / LIST).read_bytes() if (folder / LIST).exists() else b""
    except OSError as error:
        msg = f"cannot read {folder}: {error.strerror}"
        raise CommandError(msg) from error
    expected = known.expected(listed)
    typer.echo(_asks(copy))
    return copy.differences(expected)


def _faults_at(address: str, known: _Known) -> Iterator[str]:
    try:
        with httpx.Client(base_url=address, timeout=PATIENCE) as http:
            expected = known.expected(_got(http, LIST) or b"")
            files = {name: _got(http, "" if name == INDEX else name) for name in expected}
            said = http.get("/").headers.get("content-security-policy", "")
    except httpx.HTTPError as error:
        msg = f"{address} does not answer ({type(error).__name__})"
        raise CommandError(msg, Exit.NO_ANSWER) from error
    copy = Copy.of({name: body for name, body in files.items() if body is not None})
    typer.echo(_asks(copy))
    sent, wanted = _rules(said), _rules(policy(address, None))
    typer.echo(f"its page may connect to: {sent.get('connect-src', 'anything')}")
    yield from copy.differences(expected)
    yield from (f"policy: {rule}" for rule in wanted if rule != "connect-src" and sent.get(rule) != wanted[rule])


def _got(http: httpx.Client, name: str) -> bytes | None:
    answer = http.get(f"/{name}")
    return answer.content if answer.status_code == httpx.codes.OK else None


def _rules(said: str) -> dict[str, str]:
    """Return what a Content Security Policy says of each kind of thing."""
    words = (rule.split() for rule in said.split(";"))
    return {kind[0]: " ".join(kind[1:]) for kind in words if kind}


def _asks(copy: Copy) -> str:
    return f"its page asks {copy.server or 'the server that it comes from'}"
