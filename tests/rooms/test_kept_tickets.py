"""What a kept ticket is worth on the real LiveKit: the facts of docs/decisions/0004-kept-tickets.md, and our fence."""

import asyncio
import base64
import hashlib
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import jwt
import pytest
from aiohttp import web
from livekit import api
from livekit.api.room_service import RoomService
from playwright.async_api import Browser, Page, async_playwright

from tests.fakes.clock import FakeClock
from tests.live.browser import launched
from tests.live.engine import Engine, child, free_plan
from tests.live.guest import joined
from tests.live.until import PATIENCE_SECONDS, becomes
from tests.rooms.desk import livekit_desk
from tests.rooms.hall import Hall, a_hall
from tests.rooms.reports import listening
from visavis.demo.ports import free_ports
from visavis.kernel.chance import SystemChance, new_id
from visavis.kernel.errors import Code, RefusedError
from visavis.kernel.ids import Identity
from visavis.rooms.livekit_sfu import LiveKitSfu
from visavis.rooms.model import Happened, MediaGrant, Report, Source
from visavis.rooms.moderation import reseat
from visavis.rooms.webhooks import receive
from visavis.storage.database import Database
from visavis.summits.model import Move

pytestmark = pytest.mark.anyio

PRESS = Identity("P" * 26)
LISTENS, SILENT = MediaGrant(frozenset(), hear=True), MediaGrant(frozenset(), hear=False)
LIFE = timedelta(seconds=30)
LEEWAY = timedelta(seconds=60)
PACKETS_A_SECOND = 50  # Opus in frames of 20 ms

WEB = Path(__file__).parents[2] / "web"
LIVE = Path(__file__).parents[1] / "live"


@pytest.fixture
async def sfu(livekit: Engine) -> AsyncIterator[LiveKitSfu]:
    async with livekit.sfu() as sfu:
        yield sfu


@pytest.fixture
async def room(sfu: LiveKitSfu) -> str:
    name = f"chamber.{new_id(SystemChance())}"
    await sfu.open_room(name)
    return name


def read(token: str) -> dict[str, object]:
    claims: dict[str, object] = jwt.decode(token, options={"verify_signature": False})
    return claims


async def test_a_ticket_holds_exactly_the_grant(sfu: LiveKitSfu) -> None:
    claims = read(sfu.token("chamber.m", PRESS, MediaGrant(frozenset({Source.SCREEN}), hear=False), LIFE))
    assert claims["sub"] == PRESS
    assert claims["video"] == {
        "roomJoin": True,
        "room": "chamber.m",
        "canPublish": True,
        "canPublishSources": ["screen_share"],
        "canSubscribe": False,
        "canPublishData": False,
        "canUpdateOwnMetadata": False,
    }
    left = datetime.fromtimestamp(int(str(claims["exp"])), UTC) - datetime.now(UTC)  # noqa: TID251 - the token's own clock
    assert timedelta(seconds=25) < left <= LIFE


async def test_no_seat_sends_data_or_changes_its_own_words(sfu: LiveKitSfu, room: str) -> None:
    async with joined(sfu.public_url, sfu.token(room, PRESS, LISTENS, LIFE)) as guest:
        await sfu.permit(room, PRESS, MediaGrant(frozenset(Source), hear=True))
        await guest.until(lambda one: one.permission.can_publish)
        assert not guest.permission.can_publish_data
        assert not guest.permission.can_update_metadata
        assert not guest.permission.hidden


async def test_livekit_takes_a_ticket_for_a_minute_after_its_end(sfu: LiveKitSfu, room: str) -> None:
    async with joined(sfu.public_url, sfu.token(room, PRESS, LISTENS, timedelta(seconds=5) - LEEWAY)):
        pass
    with pytest.raises(PermissionError):
        async with joined(sfu.public_url, sfu.token(room, PRESS, LISTENS, timedelta(seconds=-5) - LEEWAY)):
            pass


async def test_livekit_gives_every_guest_a_ticket_for_ten_minutes_that_outlives_a_removal(
    sfu: LiveKitSfu, room: str, livekit: Engine
) -> None:
    async with joined(sfu.public_url, sfu.token(room, PRESS, LISTENS, LIFE)) as press:
        await press.until(lambda one: len(one.refreshed) == 1)
        await sfu.permit(room, PRESS, SILENT)
        await press.until(lambda one: len(one.refreshed) == 2)
        generous, meagre = press.refreshed
        # The newest is as silent as the permission; the older ones are still in the guest's hands.
        for token, hears in ((generous, True), (meagre, False)):
            claims = read(token)
            video = claims["video"]
            assert isinstance(video, dict)
            assert video["canSubscribe"] is hears
            assert int(str(claims["exp"])) - int(str(claims["nbf"])) == 600
        # Of the revocation that the protocol knows, the server does nothing.
        async with api.LiveKitAPI(livekit.plan.url, livekit.keys.key, livekit.keys.secret.reveal()) as calls:
            service: RoomService = calls.room
            later = int(str(read(generous)["exp"]))
            await service.remove_participant(
                api.RoomParticipantIdentity(room=room, identity=PRESS, revoke_token_ts=later)
            )
        await press.until(lambda one: one.removed)
    async with joined(sfu.public_url, generous) as again:
        assert again.permission.can_subscribe is True


