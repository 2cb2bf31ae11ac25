"""One figure: ours and the peer's samples, their medians, the ratio, and how sure it is."""

import json
import random
import statistics
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Final

RESAMPLES: Final = 2000


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as printed: `ratio` = ours / peer, `low` to `high` its 95 % bootstrap interval."""

    name: str
    ours: float
    peer: float
    ratio: float
    unit: str
    n: int
    low: float
    high: float

    def print(self) -> None:
        """Write the figure as one line of JSON to standard output."""
        sys.stdout.write(json.dumps(asdict(self)) + "\n")
        sys.stdout.flush()


def compared(name: str, ours: Sequence[float], peer: Sequence[float], *, unit: str) -> Figure:
    """Return the figure of two sets of samples taken in the same run, interleaved.

    The interval is a percentile bootstrap of the ratio of medians (Efron & Tibshirani 1993, ch. 13), with a fixed seed so
    that the same samples give the same interval.
    """
    chance = random.Random(1)  # noqa: S311 - resampling, not secrecy
    ratios = sorted(_resampled(ours, chance) / _resampled(peer, chance) for _ in range(RESAMPLES))
    mine, other = statistics.median(ours), statistics.median(peer)
    return Figure(
        name=name,
        ours=round(mine, 3),
        peer=round(other, 3),
        ratio=round(mine / other, 3),
        unit=unit,
        n=len(ours),
        low=round(ratios[int(RESAMPLES * 0.025)], 3),
        high=round(ratios[int(RESAMPLES * 0.975)], 3),
    )


def against_goal(name: str, ours: Sequence[float], goal: float, *, unit: str) -> Figure:
    """Return the figure of samples against an absolute goal."""
    return compared(name, ours, [goal], unit=unit)


def _resampled(samples: Sequence[float], chance: random.Random) -> float:
    return statistics.median(chance.choices(samples, k=len(samples)))


def note(text: str) -> None:
    """Tell whoever watches what is happening, beside the figures."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()
