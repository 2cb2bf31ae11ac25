"""`switch`: how soon after a listener chose another language it is heard, at 0, 100 and 300 ms of round trip.

Ours holds every channel and moves levels; a page with livekit-client alone unsubscribes from one and subscribes to the other.
Both send what they say over a late line, and are heard at the same place: the mix, sample by sample. A tone that the page
mixes in at the choice marks it there.
"""

import tempfile
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Final

from playwright.async_api import Browser, Page, async_playwright

from benchmarks.parts.figure import compared, note
from benchmarks.parts.joining import LIBRARY, bare_origin, engine_of
from benchmarks.parts.trials import ended_within, in_turn, pin, started, wanted
from benchmarks.sealed_join import on_core
from tests.live.cast import Chairs
from tests.live.hall import Hall
from tests.live.handover import HALF, STEP_MILLISECONDS, Recorder, Steps, lost
from tests.live.operated import Operated, operated
from tests.live.visitor import PATIENCE_MILLISECONDS, Visitor
from visavis.kernel.ids import Identity
from visavis.rooms.livekit_sfu import LiveKitSfu
from visavis.rooms.model import MediaGrant, Source

SWITCHES: Final = 6
MOST_MILLISECONDS: Final = 20
ROUND_TRIPS: Final = {"switch": 0, "switch.100ms": 100, "switch.300ms": 300}
TONES: Final = {"en": 1600, "fr": 2400}
OTHER: Final = {"en": "fr", "fr": "en"}
MARK: Final = 4000
STEPS_AFTER: Final = 10  # of 5 ms: the cross-fade, and what a jitter buffer that begins may still lack
HERE: Final = Path(__file__).parent / "parts"
LATE: Final = (HERE / "late_line.js").read_text(encoding="utf-8")
ROOM: Final = "languages"
EVERYTHING: Final = MediaGrant(frozenset(Source), hear=True)
ON_AIR: Final = "async () => globalThis.__visavisProbe.services.booth.onAir(true)"
OURS: Final = """() => {
  globalThis.chooseChannel = (channel) => globalThis.__visavisProbe.services.interpretation.listenTo(channel);
}"""
MARKED: Final = """(hertz) => {
  const { audioContext, mixerTap } = globalThis.__visavisProbe;
  const source = new OscillatorNode(audioContext, { frequency: hertz });
  globalThis.mark = new GainNode(audioContext, { gain: 0 });
  source.connect(mark).connect(mixerTap);
  source.start();
}"""
SWITCH: Final = """async ([channel, tone, late]) => {
  const steps = globalThis.recordedSteps;
  globalThis.lineDelay = late;
  steps.length = 0;
  mark.gain.setValueAtTime(0.25, __visavisProbe.audioContext.currentTime);
  chooseChannel(channel);
  while (!steps.slice(-40).every((step) => step[tone] > 0.2) || steps.length < 80) {
    await new Promise((look) => setTimeout(look, 20));
  }
  mark.gain.setValueAtTime(0, __visavisProbe.audioContext.currentTime);
  globalThis.lineDelay = 0;
  return [...steps];
}"""


@dataclass(frozen=True, slots=True)
class Switched:
    """One switch as it was heard, in milliseconds."""

    took: float
    """From the choice until the new language was heard at half its level or more."""
    hole: float
    """The longest time without either."""


@dataclass(slots=True)
class Listener:
    """A page that hears one of two languages, and is recorded."""

    page: Page
    hears: str

    @classmethod
    async def recorded(cls, page: Page) -> "Listener":
        """Choose a language in a page that has `chooseChannel`, and record from when it is heard."""
        await page.evaluate("() => chooseChannel('en')")
        await Recorder.open(Visitor(page, 0), [*TONES.values(), MARK])
        await page.evaluate(MARKED, MARK)
        await page.wait_for_function("() => recordedSteps.at(-1)?.[0] > 0.2", timeout=PATIENCE_MILLISECONDS)
        return cls(page, "en")

    async def switch(self, round_trip: int) -> Switched:
        """Choose the other language."""
        self.hears = OTHER[self.hears]
        place = list(TONES).index(self.hears)
        steps: Steps = await self.page.evaluate(SWITCH, [self.hears, place, round_trip / 2])
        began = next(at for at, step in enumerate(steps) if step[2] > HALF)
        heard = next(at for at, step in enumerate(steps) if at >= began and step[place] > HALF)
        meanwhile = [step[:2] for step in steps[began : heard + STEPS_AFTER]]
        return Switched((heard - began) * STEP_MILLISECONDS, lost(meanwhile))


