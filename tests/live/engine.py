"""The project's own LiveKit on free loopback ports, for the whole test run."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from visavis.demo.ports import free_ports
from visavis.kernel.chance import SystemChance
from visavis.rooms.livekit_sfu import LiveKitSfu
from visavis.rooms.sfu_binary import find
from visavis.rooms.sfu_config import SfuKeys, SfuPlan, kept_keys
from visavis.rooms.sfu_process import SfuProcess


@dataclass(frozen=True, slots=True)
class Engine:
    """A LiveKit that runs: where it is and the key it shares."""

    plan: SfuPlan
    keys: SfuKeys

    @property
    def public_url(self) -> str:
        """Where clients reach it."""
        return self.plan.url.replace("http", "ws", 1)

    def sfu(self) -> LiveKitSfu:
        """Return a new connection to it."""
        return LiveKitSfu(self.plan.url, self.public_url, self.keys.key, self.keys.secret)


def free_plan() -> SfuPlan:
    """Return a plan on free loopback ports; its reports go to the second of them, where a test may listen."""
    signalling, reports = free_ports(SystemChance(), socket.SOCK_STREAM, 2)
    (media,) = free_ports(SystemChance(), socket.SOCK_DGRAM, 1)
    return SfuPlan("127.0.0.1", signalling, media, f"http://127.0.0.1:{reports}/", node_ip="127.0.0.1")


@asynccontextmanager
async def child(folder: Path, plan: SfuPlan) -> AsyncIterator[tuple[SfuProcess, Engine]]:
    """Yield a child that is not started yet, and how to reach it once it is; the child is not stopped at the end."""
    engine = Engine(plan, kept_keys(folder, SystemChance()))
    async with engine.sfu() as sfu:
        yield SfuProcess(find(None), folder, plan, engine.keys, sfu), engine


@pytest.fixture(scope="session")
def livekit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """The project's LiveKit, started once for the whole run."""
    folder, plan = tmp_path_factory.mktemp("livekit"), free_plan()
    asyncio.run(_started(folder, plan))
    yield Engine(plan, kept_keys(folder, SystemChance()))
    asyncio.run(_stopped(folder, plan))


async def _started(folder: Path, plan: SfuPlan) -> None:
    async with child(folder, plan) as (process, _):
        await process.start()


async def _stopped(folder: Path, plan: SfuPlan) -> None:
    async with child(folder, plan) as (process, _):
        await process.start()
        await process.stop()
