"""A host that says of the doors what no chair has said, or keeps from a member what one has."""

import json
from functools import partial

import httpx
import pytest
from playwright.async_api import expect

from tests.live.cast import SEATS, TONES
from tests.live.delegate import Delegate
from tests.live.host.edits import everybody_may_subscribe, unlisted
from tests.live.host.meeting import IDENTITY, MAREN, VEY, Member, Scene
from tests.live.host.script import Message
from tests.live.host.wire import PLENTY, packets
from tests.live.until import becomes, stays
from tests.live.visitor import Visitor
from tests.live.workers import Workers
from visavis.kernel.canonical import b64u, canonical, from_b64u

pytestmark = pytest.mark.anyio

PRESS = "press"
PHASE = "() => globalThis.__visavisProbe.services.meeting.state.get().snapshot.meeting.phase"
ARRANGED = """() => {
  const { snapshot } = globalThis.__visavisProbe.services.meeting.state.get();
  return snapshot.booths.map(({ id }) => [id, snapshot.isDoubtful]);
}"""
NOBODY: set[str] = set()


async def reporter(scene: Scene) -> Member:
    """Bring a reporter to the doors, and open them."""
    visitor = await Visitor.arrive(scene.browser, scene.hosted.hall.link(*SEATS[PRESS]), tone=TONES[PRESS])
    await visitor.go_in()
    await scene.chairs.both("open_doors")
    await visitor.is_seated()
    return Member(PRESS, visitor, str(await visitor.page.evaluate(IDENTITY)), [])


async def test_one_who_knows_that_the_doors_have_closed_puts_the_press_out_for_those_who_do_not(scene: Scene) -> None:
    """Withheld close: Maren and the press are told nothing. Vey's client takes the floor's keys from the press all the same.

    And Maren's doors fall shut by themselves when the chairs' last word no longer holds them.
    """
    scene.hosted.host.script.requests.append(everybody_may_subscribe)
    maren, vey = [await scene.arrives(name) for name in (MAREN, VEY)]
    press = await reporter(scene)
    scene.hosted.host.script.answers.append(unlisted(press.identity))
    await becomes(press.heard, {MAREN, VEY})

    def withheld(who: str, message: Message) -> Message | None:
        moved = message.get("event", {}).get("kind") in {"phase_moved", "doors_ordered"}
        return None if moved and who in {maren.identity, press.identity} else message

    scene.hosted.host.script.events.append(withheld)
    await scene.chairs.alone("close_doors")
    await becomes(press.heard, NOBODY)
    # Maren has been told nothing, and speaks on the floor still: to nobody. Those who know keep none of its keys.
    assert await maren.under() == "floor"
    assert await vey.under() == "chamber"
    await becomes(partial(maren.roster, "floor"), {maren.identity, vey.identity})
    await becomes(vey.heard, NOBODY)
    before = await packets(press.visitor.page)

    async def go_on() -> bool:
        return await packets(press.visitor.page) > before + PLENTY

    # The frames come as before; it is the keys that are not theirs any more.
    await becomes(go_on, wanted=True)
    await stays(press.heard, NOBODY)
    await becomes(maren.heard, {VEY})

    # Until what the chairs had said before holds the doors no more.
    await becomes(partial(under, maren), "chamber")
    await becomes(vey.heard, {MAREN})


