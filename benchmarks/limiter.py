"""`limiter`: what a burst of +30 dB comes out as before an interpreter's ears: never above -6 dBFS, and for how long.

The page's own limiter runs in an `OfflineAudioContext`; the peer of the time above the ceiling is the browser's own
compressor, set as a limiter.
"""

from functools import partial
from typing import Final

from playwright.async_api import Page

from benchmarks.parts.figure import against_goal, compared, note
from benchmarks.parts.lines import lined_up
from benchmarks.parts.trials import ended_within, in_turn, wanted

BURSTS: Final = 5
OURS, PEER = "ours", "compressor"


async def burst(page: Page, kind: str) -> tuple[float, float]:
    """Return a burst's peak, of the ceiling, and the ms that it was above."""
    heard = await page.evaluate("isOurs => lines.limit(isOurs)", kind == OURS)
    note(f"{kind}: {heard['peak']:.3f} of the ceiling, {heard['over']:.2f} ms above it")
    return round(heard["peak"], 4), heard["over"]


async def main() -> None:
    """Print both figures."""
    async with lined_up(pinned=True) as rooms, rooms.page() as page:
        trials = await in_turn({kind: partial(burst, page, kind) for kind in (OURS, PEER)}, wanted(BURSTS))
    against_goal("limiter", [peak for peak, _ in trials[OURS]], 1.0, unit="of the ceiling").print()
    over = {kind: [above for _, above in trials[kind]] for kind in (OURS, PEER)}
    compared("limiter.time", over[OURS], over[PEER], unit="ms").print()


if __name__ == "__main__":
    ended_within(15, main)
