"""`start`: a later start of `visavis demo --json`, until its links are printed and its page is served, against 5 s."""

import time
from typing import Final

import httpx

from benchmarks.parts.figure import against_goal
from benchmarks.parts.trials import ended_within, in_turn, wanted
from tests.live.hall import open_hall

GOAL_SECONDS: Final = 5.0
STARTS: Final = 7


async def seconds() -> float:
    """Start the demonstration, end it again; return how long the start took."""
    began = time.perf_counter()
    async with open_hall() as hall, httpx.AsyncClient(base_url=hall.origin) as http:
        (await http.get("/")).raise_for_status()
        return round(time.perf_counter() - began, 3)


async def main() -> None:
    """Print the figure. The first start is the warm-up that is dropped."""
    starts = await in_turn({"start": seconds}, wanted(STARTS))
    against_goal("start", starts["start"], GOAL_SECONDS, unit="s").print()


if __name__ == "__main__":
    ended_within(10, main)
