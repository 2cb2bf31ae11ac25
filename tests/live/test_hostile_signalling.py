"""What a host can say of others over the SFU's signalling: nobody is ever heard under another's name or as another track."""

from collections.abc import Callable

import pytest
from livekit.protocol import models

from tests.live.host import edits
from tests.live.host.meeting import ADVISER, MAREN, VEY, Member, Scene
from tests.live.until import becomes, goes_on

pytestmark = pytest.mark.anyio

NOBODY: set[str] = set()
Lie = Callable[[Member, Member], Callable[[models.ParticipantInfo], None]]


def swapped(maren: Member, adviser: Member) -> Callable[[models.ParticipantInfo], None]:
    """Call each of two members by the other's name."""
    return edits.renamed({maren.identity: adviser.identity, adviser.identity: maren.identity})


def another_track(_: Member, adviser: Member) -> Callable[[models.ParticipantInfo], None]:
    """Call a microphone an interpreter's channel."""
    return edits.tracks(adviser.identity, edits.track_names({"floor": "int:fr"}))


def no_track_of_ours(_: Member, adviser: Member) -> Callable[[models.ParticipantInfo], None]:
    """Call a microphone what we have no word for."""
    return edits.tracks(adviser.identity, edits.track_names({"floor": "loudspeaker"}))


def another_codec(_: Member, adviser: Member) -> Callable[[models.ParticipantInfo], None]:
    """Say that a microphone is sent in a codec of which we would not know what stays in clear."""

    def change(track: models.TrackInfo) -> None:
        track.mime_type = "audio/PCMU"

    return edits.tracks(adviser.identity, change)


LIES: dict[str, tuple[Lie, set[str]]] = {
    "two members by each other's names": (swapped, NOBODY),
    "a microphone as a channel": (another_track, {MAREN}),
    "a microphone as nothing of ours": (no_track_of_ours, {MAREN}),
    "a microphone in another codec": (another_codec, {MAREN}),
}


async def test_who_is_called_another_is_not_heard(scene: Scene) -> None:
    """One listener is lied to in one way after another. What the lie is about is not heard there; from an honest host it is."""
    vey, maren, adviser = await scene.closed(VEY, MAREN, ADVISER)
    host = scene.hosted.host
    for lie, left in LIES.values():
        host.script.signals.append(edits.told_otherwise(vey.identity, lie(maren, adviser)))
        await vey.comes_back()
        # Whoever was lied to is in the meeting all the same: the others hear them.
        await becomes(maren.heard, {VEY, ADVISER})
        await becomes(vey.heard, left)
        await goes_on(vey.heard, left)
        host.script.clear()

    await vey.comes_back()
    await becomes(vey.heard, {MAREN, ADVISER})
