"""The demo: a table of links within seconds, a summit behind it, and nothing left at the end."""

import asyncio
import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import psutil
import pytest

from tests.live.operated import free_port, ready_at
from tests.live.until import PATIENCE_SECONDS

pytestmark = pytest.mark.real

DELEGATES = ("chair", "principal", "interpreter", "adviser")


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Start `visavis demo --json` with temporary files in a folder of its own."""
    command = [sys.executable, "-m", "visavis", "demo", "--json", "--port", str(free_port())]
    environment = {"PATH": "/usr/bin:/bin", "TMPDIR": str(tmp_path), "HOME": str(tmp_path)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        yield process
        if process.poll() is None:
            process.kill()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_it_prints_one_object_serves_and_leaves_nothing(
    demo: subprocess.Popen[str], number: signal.Signals, tmp_path: Path
) -> None:
    assert demo.stdout is not None
    told: dict[str, Any] = json.loads(demo.stdout.readline())
    assert [(seat["party"], seat["role"]) for seat in told["seats"]] == [
        *(("arven", role) for role in (*DELEGATES, "interpreter")),
        *(("tolmar", role) for role in DELEGATES),
        *(("press", "press"),) * 2,
        ("host", "protocol_officer"),
    ]
    assert all(seat["link"].startswith(f"{told['origin']}/#/join/") for seat in told["seats"])
    asyncio.run(ready_at(told["origin"]))
    with httpx.Client(base_url=told["origin"], timeout=PATIENCE_SECONDS) as browser:
        assert browser.get(f"/api/summits/{told['summit']}/descriptor").status_code == httpx.codes.OK
        assert browser.get("/demo/press/press-2").headers["location"] == told["seats"][-2]["link"]
        assert browser.get("/demo/arven/interpreter-2").headers["location"] == told["seats"][4]["link"]
        assert browser.get("/demo/press/press-3").status_code == httpx.codes.NOT_FOUND
    children = psutil.Process(demo.pid).children(recursive=True)
    assert any("livekit" in child.name() for child in children)
    demo.send_signal(number)
    assert demo.stdout.read() == ""
    demo.wait(PATIENCE_SECONDS)
    # Whoever outlived its parent by an instant as a zombie is taken away by the system, when it comes to it.
    assert psutil.wait_procs(children, timeout=PATIENCE_SECONDS)[1] == []
    assert not list(tmp_path.glob("visavis-*"))
