"""Who hears which language, and how loud: tones of interpreters and of the floor at the listeners' ears."""

from statistics import median
from typing import Final

import httpx
import pytest
from playwright.async_api import Browser, expect

from tests.live.booth import (
    DUCKED_DECIBELS,
    TOLERANCE_DECIBELS,
    Mix,
    choices,
    choose,
    full_level,
    mix,
    move_original,
    on_air,
)
from tests.live.cast import TONES, Chairs, seated
from tests.live.census import receivers
from tests.live.ear import Ear, now
from tests.live.hall import Hall
from tests.live.until import becomes, goes_on
from tests.live.visitor import Visitor

pytestmark = pytest.mark.anyio

PRINCIPALS: Final = ("arven principal", "tolmar principal")
ENGLISH: Final = "arven interpreter"  # their booths, in the demonstration
FRENCH: Final = "tolmar interpreter"
FLOOR: Final[Mix] = dict.fromkeys(PRINCIPALS, "full")
UNDER: Final[Mix] = dict.fromkeys(PRINCIPALS, "under")
BACK_SECONDS: Final = 1.0
SWITCH_MILLISECONDS: Final = 150
HALF_UNDER: Final = DUCKED_DECIBELS / 2
FORGED: Final = 3050
FORGE: Final = """async ([name, hertz]) => {
  const { audioContext, call } = globalThis.__visavisProbe;
  const audio = audioContext ?? new AudioContext();
  const source = audio.createOscillator();
  source.frequency.value = hertz;
  const level = audio.createGain();
  level.gain.value = 0.25;
  const out = audio.createMediaStreamDestination();
  source.connect(level).connect(out);
  source.start();
  await call.seated.line.publish({ name, source: "microphone", track: out.stream.getAudioTracks()[0], muted: false });
}"""


ASK_FLOOR: Final = """async () => {
  const { meeting, orders } = globalThis.__visavisProbe.services;
  await orders.askForTheFloor();
  return meeting.state.get().snapshot.you;
}"""
YIELD_FLOOR: Final = "async () => globalThis.__visavisProbe.services.orders.yieldTheFloor()"
REFUSE: Final = "async () => globalThis.__visavisProbe.services.booth.notInterpretable(true)"
RESUME: Final = "async () => globalThis.__visavisProbe.services.booth.notInterpretable(false)"


async def test_a_listener_hears_the_channel_over_the_original_and_the_floor_without_one(
    browser: Browser, hall: Hall, chairs: Chairs
) -> None:
    """Floor, a silent channel, a channel on air, the original moved to nothing, and back, as docs/protocol.md §7 says."""
    cast = await seated(browser, hall, *PRINCIPALS, FRENCH, "arven adviser")
    adviser, amsel = cast["arven adviser"], cast[FRENCH]
    await chairs.alone("close_doors")
    await becomes(lambda: adviser.heard(list(TONES.values())), {TONES[name] for name in PRINCIPALS})
    full = await full_level(adviser, *PRINCIPALS)
    await becomes(lambda: mix(adviser, full), FLOOR)

    await on_air(amsel, "French", on=True)
    await goes_on(lambda: adviser.heard(list(TONES.values())), {TONES[name] for name in PRINCIPALS})
    await becomes(lambda: mix(adviser, full), FLOOR)
    await on_air(amsel, "French", on=False)
    await choose(adviser, "French")
    await becomes(lambda: mix(adviser, full), FLOOR)

    await on_air(amsel, "French", on=True)
    await becomes(lambda: mix(adviser, full), {FRENCH: "full", **UNDER})
    await move_original(adviser, 0)
    await becomes(lambda: mix(adviser, full), {FRENCH: "full"})
    await move_original(adviser, 20)
    await becomes(lambda: mix(adviser, full), {FRENCH: "full", **UNDER})

    ears = [await Ear.open(adviser, TONES[name]) for name in PRINCIPALS]
    await on_air(amsel, "French", on=False)
    silent = now()
    await becomes(lambda: mix(adviser, full), FLOOR)
    soft_for = [await ear.soft_for(silent, full - TOLERANCE_DECIBELS) for ear in ears]
    assert max(soft_for) < BACK_SECONDS, soft_for


