"""Two interpreters of one booth: who is heard while the microphone changes hands, and what is left when one of them drops out."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from statistics import median
from typing import Final

import pytest
from playwright.async_api import Browser, Page

from tests.live.cast import Chairs
from tests.live.hall import Hall
from tests.live.handover import (
    LISTEN,
    LOUD,
    SILENT,
    Recorder,
    Steps,
    alone,
    do,
    doubled,
    go_on_air,
    hand_over,
    hushed,
    lost,
    sees,
)
from tests.live.visitor import Visitor

pytestmark = pytest.mark.anyio

# Multiples of 200 Hz: see handover.py.
FLOOR: Final = 800
FANE: Final = 1600
ORU: Final = 2400
AMSEL: Final = 3200
TIMES: Final = 50  # even: whoever began has it in the end
MOST_MILLISECONDS: Final = 20 + 3  # and one render quantum
WORST_MILLISECONDS: Final = 400  # of a machine that has no time for it
LATE_MILLISECONDS: Final = 5000  # likewise: 2000 of one that has
STEPS_OF_THREE_SECONDS: Final = 600
CALL: Final = "async () => { await globalThis.__visavisProbe.services.booth.callTechnician(true); }"
REFUSED: Final = """async ([does, ...rest]) => {
  try {
    await globalThis.__visavisProbe.services.booth[does](...rest);
    return null;
  } catch (error) {
    return error.code;
  }
}"""
CARRIES: Final = """([channel, wanted]) =>
  globalThis.__visavisProbe.services.interpretation.state.get().carries.get(channel) === wanted"""
# What the channel has carried from now on.
FOLLOW: Final = """(channel) => {
  const { state } = globalThis.__visavisProbe.services.interpretation;
  const carried = (globalThis.carried = []);
  const note = () => {
    const now = state.get().carries.get(channel);
    if (carried.at(-1) !== now) carried.push(now);
  };
  state.subscribe(note);
  note();
}"""
CARRIED: Final = "() => globalThis.carried"
RECORDED: Final = "([steps]) => globalThis.recordedSteps.length >= steps"
# Of the sounds that the SFU has in a channel and says not to be muted, those of which no packet comes.
STALLED: Final = """(channel) => {
  const open = globalThis.__visavisProbe.call.sounds.get().filter((one) => one.channel === channel && !one.muted);
  return open.map(({ stalled }) => stalled === true);
}"""
# Before the client: what a page has of lines.
KEEP_LINES: Final = """
  globalThis.lines = [];
  globalThis.RTCPeerConnection = class extends RTCPeerConnection {
    constructor(...settings) {
      super(...settings);
      globalThis.lines.push(this);
    }
  };
"""
# Whether sound leaves, whatever its publication says.
SEND: Final = """async (active) => {
  for (const sender of globalThis.lines.flatMap((line) => line.getSenders())) {
    if (sender.track?.kind !== "audio") continue;
    const parameters = sender.getParameters();
    for (const encoding of parameters.encodings) encoding.active = active;
    await sender.setParameters(parameters);
  }
}"""
# The relay of the other booth, past one's own desk: as another client might say it.
SAY_SOURCE: Final = """([into, from]) => {
  const { keys } = globalThis.__visavisProbe;
  const said = { kind: "booth", at: new Date().toISOString(), does: "source", into, from };
  return keys.say({ kind: "chamber" }, 999_999, said);
}"""
SOURCES: Final = """(booth) => {
  const known = globalThis.__visavisProbe.services.booth.booths.get().booths.get(booth);
  return known === undefined ? null : [...known.sources];
}"""


def pair(steps: Steps, one: int, other: int) -> Steps:
    """Return the amplitudes of two of the tones."""
    return [[step[one], step[other]] for step in steps]


def floor_or(steps: Steps, tone: int) -> Steps:
    """Return how far the floor is above its level under an interpretation, as a whole tone, and the interpreter's tone."""
    return [[max(0.0, (step[0] - 0.05) / 0.8), step[tone]] for step in steps]


async def keep_lines(page: Page) -> None:
    """Let the page keep its lines."""
    await page.add_init_script(KEEP_LINES)


@asynccontextmanager
async def severed(page: Page) -> AsyncIterator[None]:
    """Let no packet of sound out of a page that keeps its lines; everything else goes on."""
    await page.evaluate(SEND, arg=False)
    yield
    await page.evaluate(SEND, arg=True)


def within(figures: list[float]) -> None:
    """Refuse more than one cross-fade.

    A machine without time for one of the pages tears a hole of its own, which no handover has made: most have none.
    """
    assert median(figures) <= MOST_MILLISECONDS, figures
    whole = [figure for figure in figures if figure <= MOST_MILLISECONDS]
    assert len(whole) >= len(figures) * 0.9, figures
    assert max(figures) <= WORST_MILLISECONDS, figures


def left_to_the_floor(steps: Steps) -> None:
    """Refuse a floor that came late when the booth fell silent, and one that was not there at all."""
    both = pair(steps, 0, 1)
    assert alone(both) <= LATE_MILLISECONDS, alone(both)
    assert hushed(both) <= WORST_MILLISECONDS, hushed(both)


