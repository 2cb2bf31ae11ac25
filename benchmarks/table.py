"""Turns figures into the table of docs/benchmarks.md: `python -m benchmarks.table < lines`, each line a JSON object."""

import json
import sys
from typing import Any, Final

GOALS: Final = {
    "sealed_join.first_frame": 1.0,
    "sealed_join.first_audio": 1.0,
    "sealed_latency": 1.0,
    "sealed_loss.10": 0.15,
    "sealed_loss.20": 0.3,
    "sealed_loss.30": 0.5,
    "sealed_cpu": 0.7,
    "sealed_weight": 1.3,
    "sfu_kill.gap": 0.5,
    "storm": 1.0,
    "storm.80ms": 1.0,
    "doors.press": 1.0,
    "doors.senders": 1.0,
    "doors.audio_lost": 1.0,
    "fanout": 0.5,
    "response": 1.0,
    "limiter": 1.0,
    "limiter.time": 1.0,
    "chain": 1.1,
    "handover": 1.0,
    "start": 1.0,
    "reload": 1.0,
    "switch": 0.1,
    "switch.100ms": 0.1,
    "switch.300ms": 0.1,
    "switch.hole": 0.1,
}
MORE_IS_BETTER: Final = {"fanout"}


def row(figure: dict[str, Any]) -> str:
    """Return one line of the table. A goal is met when the worse end of the interval meets it."""
    name, unit = str(figure["name"]), str(figure["unit"])
    goal = GOALS[name]
    met = figure["low"] >= goal if name in MORE_IS_BETTER else figure["high"] <= goal
    cells = (
        f"`{name}`",
        f"{figure['ours']:g} {unit}",
        f"{figure['peer']:g} {unit}",
        f"{figure['ratio']:.2f} ({figure['low']:.2f} to {figure['high']:.2f})",
        f"{'≥' if name in MORE_IS_BETTER else '≤'} {goal:g}",
        "yes" if met else "no",
        str(figure["n"]),
    )
    return "| " + " | ".join(cells) + " |"


def main() -> None:
    """Print the table."""
    print("| figure | ours | peer | ours / peer (95 %) | goal | met | n |\n|---|---|---|---|---|---|---|")
    for line in sys.stdin:
        if line.startswith("{"):
            print(row(json.loads(line)))


if __name__ == "__main__":
    main()
