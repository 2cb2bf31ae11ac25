"""`visavis serve` speaks TLS itself: the page by https, signalling by wss, LiveKit's reports past both."""

import tomllib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path
from typing import Final

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import NameOID
from playwright.async_api import Browser, async_playwright

from tests.live.browser import launched
from tests.live.cast import TONES, Chairs, heard_by_all, seated
from tests.live.hall import Hall
from tests.live.operated import Operated, free_port, operated
from tests.live.until import becomes
from visavis.cli.parts import opened
from visavis.kernel.ids import MeetingId
from visavis.kernel.secret import Secret
from visavis.summits import store

pytestmark = pytest.mark.anyio

PRINCIPALS: Final = ("arven principal", "tolmar principal")
EACH_OTHER: Final = {
    "arven principal": {TONES["tolmar principal"]},
    "tolmar principal": {TONES["arven principal"]},
}
NEVER_SECONDS: Final = 60  # the reconciler's longest: what is seen sooner was reported
REPORTED_SECONDS: Final = NEVER_SECONDS / 2


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate that signs itself, and its key, as PEM files."""

    chain: Path
    key: Path

    @classmethod
    def made(cls, folder: Path) -> "Certificate":
        """Make one for this machine, for a day."""
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
        names = [x509.DNSName("localhost"), x509.IPAddress(IPv4Address("127.0.0.1"))]
        now = datetime.now(UTC)  # noqa: TID251 - the product under test lives in real time
        certificate = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(hours=1))
            .not_valid_after(now + timedelta(days=1))
            .add_extension(x509.SubjectAlternativeName(names), critical=False)
            .sign(key, SHA256())
        )
        made = cls(folder / "certificate.pem", folder / "key.pem")
        made.chain.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
        made.key.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )
        return made


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """Yield a Chromium that takes any certificate."""
    async with async_playwright() as playwright, launched(playwright, "--ignore-certificate-errors") as running:
        yield running


@pytest.fixture
async def running(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[tuple[Operated, Hall]]:
    """Yield a server that speaks TLS with a certificate of its own, and its summit."""
    certificate = Certificate.made(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.chain))
    more: dict[str, str | int] = {
        "tls_certificate": str(certificate.chain),
        "tls_key": str(certificate.key),
        "sfu_report_port": free_port(),
        "reconcile_seconds": NEVER_SECONDS,
    }
    async with operated(tmp_path, more=more) as both:
        yield both


async def test_over_https_and_wss_they_hear_each_other_and_their_seats_are_reported(
    browser: Browser, running: tuple[Operated, Hall]
) -> None:
    """Two principals are seated, without any proxy; what LiveKit reports arrives past the certificate."""
    server, hall = running
    assert hall.origin.startswith("https://")
    chairs = await Chairs.arrive(hall)
    visitors = await seated(browser, hall, *PRINCIPALS)
    await becomes(lambda: present(server, hall), {"chamber": 2}, patience=REPORTED_SECONDS)
    await chairs.alone("close_doors")
    await becomes(lambda: heard_by_all(visitors), EACH_OTHER)
    ticket = (await chairs.arven.ticket(hall.meeting, "chamber", "closed")).raise_for_status().json()
    assert ticket["url"].startswith("wss://localhost:")
    await visitors["arven principal"].leave()
    await becomes(lambda: present(server, hall), {"chamber": 1}, patience=REPORTED_SECONDS)
    await chairs.leave()


async def test_where_reports_come_in_nothing_else_does(running: tuple[Operated, Hall]) -> None:
    """The plain address on loopback takes signed reports, and knows no other."""
    server, _ = running
    settings = tomllib.loads((server.folder / "visavis.toml").read_text(encoding="utf-8"))
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{settings['sfu_report_port']}") as http:
        for path in ("/", "/api/health/live", "/api/dossier", "/metrics"):
            assert (await http.get(path)).status_code == httpx.codes.NOT_FOUND, path
        unsigned = await http.post("/api/sfu/webhook", content=b"{}")
        assert (unsigned.status_code, unsigned.json()["code"]) == (401, "webhook_bad")


async def present(server: Operated, hall: Hall) -> dict[str, int]:
    """Return how many members the server believes to be in which room."""
    async with (
        opened(Secret(f"sqlite:///{server.folder / 'visavis.sqlite3'}")) as database,
        database.reading() as connection,
    ):
        rooms = list((await store.presences_of(connection, MeetingId(hall.meeting))).values())
    return {room: rooms.count(room) for room in set(rooms)}