async def test_a_chairs_word_closes_the_doors_for_who_is_not_told_that_the_phase_has_moved(scene: Scene) -> None:
    """And who goes on outside after the doors have closed is named to all, muted, and begins anew with other keys."""
    maren, vey = [await scene.arrives(name) for name in (MAREN, VEY)]
    lines = [member.visitor.page.locator(".doors") for member in (maren, vey)]
    await scene.chairs.both("open_doors")
    await becomes(partial(under, maren), "floor")

    def withheld(_who: str, message: Message) -> Message | None:
        return None if message.get("event", {}).get("kind") == "phase_moved" else message

    scene.hosted.host.script.events.append(withheld)
    await scene.chairs.alone("close_doors")
    await becomes(partial(under, maren), "chamber")
    for line in lines:
        await expect(line).to_contain_text("The doors are closed")
        await expect(line).not_to_contain_text("devices have closed")
        await expect(line).not_to_contain_text("heard outside")

    scene.hosted.host.script.events.clear()
    await scene.chairs.both("open_doors")
    # Only whoever has her key of this floor can tell that what comes is hers.
    for member, other in ((maren, VEY), (vey, MAREN)):
        await becomes(partial(under, member), "floor")
        await becomes(member.heard, {other})
    await Workers(maren.visitor.page).go_on_under("floor.2")
    await scene.chairs.alone("close_doors")
    await expect(lines[0]).to_contain_text("May still be heard outside: you")
    await expect(lines[1]).to_contain_text("May still be heard outside: President Ilse Maren")
    for line in lines:
        await expect(line).to_have_attribute("data-colour", "alarm")
    microphone = maren.visitor.page.get_by_role("button", name="Microphone", exact=True)
    await expect(microphone).to_have_attribute("aria-pressed", "false")
    await becomes(partial(under, maren), "chamber")
    # Her frames worker is another one now, and seals for the chamber.
    await maren.visitor.speak()
    await becomes(vey.heard, {MAREN})


async def test_the_hosts_word_opens_no_doors(scene: Scene) -> None:
    """The host tells everybody that the doors are open, though no chair has said so: nobody speaks to the press."""
    maren, vey = await scene.closed(MAREN, VEY)

    def opened(_who: str, message: Message) -> Message:
        for said in (message.get("snapshot"), message.get("event")):
            if said is not None and "meeting" in said:
                said["meeting"] |= {"phase": "open", "openings": 1}
        return message

    scene.hosted.host.script.events.append(opened)
    await scene.chairs.both("change_mode", "consecutive")
    for member in (maren, vey):
        await becomes(partial(phase_told, member), "open")
        await stays(partial(under, member), "chamber")
        await becomes(member.heard, {MAREN, VEY} - {member.name})
        await expect(member.visitor.page.locator(".doors")).to_contain_text("The doors are closed")
    await the_hosts_word_moves_no_booth(scene, maren)


async def the_hosts_word_moves_no_booth(scene: Scene, maren: Member) -> None:
    """A delegation's own booth that the host tells as a joint one, in another channel, is believed to be what was signed."""
    hall = scene.hosted.hall
    interpreter = await Delegate.arrive(hall.origin, hall.link("tolmar", "interpreter"))
    booth = {"id": "tolmar.fr", "languages": ["fr"], "members": [interpreter.identity]}
    await interpreter.http.aclose()
    put_up = await scene.chairs.tolmar.arrange(hall.meeting, booths=[booth], party="tolmar")
    assert put_up.status_code == httpx.codes.NO_CONTENT
    await becomes(partial(arranged, maren), [["tolmar.fr", False]])

    def joint(_who: str, message: Message) -> Message:
        for one in message.get("event", {}).get("arranged", []):
            said = json.loads(from_b64u(one["statement"]))
            signed = [{"language": "fr", "kind": "signed"}]
            lie = {**said, "party": None, "channels": signed, "booths": [{**booth, "id": "joint.fr"}]}
            one["statement"] = b64u(canonical(lie))
        return message

    scene.hosted.host.script.events.append(joint)
    await scene.chairs.tolmar.arrange(hall.meeting, booths=[booth], party="tolmar")
    await becomes(partial(arranged, maren), [["tolmar.fr", True]])


async def arranged(member: Member) -> list[list[object]]:
    """Return the booths that a member's page believes in, each with whether it doubts what the server shows."""
    return list(await member.visitor.page.evaluate(ARRANGED))


async def under(member: Member) -> str:
    """Return under whose keys a member sends."""
    return str(await member.under())


async def phase_told(member: Member) -> str:
    """Return the phase that a member's page was told."""
    return str(await member.visitor.page.evaluate(PHASE))