async def test_handovers_and_directions_without_a_gap(browser: Browser, hall: Hall, chairs: Chairs) -> None:
    """Whoever listens hears one of both at every moment, and never both: at most the 20 ms of one cross-fade."""
    maren = await Visitor.arrive(browser, hall.link("arven", "principal"), tone=FLOOR)
    fane = await Visitor.arrive(browser, hall.link("arven", "interpreter"), tone=FANE)
    oru = await Visitor.arrive(browser, hall.link("arven", "interpreter", 1), tone=ORU)
    listener = await Visitor.arrive(browser, hall.link("arven", "adviser"), tone=200)
    for visitor in (maren, fane, oru, listener):
        await visitor.take_seat()
    await chairs.alone("close_doors")
    await go_on_air(fane)
    await listener.page.evaluate(LISTEN, "en")
    await sees(listener, CARRIES, "en", "interpreted")
    recorder = await Recorder.open(listener, [FLOOR, FANE, ORU])
    await sees(listener, LOUD, 1, 0.2)

    gaps, overlaps = [], []
    both = [(fane, oru), (oru, fane)]
    for turn in range(TIMES):
        giver, taker = both[turn % 2]
        since = await recorder.place()
        await hand_over(giver, taker)
        await sees(listener, LOUD, 1 + (turn + 1) % 2, 0.2)
        await sees(giver, SILENT)
        steps = pair(await recorder.steps(since), 1, 2)
        gaps.append(lost(steps))
        overlaps.append(doubled(steps))

    await hand_over(fane, oru)
    await sees(fane, SILENT)
    for turn in range(TIMES):
        since = await recorder.place()
        await do(oru, "turn", "en" if turn % 2 else "fr")
        await sees(listener, LOUD, *((2, 0.2) if turn % 2 else (0, 0.2)))
        steps = floor_or(await recorder.steps(since), 2)
        gaps.append(lost(steps))
        overlaps.append(doubled(steps))

    assert max(overlaps) <= MOST_MILLISECONDS, overlaps
    within(gaps)


async def test_a_booth_that_drops_out_leaves_the_floor_and_a_partner_takes_over(
    browser: Browser, hall: Hall, chairs: Chairs
) -> None:
    """In mid-sentence the page is gone: the floor in full, and told so, until the partner takes over. No circle is taken."""
    maren = await Visitor.arrive(browser, hall.link("arven", "principal"), tone=FLOOR)
    fane = await Visitor.arrive(browser, hall.link("arven", "interpreter"), tone=FANE)
    oru = await Visitor.arrive(browser, hall.link("arven", "interpreter", 1), tone=ORU)
    amsel = await Visitor.arrive(browser, hall.link("tolmar", "interpreter"), tone=AMSEL)
    listener = await Visitor.arrive(browser, hall.link("arven", "adviser"), tone=200)
    for visitor in (maren, fane, oru, amsel, listener):
        await visitor.take_seat()
    await chairs.alone("close_doors")
    await go_on_air(fane)
    await go_on_air(amsel)
    await listener.page.evaluate(LISTEN, "en")
    await sees(listener, CARRIES, "en", "interpreted")
    recorder = await Recorder.open(listener, [FLOOR, FANE, ORU])
    await sees(listener, LOUD, 1, 0.2)

    await do(fane, "listen", "fr")
    assert await amsel.page.evaluate(REFUSED, ["listen", "en"]) == "move_not_possible"
    await amsel.page.evaluate(SAY_SOURCE, ["fr", "en"])
    await amsel.page.evaluate(CALL)  # whoever has heard this has heard what was said before it
    for visitor in (fane, oru, amsel, listener):
        await sees(visitor, "() => globalThis.__visavisProbe.services.booth.booths.get().calling.size === 1")
        assert await visitor.page.evaluate(SOURCES, "arven.en") == [["en", "fr"]]
        assert not await visitor.page.evaluate(SOURCES, "tolmar.fr")

    since = await recorder.place()
    await fane.leave()
    await sees(listener, CARRIES, "en", "gone")
    await sees(listener, LOUD, 0, 0.2)
    left_to_the_floor(await recorder.steps(since))
    await do(oru, "takeOver")
    await sees(listener, CARRIES, "en", "interpreted")
    await sees(listener, LOUD, 2, 0.2)


async def test_a_booth_of_which_no_packet_comes_leaves_the_floor_in_full_until_one_does(
    browser: Browser, hall: Hall, chairs: Chairs
) -> None:
    """While the SFU has its sound and signalling stands. Whoever coughs or pauses sends silence, and is not gone."""
    maren = await Visitor.arrive(browser, hall.link("arven", "principal"), tone=FLOOR)
    fane = await Visitor.arrive(browser, hall.link("arven", "interpreter"), tone=FANE, before=keep_lines)
    listener = await Visitor.arrive(browser, hall.link("arven", "adviser"), tone=200)
    for visitor in (maren, fane, listener):
        await visitor.take_seat()
    await chairs.alone("close_doors")
    await go_on_air(fane)
    await listener.page.evaluate(LISTEN, "en")
    await sees(listener, CARRIES, "en", "interpreted")
    recorder = await Recorder.open(listener, [FLOOR, FANE])
    await sees(listener, LOUD, 1, 0.2)
    await listener.page.evaluate(FOLLOW, "en")

    await fane.page.keyboard.down("c")
    await fane.page.evaluate("() => hush(true)")
    await sees(listener, RECORDED, await recorder.place() + STEPS_OF_THREE_SECONDS)
    await fane.page.keyboard.up("c")
    await sees(listener, RECORDED, await recorder.place() + STEPS_OF_THREE_SECONDS)
    await fane.page.evaluate("() => hush(false)")
    await sees(listener, LOUD, 1, 0.2)
    assert await listener.page.evaluate(CARRIED) == ["interpreted"]

    since = await recorder.place()
    async with severed(fane.page):
        await sees(listener, CARRIES, "en", "gone")
        assert await listener.page.evaluate(STALLED, "en") == [True]
        await sees(listener, LOUD, 0, 0.2)
        left_to_the_floor(await recorder.steps(since))
    await sees(listener, CARRIES, "en", "interpreted")
    await sees(listener, LOUD, 1, 0.2)
    assert await listener.page.evaluate(CARRIED) == ["interpreted", "gone", "interpreted"]
