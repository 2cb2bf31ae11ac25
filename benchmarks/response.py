"""`response`: how even the chain from a headset's microphone to a listener's mix is between 125 Hz and 15 kHz: within 3 dB.

The microphone is a file of tones that the browser plays as its device, so that whatever it does to a voice is in the figure. The
peer is livekit-client as it comes: its own way to open a microphone, and what it sends with.
"""

import array
import math
import tempfile
import wave
from functools import partial
from pathlib import Path
from typing import Final

from benchmarks.parts.figure import against_goal, compared, note
from benchmarks.parts.lines import DEFAULTS, OURS, Rooms, heard_and_sealed, lined_up
from benchmarks.parts.trials import ended_within, in_turn, wanted

MOST_DECIBELS: Final = 3.0
CONNECTIONS: Final = 3
TONES: Final = (
    *(125, 160, 200, 250, 315, 400, 500, 630, 800, 1000, 1250, 1600, 2000),
    *(2500, 3150, 4000, 5000, 6300, 8000, 10000, 12500, 15000),
)
MIDDLE: Final = TONES.index(1000)
TONE_SECONDS: Final = 0.4
RATE: Final = 48_000
AMPLITUDE: Final = 0.1
FADE: Final = RATE // 50
LOOP_SECONDS: Final = TONE_SECONDS * len(TONES)


def swept(path: Path) -> None:
    """Write the tones one after the other, each rising and fading in 20 ms."""
    length = int(TONE_SECONDS * RATE)
    samples = array.array("h")
    for hertz in TONES:
        for at in range(length):
            fade = min(1.0, at / FADE, (length - at) / FADE)
            samples.append(round(32767 * AMPLITUDE * fade * math.sin(2 * math.pi * hertz * at / RATE)))
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples.tobytes())


async def unevenness(rooms: Rooms, kind: str) -> float:
    """Return the largest difference of a tone from that of 1 kHz, in dB."""
    room = await rooms.room()
    async with rooms.page() as page:
        anna = await rooms.sit(page, kind, room, ("ANNA", "BORIS"))
        boris = await rooms.sit(page, kind, room, ("BORIS", "ANNA"))
        await anna.open_microphone()
        await heard_and_sealed([boris], kind)
        levels = await boris.tones(TONES, LOOP_SECONDS * 1.3)
    apart = [level - levels[MIDDLE] for level in levels]
    note(f"{kind}: " + ", ".join(f"{hertz}: {level:+.1f}" for hertz, level in zip(TONES, apart, strict=True)))
    return round(max(abs(level) for level in apart), 2)


async def main() -> None:
    """Print both figures."""
    with tempfile.TemporaryDirectory(prefix="visavis-bench-") as folder:
        file = Path(folder) / "tones.wav"
        swept(file)
        async with lined_up(f"--use-file-for-fake-audio-capture={file}", pinned=True) as rooms:
            trials = await in_turn(
                {kind: partial(unevenness, rooms, kind) for kind in (OURS, DEFAULTS)}, wanted(CONNECTIONS)
            )
    against_goal("response", trials[OURS], MOST_DECIBELS, unit="dB").print()
    compared("response.peer", trials[OURS], trials[DEFAULTS], unit="dB").print()


if __name__ == "__main__":
    ended_within(15, main)
