"""A host that keeps the closing of the doors from a member, and the press in the SFU's room."""

import pytest

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
    """Withheld close: Maren and the press are told nothing. Vey's client takes the floor's keys from the press all the same."""
    scene.hosted.host.script.requests.append(everybody_may_subscribe)
    maren, vey = [await scene.arrives(name) for name in (MAREN, VEY)]
    press = await reporter(scene)
    scene.hosted.host.script.answers.append(unlisted(press.identity))
    await becomes(press.heard, {MAREN, VEY})

    def withheld(who: str, message: Message) -> Message | None:
        moved = message.get("event", {}).get("kind") == "phase_moved"
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
