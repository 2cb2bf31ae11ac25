"""Sealed frames through a real SFU: whoever has the key hears and sees, nobody else does, and nothing ever leaves in clear."""

import pytest
from livekit import api
from playwright.async_api import Browser

from tests.live.ear import LOOK_SECONDS, Ear, now
from tests.live.engine import Engine
from tests.live.sealed import Place, SealedPage
from tests.live.until import becomes, stays

pytestmark = pytest.mark.anyio

ANNA, BORIS, EVE = "ANNA", "BORIS", "EVE"
TONE = {ANNA: 1000, BORIS: 1760, EVE: 600}
CHAMBER, FLOOR = 5, 133
SILENCE: set[int] = set()
CHANGES = 4
PICTURES = 5
"""So many decoded in a row are no accident."""


@pytest.fixture
def place(sealed_page: str, livekit: Engine, request: pytest.FixtureRequest) -> Place:
    """Return a room of this test alone."""
    return Place(sealed_page, livekit, request.node.name)


async def keyed(page: SealedPage, *, secret: int, others: tuple[str, ...], key_id: int = CHAMBER) -> None:
    """Give a page its own sending key and the others' receiving keys, all of one epoch."""
    for other in others:
        await page.say("receive", sender=other, keyId=key_id, secret=secret)
    await page.say("send", keyId=key_id, secret=secret)


async def talking(browser: Browser, place: Place) -> tuple[SealedPage, SealedPage]:
    """Return two pages with the same keys, of which Anna speaks and shows."""
    anna = await SealedPage.join(browser, place, ANNA)
    boris = await SealedPage.join(browser, place, BORIS)
    await keyed(anna, secret=1, others=(BORIS,))
    await keyed(boris, secret=1, others=(ANNA,))
    await anna.speak(TONE[ANNA])
    await anna.show()
    return anna, boris


async def sees(page: SealedPage) -> bool:
    """Tell whether more pictures are decoded than there were."""
    before = (await page.flow("in", "video"))["frames"]

    async def goes_on() -> bool:
        return bool((await page.flow("in", "video"))["frames"] >= before + PICTURES)

    await becomes(goes_on, wanted=True, looks=1)
    return True


async def test_who_has_the_key_hears_and_sees_and_nobody_else(browser: Browser, place: Place) -> None:
    anna, boris = await talking(browser, place)
    eve = await SealedPage.join(browser, place, EVE)
    await keyed(eve, secret=2, others=(ANNA, BORIS))
    await boris.speak(TONE[BORIS])
    await eve.speak(TONE[EVE])
    tones = tuple(TONE.values())

    await becomes(lambda: boris.heard(*tones), {TONE[ANNA]})
    await becomes(lambda: anna.heard(*tones), {TONE[BORIS]})
    assert await sees(boris)

    # Eve gets every frame from the SFU, and none of them opens.
    async def refused() -> bool:
        dropped = (await eve.counts())["dropped"]
        return bool(dropped["badTag"] > 100)

    await becomes(refused, wanted=True)
    await stays(lambda: eve.heard(*tones), SILENCE)
    assert (await eve.flow("in", "video"))["frames"] == 0
    assert (await eve.flow("in", "audio"))["packets"] > 100
    assert (await eve.counts())["opened"] == 0
    assert (await boris.counts())["dropped"]["unknownSender"] > 0
    # With the right key the same page hears.
    await keyed(eve, secret=1, others=(ANNA, BORIS))
    await becomes(lambda: eve.heard(*tones), {TONE[ANNA], TONE[BORIS]})
    assert await sees(eve)


async def test_speech_is_redundant_when_all_take_it_and_plain_when_one_does_not(browser: Browser, place: Place) -> None:
    anna, boris = await talking(browser, place)
    await becomes(lambda: boris.heard(TONE[ANNA]), {TONE[ANNA]})
    # Chromium's statistics name the codec inside; its frames say how they travel.
    assert (await anna.counts())["redundant"] > 0
    assert (await boris.counts())["redundant"] > 0
    eve = await SealedPage.join(browser, place, EVE)
    await keyed(eve, secret=1, others=())
    await boris.say("receive", sender=EVE, keyId=CHAMBER, secret=1)
    await eve.speak(TONE[EVE], others=(True, False))
    await becomes(lambda: boris.heard(TONE[EVE]), {TONE[EVE]})
    assert (await eve.counts())["sealed"] > 0
    assert (await eve.counts())["redundant"] == 0


