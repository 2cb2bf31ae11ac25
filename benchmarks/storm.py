"""`storm`, `storm.80ms`: thirty members enter a meeting at one moment, until each has the keys of all others, against goals.

The members are the client's own code without pages (`tests/live/crowd.py`), all in one Node process; each has an open session.
From the first who enters until the last is in the last epoch of the chamber's and of the floor's group: feeds, snapshots, the
check of every accreditation, turns, commits. With 80 ms every byte between members and server is late by half of that.
"""

import tempfile
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Final

from benchmarks.parts.figure import against_goal
from benchmarks.parts.slow_line import slow_line
from benchmarks.parts.trials import Arm, ended_within, in_turn, wanted
from tests.fakes.chance import FakeChance
from tests.live.crowd import Crowd
from tests.live.operated import operated
from tests.live.storm import Throng

MEMBERS: Final = 30
TRIALS: Final = 7
ROUND_TRIP_SECONDS: Final = 0.08
GOALS: Final = {"storm": 1.5, "storm.80ms": 4.0}


async def seconds(round_trip: float) -> float:
    """Start a server, let everybody arrive, and measure one storm."""
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="visavis-bench-"))
        _, hall = await stack.enter_async_context(operated(Path(folder), FakeChance()))
        way = await stack.enter_async_context(slow_line(hall.origin, round_trip)) if round_trip else None
        throng = await Throng.gather(await stack.enter_async_context(Crowd.open()), hall, MEMBERS, way)
        return round(await throng.storm(), 3)


async def main() -> None:
    """Print both figures."""

    def arm(round_trip: float) -> Arm[float]:
        return lambda: seconds(round_trip)

    arms = {"storm": arm(0.0), "storm.80ms": arm(ROUND_TRIP_SECONDS)}
    took = await in_turn(arms, wanted(TRIALS))
    for name, goal in GOALS.items():
        against_goal(name, took[name], goal, unit="s").print()


if __name__ == "__main__":
    ended_within(12, main)