class Stage:
    """Chromium pages with bare LiveKit clients, beside a child LiveKit whose reports we take."""

    def __init__(self, browser: Browser, address: str, hall: Hall) -> None:
        self._browser = browser
        self._address = address
        self.hall = hall
        self.removed = asyncio.Event()

    async def somebody_left(self) -> None:
        """Wait until LiveKit has reported that somebody left, since this was last waited for."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            await self.removed.wait()
        self.removed.clear()

    async def page(self, token: str) -> Page:
        """Return a page that is joining; whether it comes to that is the server's to say."""
        page = await (await self._browser.new_context()).new_page()
        await page.goto(self._address)
        await page.evaluate(
            "([url, token]) => { window.joining = join(url, token); }", [self.hall.desk.sfu.public_url, token]
        )
        return page


@asynccontextmanager
async def staged(database: Database, clock: FakeClock, folder: Path) -> AsyncIterator[Stage]:
    """Yield the whole: LiveKit, our side of its reports, a page server, Chromium."""
    async with child(folder, free_plan()) as (process, engine), engine.sfu() as sfu:
        await process.start()
        hall = await a_hall(database, livekit_desk(sfu), clock)
        async with served() as address, async_playwright() as playwright, launched(playwright) as browser:
            stage = Stage(browser, address, hall)

            async def take(body: bytes, authorization: str) -> None:
                report = sfu.report(body, authorization)
                await receive(database, sfu, report)
                if report.happened is Happened.LEFT:
                    stage.removed.set()

            async with listening(engine.plan.webhook_url, take):
                yield stage
        await process.stop()


@asynccontextmanager
async def served() -> AsyncIterator[str]:
    """Serve the bare client's page and the library it is made of."""
    application = web.Application()
    files = {
        "/": LIVE / "member.html",
        "/livekit-client.umd.js": WEB / "node_modules/livekit-client/dist/livekit-client.umd.js",
    }
    for path, file in files.items():
        application.router.add_get(path, _sender(file))
    runner = web.AppRunner(application)
    await runner.setup()
    (port,) = free_ports(SystemChance(), socket.SOCK_STREAM, 1)
    await web.TCPSite(runner, "127.0.0.1", port).start()
    try:
        yield f"http://localhost:{port}/"
    finally:
        await runner.cleanup()


def _sender(file: Path) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    async def send(_request: web.Request) -> web.StreamResponse:
        return web.FileResponse(file)

    return send


async def names(told: Awaitable[Mapping[str, object]]) -> set[str]:
    return set(await told)


async def received(page: Page) -> int:
    return int(await page.evaluate("received()"))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_kept_ticket_hears_next_to_nothing_and_behind_the_senders_list_nothing(
    database: Database, clock: FakeClock, tmp_path: Path
) -> None:
    async with staged(database, clock, tmp_path / "sfu") as stage:
        hall = stage.hall
        await hall.move(Move.OPEN_DOORS)
        principal = await stage.page(await hall.token("arven.principal"))
        assert await principal.evaluate("joining")
        await principal.evaluate("speak()")
        press = await stage.page(await hall.token("press.press"))
        assert await press.evaluate("joining")
        await press.wait_for_function("received() > 25")
        kept = await press.evaluate("room.engine.token")

        await hall.move(Move.CLOSE_DOORS)
        await reseat(database, hall.desk.sfu, hall.meeting)
        await press.evaluate("putOut.then(() => true)")
        await stage.somebody_left()
        await becomes(lambda: names(hall.present()), {"arven.principal"}, looks=1)

        heard: list[int] = []
        for senders_restrict in (False, True):
            if senders_restrict:
                await principal.evaluate(
                    "(identities) => allow(identities)", [hall.actors["tolmar.principal"].identity]
                )
            again = await stage.page(kept)
            await stage.somebody_left()
            await becomes(lambda: names(hall.inside()), {"arven.principal"}, looks=1)
            heard.append(await received(again))
        assert heard[0] < PACKETS_A_SECOND
        assert heard[1] == 0
        await becomes(lambda: names(hall.present()), {"arven.principal"}, looks=1)


async def test_only_livekits_own_reports_are_taken(sfu: LiveKitSfu, livekit: Engine) -> None:
    def signed(body: bytes, secret: str) -> str:
        digest = api.AccessToken(livekit.keys.key, secret)
        return digest.with_sha256(_hash(body)).to_jwt()

    body = (
        b'{"event":"participant_joined","id":"EV_1","room":{"name":"chamber.m"},"participant":{"identity":"P"},"new":1}'
    )
    secret = livekit.keys.secret.reveal()
    assert sfu.report(body, signed(body, secret)) == Report("EV_1", Happened.JOINED, "chamber.m", Identity("P"))
    started = b'{"event":"room_started","id":"EV_2","room":{"name":"chamber.m"}}'
    assert sfu.report(started, signed(started, secret)) == Report("EV_2", Happened.OTHER, "chamber.m", None)
    for given, authorization in (
        (body, ""),
        (body, "Bearer x"),
        (body, signed(body, "another secret of the right length, 43 bytes")),
        (body + b" ", signed(body, secret)),
        (body, sfu.token("chamber.m", PRESS, LISTENS, LIFE)),
        *(
            (bad, signed(bad, secret))
            for bad in (b"", b"[]", b"{", b"{}", b'{"id":1}', b'{"event":[],"id":""}', b"\xff")
        ),
    ):
        with pytest.raises(RefusedError) as refused:
            sfu.report(given, authorization)
        assert refused.value.code is Code.WEBHOOK_BAD


def _hash(body: bytes) -> str:
    return base64.b64encode(hashlib.sha256(body).digest()).decode()
