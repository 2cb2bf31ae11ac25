"""What `visavis doctor` looks at on this machine. Each look returns one `Check`, and changes nothing."""

import asyncio
import shutil
import socket
import ssl
from datetime import timedelta
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import httpx
from cryptography import x509
from sqlalchemy import text

from visavis.cli.parts import opened, sqlite_file
from visavis.events import outbox
from visavis.kernel.clock import Clock, read
from visavis.kernel.errors import Code, OutageError
from visavis.observability.health import PATIENCE_SECONDS, Check, State
from visavis.rooms import sfu_binary
from visavis.settings import Settings
from visavis.storage.database import open_engine
from visavis.storage.migrate import REMEDY, Standing, head, standing

LITTLE_DISK: Final = 2 * 1024**3
NO_DISK: Final = 200 * 1024**2
SOON: Final = timedelta(days=14)
SKEW: Final = timedelta(seconds=2)
LOOPBACK: Final = "127.0.0.1"


def secure(settings: Settings) -> Check:
    """Look whether browsers will give the page cameras and microphones."""
    if settings.is_secure:
        return Check("origin", State.GOOD, settings.origin)
    return Check(
        "origin", State.BAD, f"{settings.origin} is not https: browsers give it no camera", "set origin to https://…"
    )


async def schema(settings: Settings) -> Check:
    """Look whether the database's tables are those of this version."""
    file = sqlite_file(settings.database.reveal())
    if file is not None and not file.exists():
        return Check("schema", State.DOUBTFUL, f"there is no {file} yet", "visavis serve makes it, or: visavis migrate")
    engine = open_engine(settings.database.reveal())
    try:
        found = await standing(engine)
    except OutageError:
        return Check("schema", State.BAD, "the database does not answer", "see the line on the database")
    finally:
        await engine.dispose()
    if found is Standing.CURRENT:
        return Check("schema", State.GOOD, f"at {head()}")
    return Check("schema", State.BAD, f"the schema is {found.value}", REMEDY[found])


def sfu_program(settings: Settings) -> Check:
    """Look for the livekit-server to start, and its version."""
    if settings.sfu_url is not None:
        return Check("sfu program", State.GOOD, f"somebody else runs LiveKit at {settings.sfu_url}")
    try:
        binary = sfu_binary.find(settings.sfu_binary)
    except sfu_binary.NoSfuError as error:
        return Check("sfu program", State.BAD, str(error), "in a checkout: make sfu; else install the wheel again")
    return Check("sfu program", State.GOOD, f"livekit-server {sfu_binary.TESTED_VERSION} at {binary}")


async def ports(settings: Settings, *, running: bool) -> list[Check]:
    """Look whether the ports can be had; while the server runs it has them itself."""
    wanted = [("listen_port", settings.listen_port, socket.SOCK_STREAM)]
    inner = []
    if settings.sfu_url is None:
        wanted += [
            ("sfu_port", settings.sfu_port, socket.SOCK_STREAM),
            ("sfu_tcp_port", settings.sfu_tcp_port, socket.SOCK_STREAM),
            ("sfu_udp_port", settings.sfu_udp_port, socket.SOCK_DGRAM),
        ]
        inner.append(("sfu_inner_port", settings.sfu_inner_port))
        if settings.tls_certificate is not None:
            inner.append(("sfu_report_port", settings.sfu_report_port))
    if running:
        used = [(name, port) for name, port, _ in wanted] + inner
        return [Check(name, State.GOOD, f"{port}, used by the running server") for name, port in used]
    return [
        *(_port(name, settings.listen_host, port, kind) for name, port, kind in wanted),
        *(_port(name, LOOPBACK, port, socket.SOCK_STREAM) for name, port in inner),
    ]


def _port(name: str, host: str, port: int, kind: socket.SocketKind) -> Check:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, kind) as probe:
        if kind is socket.SOCK_STREAM:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            return Check(name, State.BAD, f"{port} cannot be had: {error.strerror}", f"end what uses it, or set {name}")
    way = "only this machine reaches it" if host == LOOPBACK else "the firewall must let it in"
    return Check(name, State.GOOD, f"{port} is free; {way}")


def signalling(settings: Settings, public_url: str) -> Check:
    """Look whether a page of the origin may open a WebSocket at the address that tickets name."""
    if urlsplit(settings.origin).scheme == "https" and urlsplit(public_url).scheme != "wss":
        seen = f"tickets send browsers to {public_url}, and a page that came by https opens only wss://"
        return Check(
            "signalling", State.BAD, seen, "set tls_certificate and tls_key, or sfu_public_url to the proxy's address"
        )
    return Check("signalling", State.GOOD, f"tickets send browsers to {public_url}")


