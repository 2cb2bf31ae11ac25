"""The product as an operator runs it: `visavis serve` on a data folder that outlives it, so that it can be killed."""

import asyncio
import json
import signal
import socket
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import httpx
import psutil

from tests.live.hall import Hall
from tests.live.until import PATIENCE_SECONDS, becomes
from visavis.cli.demo import told
from visavis.cli.migrate import migrated
from visavis.cli.parts import opened
from visavis.demo.cast import COMPANY, Company
from visavis.demo.ports import free_ports
from visavis.demo.summit import prepare
from visavis.kernel.chance import Chance, SystemChance
from visavis.kernel.clock import SystemClock
from visavis.kernel.secret import Secret

PRINTED: Final = "printed.log"
LOOPBACK: Final = "127.0.0.1"


def free_port(kind: socket.SocketKind = socket.SOCK_STREAM) -> int:
    """Return a port that is free now."""
    return free_ports(SystemChance(), kind, 1)[0]


def engine_ports() -> dict[str, int]:
    """Return a free port for each setting of a child LiveKit's; its defaults are for one server of a machine."""
    signalling, over_tcp, inner = free_ports(SystemChance(), socket.SOCK_STREAM, 3)
    return {
        "sfu_port": signalling,
        "sfu_tcp_port": over_tcp,
        "sfu_inner_port": inner,
        "sfu_udp_port": free_port(socket.SOCK_DGRAM),
    }


async def ready_at(origin: str) -> None:
    """Wait until the server at `origin` answers and says that it is ready."""
    transport = httpx.AsyncHTTPTransport(retries=8)  # a minute
    async with httpx.AsyncClient(transport=transport, base_url=origin, timeout=PATIENCE_SECONDS) as http:

        async def ready() -> bool:
            answer = await http.get("/api/health/ready")
            return answer.is_success and answer.json()["ready"] is True

        await becomes(ready, wanted=True, looks=1)


@dataclass(slots=True)
class Operated:
    """A server that can be started, killed and started again on one data folder."""

    folder: Path
    origin: str
    process: asyncio.subprocess.Process | None = field(default=None)
    printed: Path | None = None
    """Where everything goes that it and its children print, if not where the tests' own output does."""

    async def start(self) -> None:
        """Start the server and wait until it is ready."""
        command = (sys.executable, "-m", "visavis", "--settings", str(self.folder / "visavis.toml"), "serve")
        with nullcontext() if self.printed is None else self.printed.open("ab") as out:
            self.process = await asyncio.create_subprocess_exec(*command, stdout=out, stderr=out)
        await ready_at(self.origin)

    async def kill(self) -> None:
        """End the server as a power cut would: no farewell."""
        assert self.process is not None
        self.process.kill()
        await self.process.wait()

    def sfu(self) -> psutil.Process:
        """Return the SFU's process."""
        return self._child("livekit")

    def gate(self) -> psutil.Process:
        """Return the process of the gate before the SFU."""
        return self._child("gate")

    def _child(self, name: str) -> psutil.Process:
        left = json.loads(next(self.folder.rglob(f"{name}.pid")).read_text(encoding="utf-8"))
        return psutil.Process(left["pid"])

    async def stop(self) -> None:
        """End the server as an operator does, and the SFU with it."""
        if self.process is not None and self.process.returncode is None:
            self.process.send_signal(signal.SIGTERM)
            await self.process.wait()


@asynccontextmanager
async def operated(
    folder: Path,
    chance: Chance | None = None,
    more: Mapping[str, str | int] | None = None,
    printed: Path | None = None,
    company: Company = COMPANY,
) -> AsyncIterator[tuple[Operated, Hall]]:
    """Yield a running server with a summit that is ready to be met in.

    Args:
        folder: its data folder.
        chance: what the summit's keys are drawn from, for a test that needs a delegation's key.
        more: settings besides the usual; with a certificate the server speaks TLS.
        printed: the file that everything goes to that it prints.
        company: who meets.
    """
    port = free_port()
    origin = f"{'https' if 'tls_certificate' in (more or {}) else 'http'}://localhost:{port}"
    (folder / "visavis.toml").write_text(_settings(folder, port, origin, more or {}), encoding="utf-8")
    address = Secret(f"sqlite:///{folder / 'visavis.sqlite3'}")
    await migrated(address)
    async with opened(address) as database:
        prepared = await prepare(database, origin, SystemClock(), chance or SystemChance(), company)
    server = Operated(folder, origin, printed=printed)
    links: list[dict[str, Any]] = json.loads(json.dumps(told(prepared, origin)))["seats"]
    try:
        await server.start()
        assert server.process is not None
        yield server, Hall(origin, prepared.summit, prepared.meeting, tuple(links), server.process)
    finally:
        await server.stop()


def talkative(folder: Path) -> AbstractAsyncContextManager[tuple[Operated, Hall]]:
    """Return what runs a server that prints all it can, into `PRINTED`, for whoever searches what it knows."""
    return operated(folder, more={"log_level": "debug"}, printed=folder / PRINTED)


def _settings(folder: Path, port: int, origin: str, more: Mapping[str, str | int]) -> str:
    lines = {
        "data_dir": str(folder),
        "listen_port": port,
        "origin": origin,
        **engine_ports(),
        "sfu_node_ip": LOOPBACK,
        "requests_per_minute": 100_000,
        "log_level": "warning",
    }
    return "".join(f"{name} = {json.dumps(value)}\n" for name, value in {**lines, **more}.items())
