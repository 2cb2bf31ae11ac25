"""Who passes the gate: whom the policy admits at this moment, with a token of ours, and nobody when in doubt."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import jwt
import pytest
import websockets

from tests.fakes.clock import FakeClock
from tests.live.engine import Engine
from tests.live.guest import joined
from tests.live.until import PATIENCE_SECONDS
from tests.rooms.desk import livekit_desk
from tests.rooms.gates import asked, gated, puppet
from tests.rooms.hall import Hall, a_hall
from tests.summits import scene
from visavis.audit.store import AuditLedger
from visavis.events.outbox import NumberedOutbox
from visavis.kernel.ids import Identity, MeetingId
from visavis.rooms.gate import grant_now
from visavis.rooms.livekit_sfu import LiveKitSfu
from visavis.rooms.model import NOTHING, MediaGrant, Room, RoomKind
from visavis.rooms.moderation import reseat, sitting_of
from visavis.rooms.seating import grant_in
from visavis.storage.database import Database, open_engine
from visavis.summits.model import Move

pytestmark = pytest.mark.anyio

LISTENS = MediaGrant(frozenset(), hear=True)
LIFE = timedelta(seconds=30)


@pytest.fixture
async def hall(database: Database, livekit: Engine, clock: FakeClock) -> AsyncIterator[Hall]:
    """A restricted meeting in arrival, whose members reach LiveKit through a gate."""
    async with gated(database, livekit.plan.url, livekit.keys) as url:
        sfu = LiveKitSfu(livekit.plan.url, url, livekit.keys.key, livekit.keys.secret)
        async with sfu:
            yield await a_hall(database, livekit_desk(sfu), clock)


async def test_whom_the_policy_admits_passes_and_is_put_out_through_the_gate(hall: Hall) -> None:
    await hall.move(Move.OPEN_DOORS)
    async with hall.seated("press.press") as press:
        await press.told(LISTENS)
        assert set(await hall.inside()) == {"press.press"}
        await hall.move(Move.CLOSE_DOORS)
        await reseat(hall.database, hall.desk.sfu, hall.meeting)
        await press.put_out()


async def test_the_gate_says_for_one_what_is_said_of_everybody(hall: Hall, clock: FakeClock) -> None:
    """In every phase and room, for everybody, a stranger, the revoked, and when the descriptor's time is up."""
    rooms = [hall.chamber, hall.caucus("arven"), hall.caucus("tolmar"), Room(MeetingId("none"), RoomKind.CHAMBER)]
    others = await scene.fill(hall.database, scene.OTHER_SUMMIT)
    who = [*(actor.identity for actor in hall.actors.values()), others["arven.chair"].identity, Identity("A" * 26)]

    async def compare() -> int:
        admitted = 0
        for room in rooms:
            sitting = await sitting_of(hall.database, room.meeting)
            for identity in who:
                grant = await grant_now(hall.database, room, identity)
                assert grant == (None if sitting is None else grant_in(sitting, room, identity))
                admitted += grant is not None
        return admitted

    seen = [await compare()]
    for move in (Move.OPEN_DOORS, Move.CLOSE_DOORS, Move.RECESS):
        await hall.move(move)
        seen.append(await compare())
    await scene.revoke(hall.database, hall.actors["arven.principal"])
    seen.append(await compare())
    clock.advance(days=365)
    seen.append(await compare())
    assert seen[0] < seen[1] > seen[2] == seen[3] == seen[4] + 2
    assert seen[5] == 0


async def test_a_kept_and_a_refreshed_ticket_are_refused_while_the_doors_are_closed(hall: Hall) -> None:
    await hall.move(Move.OPEN_DOORS)
    url, kept = hall.desk.sfu.public_url, await hall.token("press.press")
    async with joined(url, kept) as press:
        await press.until(lambda one: len(one.refreshed) == 1)
        (refreshed,) = press.refreshed
    await hall.move(Move.CLOSE_DOORS)
    for token in (kept, refreshed):
        with pytest.raises(PermissionError, match="403"):
            async with joined(url, token):
                pass
        refused = await asked(url, "/rtc/validate", access_token=token)
        assert (refused.status_code, refused.json()["code"]) == (403, "ticket_refused")
    await hall.move(Move.OPEN_DOORS)
    async with joined(url, refreshed):
        pass
    await hall.move(Move.CLOSE_DOORS)
    await hall.move(Move.ADJOURN)
    with pytest.raises(PermissionError, match="403"):
        async with joined(url, refreshed):
            pass


async def test_whoever_is_seated_does_not_come_to_the_door_as_well(hall: Hall) -> None:
    """A ticket to wait with, kept from before, would put its holder out of their own seat."""
    url, kept = hall.desk.sfu.public_url, await hall.token_to_wait("arven.principal")
    async with joined(url, kept):
        assert set(await hall.inside()) == {"arven.principal"}
    async with hall.seated("arven.principal") as principal:
        await reseat(hall.database, hall.desk.sfu, hall.meeting)
        with pytest.raises(PermissionError, match="403"):
            async with joined(url, kept):
                pass
        await principal.told(NOTHING)
        assert await hall.present() == {"arven.principal": "chamber"}
    async with joined(url, await hall.token_to_wait("tolmar.principal")):
        pass


