"""What is said beside sound and picture: sealed in one browser, read in another, over the real server."""

from typing import Final

import pytest
from playwright.async_api import Browser, Page, Request

from tests.live.cast import Chairs, seated
from tests.live.hall import Hall
from tests.live.until import becomes

pytestmark = pytest.mark.anyio

BOTH: Final = ("arven principal", "tolmar principal")
LISTEN: Final = """() => {
  const { keys } = globalThis.__visavisProbe;
  globalThis.letters = [];
  keys.listen((group, told) => globalThis.letters.push({ group: group.kind, ...told }));
}"""
SAY: Final = """([group, text]) => {
  const said = { kind: "chat", at: new Date().toISOString(), text };
  return globalThis.__visavisProbe.keys.say(group, 1, said);
}"""
HEARD: Final = """() => globalThis.letters.filter(({ told }) => told !== "sent").map((letter) =>
  letter.told === "heard" ? `${letter.group} ${letter.from.party}: ${letter.said.text}` : `${letter.group} ${letter.told}`)"""
HOLDERS: Final = """() => globalThis.__visavisProbe.keys.state.get().groups
  .filter(({ group, at }) => group === "chamber" && at === "inside").map(({ roster }) => roster.length)"""
CHAMBER: Final = {"kind": "chamber"}


async def test_what_one_side_says_the_other_reads_and_the_server_does_not(
    browser: Browser, hall: Hall, chairs: Chairs
) -> None:
    """Both hear both in one order; what the server hands out of it holds no word; who comes later reads what is after."""
    visitors = await seated(browser, hall, *BOTH)
    arven, tolmar = (visitors[name].page for name in BOTH)
    await chairs.alone("close_doors")
    await listens(arven, holders=2)
    await listens(tolmar, holders=2)
    both = ["chamber arven: withdraw by the ninth", "chamber tolmar: by the twelfth"]
    carried = sent_by(arven)
    await say(arven, "withdraw by the ninth")
    await becomes(lambda: tolmar.evaluate(HEARD), wanted=both[:1])
    await say(tolmar, "by the twelfth")
    await becomes(lambda: tolmar.evaluate(HEARD), wanted=both)
    await becomes(lambda: arven.evaluate(HEARD), wanted=both)
    assert any("envelope" in one for one in carried)
    assert not [one for one in carried if "withdraw" in one or "twelfth" in one]

    late = (await seated(browser, hall, "tolmar interpreter"))["tolmar interpreter"].page
    await listens(late, holders=3)
    await say(arven, "agreed")
    await becomes(lambda: late.evaluate(HEARD), wanted=["chamber arven: agreed"])


async def listens(page: Page, holders: int) -> None:
    """Wait until so many hold the chamber's keys at a page, and note from then on what it is told."""
    await becomes(lambda: page.evaluate(HOLDERS), wanted=[holders])
    await page.evaluate(LISTEN)


async def say(page: Page, text: str) -> None:
    """Let somebody say something in the chamber's chat."""
    assert await page.evaluate(SAY, [CHAMBER, text])


def sent_by(page: Page) -> list[str]:
    """Return the bodies that a page and its workers send from now on."""
    bodies: list[str] = []
    page.on("request", lambda request: bodies.append(_body(request)))
    return bodies


def _body(request: Request) -> str:
    return request.post_data or ""
