"""A page's connections with the SFU, whatever its scripts make of them. Asked of Chromium itself."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from playwright.async_api import Page

INBOUND: Final = """async function () {
  const live = this.filter(({ connectionState }) => connectionState !== "closed");
  const reports = await Promise.all(live.map((each) => each.getStats()));
  const entries = reports.flatMap((report) => [...report.values()]);
  const sounds = entries.filter(({ type, kind }) => type === "inbound-rtp" && kind === "audio");
  return sounds.map(({ packetsReceived }) => packetsReceived);
}"""


CONCEALED: Final = """async function () {
  const live = this.filter(({ connectionState }) => connectionState !== "closed");
  const reports = await Promise.all(live.map((each) => each.getStats()));
  const entries = reports.flatMap((report) => [...report.values()]);
  const sounds = entries.filter(({ type, kind }) => type === "inbound-rtp" && kind === "audio");
  const made = sounds.map(({ concealedSamples, silentConcealedSamples }) => concealedSamples - silentConcealedSamples);
  return made.reduce((sum, samples) => sum + samples, 0);
}"""
SAMPLES_IN_MILLISECOND: Final = 48
OUTBOUND: Final = """async function () {
  const live = this.filter(({ connectionState }) => connectionState !== "closed");
  const reports = await Promise.all(live.map((each) => each.getStats()));
  const entries = reports.flatMap((report) => [...report.values()]);
  const sounds = entries.filter(({ type, kind, active }) => type === "outbound-rtp" && kind === "audio" && active);
  return sounds.map(({ packetsSent, bytesSent, targetBitrate, timestamp }) =>
    [packetsSent, bytesSent, targetBitrate, timestamp / 1000]);
}"""


def _script(name: str) -> str:
    return (Path(__file__).parent / name).read_text(encoding="utf-8").partition("*/")[2].strip()


RECORDER: Final = _script("recorder.js")
WATCH: Final = _script("watch.js")
PLENTY: Final = 100


async def _asked(page: Page, function: str) -> Any:  # noqa: ANN401 - whatever the function returns
    session = await page.context.new_cdp_session(page)
    prototype = await session.send("Runtime.evaluate", {"expression": "RTCPeerConnection.prototype"})
    found = await session.send("Runtime.queryObjects", {"prototypeObjectId": prototype["result"]["objectId"]})
    told = await session.send(
        "Runtime.callFunctionOn",
        {
            "objectId": found["objects"]["objectId"],
            "functionDeclaration": function,
            "returnByValue": True,
            "awaitPromise": True,
        },
    )
    await session.detach()
    assert "exceptionDetails" not in told, told
    return told["result"].get("value")


async def sounds(page: Page) -> int:
    """Return of how many sounds plenty of packets have come to a page."""
    counted: list[int] = await _asked(page, INBOUND)
    return sum(number > PLENTY for number in counted)


async def packets(page: Page) -> int:
    """Return how many packets of sound have come to a page."""
    counted: list[int] = await _asked(page, INBOUND)
    return sum(counted)


@dataclass(frozen=True, slots=True)
class Sent:
    """What a page has sent of its only sound so far, and when that was counted, in s."""

    packets: int
    octets: int
    target: int
    """What the encoder aims at, in bit/s."""
    at: float

    @classmethod
    async def by(cls, page: Page) -> "Sent":
        """Count it now."""
        [counted] = await _asked(page, OUTBOUND)
        return cls(*counted)

    def packets_a_second(self, before: "Sent") -> float:
        """Return how many left in each second since."""
        return (self.packets - before.packets) / (self.at - before.at)

    def bits_a_second(self, before: "Sent") -> float:
        """Return how much of sound left in each second since, without the heads of its packets."""
        return (self.octets - before.octets) * 8 / (self.at - before.at)


async def sent_next(page: Page, packets: int) -> tuple[Sent, Sent]:
    """Wait until a page has sent so many packets more; return what it had sent, and what it has."""
    before = after = await Sent.by(page)
    while after.packets - before.packets < packets:
        await page.evaluate("() => new Promise(requestAnimationFrame)")
        after = await Sent.by(page)
    return before, after


async def concealed(page: Page) -> float:
    """Return how much of what was to be heard in a page its browser has had to make up so far, in ms."""
    return float(await _asked(page, CONCEALED)) / SAMPLES_IN_MILLISECOND


async def says_again(page: Page) -> None:
    """Keep the next two hundred frames of sound that come to a page, and then send them over and over.

    The page must be one whose frames wait for a transform (`forgetful`); Chromium takes none late otherwise.
    """
    await _asked(page, RECORDER)


async def watch(page: Page) -> None:
    """Look at every frame of sound that comes to a page from now on; the page must be a `forgetful` one, likewise."""
    await _asked(page, WATCH)


async def seen(page: Page) -> dict[str, int]:
    """Return how many frames were `sealed`, how many `blank` (the SFU's own silence, when a sound ends), how many `clear`."""
    counted: dict[str, int] = await page.evaluate("() => globalThis.seen")
    return counted


async def seen_under(page: Page) -> int:
    """Return under which key the newest of the sealed ones was sealed."""
    return int(await page.evaluate("() => globalThis.seenUnder"))