async def test_an_interpreter_takes_another_booth_as_relay_and_never_their_own(
    browser: Browser, hall: Hall, chairs: Chairs
) -> None:
    """One interprets from the other's channel; one's own is not offered, and refused where it is asked for."""
    cast = await seated(browser, hall, "arven principal", ENGLISH, FRENCH)
    fane, amsel = cast[ENGLISH], cast[FRENCH]
    await chairs.alone("close_doors")
    await on_air(amsel, "French", on=True)
    await on_air(fane, "English", on=True)
    speaker = TONES["arven principal"]
    await becomes(lambda: fane.heard(list(TONES.values())), {speaker})
    # An interpreter's ears get every sound equally loud: only what becomes of one of them tells.
    full = (await fane.levels([speaker]))[speaker]

    async def relay() -> tuple[set[int], bool]:
        return await fane.heard(list(TONES.values())), (await fane.levels([speaker]))[speaker] < full + HALF_UNDER

    assert await choices(amsel) == ["Floor", "English booth"]
    await choose(fane, "French")
    await becomes(relay, ({TONES[FRENCH], speaker}, True))
    assert await choices(fane) == ["Floor", "French booth"]
    # From the booth that interprets from theirs they cannot: it would be a circle.
    await becomes(lambda: choices(amsel), ["Floor"])
    assert await asked_for(fane, "en") == "fr"
    await becomes(relay, ({TONES[FRENCH], speaker}, True))


async def test_the_press_hears_channels_at_the_opening_and_no_interpreter_on_the_floor(
    browser: Browser, hall: Hall, chairs: Chairs
) -> None:
    """In the gallery there is a language to choose; whoever stays on the floor hears no interpreter, on air or not."""
    cast = await seated(browser, hall, *PRINCIPALS, ENGLISH, FRENCH, "press")
    press = cast["press"]
    await chairs.both("open_doors")
    await on_air(cast[FRENCH], "French", on=True)
    await on_air(cast[ENGLISH], "English", on=True)
    await becomes(lambda: press.heard(list(TONES.values())), {TONES[name] for name in PRINCIPALS})
    full = await full_level(press, *PRINCIPALS)
    await becomes(lambda: mix(press, full), FLOOR)
    await choose(press, "French")
    await becomes(lambda: mix(press, full), {FRENCH: "full", **UNDER})
    await choose(press, "English")
    await becomes(lambda: mix(press, full), {ENGLISH: "full", **UNDER})
    await choose(press, "The floor")
    await becomes(lambda: mix(press, full), FLOOR)


async def test_switching_the_language_is_instant_because_all_channels_are_held(
    browser: Browser, hall: Hall, chairs: Chairs
) -> None:
    """The new language is heard within 150 ms of choosing it, and the SFU is asked for nothing."""
    cast = await seated(browser, hall, ENGLISH, FRENCH, "arven adviser")
    adviser = cast["arven adviser"]
    await chairs.alone("close_doors")
    await on_air(cast[FRENCH], "French", on=True)
    await on_air(cast[ENGLISH], "English", on=True)
    await choose(adviser, "English")
    await becomes(lambda: adviser.heard(list(TONES.values())), {TONES[ENGLISH]})
    held = await receivers(adviser.page)

    # The middle of six: one look may fall into a pause that a busy machine makes.
    waits = [
        await switched(adviser, language, TONES[tone])
        for language, tone in (("fr", FRENCH), ("en", ENGLISH), ("fr", FRENCH)) * 2
    ]
    assert median(waits) < SWITCH_MILLISECONDS, waits
    assert await receivers(adviser.page) == held


async def test_a_channel_of_a_language_that_its_sender_is_not_accredited_for_is_not_played(
    browser: Browser, hall: Hall, chairs: Chairs
) -> None:
    """An interpreter accredited for English who sends French, or onto the floor, by hand: nobody plays it."""
    cast = await seated(browser, hall, "arven principal", "arven adviser", ENGLISH)
    adviser, interpreter = cast["arven adviser"], cast[ENGLISH]
    await chairs.alone("close_doors")
    tones = [FORGED, TONES["arven principal"]]
    await becomes(lambda: adviser.heard(tones), {TONES["arven principal"]})
    for name in ("int:fr", "floor"):
        await interpreter.page.evaluate(FORGE, [name, FORGED])
    await choose(adviser, "French")
    await goes_on(lambda: adviser.heard(tones), {TONES["arven principal"]})

    # The same page on the channel it is accredited for is heard: it was neither the SFU nor a key that kept the other from us.
    await on_air(interpreter, "English", on=True)
    await choose(adviser, "English")
    await becomes(lambda: adviser.heard([TONES[ENGLISH], FORGED]), {TONES[ENGLISH]})


