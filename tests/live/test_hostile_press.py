"""A press page that keeps its keys, and an SFU that goes on sending it everything: behind closed doors it opens nothing."""

from typing import Final

import pytest

from tests.live.cast import SEATS, TONES
from tests.live.host.edits import everybody_may_subscribe, unlisted
from tests.live.host.keeper import FRAMES, before, kept
from tests.live.host.meeting import IDENTITY, MAREN, VEY, Member, Scene
from tests.live.host.script import EventEdit, Message
from tests.live.until import becomes
from tests.live.visitor import Visitor

pytestmark = pytest.mark.anyio

PRESS: Final = "press"
NOBODY: set[str] = set()
PLENTY: Final = 200


async def hoarder(scene: Scene) -> Member:
    """Seat a reporter whose page keeps every key, and open the doors; nobody puts them out."""
    link = scene.hosted.hall.link(*SEATS[PRESS])
    page = before(FRAMES, "keeper.js")
    visitor = await Visitor.arrive(scene.browser, link, tone=TONES[PRESS], before=page)
    await visitor.go_in()
    await scene.chairs.both("open_doors")
    await visitor.is_seated()
    press = Member(PRESS, visitor, str(await visitor.page.evaluate(IDENTITY)), [])
    scene.hosted.host.script.answers.append(unlisted(press.identity))
    await becomes(press.heard, {MAREN, VEY})
    return press


def untold(press: Member) -> EventEdit:
    """Tell the press of nothing more."""

    def edit(who: str, message: Message) -> Message | None:
        return None if who == press.identity and "event" in message else message

    return edit


async def test_keys_of_the_floor_open_nothing_that_is_said_once_the_doors_have_closed(scene: Scene) -> None:
    """Every key that the press ever had, tried on every frame, whatever key it names: before, they open; after, none does."""
    scene.hosted.host.script.requests.append(everybody_may_subscribe)
    maren, vey = [await scene.arrives(name) for name in (MAREN, VEY)]
    press = await hoarder(scene)
    page = press.visitor.page

    async def opens() -> bool:
        so_far = await kept(page)
        return min(so_far.opened, so_far.floor) > PLENTY

    await becomes(opens, wanted=True)

    scene.hosted.host.script.events.append(untold(press))
    await scene.chairs.alone("close_doors")
    await becomes(maren.heard, {VEY})
    await becomes(vey.heard, {MAREN})
    await becomes(press.heard, NOBODY)
    closed = await kept(page)

    async def tries() -> bool:
        return (await kept(page)).tried > closed.tried + PLENTY

    await becomes(tries, wanted=True)
    now = await kept(page)
    assert now.opened == closed.opened
    assert now.floor == closed.floor
    assert now.keys == closed.keys
