"""The child livekit-server, for real: started, adopted, brought back, ended; its files; which binary is taken."""

import asyncio
import json
import os
import signal
import stat
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import psutil
import pytest

from tests.live.engine import child, free_plan
from tests.live.guest import joined
from tests.live.until import PATIENCE_SECONDS
from visavis.kernel.chance import SystemChance
from visavis.kernel.errors import OutageError
from visavis.kernel.ids import Identity
from visavis.kernel.secret import Secret
from visavis.rooms.child_process import NotStartedError, pause
from visavis.rooms.model import MediaGrant
from visavis.rooms.sfu_binary import TESTED_VERSION, NoSfuError, find, version_of
from visavis.rooms.sfu_config import SfuKeys, SfuPlan, config, kept_keys
from visavis.rooms.sfu_process import SfuProcess

pytestmark = pytest.mark.anyio

SPEAKS = MediaGrant(frozenset(), hear=True)


@asynccontextmanager
async def supervised(process: SfuProcess) -> AsyncIterator[asyncio.Event]:
    restarted = asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        task = tasks.create_task(process.run(restarted.set))
        yield restarted
        task.cancel()


async def test_a_child_is_started_adopted_and_ended(tmp_path: Path) -> None:
    plan = free_plan()
    async with child(tmp_path, plan) as (first, engine):
        assert await first.start() is False
        pid = first.pid
        assert pid is not None
        assert os.getsid(pid) == pid, "a session of its own: what ends us does not end it"
        assert psutil.Process(pid).environ() == {}

        async with engine.sfu() as sfu:
            await sfu.open_room("chamber.kept")
            token = sfu.token("chamber.kept", Identity("A" * 26), SPEAKS, timedelta(seconds=30))
            async with joined(engine.public_url, token) as guest, child(tmp_path, plan) as (second, _):
                # We died violently: nothing told the child. The next server takes it back, and its guests with it.
                assert await second.start() is True
                assert second.pid == pid
                assert not guest.removed
                assert [one.identity for one in await sfu.occupants("chamber.kept")] == ["A" * 26]
                await second.stop()
        assert {first.pid, second.pid} == {None}
        assert not psutil.pid_exists(pid)
        assert not (tmp_path / "livekit.pid").exists()


async def test_a_killed_child_is_brought_back_at_once_and_its_rooms_are_gone(tmp_path: Path) -> None:
    async with child(tmp_path, free_plan()) as (process, engine), engine.sfu() as sfu:
        await process.start()
        await sfu.open_room("chamber.lost")
        before = process.pid
        assert before is not None
        async with supervised(process) as restarted, asyncio.timeout(PATIENCE_SECONDS):
            os.kill(before, signal.SIGKILL)
            await restarted.wait()
            assert process.pid not in {None, before}
            assert await sfu.rooms() == []
        await process.stop()


async def test_a_child_with_other_orders_is_not_adopted(tmp_path: Path) -> None:
    plan = free_plan()
    other = replace(plan, webhook_url="http://127.0.0.1:9/elsewhere")
    async with child(tmp_path, plan) as (first, _), child(tmp_path, other) as (second, _):
        await first.start()
        former = first.pid
        assert await second.start() is False
        assert former is not None
        assert not psutil.pid_exists(former)
        await second.stop()


@pytest.mark.parametrize("left", ["", "{", "[]", '{"pid": 1}', '{"pid": 1, "created": 0.5, "mark": "x"}'])
async def test_a_pid_file_that_names_nobody_of_ours_is_passed_over(tmp_path: Path, left: str) -> None:
    (tmp_path / "livekit.pid").write_text(left)
    async with child(tmp_path, free_plan()) as (process, _):
        assert await process.start() is False
        await process.stop()


async def test_a_taken_port_is_said_at_once(tmp_path: Path) -> None:
    plan = free_plan()
    async with child(tmp_path / "one", plan) as (first, _), child(tmp_path / "two", plan) as (second, _):
        await first.start()
        with pytest.raises(NotStartedError, match="address already in use"):
            await second.start()
        await first.stop()


async def test_what_it_keeps_is_for_its_owner_only(tmp_path: Path) -> None:
    folder = tmp_path / "sfu"
    async with child(folder, free_plan()) as (process, engine):
        await process.start()
        await process.stop()
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    for name in ("keys.json", "livekit.json", "livekit.log"):
        assert stat.S_IMODE((folder / name).stat().st_mode) == 0o600, name
    assert kept_keys(folder, SystemChance()) == engine.keys
    (folder / "keys.json").write_text('{"key": "only"}')
    with pytest.raises(ValueError, match="damaged"):
        kept_keys(folder, SystemChance())


def test_the_wait_before_a_start_grows_with_the_crashes() -> None:
    assert [pause(crashes) for crashes in range(8)] == [0, 0, 0.5, 1, 2, 4, 8, 15]


def test_the_configuration_makes_no_rooms_by_joining_and_names_no_foreign_server() -> None:
    keys = SfuKeys("key", Secret("s" * 43))
    plan = SfuPlan("::", 7880, 7882, "http://127.0.0.1:8447/hook", tcp_port=7881, node_ip="192.0.2.7")
    written = json.loads(config(plan, keys))
    assert plan.url == "http://127.0.0.1:7880"
    assert written["room"] == {"auto_create": False}
    assert written["turn"] == {"enabled": False}
    assert written["keys"] == {"key": "s" * 43}
    assert written["webhook"] == {"api_key": "key", "urls": ["http://127.0.0.1:8447/hook"]}
    assert written["rtc"]["stun_servers"] == ["127.0.0.1:1023"]
    assert written["rtc"]["node_ip"] == "192.0.2.7"
    assert "enable_loopback_candidate" not in written["rtc"]
    alone = json.loads(config(replace(plan, node_ip="127.0.0.1"), keys))
    assert alone["rtc"]["ips"] == {"includes": ["127.0.0.1/32"]}
    assert alone["rtc"]["stun_servers"] == ["127.0.0.1:1023"]


def a_binary(path: Path, says: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\necho '{says}'\n")
    path.chmod(0o700)
    return path


def test_the_binary_is_looked_for_in_order_and_no_other_version_is_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package, right = tmp_path / "src/visavis", f"livekit-server version {TESTED_VERSION}"
    monkeypatch.setenv("PATH", str(tmp_path / "path"))
    with pytest.raises(NoSfuError, match="make sfu"):
        find(None, package)
    on_path = a_binary(tmp_path / "path/livekit-server", right)
    assert find(None, package) == on_path
    built = a_binary(tmp_path / ".cache/livekit-server/abc/livekit-server", right)
    assert find(None, package) == built
    carried = a_binary(package / "_bin/livekit-server", right)
    assert find(None, package) == carried
    given = a_binary(tmp_path / "given", "livekit-server version 1.14.0")
    with pytest.raises(NoSfuError, match=r"is livekit-server 1\.14\.0; visavis was tested with 1\.13\.5"):
        find(given, package)
    with pytest.raises(NoSfuError, match="is not livekit-server"):
        version_of(a_binary(tmp_path / "other", "something else"))
    with pytest.raises(NoSfuError, match="cannot be run"):
        version_of(tmp_path / "missing")


async def test_an_engine_that_is_not_there_is_an_outage(tmp_path: Path) -> None:
    async with child(tmp_path, free_plan()) as (_, engine), engine.sfu() as sfu:
        with pytest.raises(OutageError):
            await sfu.rooms()
        with pytest.raises(OutageError):
            await sfu.remove("chamber.x", Identity("A" * 26))
