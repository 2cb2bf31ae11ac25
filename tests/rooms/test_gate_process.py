"""The gate's process, for real: started, adopted, brought back, ended."""

import asyncio
import json
import os
import signal
import socket
from dataclasses import replace
from pathlib import Path

import httpx
import psutil
import pytest

from tests.live.until import PATIENCE_SECONDS
from tests.rooms.gates import a_plan
from visavis.kernel.secret import Secret
from visavis.rooms.child_process import NotStartedError
from visavis.rooms.gate_orders import GatePlan, orders, read_orders
from visavis.rooms.gate_process import GateProcess
from visavis.rooms.sfu_config import SfuKeys

pytestmark = [pytest.mark.anyio, pytest.mark.real]

NOWHERE = "http://127.0.0.1:9"


@pytest.fixture
def plan(tmp_path: Path) -> GatePlan:
    return a_plan(NOWHERE, SfuKeys("key", Secret("s" * 43)), f"sqlite:///{tmp_path}/none/at-all")


async def answer(plan: GatePlan) -> tuple[int, str]:
    async with httpx.AsyncClient(base_url=plan.url, timeout=PATIENCE_SECONDS) as http:
        told = await http.get("/rtc/validate")
    return told.status_code, told.json()["code"]


async def test_it_is_started_adopted_and_ended_whatever_the_database_says(tmp_path: Path, plan: GatePlan) -> None:
    first, second = GateProcess(tmp_path, plan), GateProcess(tmp_path, plan)
    assert await first.start() is False
    pid = first.pid
    assert pid is not None
    assert os.getsid(pid) == pid, "a session of its own: what ends us does not end it"
    assert "PATH" not in psutil.Process(pid).environ(), "our environment holds secrets"
    assert await answer(plan) == (403, "ticket_refused")
    first.door().close()  # as it is when a server is killed
    assert await second.start() is True
    assert second.pid == pid
    await second.stop()
    assert not psutil.pid_exists(pid) or first.pid is None
    assert not (tmp_path / "gate.pid").exists()


async def test_killed_it_is_brought_back_at_once(tmp_path: Path, plan: GatePlan) -> None:
    process, restarted = GateProcess(tmp_path, plan), asyncio.Event()
    await process.start()
    before = process.pid
    assert before is not None
    async with asyncio.TaskGroup() as tasks, asyncio.timeout(PATIENCE_SECONDS):
        task = tasks.create_task(process.run(restarted.set))
        os.kill(before, signal.SIGKILL)
        psutil.wait_procs([psutil.Process(before)], timeout=PATIENCE_SECONDS)
        asking = tasks.create_task(answer(plan))
        await restarted.wait()
        assert process.pid not in {None, before}, "and whoever asked meanwhile has waited"
        assert await asking == (403, "ticket_refused")
        assert await answer(plan) == (403, "ticket_refused")
        task.cancel()
    await process.stop()


@pytest.mark.parametrize("changed", ["database", "keys", "log_level"])
async def test_with_other_orders_it_is_not_adopted(tmp_path: Path, plan: GatePlan, changed: str) -> None:
    others = {"database": Secret("sqlite://"), "keys": SfuKeys("key", Secret("t" * 43)), "log_level": "error"}
    first = GateProcess(tmp_path, plan)
    await first.start()
    first.door().close()
    second = GateProcess(tmp_path, replace(plan, **{changed: others[changed]}))  # type: ignore[arg-type]
    assert await second.start() is False
    assert first.pid is None
    await second.stop()


async def test_a_taken_port_is_said_and_nobody_else_is_taken_for_it(tmp_path: Path, plan: GatePlan) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as taken:
        taken.bind((plan.host, plan.port))
        taken.listen()
        with pytest.raises(NotStartedError, match="Address already in use; set sfu_port"):
            await GateProcess(tmp_path, plan).start()


def test_orders_are_read_as_they_were_written(tmp_path: Path, plan: GatePlan) -> None:
    (tmp_path / "gate.json").write_text(orders(plan))
    assert read_orders(tmp_path / "gate.json") == plan
    assert json.loads(orders(plan))["keys"] == {"key": "key", "secret": "s" * 43}
    assert "sqlite" not in repr(plan)


@pytest.mark.parametrize(
    ("host", "certificate", "url"),
    [
        ("0.0.0.0", None, "http://127.0.0.1:7880"),  # noqa: S104 - not listened on
        ("::1", None, "http://[::1]:7880"),
        ("192.0.2.7", "chain.pem", "https://192.0.2.7:7880"),
    ],
)
def test_where_this_machine_reaches_it(plan: GatePlan, host: str, certificate: str | None, url: str) -> None:
    assert replace(plan, host=host, port=7880, certificate=certificate).url == url