async def test_a_listener_hears_and_is_told_each_row_of_the_table(browser: Browser, hall: Hall, chairs: Chairs) -> None:
    """Silent, interpreted, spoken, not interpretable, gone, no booth; and the choice outlasts the page."""
    cast = await seated(browser, hall, *PRINCIPALS, FRENCH, "arven adviser")
    adviser, amsel = cast["arven adviser"], cast[FRENCH]
    await chairs.alone("close_doors")
    await becomes(lambda: adviser.heard(list(TONES.values())), {TONES[name] for name in PRINCIPALS})
    full = await full_level(adviser, *PRINCIPALS)
    told = adviser.page.locator(".listen-note")

    await choose(adviser, "English")
    await expect(told).to_have_text("No booth; you hear the floor")
    await choose(adviser, "French")
    await expect(told).to_have_text("Nobody is on air; you hear the floor")
    vey = await cast["tolmar principal"].page.evaluate(ASK_FLOOR)
    given = await chairs.tolmar.http.put(f"/api/meetings/{hall.meeting}/floor", json={"member": vey})
    assert given.status_code == httpx.codes.NO_CONTENT
    await expect(told).to_have_text("Spoken now; you hear the floor")
    await becomes(lambda: mix(adviser, full), FLOOR)

    await on_air(amsel, "French", on=True)
    await expect(told).to_be_empty()
    await becomes(lambda: mix(adviser, full), {FRENCH: "full", **UNDER})
    await amsel.page.evaluate(REFUSE)
    await becomes(lambda: mix(adviser, full), {FRENCH: "full", **FLOOR})
    await cast["tolmar principal"].page.evaluate(YIELD_FLOOR)
    await expect(told).to_have_text("Cannot be interpreted now; you hear the floor")
    await amsel.page.evaluate(RESUME)
    await becomes(lambda: mix(adviser, full), {FRENCH: "full", **UNDER})

    await amsel.leave()
    await expect(told).to_have_text("The interpreter has dropped out; you hear the floor")
    await becomes(lambda: mix(adviser, full), FLOOR)
    await adviser.page.reload()
    await adviser.is_seated()
    await expect(adviser.page.locator("button.listen")).to_have_text("Listening to French")


async def asked_for(visitor: Visitor, channel: str) -> str:
    """Ask the page's own service for a channel, past the menu; return which one it is at afterwards."""
    return str(
        await visitor.page.evaluate(
            """(channel) => {
              const { interpretation } = globalThis.__visavisProbe.services;
              interpretation.listenTo(channel);
              return interpretation.state.get().channel;
            }""",
            channel,
        )
    )


async def switched(visitor: Visitor, channel: str, tone: int) -> float:
    """Choose a channel; return the time until its tone reaches the speakers, in ms, looked for every 5 ms."""
    return float(
        await visitor.page.evaluate(
            """async ([channel, tone, heard]) => {
              const { audioContext, mixerTap, services } = globalThis.__visavisProbe;
              const ear = audioContext.createAnalyser();
              ear.fftSize = 1024;
              ear.smoothingTimeConstant = 0;
              mixerTap.connect(ear);
              const bins = new Float32Array(ear.frequencyBinCount);
              const bin = Math.round((tone * ear.fftSize) / audioContext.sampleRate);
              const level = () => (ear.getFloatFrequencyData(bins), bins[bin]);
              const chosen = performance.now();
              services.interpretation.listenTo(channel);
              return new Promise((tell) => {
                const looking = setInterval(() => {
                  if (level() < heard && performance.now() - chosen < 5000) return;
                  clearInterval(looking);
                  mixerTap.disconnect(ear);
                  tell(performance.now() - chosen);
                }, 5);
              });
            }""",
            [channel, tone, -40],
        )
    )
