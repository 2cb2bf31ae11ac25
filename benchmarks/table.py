"""Turns figures (JSON lines on standard input) into the table of docs/benchmarks.md: `python -m benchmarks.table < lines`."""

import json
import sys

GOALS = {
    "join.first_frame": 1.0,
    "join.first_audio": 1.0,
    "fanout": 0.5,
    "weight": 1.0,
    "start": 1.0,
}
MORE_IS_BETTER = {"fanout"}


def row(figure: dict[str, float | str]) -> str:
    """Return one line of the table."""
    name = str(figure["name"])
    goal = GOALS[name]
    ratio = float(figure["ratio"])
    met = ratio >= goal if name in MORE_IS_BETTER else ratio <= goal
    sign = "≥" if name in MORE_IS_BETTER else "≤"
    cells = (
        f"`{name}`",
        f"{figure['ours']} {figure['unit']}",
        f"{figure['peer']} {figure['unit']}",
        f"{ratio:.2f} ({figure['low']:.2f} to {figure['high']:.2f})",
        f"{sign} {goal:.1f}×",
        "met" if met else "missed",
        str(figure["n"]),
    )
    return "| " + " | ".join(cells) + " |"


def main() -> None:
    """Print the table."""
    print("| figure | ours | peer | ratio (95 %) | goal | | n |\n|---|---|---|---|---|---|---|")  # noqa: T201
    for line in sys.stdin:
        if line.startswith("{"):
            print(row(json.loads(line)))  # noqa: T201


if __name__ == "__main__":
    main()
