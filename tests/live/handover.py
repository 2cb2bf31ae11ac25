"""What a listener hears while a microphone changes hands: the level of each tone in every 5 ms, from the mixer itself.

The window is 5 ms, and tones are multiples of 200 Hz: over it each is orthogonal to every other, and none leaks into another's.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tests.live.visitor import PATIENCE_MILLISECONDS, Visitor

STEP_MILLISECONDS: Final = 5.0
AMPLITUDE: Final = 0.25  # of a member's tone, as it is sent
HALF: Final = AMPLITUDE / 2
FADED: Final = AMPLITUDE / 4
FULL: Final = AMPLITUDE * 0.8
DUCKED: Final = AMPLITUDE * 0.2  # the floor under an interpretation
_OPEN: Final = (Path(__file__).parent / "recorder.js").read_text(encoding="utf-8")
_PLACE: Final = "() => globalThis.recordedSteps.length"
_STEPS: Final = "(from) => globalThis.recordedSteps.slice(from)"

DO: Final = "async ([does, ...rest]) => { await globalThis.__visavisProbe.services.booth[does](...rest); }"
GO_ON_AIR: Final = "async () => { await globalThis.__visavisProbe.services.booth.onAir(true); }"
OWN: Final = "globalThis.__visavisProbe.services.booth.state.get()"
HOLDS: Final = f"() => {OWN}?.now.holder === {OWN}?.own"
ASKED: Final = f"() => {OWN}?.now.asked !== null"
SILENT: Final = "() => globalThis.__visavisProbe.call.onAir() === null"
QUICK: Final = 20
LISTEN: Final = "(channel) => { globalThis.__visavisProbe.services.interpretation.listenTo(channel); }"
LOUD: Final = "([tone, least]) => globalThis.recordedSteps.slice(-20).every((step) => step[tone] > least)"

Steps = list[list[float]]


@dataclass(frozen=True, slots=True)
class Recorder:
    """Keeps the amplitude of each tone at a listener's ears, step by step."""

    visitor: Visitor

    @classmethod
    async def open(cls, visitor: Visitor, tones: Sequence[int]) -> "Recorder":
        """Record from now on; the listener must have heard something already."""
        await visitor.page.evaluate(_OPEN, list(tones))
        return cls(visitor)

    async def place(self) -> int:
        """Return how many steps there are."""
        return int(await self.visitor.page.evaluate(_PLACE))

    async def steps(self, since: int) -> Steps:
        """Return the amplitudes of the tones at each step from a place on."""
        found: Any = await self.visitor.page.evaluate(_STEPS, since)
        return [list(step) for step in found]


def lost(steps: Steps) -> float:
    """Return the longest time in which of two tones neither nor both together were half as loud as one, in ms."""
    return _longest([one + other < HALF for one, other in steps])


def doubled(steps: Steps) -> float:
    """Return the longest time in which both of two tones were heard, in ms: more than a quarter of full level of each."""
    return _longest([min(one, other) > FADED for one, other in steps])


def alone(steps: Steps) -> float:
    """Return the time from the last of the second tone to the first in full that comes to stay, in ms."""
    spoke = [at for at, (_, tone) in enumerate(steps) if tone > FADED]
    short = [at for at, (floor, _) in enumerate(steps) if floor < FULL]
    return STEP_MILLISECONDS * (short[-1] - spoke[-1])


def hushed(steps: Steps) -> float:
    """Return the longest time in which neither of two tones was as loud as the floor under an interpretation, in ms."""
    return _longest([max(step) < DUCKED * 0.8 for step in steps])


def _longest(steps: Sequence[bool]) -> float:
    longest = now = 0
    for is_so in steps:
        now = now + 1 if is_so else 0
        longest = max(longest, now)
    return STEP_MILLISECONDS * longest


async def do(visitor: Visitor, does: str, *rest: object) -> None:
    """Let an interpreter do something at their desk; returns when all have heard it."""
    await visitor.page.evaluate(DO, [does, *rest])


async def go_on_air(visitor: Visitor) -> None:
    """Let an interpreter go on air into their first language."""
    await visitor.page.evaluate(GO_ON_AIR)


async def sees(visitor: Visitor, what: str, *facts: object) -> None:
    """Wait until a page sees something."""
    await visitor.page.wait_for_function(what, arg=list(facts), timeout=PATIENCE_MILLISECONDS, polling=QUICK)


async def hand_over(giver: Visitor, taker: Visitor) -> None:
    """Let one ask and the other say yes."""
    await do(taker, "ask")
    await sees(giver, ASKED)
    await do(giver, "accept")
    await sees(taker, HOLDS)