async def ours(hall: Hall, speakers: Browser, ears: Browser) -> Listener:
    """Let two interpreters go on air, and a listener of ours choose."""
    chairs = await Chairs.arrive(hall)
    await chairs.alone("close_doors")
    await chairs.leave()
    for party, language in (("arven", "en"), ("tolmar", "fr")):
        visitor = await Visitor.arrive(speakers, hall.link(party, "interpreter"), tone=TONES[language])
        await visitor.take_seat()
        await visitor.page.evaluate(ON_AIR)

    async def late(page: Page) -> None:
        await page.add_init_script(LATE)

    listener = await Visitor.arrive(ears, hall.link("arven", "adviser"), tone=200, before=late)
    await listener.take_seat()
    await listener.page.evaluate(OURS)
    return await Listener.recorded(listener.page)


async def bare(sfu: LiveKitSfu, origin: str, speakers: Browser, ears: Browser) -> Listener:
    """Let a page send two languages, and another listen, both with livekit-client alone."""

    async def opened(browser: Browser, identity: str) -> tuple[Page, str]:
        page = await (await browser.new_context()).new_page()
        await page.add_init_script(LATE)
        await page.goto(f"{origin}/bare_page.html")
        await page.add_script_tag(path=LIBRARY)
        await page.add_script_tag(path=HERE / "switch_page.js")
        return page, sfu.token(ROOM, Identity(identity), EVERYTHING, timedelta(minutes=15))

    await sfu.open_room(ROOM)
    sender, ticket = await opened(speakers, "booths")
    await sender.evaluate("told => interpret(...told)", [sfu.public_url, ticket, TONES])
    page, ticket = await opened(ears, "listener")
    await page.evaluate("told => listen(...told)", [sfu.public_url, ticket])
    return await Listener.recorded(page)


async def measured(server: Operated, hall: Hall, speakers: Browser, ears: Browser) -> dict[str, list[Switched]]:
    """Return the switches of each arm, `<figure> ours` and `<figure> peer`."""
    async with AsyncExitStack() as stack:
        origin = stack.enter_context(bare_origin())
        sfu = await stack.enter_async_context(engine_of(server))
        pages = {"ours": await ours(hall, speakers, ears), "peer": await bare(sfu, origin, speakers, ears)}
        arms = {
            f"{name} {who}": partial(page.switch, late)
            for name, late in ROUND_TRIPS.items()
            for who, page in pages.items()
        }
        return await in_turn(arms, wanted(SWITCHES))


async def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory(prefix="visavis-bench-") as folder:
        async with operated(Path(folder)) as (server, hall), async_playwright() as playwright:
            pin(started(), 0)
            async with on_core(0, playwright) as speakers, on_core(1, playwright) as ears:
                switches = await measured(server, hall, speakers, ears)
    note(f"goal: at most {MOST_MILLISECONDS} ms whatever the round trip, and no hole")
    for name in ROUND_TRIPS:
        mine, other = ([each.took for each in switches[f"{name} {who}"]] for who in ("ours", "peer"))
        compared(name, mine, other, unit="ms").print()
    holes = {who: [each.hole for name in ROUND_TRIPS for each in switches[f"{name} {who}"]] for who in ("ours", "peer")}
    compared("switch.hole", holes["ours"], holes["peer"], unit="ms").print()


if __name__ == "__main__":
    ended_within(15, main)
