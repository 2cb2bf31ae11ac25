"""A server that says what is not so: which summit this is, who one is, who the others are. It is not believed."""

import json
from collections.abc import Callable
from functools import partial
from typing import Any, Final

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from playwright.async_api import Browser

from tests.live.cast import SEATS, TONES
from tests.live.host.hall import Hosted
from tests.live.host.meeting import IDENTITY, MAREN, VEY
from tests.live.host.script import Answer, Asked, Message
from tests.live.until import becomes, stays
from tests.live.visitor import Visitor
from visavis.identity.signing import public_half, sign
from visavis.identity.statements import DESCRIPTOR
from visavis.kernel.canonical import b64u, canonical, from_b64u, parsed

pytestmark = pytest.mark.anyio

STATES: Final = """() => {
  const { identification, meeting, call } = globalThis.__visavisProbe.services;
  const [came, feed, { seating }] = [identification, meeting, call].map((each) => each.state.get());
  const said = ({ at, code, why }) => [at, code ?? why].join(" ");
  return { identification: said(came), meeting: said(feed), seating: said(seating) };
}"""
IMPOSTOR: Final = "Somebody Else"
"""A name that nobody in the summit has."""


def descriptor(asked: Asked, answer: Answer) -> Answer:
    """Give the summit's delegations keys of the host's own, and sign that as both."""
    if not asked.path.endswith("/descriptor"):
        return answer
    said: Any = parsed(from_b64u(answer.words()["descriptor"]))
    keys = {side["id"]: Ed25519PrivateKey.generate() for side in said["delegations"]}
    for side in said["delegations"]:
        side["key"] = b64u(public_half(keys[side["id"]]))
    raw = canonical(said)
    signatures = {party: b64u(sign(key, DESCRIPTOR, raw)) for party, key in keys.items()}
    return answer.saying({"descriptor": b64u(raw), "signatures": signatures})


def ticket(asked: Asked, answer: Answer) -> Answer:
    """Give a ticket that is for another name."""
    if not asked.path.endswith("/tickets") or answer.status != 200:
        return answer
    return answer.saying({**answer.words(), "identity": "A" * 26})


def seat(_: str, message: Message) -> Message:
    """Tell somebody that they are another."""
    told = message.get("snapshot")
    if told is not None:
        told["you"] = next(one["member"] for one in told["seats"] if one["member"] != told["you"])
    return message


def summit(_: str, message: Message) -> Message:
    """Tell of another summit's meeting."""
    if "snapshot" in message:
        message["snapshot"]["summit"]["dh"] = b64u(bytes(32))
    return message


LIES: Final[dict[str, tuple[Callable[[Hosted], None], str, str]]] = {
    "another descriptor": (
        lambda hosted: hosted.host.script.answers.append(descriptor),
        "identification",
        "refused descriptor_bad",
    ),
    "another's seat": (lambda hosted: hosted.host.script.events.append(seat), "meeting", "refused device_bad"),
    "another's summit": (lambda hosted: hosted.host.script.events.append(summit), "meeting", "refused descriptor_bad"),
    "another's ticket": (lambda hosted: hosted.host.script.answers.append(ticket), "seating", "shut-out network"),
}


async def test_a_server_that_says_what_is_not_so_is_left(browser: Browser, behind: Hosted) -> None:
    """Nobody takes a seat at a server that lies about the summit or about them, or that gives another's ticket.

    One is lied to in one way after another; the last lie is told to who would have been seated but for it.
    """
    # Somebody is there already, whom one could be taken for.
    maren = await Visitor.arrive(browser, behind.hall.link(*SEATS[MAREN]), tone=TONES[MAREN])
    await maren.take_seat()
    vey = None
    for lie, part, wanted in LIES.values():
        behind.host.script.clear()
        lie(behind)
        if vey is None:
            vey = await Visitor.arrive(browser, behind.hall.link(*SEATS[VEY]), tone=TONES[VEY])
        else:
            await vey.page.reload()
        if part == "seating":
            await vey.go_in()
        await becomes(partial(state, vey, part), wanted)

    async with behind.engine.sfu() as sfu:
        assert [one.identity for one in await sfu.occupants(behind.room)] == [await maren.page.evaluate(IDENTITY)]


async def state(visitor: Visitor, part: str) -> str:
    """Return how a part of somebody's page stands."""
    states: dict[str, str] = await visitor.page.evaluate(STATES)
    return states[part]


async def test_who_is_not_as_their_delegation_signed_is_not_shown(browser: Browser, behind: Hosted) -> None:
    """A member under another name than their delegation's word has is nobody."""
    maren = await Visitor.arrive(browser, behind.hall.link(*SEATS[MAREN]), tone=TONES[MAREN])
    await maren.take_seat()
    name = await maren.page.evaluate(
        "() => globalThis.__visavisProbe.services.meeting.state.get().snapshot.seats[0].name"
    )

    def rename(_: str, message: Message) -> Message:
        told: Message = json.loads(json.dumps(message).replace(json.dumps(name), json.dumps(IMPOSTOR)))
        return told

    behind.host.script.events.append(rename)
    vey = await Visitor.arrive(browser, behind.hall.link(*SEATS[VEY]), tone=TONES[VEY])
    await vey.take_seat()

    async def shown() -> bool:
        page = await vey.page.inner_text("body")
        return IMPOSTOR in page or name in page

    await stays(shown, wanted=False)
    behind.host.script.clear()
    await vey.page.reload()
    await vey.is_seated()
    await becomes(shown, wanted=True)
