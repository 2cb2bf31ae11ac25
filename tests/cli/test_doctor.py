"""Doctor names what is wrong, and what to do about it."""

import json
import socket
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.x509.oid import NameOID
from typer.testing import CliRunner

from tests.fakes.clock import FakeClock
from tests.live.operated import engine_ports, free_port
from tests.rooms.gates import gated, puppet
from visavis import cli
from visavis.cli.checks import gate_answers, judged_certificate, signalling
from visavis.cli.faults import Exit
from visavis.cli.reach import judged
from visavis.kernel.secret import Secret
from visavis.observability.health import State
from visavis.rooms.sfu_config import SfuKeys
from visavis.settings import load
from visavis.storage.database import Database


def _certificate(clock: FakeClock, days: int, *names: str) -> x509.Certificate:
    key = Ed25519PrivateKey.from_private_bytes(bytes(32))
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(clock.now() - timedelta(days=30))
        .not_valid_after(clock.now() + timedelta(days=days))
    )
    if names:
        made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName(name) for name in names]), critical=False)
    return made.sign(key, None)


@pytest.mark.parametrize(
    ("days", "names", "state", "said"),
    [
        (90, ["summit.example"], State.GOOD, "until 2026-05-30"),
        (90, ["*.example"], State.GOOD, "for summit.example"),
        (90, ["*.summit.example"], State.BAD, "not for summit.example"),
        (90, ["other.example"], State.BAD, "not for summit.example"),
        (90, [], State.BAD, "names no host"),
        (13, ["summit.example"], State.DOUBTFUL, "ends in 13 days"),
        (-1, ["summit.example"], State.BAD, "only"),
    ],
)
def test_a_certificate_is_for_the_host_and_for_now(
    clock: FakeClock, days: int, names: list[str], state: State, said: str
) -> None:
    check = judged_certificate(_certificate(clock, days, *names), "summit.example", clock)
    assert check.state is state
    assert said in check.seen
    assert (check.remedy == "") is (state is State.GOOD)


def test_what_a_browser_saw_is_judged_thing_by_thing() -> None:
    checks = judged({"secure": True, "opens": False, "reached": False}, "wss://sfu.example")
    assert [check.state for check in checks] == [State.GOOD, State.BAD, State.BAD]
    assert all(check.remedy for check in checks[1:])


@pytest.mark.parametrize(
    ("origin", "public_url", "state"),
    [
        ("http://localhost:8447", "ws://127.0.0.1:7880", State.GOOD),
        ("https://summit.example", "wss://summit.example:7880", State.GOOD),
        ("https://summit.example", "ws://127.0.0.1:7880", State.BAD),
    ],
)
def test_a_page_that_came_by_https_is_sent_to_wss(origin: str, public_url: str, state: State) -> None:
    assert signalling(load(origin=origin), public_url).state is state


@pytest.mark.anyio
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_it_knows_the_gate_from_whatever_else_answers_there(database: Database) -> None:
    assert (await gate_answers(f"http://127.0.0.1:{free_port()}")).state is State.BAD
    async with gated(database, "http://127.0.0.1:9", SfuKeys("key", Secret("s" * 43))) as url:
        assert (await gate_answers(url.replace("ws", "http", 1))).state is State.GOOD
    async with puppet() as (_, url):
        assert (await gate_answers(url)).state is State.BAD


def test_it_finds_a_taken_port_and_a_page_without_camera(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VISAVIS_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("VISAVIS_ORIGIN", "http://summit.example")
    for name, number in {"listen_port": free_port(), **engine_ports()}.items():
        monkeypatch.setenv(f"VISAVIS_{name.upper()}", str(number))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind(("127.0.0.1", 0))
        monkeypatch.setenv("VISAVIS_SFU_UDP_PORT", str(taken.getsockname()[1]))
        result = CliRunner().invoke(cli.app, ["doctor", "--json"])
    assert result.exit_code == Exit.FOUND_WRONG
    found = {check["name"]: check for check in json.loads(result.stdout)}
    bad = {name for name, check in found.items() if check["state"] == "bad"} - {"sfu program"}
    assert bad == {"origin", "sfu_udp_port"}
    assert all(check["remedy"] for check in found.values() if check["state"] != "good")
    assert not list(tmp_path.iterdir())