async def test_the_key_changes_while_one_speaks_and_nobody_notices(browser: Browser, place: Place) -> None:
    anna, boris = await talking(browser, place)
    await becomes(lambda: boris.heard(TONE[ANNA]), {TONE[ANNA]})
    assert await sees(boris)
    await boris.say("receive", sender=ANNA, keyId=FLOOR, secret=3)
    ear = await Ear.open(boris.ears(), TONE[ANNA])

    async def key() -> int:
        return int((await boris.counts())["senders"][0]["keyId"])

    async def gap() -> float:
        since = now()
        for key_id, secret in ((FLOOR, 3), (CHAMBER, 1)):
            await anna.say("send", keyId=key_id, secret=secret)
            await becomes(key, key_id)
        return await ear.longest_gap(since, now())

    # A silence that the change makes is there at every change; one that a busy machine makes is not.
    gaps = [await gap() for _ in range(CHANGES)]
    assert min(gaps) <= LOOK_SECONDS, gaps
    counts = await boris.counts()
    assert {why: number for why, number in counts["dropped"].items() if number} == {}
    assert counts["senders"][0]["onFloor"] > 0
    assert await sees(boris)
    # An erased key opens nothing, and a key given anew opens from then on.
    await boris.say("forget", sender=ANNA)
    await becomes(lambda: boris.heard(TONE[ANNA]), SILENCE)
    await boris.say("receive", sender=ANNA, keyId=CHAMBER, secret=1)
    await becomes(lambda: boris.heard(TONE[ANNA]), {TONE[ANNA]})
    assert await sees(boris)


async def test_without_a_key_nothing_leaves_and_silence_is_kept(browser: Browser, place: Place) -> None:
    anna = await SealedPage.join(browser, place, ANNA)
    boris = await SealedPage.join(browser, place, BORIS)
    await keyed(boris, secret=1, others=(ANNA,))
    await anna.speak(TONE[ANNA])
    await anna.show()

    async def sent() -> tuple[int, int]:
        return ((await anna.flow("out", "audio"))["packets"], (await boris.flow("in", "audio"))["packets"])

    async def withheld() -> bool:
        return bool((await anna.counts())["dropped"]["noSendingKey"] > 100)

    await becomes(withheld, wanted=True)
    assert await sent() == (0, 0)
    await anna.say("send", keyId=CHAMBER, secret=1)
    await becomes(lambda: boris.heard(TONE[ANNA]), {TONE[ANNA]})
    await anna.say("silence")
    await becomes(lambda: boris.heard(TONE[ANNA]), SILENCE)


async def test_a_worker_that_dies_takes_everything_with_it(browser: Browser, place: Place) -> None:
    anna, boris = await talking(browser, place)
    await boris.speak(TONE[BORIS])
    await becomes(lambda: boris.heard(TONE[ANNA]), {TONE[ANNA]})
    await becomes(lambda: anna.heard(TONE[BORIS]), {TONE[BORIS]})
    await anna.kill()
    # Anna is not heard, and hears nobody: no frame passes her, in neither direction.
    await becomes(lambda: boris.heard(TONE[ANNA]), SILENCE)
    await becomes(lambda: anna.heard(TONE[BORIS]), SILENCE)
    opened = (await boris.counts())["opened"]
    sent = (await anna.flow("out", "audio"))["packets"]
    pictures = (await boris.flow("in", "video"))["frames"]
    await stays(lambda: boris.heard(TONE[ANNA]), SILENCE)
    assert await anna.heard(TONE[BORIS]) == SILENCE
    assert (await boris.counts())["opened"] == opened
    assert (await anna.flow("out", "audio"))["packets"] == sent
    assert (await boris.flow("in", "video"))["frames"] == pictures


async def test_a_word_that_is_none_and_another_name_end_everything(browser: Browser, place: Place) -> None:
    anna, boris = await talking(browser, place)
    await becomes(lambda: boris.heard(TONE[ANNA]), {TONE[ANNA]})
    await anna.say("open the doors")
    await becomes(anna.fatalities, ["worker"])
    await becomes(lambda: boris.heard(TONE[ANNA]), SILENCE)
    renamed = await SealedPage.join(browser, place, EVE, believes="CARLA")
    assert await renamed.fatalities() == ["renamed"]
    await renamed.speak(TONE[EVE])
    await stays(lambda: boris.heard(TONE[EVE]), SILENCE)
    assert (await renamed.flow("out", "audio"))["packets"] == 0


async def test_a_track_that_is_called_another_than_it_is_reaches_nobody(browser: Browser, place: Place) -> None:
    anna = await SealedPage.join(browser, place, ANNA)
    boris = await SealedPage.join(browser, place, BORIS)
    await keyed(anna, secret=1, others=(BORIS,))
    await keyed(boris, secret=1, others=(ANNA,))
    await anna.speak(TONE[ANNA], name="int:fr", purpose="floor")

    async def refused() -> bool:
        return bool((await boris.counts())["dropped"]["wrongChannel"] > 100)

    await becomes(refused, wanted=True)
    assert (await boris.counts())["opened"] == 0
    await anna.speak(TONE[EVE], name="int:de", purpose="")
    assert await anna.fatalities() == ["purposeless"]
    assert (await anna.flow("out", "audio"))["packets"] == 0