def signed(hall: Hall, livekit: Engine, **changed: Any) -> str:  # noqa: ANN401 - claims of any kind
    """Return the principal's token with some of its claims changed; None takes one away."""
    now = int(datetime.now(UTC).timestamp())  # noqa: TID251 - the token's own clock
    claims: dict[str, Any] = {
        "sub": hall.actors["arven.principal"].identity,
        "iss": livekit.keys.key,
        "exp": now + 30,
        "video": {"roomJoin": True, "room": hall.chamber.name},
    }
    secret = changed.pop("secret", livekit.keys.secret.reveal())
    algorithm = changed.pop("algorithm", "HS256")
    kept = {name: value for name, value in (claims | changed).items() if value is not None}
    return jwt.encode(kept, secret, algorithm=algorithm)


async def test_only_our_token_for_a_room_of_the_bearers_own_passes(hall: Hall, livekit: Engine) -> None:
    good = signed(hall, livekit)
    meeting, chamber = hall.meeting, hall.chamber.name
    strange = {
        "no token": "",
        "no token at all": "x",
        "unsigned": signed(hall, livekit, algorithm="none", secret=None),
        "another secret": signed(hall, livekit, secret="another secret, long enough for HS256 to take"),
        "another key": signed(hall, livekit, iss="other"),
        "over": signed(hall, livekit, exp=1),
        "endless": signed(hall, livekit, exp=None),
        "nobody": signed(hall, livekit, sub=None),
        "a stranger": signed(hall, livekit, sub="A" * 26),
        "a second self": signed(hall, livekit, sub=f"{hall.actors['arven.principal'].identity}#2"),
        "no room": signed(hall, livekit, video={"roomJoin": True}),
        "any room": signed(hall, livekit, video={"roomJoin": True, "room": ""}),
        "a room not of ours": signed(hall, livekit, video={"roomJoin": True, "room": "lobby"}),
        "no meeting": signed(hall, livekit, video={"roomJoin": True, "room": "chamber.none"}),
        "their caucus": signed(hall, livekit, video={"roomJoin": True, "room": f"caucus.{meeting}.tolmar"}),
        "no join": signed(hall, livekit, video={"room": chamber}),
        "an order": signed(hall, livekit, video={"roomAdmin": True, "room": chamber}),
        "no words": signed(hall, livekit, video=None),
    }
    url = hall.desk.sfu.public_url
    await hall.desk.sfu.open_room(chamber)
    for path in ("/rtc/validate", "/rtc/v1/validate"):
        for why, token in strange.items():
            refused = await asked(url, path, access_token=token)
            assert (refused.status_code, refused.json()["code"]) == (403, "ticket_refused"), (path, why)
        for why, tokens in {"twice": [good, good], "two": [good, strange["a stranger"]], "none": []}.items():
            assert (await asked(url, path, access_token=tokens)).status_code == 403, (path, why)
    passed = await asked(url, "/rtc/validate", access_token=good)
    assert (passed.status_code, passed.text) == (200, "success")
    assert passed.headers["access-control-allow-origin"] == "*"
    for path in ("/rtc", "/rtc/v1"):
        assert (await asked(url, path, access_token=good)).status_code == 404, "only a WebSocket joins"
    for why, token in strange.items():
        with pytest.raises(PermissionError, match="403"):
            async with joined(url, token):
                pytest.fail(why)


async def test_each_member_may_have_their_own_caucus_and_no_other(hall: Hall) -> None:
    adviser = hall.actors["arven.adviser"].identity
    for room, status in ((hall.caucus("arven"), 200), (hall.caucus("tolmar"), 403), (hall.chamber, 403)):
        await hall.desk.sfu.open_room(room.name)
        token = hall.desk.sfu.token(room.name, adviser, LISTENS, LIFE)
        assert (await asked(hall.desk.sfu.public_url, "/rtc/validate", access_token=token)).status_code == status


async def test_a_room_that_is_not_there_is_the_engines_to_say(hall: Hall) -> None:
    room = Room(hall.meeting, RoomKind.CAUCUS, hall.actors["arven.chair"].party)
    token = hall.desk.sfu.token(room.name, hall.actors["arven.chair"].identity, LISTENS, LIFE)
    with pytest.raises(PermissionError, match="404"):
        async with joined(hall.desk.sfu.public_url, token):
            pass
    told = await asked(hall.desk.sfu.public_url, "/rtc/validate", access_token=token)
    assert "requested room does not exist" in told.text


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/rtc/",
        "/rtc/v2",
        "/RTC",
        "/rtc/v1/",
        "/twirp/livekit.RoomService/ListRooms",
        "/whip",
        "/agent",
        "/metrics",
    ],
)
async def test_nothing_else_of_the_engine_can_be_reached(hall: Hall, path: str) -> None:
    token = await hall.token("arven.principal")
    answer = await asked(hall.desk.sfu.public_url, path, access_token=token)
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


