"""The child livekit-server: started, adopted after our own violent end, kept alive, ended.

It runs in a session of its own, so that whatever kills this server leaves sound and picture untouched; the next start
finds it by its process number and the instant it was created, and takes it back if it is still what we would start.

    start ──▶ adopt? ──yes──▶ run ──(it died)──▶ wait ──▶ spawn ──▶ run …
                └──no──▶ spawn ──▶ run                     stop: from anywhere
"""

import asyncio
import hashlib
import json
import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Final

import psutil
import structlog

from visavis.kernel.errors import OutageError
from visavis.rooms.sfu import Sfu
from visavis.rooms.sfu_binary import NoSfuError
from visavis.rooms.sfu_config import SfuKeys, SfuPlan, config, keep

LOOK_SECONDS: Final = 0.1
READY_SECONDS: Final = 15
STOP_SECONDS: Final = 5
ENDINGS: Final = ((signal.SIGTERM, 0.3), (signal.SIGINT, STOP_SECONDS), (signal.SIGKILL, STOP_SECONDS))
STEADY_SECONDS: Final = 30
LONGEST_WAIT_SECONDS: Final = 15.0
LOG_TAIL: Final = 2000

log = structlog.get_logger("visavis.rooms")


class SfuProcess:
    """One child. `start`, then `run` in the task group of the application, then `stop`."""

    def __init__(self, binary: Path, folder: Path, plan: SfuPlan, keys: SfuKeys, sfu: Sfu) -> None:
        """Take what to start and where it keeps its files; `sfu` is asked whether the child answers to our key."""
        self._binary = binary.absolute()
        self._folder = folder.absolute()
        self._config = config(plan, keys)
        self._sfu = sfu
        self._process: psutil.Process | None = None

    @property
    def pid(self) -> int | None:
        """The child's process number, None when it does not run."""
        return self._process.pid if self._is_alive() and self._process else None

    async def start(self) -> bool:
        """Adopt the child of an earlier run or start one; return when it answers, with whether it was adopted.

        Raises:
            NoSfuError: if it ends at once or does not answer.
        """
        self._process = self._left_running()
        if self._process is not None:
            if await self._answers():
                return True
            await self.stop()
        await self._spawn()
        return False

    async def run(self, restarted: Callable[[], None]) -> None:
        """Start the child again whenever it ends, until cancelled; call `restarted` each time it answers again."""
        clock = asyncio.get_running_loop().time
        crashes = 0
        while True:
            began = clock()
            await self._ended()
            crashes = 1 if clock() - began > STEADY_SECONDS else crashes + 1
            log.error("sfu_ended", crashes=crashes)
            await asyncio.sleep(pause(crashes))
            try:
                await self._spawn()
            except NoSfuError as error:
                log.error("sfu_not_started", reason=str(error))  # noqa: TRY400 - the message says it all
            else:
                restarted()

    async def stop(self) -> None:
        """End the child. Nothing happens if there is none."""
        if self._process is not None:
            # The first signal makes LiveKit wait for everybody to leave, a second one makes it go; one that comes in
            # its first tenth of a second is lost.
            for number, seconds in ENDINGS:
                _signal(self._process, number)
                if await self._ended_within(seconds):
                    break
        self._process = None
        self._pid_file.unlink(missing_ok=True)

    @property
    def _pid_file(self) -> Path:
        return self._folder / "livekit.pid"

    @property
    def _mark(self) -> str:
        """What must be the same for a running child to be adopted. A hash, for the configuration holds the secret."""
        return hashlib.sha256(f"{self._binary}\n{self._config}".encode()).hexdigest()

    def _left_running(self) -> psutil.Process | None:
        """Return the child of an earlier run, if it still runs; end it if it is not what we would start now."""
        try:
            left = json.loads(self._pid_file.read_text())
            process = psutil.Process(left["pid"])
            is_ours = process.create_time() == left["created"]
        except (OSError, ValueError, KeyError, TypeError, psutil.Error):
            return None
        if is_ours and left.get("mark") != self._mark:
            _signal(process, signal.SIGKILL)
            psutil.wait_procs([process], timeout=STOP_SECONDS)
            return None
        return process if is_ours else None

    async def _spawn(self) -> None:
        path = self._folder / "livekit.json"
        keep(path, self._config)
        self._process = _launched([str(self._binary), "--config", str(path)], self._folder / "livekit.log")
        left = {"pid": self._process.pid, "created": self._process.create_time(), "mark": self._mark}
        keep(self._pid_file, json.dumps(left))
        try:
            async with asyncio.timeout(READY_SECONDS):
                await self._ready()
        except TimeoutError as error:
            msg = f"livekit-server does not answer: {self._log_tail()}"
            raise NoSfuError(msg) from error

    async def _ready(self) -> None:
        while not await self._answers():
            if not self._is_alive():
                msg = f"livekit-server ended at once: {self._log_tail()}"
                raise NoSfuError(msg)
            await asyncio.sleep(LOOK_SECONDS)

    async def _answers(self) -> bool:
        try:
            await self._sfu.rooms()
        except OutageError:
            return False
        return True

    async def _ended(self) -> None:
        # Looked for, not waited for: an adopted child is not ours to wait for.
        while True:
            if not self._is_alive():
                return
            await asyncio.sleep(LOOK_SECONDS)

    async def _ended_within(self, seconds: float) -> bool:
        try:
            async with asyncio.timeout(seconds):
                await self._ended()
        except TimeoutError:
            return False
        return True

    def _is_alive(self) -> bool:
        if self._process is None:
            return False
        try:
            # is_running compares the instant of creation too; a child of ours that ended is a zombie until waited for.
            alive = self._process.is_running() and self._process.status() != psutil.STATUS_ZOMBIE
            if not alive:
                self._process.wait(0)
        except psutil.Error:
            return False
        return alive

    def _log_tail(self) -> str:
        return (self._folder / "livekit.log").read_text(errors="replace")[-LOG_TAIL:]


def pause(crashes: int) -> float:
    """Return the seconds to wait before the start after `crashes` ends in a row: none at first, then doubling."""
    return 0.0 if crashes <= 1 else min(0.5 * 2.0 ** (crashes - 2), LONGEST_WAIT_SECONDS)


def _launched(command: list[str], log_file: Path) -> psutil.Process:
    """Start a program that outlives us, in a session of its own and with an empty environment: ours holds secrets."""
    actions = [
        (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, str(log_file), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600),
        (os.POSIX_SPAWN_DUP2, 1, 2),
    ]
    return psutil.Process(os.posix_spawn(command[0], command, {}, file_actions=actions, setsid=True))


def _signal(process: psutil.Process, number: signal.Signals) -> None:
    try:
        process.send_signal(number)
    except psutil.NoSuchProcess:
        return
