"""Trials of several arms in turn, thrown away and repeated where the machine had something else to do."""

import asyncio
import os
import random
import sys
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Mapping
from contextlib import suppress
from typing import Final, TypeVar

import psutil

from benchmarks.parts.figure import note

T = TypeVar("T")
Arm = Callable[[], Awaitable[T]]

MOST_FOREIGN: Final = 0.10  # of all cores: what other programs may have had of a trial
SEED: Final = 1


async def in_turn(arms: Mapping[str, Arm[T]], count: int) -> dict[str, list[T]]:
    """Return `count` quiet trials of each arm, interleaved, the order within each round shuffled.

    The first trial of each arm is a warm-up and dropped. A trial beside which other programs took more than 10 % of
    the machine is repeated, until as many were dropped as are wanted of one arm; after that they count, and a note says so.
    """
    chance = random.Random(SEED)  # noqa: S311 - an order, not secrecy
    kept: dict[str, list[T]] = {name: [] for name in arms}
    for arm in arms.values():
        await arm()
    dropped = disturbed = 0
    while unfinished := [name for name, trials in kept.items() if len(trials) < count]:
        for name in chance.sample(unfinished, len(unfinished)):
            result, foreign = await _watched(arms[name])
            noisy = foreign > MOST_FOREIGN
            note(f"{name}: {result}{f', dropped: {foreign:.0%} foreign CPU' if noisy else ''}")
            if noisy and dropped < count:
                dropped += 1
                continue
            disturbed += noisy
            kept[name].append(result)
    note(f"{dropped} trials dropped, {disturbed} disturbed ones kept; load {os.getloadavg()[0]:.1f}")
    return kept


def wanted(usual: int) -> int:
    """Return how many trials of each arm are wanted: the first argument of the command line, else the usual."""
    return int(sys.argv[1]) if len(sys.argv) > 1 else usual


def ended_within(minutes: float, main: Callable[[], Coroutine[None, None, None]]) -> None:
    """Run a benchmark that must end by itself.

    Raises:
        TimeoutError: if it did not.
    """

    async def limited() -> None:
        async with asyncio.timeout(minutes * 60):
            await main()

    asyncio.run(limited())


def insist(*, so: bool, otherwise: str) -> None:
    """End the benchmark where something is not so without which its figure would mean nothing.

    Raises:
        RuntimeError: if it is not so; says what is otherwise.
    """
    if not so:
        raise RuntimeError(otherwise)


def started() -> set[psutil.Process]:
    """Return every process that this one has started, and those that they have."""
    return set(psutil.Process().children(recursive=True))


def pin(processes: Iterable[psutil.Process], core: int) -> None:
    """Keep processes on one core, where there are several."""
    if psutil.cpu_count() == 1:
        return
    for one in processes:
        # Linux pins threads; what is started later inherits from the thread that starts it.
        with suppress(psutil.Error, ProcessLookupError):
            for thread in one.threads():
                os.sched_setaffinity(thread.id, {core})


async def _watched(arm: Arm[T]) -> tuple[T, float]:
    """Return a trial's result, and the share of all cores that went to programs not of ours meanwhile."""
    began = _spent()
    result = await arm()
    busy, own, all_ = (now - then for now, then in zip(_spent(), began, strict=True))
    return result, max(0.0, busy - own) / max(all_, 0.01)


def _spent() -> tuple[float, float, float]:
    """Return the seconds that the machine was busy, that our own processes were, and that there were on all cores."""
    machine = psutil.cpu_times()
    idle = machine.idle + machine.iowait
    own = 0.0
    for one in (psutil.Process(), *started()):
        with suppress(psutil.Error):
            times = one.cpu_times()
            own += times.user + times.system + times.children_user + times.children_system
    all_ = machine.user + machine.nice + machine.system + machine.irq + machine.softirq + machine.steal + idle
    return all_ - idle, own, all_
