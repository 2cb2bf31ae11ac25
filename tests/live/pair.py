"""Two servers on one PostgreSQL and one SFU: what an operator runs when one server is not enough."""

import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.live.engine import Engine, child
from tests.live.hall import Hall
from tests.live.operated import LOOPBACK, Operated, free_port
from visavis.cli.demo import told
from visavis.cli.parts import opened
from visavis.demo.ports import free_ports
from visavis.demo.summit import prepare
from visavis.kernel.chance import SystemChance
from visavis.kernel.clock import SystemClock
from visavis.kernel.secret import Secret
from visavis.rooms.sfu_config import SfuPlan


@dataclass(frozen=True, slots=True)
class Pair:
    """One summit at two addresses; the links of each hall lead to its own server."""

    first: Hall
    second: Hall


@asynccontextmanager
async def paired(folder: Path, database_url: str) -> AsyncIterator[Pair]:
    """Start a LiveKit, and two servers on a database that has its tables; the SFU reports to the first server alone."""
    ports = free_port(), free_port()
    origins = [f"http://localhost:{port}" for port in ports]
    plan = _plan(f"http://{LOOPBACK}:{ports[0]}/api/sfu/webhook")
    async with opened(Secret(database_url)) as database:
        prepared = await prepare(database, origins[0], SystemClock(), SystemChance())
    async with child(folder, plan) as (process, engine):
        await process.start()
        servers = [_server(folder, database_url, port, engine) for port in ports]
        try:
            halls = []
            for server in servers:
                await server.start()
                assert server.process is not None
                seats: Any = told(prepared, server.origin)["seats"]
                moved = tuple({**seat, "link": seat["link"].replace(origins[0], server.origin)} for seat in seats)
                halls.append(Hall(server.origin, prepared.summit, prepared.meeting, moved, server.process))
            yield Pair(*halls)
        finally:
            for server in servers:
                await server.stop()
            await process.stop()


def _server(folder: Path, database_url: str, port: int, engine: Engine) -> Operated:
    own = folder / str(port)
    own.mkdir()
    lines = {
        "data_dir": str(own),
        "database_url": database_url,
        "listen_port": port,
        "origin": f"http://localhost:{port}",
        "sfu_url": engine.plan.url,
        "sfu_public_url": engine.public_url,
        "sfu_key": engine.keys.key,
        "sfu_secret": engine.keys.secret.reveal(),
        "requests_per_minute": 100_000,
        "log_level": "warning",
    }
    (own / "visavis.toml").write_text("".join(f"{name} = {json.dumps(value)}\n" for name, value in lines.items()))
    return Operated(own, f"http://localhost:{port}")


def _plan(webhook_url: str) -> SfuPlan:
    signalling, over_tcp = free_ports(SystemChance(), socket.SOCK_STREAM, 2)
    (media,) = free_ports(SystemChance(), socket.SOCK_DGRAM, 1)
    return SfuPlan(LOOPBACK, signalling, media, webhook_url, tcp_port=over_tcp, node_ip=LOOPBACK)
