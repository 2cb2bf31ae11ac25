"""What the frames worker makes of a host's lies, by its own count: bare pages, whose keys are set by hand."""

from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from functools import partial

import pytest
from livekit.protocol import models
from playwright.async_api import Browser

from tests.live.engine import Engine
from tests.live.host import edits
from tests.live.host.host import Host, hosting
from tests.live.sealed import Place, SealedPage
from tests.live.until import becomes, goes_on, stays

pytestmark = pytest.mark.anyio

ANNA, BORIS, CARLA = "ANNA", "BORIS", "CARLA"
FRENCH, GERMAN = 1000, 1760
KEY_ID = 5
SILENCE: set[int] = set()
PLENTY = 50


@pytest.fixture
async def host(livekit: Engine) -> AsyncIterator[Host]:
    """Yield a host before the SFU."""
    async with hosting() as running:
        running.sfu = livekit.plan.url
        yield running


@pytest.fixture
def place(sealed_page: str, livekit: Engine, host: Host, request: pytest.FixtureRequest) -> Place:
    """Return a room of this test alone, as the host shows it."""
    plan = replace(livekit.plan, port=host.port)
    return Place(sealed_page, Engine(plan, livekit.keys), request.node.name)


def interpreting(change: Callable[[models.TrackInfo], None]) -> Callable[[models.ParticipantInfo], None]:
    """Change what is said of Anna's tracks."""
    return edits.tracks(ANNA, change)


def another_codec(track: models.TrackInfo) -> None:
    """Say that a track is sent in a codec that is none of ours."""
    track.mime_type = "audio/PCMU"


def not_sealed(track: models.TrackInfo) -> None:
    """Say that a track is sent in clear, and without redundancy."""
    track.encryption = models.Encryption.NONE
    track.disable_red = True


LIES = {
    "two channels by each other's names": (
        interpreting(edits.track_names({"int:fr": "int:de", "int:de": "int:fr"})),
        "wrongChannel",
    ),
    "a channel as a microphone": (
        interpreting(edits.track_names({"int:fr": "floor", "int:de": "floor"})),
        "wrongChannel",
    ),
    "one member as another": (edits.renamed({ANNA: CARLA}), "badTag"),
    "one member as somebody unknown": (edits.renamed({ANNA: "DORA"}), "unknownSender"),
}
HARMLESS = {
    "another's codec": (interpreting(another_codec), SILENCE),
    "no sealing": (interpreting(not_sealed), {FRENCH, GERMAN}),
}


async def interpreter(browser: Browser, place: Place) -> SealedPage:
    """Return Anna, who sends two channels."""
    anna = await SealedPage.join(browser, place, ANNA)
    await anna.say("send", keyId=KEY_ID, secret=1)
    await anna.speak(FRENCH, name="int:fr", purpose="int:fr")
    await anna.speak(GERMAN, name="int:de", purpose="int:de")
    return anna


async def listener(browser: Browser, place: Place, name: str) -> SealedPage:
    """Return somebody who has the keys of Anna and of Carla."""
    page = await SealedPage.join(browser, place, name)
    await page.say("receive", sender=ANNA, keyId=KEY_ID, secret=1)
    await page.say("receive", sender=CARLA, keyId=KEY_ID, secret=2)
    return page


async def test_a_track_that_is_called_another_is_dropped_for_a_reason(
    browser: Browser, place: Place, host: Host
) -> None:
    """Swapped and renamed tracks and senders, each listener told another lie: every frame is dropped, and counted."""
    await interpreter(browser, place)
    for number, (lie, why) in enumerate(LIES.values()):
        told = f"{BORIS}-{number}"
        host.script.signals.append(edits.told_otherwise(told, lie))
        boris = await listener(browser, place, told)
        await becomes(partial(has_dropped, boris, why), wanted=True)
        await stays(partial(boris.heard, FRENCH, GERMAN), SILENCE)
        assert (await boris.counts())["opened"] == 0


async def test_what_the_host_says_of_sealing_changes_nothing(browser: Browser, place: Place, host: Host) -> None:
    """Sealing told to be off is on; what is told to be of a codec not ours is not heard."""
    anna = await interpreter(browser, place)
    for number, (lie, heard) in enumerate(HARMLESS.values()):
        told = f"{BORIS}-{number}"
        host.script.signals.append(edits.told_otherwise(told, lie))
        boris = await listener(browser, place, told)
        await becomes(partial(has_sealed, anna), wanted=True)
        await becomes(partial(boris.heard, FRENCH, GERMAN), heard)
        await goes_on(partial(boris.heard, FRENCH, GERMAN), heard)
        assert (await boris.counts())["dropped"]["unsealed"] == 0


async def has_dropped(page: SealedPage, why: str) -> bool:
    """Whether a page has dropped many frames for a reason."""
    return bool((await page.counts())["dropped"][why] > PLENTY)


async def has_sealed(page: SealedPage) -> bool:
    """Whether a page has sealed many frames."""
    return bool((await page.counts())["sealed"] > PLENTY)
