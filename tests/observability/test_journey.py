"""A whole journey through a real server at its most talkative; then every secret of it is searched for in the log."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from websockets.sync.client import connect

from tests.builders import Accredited, a_summit
from tests.live.operated import engine_ports, free_port
from tests.live.until import PATIENCE_SECONDS
from visavis.identity.model import Role
from visavis.identity.signing import sign
from visavis.identity.statements import SESSION
from visavis.kernel.canonical import b64u, from_b64u

pytestmark = pytest.mark.real

PUBLISH_TOKEN = "publishing-with-this-token-only"
NOW = datetime.now(UTC).replace(microsecond=0)  # noqa: TID251 - the server runs on the machine's clock


@dataclass(frozen=True, slots=True)
class Served:
    """A running server, where it logs, and where it keeps its files."""

    origin: str
    log: Path
    folder: Path
    process: subprocess.Popen[bytes]


@pytest.fixture(params=["json", "console"])
def served(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Served]:
    port = free_port()
    environment = {
        "PATH": "/usr/bin:/bin",
        "VISAVIS_DATA_DIR": str(tmp_path / "kept"),
        "VISAVIS_LISTEN_PORT": str(port),
        "VISAVIS_ORIGIN": f"http://localhost:{port}",
        **{f"VISAVIS_{name.upper()}": str(number) for name, number in engine_ports().items()},
        "VISAVIS_SFU_NODE_IP": "127.0.0.1",
        "VISAVIS_PUBLISH_TOKEN": PUBLISH_TOKEN,
        "VISAVIS_LOG_LEVEL": "debug",
        "VISAVIS_LOG_FORMAT": request.param,
    }
    log = tmp_path / "log"
    command = [sys.executable, "-m", "visavis", "serve"]
    with log.open("wb") as sink, subprocess.Popen(command, stderr=sink, env=environment) as process:
        try:
            _wait_until_ready(environment["VISAVIS_ORIGIN"], process)
            yield Served(environment["VISAVIS_ORIGIN"], log, tmp_path / "kept", process)
        finally:
            process.terminate()


def _wait_until_ready(origin: str, process: subprocess.Popen[bytes]) -> None:
    with httpx.Client(base_url=origin, timeout=PATIENCE_SECONDS) as server:
        while process.poll() is None:
            with suppress(httpx.TransportError):
                if server.get("/api/health/ready").status_code == httpx.codes.OK:
                    return
            with suppress(subprocess.TimeoutExpired):
                process.wait(0.1)
    pytest.fail("the server ended")


def _enrolment(person: Accredited) -> dict[str, str]:
    chain = person.chain
    return {
        "invitation": b64u(chain.invitation),
        "invitation_signature": b64u(chain.invitation_signature),
        "device": b64u(chain.device),
        "device_signature": b64u(chain.device_signature),
    }


def _signed_in(server: httpx.Client, person: Accredited) -> tuple[dict[str, str], list[str]]:
    """Open a session; return its header, and what must not be seen."""
    asked = server.post("/api/challenges", json={"identity": person.identity}).json()["challenge"]
    signature = b64u(sign(person.device, SESSION, from_b64u(asked)))
    opened = server.post("/api/sessions", json={"challenge": asked, "signature": signature})
    session = opened.json()["session"]
    return {"Authorization": f"Bearer {session}"}, [signature, session]


def _socket(origin: str, meeting: str, session: dict[str, str]) -> dict[str, Any]:
    """Follow a meeting by WebSocket; return what comes first."""
    with connect(f"{origin.replace('http', 'ws')}/api/meetings/{meeting}/socket", proxy=None) as socket:
        socket.send(json.dumps({"hello": {"session": session["Authorization"].removeprefix("Bearer ")}}))
        first: dict[str, Any] = json.loads(socket.recv(10))
        return first


def _journey(origin: str) -> list[str]:
    """Publish, enrol, sign in, call, join, be refused; return every secret on the way."""
    summit = a_summit(now=NOW)
    invited = summit.invite("arven", Role.PRINCIPAL, chair=True)
    person = invited.accredited(at=NOW)
    with httpx.Client(base_url=origin, timeout=PATIENCE_SECONDS) as server:
        signatures = {party: b64u(signature) for party, signature in summit.signatures.items()}
        body = {"descriptor": b64u(summit.descriptor), "signatures": signatures}
        publisher = {"Authorization": f"Bearer {PUBLISH_TOKEN}"}
        assert server.post("/api/summits", json=body, headers=publisher).status_code == 201
        assert server.post("/api/summits", json=body, headers={"Authorization": "Bearer wrong-token-told"}).is_error
        assert server.post("/api/enrolments", json=_enrolment(person)).status_code == 201
        session, secrets = _signed_in(server, person)
        call = {
            "title": "First session",
            "format": "plenary",
            "mode": "simultaneous",
            "scheduled": "2026-03-01T09:00:00.000Z",
            "agenda": [{"title": "Opening", "minutes": 10}],
        }
        called = server.post("/api/meetings", json=call, headers=session)
        assert called.status_code == 201, called.text
        meeting = called.json()["meeting"]
        room = {"room": "chamber", "phase": "arrival"}
        ticket = server.post(f"/api/meetings/{meeting}/tickets", json=room, headers=session)
        assert ticket.status_code == 200, ticket.text
        assert "snapshot" in _socket(origin, meeting, session)
        assert "problem" in _socket(origin, meeting, {"Authorization": "Bearer wrong-session-told"})
        assert server.get(f"/api/dossier?session={secrets[-1]}").is_error
    told = ["wrong-token-told", "wrong-session-told", PUBLISH_TOKEN, ticket.json()["token"]]
    keys = [b64u(person.device.private_bytes_raw()), invited.issued.secret.reveal(), b64u(invited.issued.signature)]
    return [*secrets, *told, *keys]


def test_no_secret_of_a_whole_journey_is_in_the_log(served: Served) -> None:
    secrets = _journey(served.origin)
    keys = json.loads((served.folder / "sfu" / "keys.json").read_text())
    with httpx.Client(base_url=served.origin, timeout=PATIENCE_SECONDS) as server:
        assert "visavis_requests_total" in server.get("/metrics").text
    served.process.terminate()
    served.process.wait(30)
    log = served.log.read_text()
    assert "/api/sessions" in log
    assert "not_signed_in" in log
    for secret in [*secrets, keys["secret"]]:
        assert secret not in log
        assert secret.split(".")[-1] not in log  # a ticket's signature, without its head
