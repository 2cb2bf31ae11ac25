"""A child process that outlives us: started, adopted after our own violent end, kept alive, ended.

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
import socket
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import psutil
import structlog

from visavis.rooms.files import keep

LOOK_SECONDS: Final = 0.1
READY_LOOK_SECONDS: Final = 0.01
"""livekit-server answers after some forty milliseconds: everybody in a room is deaf and mute until it does."""

READY_SECONDS: Final = 15
STOP_SECONDS: Final = 5
STEADY_SECONDS: Final = 30
LONGEST_WAIT_SECONDS: Final = 15.0
LOG_TAIL: Final = 2000
DOOR: Final = 3
"""The child's file number of the listening socket that it is handed, if any: the first after the standard ones."""

log = structlog.get_logger("visavis.rooms")


class NotStartedError(RuntimeError):
    """A child process did not start. The message says what to do."""


@dataclass(frozen=True, slots=True)
class Orders:
    """What a child is told.

    Attributes:
        name: names its files, and its line in the log.
        command: the program; the file with the configuration is added as the last argument.
        config: what stands in that file, which only the owner can read.
        environment: all that it finds in its environment: ours holds secrets.
        endings: the signals that end it, and how many seconds each has to work.
        marks: what else must be the same for a running child to be adopted.
    """

    name: str
    command: tuple[str, ...]
    config: str
    environment: Mapping[str, str] = field(default_factory=dict)
    endings: tuple[tuple[signal.Signals, float], ...] = ((signal.SIGTERM, STOP_SECONDS),)
    marks: tuple[str, ...] = ()


class ChildProcess(ABC):
    """One child. `start`, then `run` in the task group of the application, then `stop`."""

    def __init__(self, orders: Orders, folder: Path) -> None:
        """Take what to start and where it keeps its files."""
        self._orders = orders
        self._folder = folder.absolute()
        self._process: psutil.Process | None = None

    @abstractmethod
    async def answers(self, process: psutil.Process) -> bool:
        """Whether the child, which may be somebody else's by now, answers as ours does."""

    def door(self) -> socket.socket | None:
        """Return the listening socket that the child is handed. Kept by us, so that callers wait while it is away."""
        return None

    @property
    def pid(self) -> int | None:
        """The child's process number, None when it does not run."""
        return self._process.pid if self._is_alive() and self._process else None

    async def start(self) -> bool:
        """Adopt the child of an earlier run or start one; return when it answers, with whether it was adopted.

        Raises:
            NotStartedError: if it ends at once or does not answer.
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
            log.error("child_ended", child=self._orders.name, crashes=crashes)
            await asyncio.sleep(pause(crashes))
            try:
                await self._spawn()
            except NotStartedError as error:
                log.error("child_not_started", child=self._orders.name, reason=str(error))  # noqa: TRY400 - the message says it all
            else:
                restarted()

    async def stop(self) -> None:
        """End the child. Nothing happens if there is none."""
        if self._process is not None:
            for number, seconds in (*self._orders.endings, (signal.SIGKILL, STOP_SECONDS)):
                _signal(self._process, number)
                if await self._ended_within(seconds):
                    break
        self._process = None
        self._pid_file.unlink(missing_ok=True)

    @property
    def _pid_file(self) -> Path:
        return self._folder / f"{self._orders.name}.pid"

    @property
    def _log_file(self) -> Path:
        return self._folder / f"{self._orders.name}.log"

    @property
    def _mark(self) -> str:
        """What must be the same for a running child to be adopted. A hash, for the configuration holds the secret."""
        orders = self._orders
        said = (*orders.command, orders.config, json.dumps(dict(orders.environment)), *orders.marks)
        return hashlib.sha256("\n".join(said).encode()).hexdigest()

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
        path = self._folder / f"{self._orders.name}.json"
        keep(path, self._orders.config)
        command = [*self._orders.command, str(path)]
        self._process = _launched(command, self._orders.environment, self._log_file, self.door())
        left = {"pid": self._process.pid, "created": self._process.create_time(), "mark": self._mark}
        keep(self._pid_file, json.dumps(left))
        try:
            async with asyncio.timeout(READY_SECONDS):
                await self._ready()
        except TimeoutError as error:
            msg = f"{self._orders.name} does not answer: {self._log_tail()}"
            raise NotStartedError(msg) from error

    async def _ready(self) -> None:
        while not await self._answers():
            if not self._is_alive():
                msg = f"{self._orders.name} ended at once: {self._log_tail()}"
                raise NotStartedError(msg)
            await asyncio.sleep(READY_LOOK_SECONDS)

    async def _answers(self) -> bool:
        return self._process is not None and await self.answers(self._process)

    async def _ended(self) -> None:
        while self._process is not None and self._is_alive():
            await _moved(self._process)

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
        return self._log_file.read_text(errors="replace")[-LOG_TAIL:]


def pause(crashes: int) -> float:
    """Return the seconds to wait before the start after `crashes` ends in a row: none at first, then doubling."""
    return 0.0 if crashes <= 1 else min(0.5 * 2.0 ** (crashes - 2), LONGEST_WAIT_SECONDS)


def _launched(
    command: list[str], environment: Mapping[str, str], log_file: Path, door: socket.socket | None
) -> psutil.Process:
    """Start a program that outlives us, in a session of its own."""
    actions = [
        (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, str(log_file), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600),
        (os.POSIX_SPAWN_DUP2, 1, 2),
        *([] if door is None else [(os.POSIX_SPAWN_DUP2, door.fileno(), DOOR)]),
    ]
    return psutil.Process(os.posix_spawn(command[0], command, environment, file_actions=actions, setsid=True))


async def _moved(process: psutil.Process) -> None:
    """Return when a process has ended, or may have: an adopted child is not ours to wait for, and its number may be another's.

    Linux tells it at once (pidfd_open(2)); where that cannot be asked, it is looked for.
    """
    try:
        handle = os.pidfd_open(process.pid)
    except (AttributeError, OSError):
        await asyncio.sleep(LOOK_SECONDS)
        return
    loop, ended = asyncio.get_running_loop(), asyncio.Event()
    loop.add_reader(handle, ended.set)
    try:
        if process.is_running():  # else the handle may be of whoever has the number now
            await ended.wait()
    finally:
        loop.remove_reader(handle)
        os.close(handle)


def _signal(process: psutil.Process, number: signal.Signals) -> None:
    try:
        process.send_signal(number)
    except psutil.NoSuchProcess:
        return
