"""A host that says of the doors what no chair has said, or keeps from a member what one has."""

from functools import partial

import pytest
from playwright.async_api import expect

from tests.live.cast import SEATS, TONES
from tests.live.host.edits import everybody_may_subscribe, unlisted
from tests.live.host.hall import behind, livekit
from tests.live.host.meeting import IDENTITY, MAREN, VEY, Member, Scene, scene
from tests.live.host.script import Message
from tests.live.host.wire import PLENTY, packets
from tests.live.until import becomes, stays
from tests.live.visitor import Visitor

__all__ = ["behind", "livekit", "scene"]

pytestmark = pytest.mark.anyio

PRESS = "press"
PHASE = "() => globalThis.__visavisProbe.services.meeting.state.get().snapshot.meeting.phase"
NOBODY: set[str] = set()


async def reporter(scene: Scene) -> Member:
    """Bring a reporter to the doors, and open them."""
    visitor = await Visitor.arrive(scene.browser, scene.hosted.hall.link(*SEATS[PRESS]), tone=TONES[PRESS])
    await visitor.go_in()
    await scene.chairs.both("open_doors")
    await visitor.is_seated()
    return Member(PRESS, visitor, str(await visitor.page.evaluate(IDENTITY)), [])


@pytest.mark.timeout(300)
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
    await stays(press.heard, NOBODY)
    before = await packets(press.visitor.page)

    async def go_on() -> bool:
        return await packets(press.visitor.page) > before + PLENTY

    # The frames come as before; it is the keys that are not theirs any more.
    await becomes(go_on, wanted=True)
    assert await press.heard() == NOBODY

    # Maren has been told nothing, and speaks on the floor still: to nobody. Those who know keep none of its keys.
    assert await maren.under() == "floor"
    assert await vey.under() == "chamber"
    assert await maren.roster("floor") == {maren.identity, vey.identity}
    await becomes(maren.heard, {VEY})
    await becomes(vey.heard, NOBODY)

    # Until what the chairs had said before holds the doors no more.
    await becomes(partial(under, maren), "chamber")
    await becomes(vey.heard, {MAREN})


@pytest.mark.timeout(300)
async def test_a_chairs_word_closes_the_doors_for_who_is_not_told_that_the_phase_has_moved(scene: Scene) -> None:
    maren, _vey = [await scene.arrives(name) for name in (MAREN, VEY)]
    await scene.chairs.both("open_doors")
    await becomes(partial(under, maren), "floor")

    def withheld(_who: str, message: Message) -> Message | None:
        return None if message.get("event", {}).get("kind") == "phase_moved" else message

    scene.hosted.host.script.events.append(withheld)
    await scene.chairs.alone("close_doors")
    await becomes(partial(under, maren), "chamber")
    await expect(maren.visitor.page.locator(".doors")).to_contain_text("The doors are closed")


@pytest.mark.timeout(300)
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


async def under(member: Member) -> str:
    """Return under whose keys a member sends."""
    return str(await member.under())


async def phase_told(member: Member) -> str:
    """Return the phase that a member's page was told."""
    return str(await member.visitor.page.evaluate(PHASE))