async def gate_answers(url: str) -> Check:
    """Look whether the gate stands before the child LiveKit, and lets nobody pass who shows nothing."""
    try:
        # Whether the certificate is right is seen elsewhere; this machine is not the name that it is for.
        async with httpx.AsyncClient(base_url=url, verify=False, timeout=PATIENCE_SECONDS) as http:  # noqa: S501 - see above
            told = (await http.get("/rtc/validate")).json()
    except (httpx.HTTPError, ValueError):
        told = None
    match told:
        case {"code": Code.TICKET_REFUSED}:
            return Check("gate", State.GOOD, f"it stands at {url}")
        case None:
            seen = f"nothing answers at {url}"
        case _:
            seen = f"something else answers at {url}"
    return Check("gate", State.BAD, seen, "see sfu/gate.log in the data folder, and end what else uses sfu_port")


def certificate(settings: Settings, clock: Clock) -> Check:
    """Look whether the certificate is for the origin, valid now and for a while, and fits its key."""
    if settings.tls_certificate is None or settings.tls_key is None:
        if urlsplit(settings.origin).scheme == "http":
            return Check("certificate", State.GOOD, "none: people on this machine only")
        return Check("certificate", State.GOOD, "none here: a proxy must speak TLS (see the line on the browser)")
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(settings.tls_certificate, settings.tls_key)
        leaf = x509.load_pem_x509_certificates(settings.tls_certificate.read_bytes())[0]
    except (OSError, ValueError, ssl.SSLError) as error:
        seen = f"certificate and key cannot be used: {error}"
        return Check(
            "certificate", State.BAD, seen, "set tls_certificate (with its chain) and tls_key to a pair in PEM form"
        )
    return judged_certificate(leaf, urlsplit(settings.origin).hostname or "", clock)


def judged_certificate(leaf: x509.Certificate, host: str, clock: Clock) -> Check:
    """Judge a certificate for a host name, now. Source: RFC 9525 §6.3 for the names."""
    left = leaf.not_valid_after_utc - clock.now()
    if left < timedelta(0) or leaf.not_valid_before_utc > clock.now():
        seen = f"valid from {leaf.not_valid_before_utc:%Y-%m-%d} to {leaf.not_valid_after_utc:%Y-%m-%d} only"
        return Check("certificate", State.BAD, seen, "get a new certificate, and see that the clock is right")
    try:
        names = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return Check("certificate", State.BAD, "it names no host", f"get a certificate for {host}")
    hosts = {name.lower() for name in names.get_values_for_type(x509.DNSName)}
    hosts |= {str(address) for address in names.get_values_for_type(x509.IPAddress)}
    if host.lower() not in hosts and f"*.{host.lower().partition('.')[2]}" not in hosts:
        return Check("certificate", State.BAD, f"it is not for {host}", f"get a certificate for {host}, or mend origin")
    if left < SOON:
        return Check("certificate", State.DOUBTFUL, f"it ends in {left.days} days", "renew it, then restart the server")
    return Check("certificate", State.GOOD, f"for {host}, until {leaf.not_valid_after_utc:%Y-%m-%d}")


async def clocks(settings: Settings, clock: Clock) -> Check:
    """Look whether the clock agrees with what was written before, and with PostgreSQL's."""
    file = sqlite_file(settings.database.reveal())
    if file is not None and not file.exists():
        return Check("clock", State.GOOD, f"{clock.now():%Y-%m-%d %H:%M:%S} UTC; there is nothing to compare with")
    remedy = "set the clock by NTP, for example: apt install systemd-timesyncd"
    try:
        async with opened(settings.database) as database, database.reading() as connection:
            newest = await outbox.after(connection, await outbox.last_number(connection) - 1, 1)
            other = None
            if database.is_postgresql:
                other = (await connection.execute(text("SELECT clock_timestamp()"))).scalar_one()
    except OutageError:
        return Check("clock", State.DOUBTFUL, "the database does not answer", "see the line on the database")
    now = clock.now()
    if other is not None and abs(other - now) > SKEW:
        return Check("clock", State.BAD, f"{abs(other - now).total_seconds():.0f} s apart from PostgreSQL's", remedy)
    if newest and read(newest[0].at) > now + SKEW:
        return Check("clock", State.BAD, f"an event was written at {newest[0].at}, which is still to come", remedy)
    return Check("clock", State.GOOD, f"{now:%Y-%m-%d %H:%M:%S} UTC")


def disk(settings: Settings) -> Check:
    """Look whether there is room in the data folder."""
    there: Path = settings.data_dir.absolute()
    while not there.exists():
        there = there.parent
    free = shutil.disk_usage(there).free
    seen = f"{free / 1024**3:.1f} GiB free at {there}"
    if free < NO_DISK:
        return Check("disk", State.BAD, seen, "make room: without it the server refuses every change")
    return Check(
        "disk",
        State.DOUBTFUL if free < LITTLE_DISK else State.GOOD,
        seen,
        "make room soon" if free < LITTLE_DISK else "",
    )


async def is_running(settings: Settings) -> bool:
    """Whether something takes connections where the server listens."""
    host = "127.0.0.1" if settings.listen_host in {"0.0.0.0", "::"} else settings.listen_host  # noqa: S104 - compared
    try:
        async with asyncio.timeout(2):
            _, writer = await asyncio.open_connection(host, settings.listen_port)
    except (OSError, TimeoutError):
        return False
    writer.close()
    return True