async def test_what_is_passed_on_is_the_checked_token_and_known_words(
    database: Database, livekit: Engine, clock: FakeClock
) -> None:
    async with puppet() as (engine, behind), gated(database, behind, livekit.keys) as url, livekit.sfu() as sfu:
        token = signed(await a_hall(database, livekit_desk(sfu), clock), livekit)
        query = f"?access_token={token}&publish=camera&room=other&sid=PA_1&join_request=aGk_-%3D%3D"
        header = {"Authorization": "Bearer somebody-elses"}
        async with websockets.connect(f"{url}/rtc/v1{query}", additional_headers=header, user_agent_header="Browser/1"):
            (came,) = engine.came
    assert came.path == "/rtc/v1?sid=PA_1&join_request=aGk_-%3D%3D"
    assert came.headers.get_all("Authorization") == [f"Bearer {token}"]
    assert came.headers.get_all("User-Agent") == ["Browser/1"]


async def test_messages_and_farewells_pass_both_ways(database: Database, livekit: Engine, clock: FakeClock) -> None:
    async with puppet() as (engine, behind), gated(database, behind, livekit.keys) as url, livekit.sfu() as sfu:
        hall = await a_hall(database, livekit_desk(sfu), clock)
        address = f"{url}/rtc?access_token={signed(hall, livekit)}"
        async with websockets.connect(address, max_size=None) as guest:
            for message in ("text", b"bytes", "", b"", "ä" * 1000, b"\0" * 1_000_000):
                await guest.send(message)
                assert await guest.recv() == message
            await guest.close(4001, "done")
        assert await engine.left.get() == (4001, "done")
        async with websockets.connect(address) as guest:
            guest.transport.abort()
        assert (await engine.left.get())[0] == 1006

        async def leave(connection: websockets.ServerConnection) -> None:
            await connection.close(4002, "go")

        engine.behave = leave
        async with websockets.connect(address) as guest:
            with pytest.raises(websockets.ConnectionClosedError):
                await guest.recv()
            assert (guest.close_code, guest.close_reason) == (4002, "go")


async def test_a_slow_engine_slows_its_guest(database: Database, livekit: Engine, clock: FakeClock) -> None:
    ended = asyncio.Event()

    async def deaf(_connection: websockets.ServerConnection) -> None:
        await ended.wait()

    async with puppet() as (engine, behind), gated(database, behind, livekit.keys) as url, livekit.sfu() as sfu:
        engine.behave = deaf
        hall = await a_hall(database, livekit_desk(sfu), clock)
        async with websockets.connect(f"{url}/rtc?access_token={signed(hall, livekit)}", close_timeout=1) as guest:
            sent: list[int] = []

            async def press_on() -> None:
                for number in range(200):
                    await guest.send(b"x" * 1_000_000)
                    sent.append(number)

            with pytest.raises(TimeoutError):
                await asyncio.wait_for(press_on(), 3)
            assert 0 < len(sent) < 100
            ended.set()
            guest.transport.abort()


async def test_a_phase_that_moves_during_the_join_is_seen(
    database: Database, livekit: Engine, clock: FakeClock
) -> None:
    async with puppet() as (engine, behind), gated(database, behind, livekit.keys) as url, livekit.sfu() as sfu:
        hall = await a_hall(database, livekit_desk(sfu), clock)
        await hall.move(Move.OPEN_DOORS)

        async def close_the_doors() -> None:
            await hall.move(Move.CLOSE_DOORS)

        engine.meanwhile = close_the_doors
        token = signed(hall, livekit, sub=hall.actors["press.press"].identity)
        with pytest.raises(websockets.InvalidStatus) as refused:
            async with websockets.connect(f"{url}/rtc?access_token={token}"):
                pass
        assert refused.value.response.status_code == 403
        assert len(engine.came) == 1
        async with asyncio.timeout(PATIENCE_SECONDS):
            assert (await engine.left.get())[0] == 1006


async def test_nobody_passes_when_database_or_engine_does_not_answer(
    database: Database, livekit: Engine, clock: FakeClock, tmp_path: Path
) -> None:
    async with livekit.sfu() as sfu:
        token = signed(await a_hall(database, livekit_desk(sfu), clock), livekit)
    gone = Database(
        open_engine(f"sqlite:///{tmp_path}/gone/none"), clock=clock, ledger=AuditLedger(), outbox=NumberedOutbox()
    )
    nowhere = "http://127.0.0.1:9"
    for asks, engine, code in ((gone, livekit.plan.url, "storage_unavailable"), (database, nowhere, "sfu_unavailable")):
        async with gated(asks, engine, livekit.keys) as url:
            for path in ("/rtc/validate", "/rtc"):
                if path == "/rtc":
                    with pytest.raises(PermissionError, match="503"):
                        async with joined(url, token):
                            pass
                else:
                    answer = await asked(url, path, access_token=token)
                    assert (answer.status_code, answer.json()["code"]) == (503, code)
    await gone.close()
