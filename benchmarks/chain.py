"""`chain`: the network's share of the way speaker → booth → listener, against two plain ways from mouth to ear.

All ends are in one page, on one clock. The interpreter is nobody: what comes to the booth's ear, with its limiter, is said again
at once.
"""

import statistics
from functools import partial
from typing import Final

from benchmarks.parts.figure import compared, note
from benchmarks.parts.lines import OURS, PLAIN, Rooms, Seat, heard_and_sealed, lined_up
from benchmarks.parts.trials import ended_within, in_turn, insist, wanted

MOST: Final = 1.1
CONNECTIONS: Final = 5
CHIRPS: Final = 8
QUIET_GAIN: Final = 0.03


async def way(mouth: Seat, ear: Seat) -> float:
    """Return how long a chirp takes, in ms."""
    times = await mouth.timed(ear, CHIRPS)
    insist(so=len(times) > CHIRPS // 2, otherwise=f"heard {len(times)} of {CHIRPS} chirps")
    return statistics.median(times)


async def interpreted(rooms: Rooms) -> float:
    """Return the way from a speaker through a booth to a listener, sealed twice, in ms."""
    floor, channel = await rooms.room(), await rooms.room()
    async with rooms.page() as page:
        speaker = await rooms.sit(page, OURS, floor, ("ANNA", "BOOTH"))
        ear = await rooms.sit(page, OURS, floor, ("BOOTH", "ANNA"))
        mouth = await rooms.sit(page, OURS, channel, ("MOUTH", "BORIS"))
        listener = await rooms.sit(page, OURS, channel, ("BORIS", "MOUTH"))
        await speaker.speak(QUIET_GAIN)
        await heard_and_sealed([ear], OURS)
        await ear.interpret(mouth)
        await heard_and_sealed([listener], OURS)
        return await way(speaker, listener)


async def two_ways(rooms: Rooms) -> float:
    """Return the way from a mouth to an ear through livekit-client, and once more, in ms.

    Two ways at once, with as many ends as ours has, since a line is slower on a busier machine.
    """
    async with rooms.page() as page:
        pairs = []
        for room in (await rooms.room(), await rooms.room()):
            anna = await rooms.sit(page, PLAIN, room, ("ANNA", "BORIS"))
            boris = await rooms.sit(page, PLAIN, room, ("BORIS", "ANNA"))
            await anna.speak(QUIET_GAIN)
            await heard_and_sealed([boris], PLAIN)
            pairs.append((anna, boris))
        return sum([await way(anna, boris) for anna, boris in pairs])


async def main() -> None:
    """Print the figure."""
    async with lined_up(pinned=False) as rooms:
        arms = {OURS: partial(interpreted, rooms), PLAIN: partial(two_ways, rooms)}
        trials = await in_turn(arms, wanted(CONNECTIONS))
    note(f"goal: at most {MOST}")
    compared("chain", trials[OURS], trials[PLAIN], unit="ms").print()


if __name__ == "__main__":
    ended_within(15, main)
