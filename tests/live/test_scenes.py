"""Who hears and sees whom in every phase and format: tones through a real SFU, expectations written by hand."""

import asyncio
from itertools import product
from typing import Final

import pytest
from playwright.async_api import Browser

from tests.live.cast import SEATS, TONES, Chairs, heard_by_all, seated
from tests.live.hall import Hall
from tests.live.until import becomes
from tests.live.visitor import Visitor

pytestmark = pytest.mark.anyio

PRINCIPALS: Final = ("arven principal", "tolmar principal")
ROOM: Final = (*PRINCIPALS, "arven interpreter", "tolmar interpreter")

# (phase, format): who speaks on the floor, and who is in the room to hear it.
SCENES: Final = {
    ("arrival", "plenary"): ((), (*ROOM, "arven adviser")),
    ("arrival", "restricted"): ((), ROOM),
    ("arrival", "one-on-one"): ((), ROOM),
    ("open", "plenary"): (PRINCIPALS, (*ROOM, "arven adviser", "press")),
    ("open", "restricted"): (PRINCIPALS, (*ROOM, "press")),
    ("open", "one-on-one"): (PRINCIPALS, (*ROOM, "press")),
    ("closed", "plenary"): ((*PRINCIPALS, "arven adviser"), (*ROOM, "arven adviser")),
    ("closed", "restricted"): (PRINCIPALS, ROOM),
    ("closed", "one-on-one"): (PRINCIPALS, ROOM),
    ("recess", "plenary"): ((), (*ROOM, "arven adviser")),
    ("recess", "restricted"): ((), ROOM),
    ("recess", "one-on-one"): ((), ROOM),
    ("adjourned", "plenary"): ((), ()),
}
# The walk: what the chairs order, and the scene it leads to. Every cell above is stood in once.
WALK: Final = (
    ("change_format", "restricted", ("arrival", "restricted")),
    ("change_format", "one-on-one", ("arrival", "one-on-one")),
    ("open_doors", None, ("open", "one-on-one")),
    ("close_doors", None, ("closed", "one-on-one")),
    ("recess", None, ("recess", "one-on-one")),
    ("change_format", "restricted", ("recess", "restricted")),
    ("resume", None, ("closed", "restricted")),
    ("open_doors", None, ("open", "restricted")),
    ("close_doors", None, ("closed", "restricted")),
    ("change_format", "plenary", ("closed", "plenary")),
    ("open_doors", None, ("open", "plenary")),
    ("close_doors", None, ("closed", "plenary")),
    ("recess", None, ("recess", "plenary")),
    ("adjourn", None, ("adjourned", "plenary")),
)
NEEDS_BOTH: Final = ("change_format", "open_doors")


def test_every_phase_and_format_has_its_scene() -> None:
    """The walk below goes through every cell; only an adjourned meeting's format no longer matters."""
    phases = ("arrival", "open", "closed", "recess")
    assert set(SCENES) == {*product(phases, ("plenary", "restricted", "one-on-one")), ("adjourned", "plenary")}
    assert {scene for _, _, scene in WALK} | {("arrival", "plenary")} == set(SCENES)


async def test_everybody_hears_and_sees_what_phase_and_format_allow(
    browser: Browser, hall: Hall, chairs: Chairs
) -> None:
    """Six members walk through every phase and format; each hears the tones they may hear, and no other."""
    visitors = await seated(browser, hall, *SEATS)
    stage = await principals_of(visitors["arven principal"])
    await check(visitors, stage, ("arrival", "plenary"))
    for move, argument, scene in WALK:
        await go(chairs, move, argument)
        if move == "resume":
            for name in PRINCIPALS:
                await visitors[name].speak_again()
        await check(visitors, stage, scene)


async def go(chairs: Chairs, move: str, argument: str | None) -> None:
    """Let the chairs order what leads to the next scene."""
    await (chairs.both(move, argument) if move in NEEDS_BOTH else chairs.alone(move))


async def check(visitors: dict[str, Visitor], stage: list[str], scene: tuple[str, str]) -> None:
    """See that every page hears and shows what the scene says."""
    speakers, room = SCENES[scene]
    wanted = {
        name: {TONES[speaker] for speaker in speakers if speaker != name} if name in room else set()
        for name in visitors
    }
    for name, visitor in visitors.items():
        if name in room:
            await visitor.return_to_seat()
    if "arven adviser" in speakers:
        await visitors["arven adviser"].speak()
    await becomes(lambda: heard_by_all(visitors), wanted)
    await becomes(lambda: shown_to_all(visitors), {name: stage if name in room else [] for name in visitors})


async def shown_to_all(visitors: dict[str, Visitor]) -> dict[str, list[str]]:
    """Return whose tiles each member sees now."""
    shown = await asyncio.gather(*(visitor.tiles() for visitor in visitors.values()))
    return dict(zip(visitors, shown, strict=True))


async def principals_of(visitor: Visitor) -> list[str]:
    """Return the principals in protocol order, as the stage of one of them shows them."""
    tiles = await visitor.tiles()
    assert len(tiles) == len(PRINCIPALS)
    return tiles
