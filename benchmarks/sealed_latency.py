"""`sealed_latency`: what sealing adds to the time from a mouth to an ear, beside the jitter buffer: at most 2 ms.

Two ends of a room are in one page, so that both are on one clock: chirps are sent at known samples and found again by a
matched filter. What the jitter buffer took meanwhile is taken off: it follows the machine, not the sealing.
"""

import statistics
from functools import partial
from typing import Final

from benchmarks.parts.figure import note, on_top_at_most
from benchmarks.parts.lines import OURS, PLAIN, Rooms, heard_and_sealed, lined_up
from benchmarks.parts.trials import ended_within, in_turn, insist, wanted

MOST_MILLISECONDS: Final = 2.0
CONNECTIONS: Final = 12
CHIRPS: Final = 8
QUIET_GAIN: Final = 0.03  # heard, and far below a chirp


async def latency(rooms: Rooms, kind: str) -> float:
    """Return the median of one connection without its jitter buffer, in ms."""
    room = await rooms.room()
    async with rooms.page() as page:
        anna = await rooms.sit(page, kind, room, ("ANNA", "BORIS"))
        boris = await rooms.sit(page, kind, room, ("BORIS", "ANNA"))
        await anna.speak(QUIET_GAIN)
        await heard_and_sealed([boris], kind)
        before = await boris.sound()
        times = await anna.timed(boris, CHIRPS)
        after = await boris.sound()
    insist(so=len(times) > CHIRPS // 2, otherwise=f"heard {len(times)} of {CHIRPS} chirps")
    waited, played = (after[name] - before[name] for name in ("waited", "played"))
    buffered = 1000 * waited / played
    note(f"{kind}: {statistics.median(times):.1f} ms, of which {buffered:.1f} in the jitter buffer")
    return round(statistics.median(times) - buffered, 2)


async def main() -> None:
    """Print the figure."""
    async with lined_up(pinned=True) as rooms:
        trials = await in_turn({kind: partial(latency, rooms, kind) for kind in (OURS, PLAIN)}, wanted(CONNECTIONS))
    on_top_at_most("sealed_latency", trials[OURS], trials[PLAIN], MOST_MILLISECONDS, unit="ms").print()


if __name__ == "__main__":
    ended_within(15, main)
