"""Somebody of the host's own in the SFU's room: gets every frame, may send any, and stands in no list."""

from typing import Final

from playwright.async_api import Browser

from tests.live.host.edits import everybody_may_subscribe, unlisted
from tests.live.host.hall import Hosted
from tests.live.sealed import Place, SealedPage

GHOST: Final = "GHOST"
WRONG: Final = 77
PLENTY: Final = 100


def haunt(hosted: Hosted) -> None:
    """Let the host keep somebody in the room whom the server would put out; before anybody sends."""
    hosted.host.script.requests.append(everybody_may_subscribe)
    hosted.host.script.answers.append(unlisted(GHOST))


async def ghost(
    browser: Browser, origin: str, hosted: Hosted, *, guest: str = "member", name: str = GHOST
) -> SealedPage:
    """Join as the host's own; without a key, if with a frames worker at all."""
    return await SealedPage.join(browser, Place(origin, hosted.engine, hosted.room), name, guest=guest)


async def guess(page: SealedPage, *senders: str) -> None:
    """Take a wrong key for every sender and every number that a key can have."""
    for sender in senders:
        for key_id in range(256):
            await page.say("receive", sender=sender, keyId=key_id, secret=WRONG)


async def gets_frames_it_cannot_open(page: SealedPage) -> bool:
    """Whether plenty of frames came, not one in clear, and not one was opened."""
    counts = await page.counts()
    dropped = counts["dropped"]
    return bool(dropped["badTag"] > PLENTY and dropped["unsealed"] == 0 and counts["opened"] == 0)
