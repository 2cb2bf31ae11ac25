"""`sealed_cpu`: what sealing costs a browser, against what livekit-client's own encryption does; plain is taken off both.

Four members in a room, each in a page of their own, send sound and picture and take those of the three others: what all
of one browser's processes had of the CPU meanwhile, of one core.
"""

import asyncio
from contextlib import AsyncExitStack
from functools import partial
from typing import Final

from benchmarks.parts.figure import note, on_top
from benchmarks.parts.lines import HERTZ, OURS, PLAIN, STOCK, Rooms, heard_and_sealed, lined_up
from benchmarks.parts.trials import ended_within, in_turn, wanted
from tests.live.until import becomes

MEMBERS: Final = ("ANNA", "BORIS", "CLARA", "DAVID")
SETTLED_PICTURES: Final = 60
SPAN_SECONDS: Final = 12
REPEATS: Final = 8
QUIET_GAIN: Final = 0.05


async def spent(rooms: Rooms, kind: str) -> float:
    """Return the percent of a core that a browser with four members took."""
    room = await rooms.room()
    async with AsyncExitStack() as stack:
        seats = []
        for at, _ in enumerate(MEMBERS):
            page = await stack.enter_async_context(rooms.page())
            seats.append(await rooms.sit(page, kind, room, (*MEMBERS[at:], *MEMBERS[:at])))
        for at, seat in enumerate(seats):
            await seat.speak(QUIET_GAIN, HERTZ + 110 * at)
            await seat.show()
        await heard_and_sealed(seats, kind)

        async def all_see() -> bool:
            return min([await seat.pictures() for seat in seats]) > SETTLED_PICTURES * (len(MEMBERS) - 1)

        await becomes(all_see, wanted=True, looks=1)
        before, shown = rooms.spent(), [await seat.pictures() for seat in seats]
        await asyncio.sleep(SPAN_SECONDS)
        took = rooms.spent() - before
        pictures = sum([await seat.pictures() for seat in seats]) - sum(shown)
    note(f"{kind}: {pictures / SPAN_SECONDS / len(MEMBERS):.1f} pictures a second and member")
    return round(100 * took / SPAN_SECONDS, 1)


async def main() -> None:
    """Print the figure."""
    async with lined_up(pinned=False) as rooms:
        arms = {kind: partial(spent, rooms, kind) for kind in (OURS, PLAIN, STOCK)}
        trials = await in_turn(arms, wanted(REPEATS))
    on_top("sealed_cpu", trials[OURS], trials[STOCK], trials[PLAIN], unit="% of a core").print()


if __name__ == "__main__":
    ended_within(15, main)
