"""An SFU that has every frame of a member, and says it again."""

import pytest
from playwright.async_api import expect

from tests.live.cast import TONES
from tests.live.host import edits
from tests.live.host.ghost import GHOST, ghost, haunt, stranger_page
from tests.live.host.hall import behind, livekit
from tests.live.host.meeting import ADVISER, MAREN, Scene, scene
from tests.live.host.wire import says_again, sounds
from tests.live.until import becomes, stays

__all__ = ["behind", "livekit", "scene", "stranger_page"]

pytestmark = pytest.mark.anyio

NOBODY: set[str] = set()


@pytest.mark.timeout(300)
async def test_what_a_member_said_cannot_be_said_again(scene: Scene, stranger_page: str) -> None:
    """Replay: sealed frames of Maren's, kept and sent again in her name while she is muted. Nothing is heard."""
    haunt(scene.hosted)
    maren, adviser = [await scene.arrives(name) for name in (MAREN, ADVISER)]
    await scene.chairs.alone("close_doors")
    scene.hosted.host.script.signals.append(edits.Impersonation(adviser.identity, GHOST, maren.identity))
    await adviser.comes_back()
    await becomes(adviser.heard, {MAREN})

    eve = await ghost(scene.browser, stranger_page, scene.hosted, guest="forgetful")
    await becomes(lambda: sounds(eve.page), 1)
    await eve.speak(TONES["press"])
    await says_again(eve.page)
    await becomes(lambda: sounds(adviser.visitor.page), 2)
    await becomes(adviser.heard, {MAREN})

    button = maren.visitor.page.get_by_role("button", name="Microphone", exact=True)
    await button.click()
    await expect(button).to_have_attribute("aria-pressed", "false")
    await becomes(adviser.heard, NOBODY)
    await stays(adviser.heard, NOBODY)
