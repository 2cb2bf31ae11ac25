"""A demonstration with people and robots in it ends at Ctrl-C and leaves nothing: no process, no port, no folder."""

import signal
from pathlib import Path
from typing import Final

import psutil
import pytest
from playwright.async_api import Browser

from tests.live.hall import open_hall
from tests.live.until import becomes
from tests.live.visitor import Visitor

pytestmark = pytest.mark.anyio

BY_THE_TERMINAL: Final = 128 + signal.SIGINT

Port = tuple[str, int]


async def test_ctrl_c_in_the_middle_leaves_nothing(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A member is seated and robots are coming in: everything that was started is gone within seconds."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    async with open_hall("--robots") as hall:
        visitor = await Visitor.arrive(browser, hall.link("arven", "adviser"), tone=2750)
        await visitor.take_seat()
        demo = psutil.Process(hall.process.pid)
        await becomes(lambda: runs(demo, "chrom"), wanted=True)
        tree = demo.children(recursive=True)
        ports = {port for process in (demo, *tree) for port in taken_by(process)}
        assert {kind for kind, _ in ports} == {"tcp", "udp"}
        assert list(tmp_path.iterdir()) != []

        hall.process.send_signal(signal.SIGINT)
        await becomes(lambda: left_of(tree), list[str]())
        assert await hall.process.wait() in {0, BY_THE_TERMINAL}
    assert not ports & {port for process in psutil.process_iter() for port in taken_by(process)}
    assert list(tmp_path.iterdir()) == []


async def runs(parent: psutil.Process, name: str) -> bool:
    """Whether a process of that name is below `parent`."""
    return any(name in one for one in await left_of(parent.children(recursive=True)))


async def left_of(tree: list[psutil.Process]) -> list[str]:
    """Return the names of those that still run."""
    return [name for name in map(_running, tree) if name]


def _running(process: psutil.Process) -> str:
    try:
        return "" if process.status() == psutil.STATUS_ZOMBIE or not process.is_running() else process.name()
    except psutil.NoSuchProcess:
        return ""


def taken_by(process: psutil.Process) -> set[Port]:
    """Return the ports on which a process listens, or takes media; none where it is gone meanwhile."""
    try:
        taken = process.net_connections(kind="inet")
    except psutil.Error:
        return set()
    listens = {("tcp", one.laddr.port) for one in taken if one.status == psutil.CONN_LISTEN}
    return listens | {("udp", one.laddr.port) for one in taken if one.status == psutil.CONN_NONE and one.laddr}
