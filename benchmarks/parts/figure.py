"""One figure: ours and the peer's samples, their medians, the ratio, and how sure it is."""

import json
import random
import statistics
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Final

RESAMPLES: Final = 2000

Middle = Callable[[Sequence[float]], float]
"""What a set of samples comes to."""
Sides = Callable[[Middle], tuple[float, float]]
"""Ours and the peer's, by a way to take the middle of samples."""


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
    """Return the figure of two sets of samples taken in the same run, interleaved."""
    return _figure(name, lambda middle: (middle(ours), middle(peer)), unit, len(ours))


def against_goal(name: str, ours: Sequence[float], goal: float, *, unit: str) -> Figure:
    """Return the figure of samples against an absolute goal."""
    return compared(name, ours, [goal], unit=unit)


def on_top(name: str, ours: Sequence[float], peer: Sequence[float], plain: Sequence[float], *, unit: str) -> Figure:
    """Return the figure of what two sets of samples have on top of a third, which is plain; all taken in the same run."""

    def sides(middle: Middle) -> tuple[float, float]:
        least = middle(plain)
        return middle(ours) - least, middle(peer) - least

    return _figure(name, sides, unit, len(ours))


def on_top_at_most(name: str, ours: Sequence[float], plain: Sequence[float], most: float, *, unit: str) -> Figure:
    """Return the figure of what samples have on top of others, against the most that it may be."""
    return _figure(name, lambda middle: (middle(ours) - middle(plain), most), unit, len(ours))


def _figure(name: str, sides: Sides, unit: str, n: int) -> Figure:
    """Return a figure.

    The interval is a percentile bootstrap of the ratio (Efron & Tibshirani 1993, ch. 13), with a fixed seed so that the
    same samples give the same interval. Where nothing is left to compare with, the ratio is endless.
    """
    chance = random.Random(1)  # noqa: S311 - resampling, not secrecy

    def resampled(samples: Sequence[float]) -> float:
        return statistics.median(chance.choices(samples, k=len(samples)))

    ratios = sorted(_ratio(*sides(resampled)) for _ in range(RESAMPLES))
    mine, other = sides(statistics.median)
    return Figure(
        name=name,
        ours=round(mine, 3),
        peer=round(other, 3),
        ratio=round(_ratio(mine, other), 3),
        unit=unit,
        n=n,
        low=round(ratios[int(RESAMPLES * 0.025)], 3),
        high=round(ratios[int(RESAMPLES * 0.975)], 3),
    )


def _ratio(mine: float, other: float) -> float:
    return mine / other if other > 0 else float("inf")


def note(text: str) -> None:
    """Tell whoever watches what is happening, beside the figures."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()
