"""A host that wants sound in clear: from a member, or into one. In every scene somebody of its own gets every frame."""

from functools import partial
from typing import Final

import pytest
from livekit.protocol import models, rtc

from tests.live.cast import ALL_TONES, TONES
from tests.live.host import edits
from tests.live.host.ghost import GHOST, gets_frames_it_cannot_open, ghost, guess, haunt
from tests.live.host.meeting import MAREN, VEY, Member, Scene
from tests.live.host.wire import PLENTY, seen, seen_under, sounds, watch
from tests.live.until import becomes, goes_on, stays
from tests.live.workers import Workers

pytestmark = pytest.mark.anyio

STRANGE: int = TONES["press"]
"""The tone of the host's own: nobody else in these scenes has it."""
RENAMED: Final = "RENAMED"
SECOND: Final = "SECOND"
NOBODY: set[str] = set()
SILENCE: set[int] = set()


async def test_somebody_of_the_hosts_own_is_not_heard_hears_nothing_and_is_in_no_list(
    scene: Scene, sealed_page: str
) -> None:
    """A ghost in the SFU's room with every frame and a wrong key for each: it opens none, and nobody opens its own."""
    haunt(scene.hosted)
    maren, vey = await scene.closed(MAREN, VEY)
    await becomes(vey.heard, {MAREN})
    eve = await ghost(scene.browser, sealed_page, scene.hosted)
    await guess(eve, maren.identity, vey.identity)
    for key_id in range(256):
        await eve.say("send", keyId=key_id, secret=key_id)
    await eve.speak(STRANGE)

    await becomes(lambda: gets_frames_it_cannot_open(eve), wanted=True)
    await becomes(lambda: sounds(vey.visitor.page), 2)
    await goes_on(vey.heard, {MAREN})
    assert await eve.heard(*ALL_TONES) == SILENCE
    for member in (maren, vey):
        assert await member.roster() == {maren.identity, vey.identity}
        assert sorted(await member.visitor.tiles()) == sorted(await maren.visitor.tiles())
        assert GHOST not in await member.visitor.page.inner_text("body")


async def test_what_comes_in_clear_is_not_heard_whatever_the_host_calls_it(scene: Scene, sealed_page: str) -> None:
    """Downgrade in: a stranger's tone in clear as Maren's second microphone, and every track told to be unsealed."""
    haunt(scene.hosted)
    maren, vey = await scene.closed(MAREN, VEY)
    eve = await ghost(scene.browser, sealed_page, scene.hosted, guest="stranger")
    await eve.speak(STRANGE)

    def off(track: models.TrackInfo) -> None:
        track.encryption = models.Encryption.NONE

    signals = scene.hosted.host.script.signals
    signals.append(edits.Impersonation(vey.identity, GHOST, maren.identity))
    signals.append(edits.told_otherwise(vey.identity, edits.tracks(maren.identity, off)))
    await vey.comes_back()
    await becomes(vey.heard, {MAREN})
    await becomes(lambda: sounds(vey.visitor.page), 2)
    await goes_on(vey.heard, {MAREN})


async def test_who_is_called_by_another_name_sends_nothing(scene: Scene, sealed_page: str) -> None:
    """Downgrade out: made to join anew under another name, a member sends nothing; and does again under their own."""
    haunt(scene.hosted)
    maren, vey = await scene.closed(MAREN, VEY)
    eve = await ghost(scene.browser, sealed_page, scene.hosted, guest="forgetful")
    await watch(eve.page)

    async def overheard() -> tuple[bool, bool]:
        frames = await seen(eve.page)
        return frames["sealed"] > PLENTY, frames["clear"] > 0

    await becomes(overheard, (True, False))

    def rename(who: str, said: rtc.SignalResponse) -> rtc.SignalResponse:
        if who == vey.identity and said.HasField("join"):
            said.join.participant.identity = RENAMED
        return said

    host = scene.hosted.host
    host.script.signals.append(rename)
    anew = rtc.LeaveRequest(can_reconnect=True, action=rtc.LeaveRequest.Action.RECONNECT)
    await host.tell(vey.identity, rtc.SignalResponse(leave=anew))
    await becomes(maren.heard, NOBODY)
    await stays(maren.heard, NOBODY)

    host.script.signals.clear()
    await becomes(maren.heard, {VEY})
    assert await overheard() == (True, False)
    # Somebody who does send in clear is overheard.
    host.script.answers.append(edits.unlisted(SECOND))
    second = await ghost(scene.browser, sealed_page, scene.hosted, guest="stranger", name=SECOND)
    await second.speak(STRANGE)
    await becomes(overheard, (True, True))


async def has_come_anew(who: Member, epoch: int) -> bool:
    """Tell whether somebody is in the chamber's group in a later epoch than this."""
    group = await who.group()
    return bool(group["at"] == "inside" and group["epoch"] > epoch)


async def test_a_worker_that_dies_in_mid_sentence_takes_the_line_with_it(scene: Scene, sealed_page: str) -> None:
    """Killed without a word, what seals or has the keys is begun anew by itself: never in clear, nor under the old key."""
    haunt(scene.hosted)
    maren, vey = await scene.closed(MAREN, VEY)
    eve = await ghost(scene.browser, sealed_page, scene.hosted, guest="forgetful")
    await watch(eve.page)
    for name in ("frames", "chamber"):
        await becomes(maren.heard, {VEY})
        epoch = (await vey.group())["epoch"]
        await Workers(vey.visitor.page).kill(name)
        # For how long nobody hears Vey meanwhile is another matter: nobody need have looked just then.
        await becomes(partial(has_come_anew, vey, epoch), wanted=True, looks=1)
        await becomes(maren.heard, {VEY})
        await becomes(vey.heard, {MAREN})
        after = (await vey.group())["epoch"]
        # By either of them.
        await becomes(lambda: seen_under(eve.page), after % 128)
    frames = await seen(eve.page)
    assert frames["sealed"] > PLENTY
    assert frames["clear"] == 0
