"""An SFU that has every frame of a member, and says it again; or that speaks to members beside sound and picture."""

from typing import Final

import pytest
from livekit import api
from livekit.protocol import models
from playwright.async_api import expect

from tests.live.cast import TONES
from tests.live.host import edits
from tests.live.host.ghost import GHOST, ghost, haunt
from tests.live.host.hall import Hosted
from tests.live.host.meeting import ADVISER, MAREN, Scene
from tests.live.host.wire import says_again, sounds
from tests.live.sealed import SealedPage
from tests.live.until import becomes, stays

pytestmark = pytest.mark.anyio

NOBODY: set[str] = set()
LISTENER: Final = "LISTENER"
WORDS: Final = "nobody asked for this"
NO_SUCH_METHOD: Final = "Method not supported at destination"


async def test_what_a_member_said_cannot_be_said_again(scene: Scene, sealed_page: str) -> None:
    """Replay: sealed frames of Maren's, kept and sent again in her name while she is muted. Nothing is heard."""
    haunt(scene.hosted)
    maren, adviser = [await scene.arrives(name) for name in (MAREN, ADVISER)]
    await scene.chairs.alone("close_doors")
    scene.hosted.host.script.signals.append(edits.Impersonation(adviser.identity, GHOST, maren.identity))
    await adviser.comes_back()
    await becomes(adviser.heard, {MAREN})

    eve = await ghost(scene.browser, sealed_page, scene.hosted, guest="forgetful")
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


async def test_what_is_sent_beside_sound_and_picture_reaches_no_screen(scene: Scene, sealed_page: str) -> None:
    """Data and calls of LiveKit's own: a stranger's client takes them, and a member's neither shows nor answers them."""
    haunt(scene.hosted)
    scene.hosted.host.script.answers.append(edits.unlisted(LISTENER))
    maren = await scene.arrives(MAREN)
    await scene.chairs.alone("close_doors")
    eve = await ghost(scene.browser, sealed_page, scene.hosted, guest="stranger")
    listener = await ghost(scene.browser, sealed_page, scene.hosted, guest="stranger", name=LISTENER)
    # Even a member whom the host lets answer does not.
    for identity in (GHOST, LISTENER, maren.identity):
        await lets_send_data(scene.hosted, identity)

    async def reaches() -> bool:
        # What is sent before a channel is open reaches nobody.
        assert await eve.write(WORDS) == ""
        return WORDS in await listener.texts()

    await becomes(reaches, wanted=True)
    assert NO_SUCH_METHOD in await rings(eve, LISTENER)
    refused = await rings(eve, maren.identity)
    assert "answered" not in refused
    assert NO_SUCH_METHOD not in refused
    assert WORDS not in await maren.visitor.page.inner_text("body")
    assert not [line for line in maren.troubles if WORDS in line]


async def lets_send_data(hosted: Hosted, identity: str) -> None:
    """Let somebody in the chamber send data, as no ticket of the server's does."""
    keys = hosted.engine.keys
    may = models.ParticipantPermission(can_publish=True, can_subscribe=True, can_publish_data=True)
    asked = api.UpdateParticipantRequest(room=hosted.room, identity=identity, permission=may)
    async with api.LiveKitAPI(hosted.engine.plan.url, keys.key, keys.secret.reveal()) as sfu:
        await sfu.room.update_participant(asked)


async def rings(page: SealedPage, identity: str) -> str:
    """Call a procedure of somebody's; return what came of it."""
    return str(await page.page.evaluate("identity => sealed.ring(identity)", identity))
