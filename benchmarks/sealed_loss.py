"""`sealed_loss.10`, `.20`, `.30`: how much of what is heard is made up when packets are lost.

The peer is livekit-client with its own encryption. One end speaks, three listen, each behind a road that loses 10, 20 or
30 % of the packets that come from the media engine. A fourth has another key: that it hears nothing shows that what is
compared is sealed.
"""

from collections.abc import Mapping
from functools import partial
from typing import Final

from benchmarks.parts.figure import compared, note
from benchmarks.parts.lines import OURS, STOCK, WRONG, Rooms, Seat, heard_and_sealed, lined_up
from benchmarks.parts.relay import Road, roads
from benchmarks.parts.trials import ended_within, in_turn, wanted
from tests.live.until import becomes, stays

LOSSES: Final = {"TEN": 10, "TWENTY": 20, "THIRTY": 30}
SPEAKER, STRANGER = "SPEAKER", "STRANGER"
EVERYBODY: Final = (SPEAKER, *LOSSES, STRANGER)
SPAN_SECONDS: Final = 20
CONNECTIONS: Final = 7
PERCENT: Final = 100


def first(name: str) -> tuple[str, ...]:
    """Return everybody, `name` before all others."""
    return (name, *(other for other in EVERYBODY if other != name))


async def losing(rooms: Rooms, road: Road, kind: str) -> dict[int, float]:
    """Return the share of samples that were made up at each loss, in percent."""
    for relay in road.relays.values():
        relay.loss = 0
    room = await rooms.room()
    async with rooms.page() as page:
        speaker = await rooms.sit(page, kind, room, first(SPEAKER))
        ears = {name: await rooms.sit(page, kind, room, first(name), url=road.url) for name in LOSSES}
        stranger = await rooms.sit(page, kind, room, first(STRANGER), secret=WRONG)
        await speaker.speak()
        await heard_and_sealed(list(ears.values()), kind)
        await hears_nothing(stranger)
        for name, relay in road.relays.items():
            relay.loss = LOSSES[name] / PERCENT
        return await made_up(page_seats=ears)


async def hears_nothing(stranger: Seat) -> None:
    """See that packets come to whoever has another key, and no sound."""

    async def arrives() -> bool:
        return (await stranger.sound())["packets"] > SPAN_SECONDS

    await becomes(arrives, wanted=True, looks=1)
    await stays(stranger.is_heard, wanted=False)


async def made_up(page_seats: Mapping[str, Seat]) -> dict[int, float]:
    """Return what was made up meanwhile, in percent, by loss."""
    before = {name: await seat.sound() for name, seat in page_seats.items()}
    first_of_them = next(iter(page_seats.values()))
    await first_of_them.page.wait_for_timeout(SPAN_SECONDS * 1000)
    shares = {}
    for name, seat in page_seats.items():
        more = {what: count - before[name][what] for what, count in (await seat.sound()).items()}
        lost = PERCENT * more["lost"] / (more["lost"] + more["packets"])
        shares[LOSSES[name]] = round(PERCENT * more["concealed"] / more["samples"], 2)
        note(f"{LOSSES[name]} %: {lost:.1f} % lost, {shares[LOSSES[name]]} % made up")
    return shares


async def main() -> None:
    """Print the figures."""
    async with lined_up(pinned=False) as rooms:
        plan = rooms.engine.plan
        async with roads(plan.url, plan.udp_port, tuple(LOSSES)) as road:
            arms = {kind: partial(losing, rooms, road, kind) for kind in (OURS, STOCK)}
            trials = await in_turn(arms, wanted(CONNECTIONS))
    for loss in LOSSES.values():
        ours, stock = ([shares[loss] for shares in trials[kind]] for kind in (OURS, STOCK))
        compared(f"sealed_loss.{loss}", ours, stock, unit="%").print()


if __name__ == "__main__":
    ended_within(15, main)
