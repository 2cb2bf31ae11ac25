"""What lives in a page: objects of a kind, its heap, what it receives. Asked of Chromium itself, after a collection."""

from typing import Any, Final

from playwright.async_api import CDPSession, Page

KINDS: Final = ("RTCPeerConnection", "HTMLAudioElement", "AudioNode", "WebSocket")
_RECEIVERS: Final = """function () {
  const live = this.filter((peer) => peer.signalingState !== "closed");
  const mids = live.flatMap((peer) => peer.getTransceivers());
  return mids.map(({ mid, currentDirection, receiver }) => [mid, currentDirection, receiver.track.id].join(" "));
}"""


async def _all(session: CDPSession, kind: str) -> str:
    prototype = await session.send("Runtime.evaluate", {"expression": f"{kind}.prototype"})
    found = await session.send("Runtime.queryObjects", {"prototypeObjectId": prototype["result"]["objectId"]})
    return str(found["objects"]["objectId"])


async def _asked(session: CDPSession, kind: str, function: str) -> Any:  # noqa: ANN401 - whatever the function returns
    asked = {"objectId": await _all(session, kind), "functionDeclaration": function, "returnByValue": True}
    return (await session.send("Runtime.callFunctionOn", asked))["result"]["value"]


async def receivers(page: Page) -> list[str]:
    """Return every transceiver of every connection of the page: its place, direction and track."""
    session = await page.context.new_cdp_session(page)
    found = await _asked(session, "RTCPeerConnection", _RECEIVERS)
    await session.detach()
    return [str(one) for one in found]


async def living(page: Page) -> dict[str, int]:
    """Return how many objects of each kind live after a collection."""
    session = await page.context.new_cdp_session(page)
    await session.send("HeapProfiler.collectGarbage")
    counted = {kind: int(await _asked(session, kind, "function () { return this.length; }")) for kind in KINDS}
    await session.detach()
    return counted


async def heap_bytes(page: Page) -> int:
    """Return what the page's scripts hold after a collection, in bytes."""
    session = await page.context.new_cdp_session(page)
    await session.send("HeapProfiler.collectGarbage")
    used = await session.send("Runtime.getHeapUsage")
    await session.detach()
    return int(used["usedSize"])