async def test_what_is_not_sealed_reaches_nobody(browser: Browser, place: Place) -> None:
    boris = await SealedPage.join(browser, place, BORIS)
    await keyed(boris, secret=1, others=(ANNA,))
    stranger = await SealedPage.join(browser, place, ANNA, guest="stranger")
    await stranger.speak(TONE[ANNA])
    await stranger.show()

    async def refused() -> bool:
        return bool((await boris.counts())["dropped"]["unsealed"] > 100)

    await becomes(refused, wanted=True)
    await stays(lambda: boris.heard(TONE[ANNA]), SILENCE)
    assert (await boris.flow("in", "video"))["frames"] == 0
    assert (await boris.counts())["opened"] == 0


async def test_the_data_channel_carries_nothing(browser: Browser, place: Place) -> None:
    boris = await SealedPage.join(browser, place, BORIS)
    stranger = await SealedPage.join(browser, place, EVE, guest="stranger")
    keys = place.engine.keys
    message = api.SendDataRequest(room=place.room, data=b"hear me", kind=api.DataPacket.Kind.RELIABLE)
    async with api.LiveKitAPI(place.engine.plan.url, keys.key, keys.secret.reveal()) as host:

        async def reaches() -> bool:
            # What is sent before a page's channel is open reaches nobody.
            await host.room.send_data(message)
            return "hear me" in await stranger.texts()

        await becomes(reaches, wanted=True, looks=1)
    await stays(boris.texts, list[str]())
    assert "nothing is sent" in await boris.write("hear me too")


async def test_a_transform_that_were_forgotten_would_let_nothing_through(browser: Browser, place: Place) -> None:
    """The switch that Chromium has for it, `encodedInsertableStreams`, is on because the room has a manager."""
    anna = await SealedPage.join(browser, place, ANNA)
    await keyed(anna, secret=1, others=())
    await anna.speak(TONE[ANNA])
    stranger = await SealedPage.join(browser, place, BORIS, guest="stranger")
    await stranger.speak(TONE[BORIS])
    forgetful = await SealedPage.join(browser, place, EVE, guest="forgetful")
    await forgetful.speak(TONE[EVE])
    await forgetful.show()

    async def arrives() -> bool:
        return bool((await forgetful.flow("in", "audio"))["packets"] > 100)

    await becomes(arrives, wanted=True)
    await stays(lambda: forgetful.heard(TONE[BORIS]), SILENCE)
    assert (await forgetful.flow("out", "audio"))["packets"] == 0
    assert (await forgetful.flow("out", "video"))["packets"] == 0


async def test_a_receiver_that_is_used_again_opens_its_new_track(browser: Browser, place: Place) -> None:
    anna, boris = await talking(browser, place)
    await becomes(lambda: boris.heard(TONE[ANNA]), {TONE[ANNA]})
    eve = await SealedPage.join(browser, place, EVE)
    await keyed(eve, secret=4, others=())
    await boris.say("receive", sender=EVE, keyId=CHAMBER, secret=4)
    for _ in range(2):
        await anna.withdraw()
        await becomes(lambda: boris.heard(*TONE.values()), SILENCE)
        await eve.speak(TONE[EVE])
        await eve.show()
        await becomes(lambda: boris.heard(*TONE.values()), {TONE[EVE]})
        assert await sees(boris)
        await eve.withdraw()
        await becomes(lambda: boris.heard(*TONE.values()), SILENCE)
        await anna.speak(TONE[ANNA], name="int:fr", purpose="int:fr")
        await anna.show()
        await becomes(lambda: boris.heard(*TONE.values()), {TONE[ANNA]})
        assert await sees(boris)


async def test_pictures_begin_anew_when_they_are_asked_to_and_when_a_key_was_late(
    browser: Browser, place: Place
) -> None:
    anna, boris = await talking(browser, place)
    assert await sees(boris)

    async def begun() -> int:
        return int((await boris.flow("in", "video"))["keyFrames"])

    for break_it in (False, True):
        before = await begun()
        if break_it:
            await anna.say("send", keyId=FLOOR, secret=3)

            async def missing() -> bool:
                return bool((await boris.counts())["dropped"]["missingKey"] > PICTURES)

            await becomes(missing, wanted=True, looks=1)
            await boris.say("receive", sender=ANNA, keyId=FLOOR, secret=3)
        else:
            await anna.say("renew")

        async def anew(than: int = before) -> bool:
            return await begun() > than

        await becomes(anew, wanted=True)
        assert await sees(boris)
