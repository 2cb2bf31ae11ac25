"""The protocol of docs/protocol.md §4, spoken to a real server over a real socket, on both databases."""

import asyncio

import pytest
from starlette.types import Message
from starlette.websockets import WebSocket

from tests.fakes.clock import FakeClock
from tests.realtime.conftest import Scene
from tests.realtime.serving import Client, visiting
from tests.summits.scene import ordered
from visavis.events import outbox
from visavis.events.shapes import EVENTS, Beat, Snapshot
from visavis.kernel.ids import MeetingId, MemberId
from visavis.kernel.secret import Secret
from visavis.realtime import socket as sockets
from visavis.realtime.wake import Notices
from visavis.summits import floor
from visavis.summits.model import Move
from visavis.summits.phases import CONSENT_LASTS
from visavis.summits.views import announce_members

pytestmark = pytest.mark.anyio

NO_MEETING = MeetingId("00000000-0000-4000-8000-000000000000")


async def ended(client: Client) -> tuple[str, int]:
    """Return the code of the problem that is told, and the code the socket is closed with."""
    problem = (await client.hear())["problem"]
    assert set(problem) <= {"type", "title", "status", "code", "fields"}
    return problem["code"], await client.end()


async def test_a_client_starts_with_a_snapshot_and_hears_what_follows_and_resumes(scene: Scene, port: int) -> None:
    """Hello, snapshot, events; gone and back: what was missed, no more and no less."""
    session = await scene.maren.sign_in(scene.database)
    async with visiting(port, scene.meeting, session) as client:
        snapshot = Snapshot.model_validate((await client.hear())["snapshot"])
        assert snapshot.you == scene.maren.member.id
        assert snapshot.meeting.phase == "closed"
        await floor.ask(scene.database, scene.maren.actor, scene.meeting)
        event = (await client.hear())["event"]
        EVENTS[event["kind"]].model_validate(event)
        assert event["kind"] == "floor_asked"
        assert event["number"] > snapshot.number
    await floor.withdraw_ask(scene.database, scene.maren.actor, scene.meeting)
    async with visiting(port, scene.meeting, session, after=event["number"]) as client:
        resumed = Beat.model_validate((await client.hear())["resumed"])
        missed = (await client.hear())["event"]
        assert missed["kind"] == "floor_ask_withdrawn"
        assert event["number"] < missed["number"] <= resumed.number
        await floor.ask(scene.database, scene.maren.actor, scene.meeting)
        assert (await client.hear())["event"]["number"] > resumed.number


async def test_a_consent_lapses_before_everybodys_eyes(scene: Scene, port: int, clock: FakeClock) -> None:
    """Nobody has to order anything for it: the server looks by itself."""
    async with visiting(port, scene.meeting, await scene.officer.sign_in(scene.database)) as client:
        await client.hear()
        await ordered(scene.database, scene.maren.actor, scene.meeting, Move.OPEN_DOORS)
        given = (await client.hear())["event"]
        assert (given["kind"], len(given["consents"])) == ("consent_given", 1)
        clock.advance(seconds=CONSENT_LASTS.total_seconds())
        lapsed = (await client.hear())["event"]
        assert (lapsed["kind"], lapsed["consents"]) == ("consent_withdrawn", [])


async def test_the_press_is_told_only_what_it_may_know(scene: Scene, port: int) -> None:
    """The press hears of members it may see, not of others, and not of who asks for the floor."""
    async with visiting(port, scene.meeting, await scene.reporter.sign_in(scene.database)) as client:
        snapshot = Snapshot.model_validate((await client.hear())["snapshot"])
        assert snapshot.agenda == []
        assert {seat.role for seat in snapshot.seats} == {"principal", "press"}
        await floor.ask(scene.database, scene.maren.actor, scene.meeting)
        await scene.summit.revoke(scene.database, scene.officer.member, announce_members)
        await scene.summit.revoke(scene.database, scene.maren.member, announce_members)
        event = (await client.hear())["event"]
        assert (event["kind"], {seat["role"] for seat in event["seats"]}) == ("member_revoked", {"press"})


@pytest.mark.parametrize("after", [10**6, 0])
async def test_a_number_nobody_gave_or_keeps_is_answered_with_a_snapshot(scene: Scene, port: int, after: int) -> None:
    """A stale number is never an error."""
    async with scene.database.writing() as tx:
        await outbox.prune(tx, "2999-01-01T00:00:00.000Z")
    session = await scene.maren.sign_in(scene.database)
    async with visiting(port, scene.meeting, session, after=after) as client:
        assert "snapshot" in await client.hear()


async def test_a_newer_socket_of_the_same_member_takes_over(scene: Scene, port: int) -> None:
    """The older one is told, and closed with 4409; the newer one goes on."""
    session = await scene.maren.sign_in(scene.database)
    async with visiting(port, scene.meeting, session) as older:
        await older.hear()
        async with visiting(port, scene.meeting, session) as newer:
            await newer.hear()
            assert await ended(older) == ("taken_over", 4409)
            await floor.ask(scene.database, scene.maren.actor, scene.meeting)
            assert "event" in await newer.hear()


async def test_a_revoked_member_is_put_out_at_once_and_cannot_come_back(scene: Scene, port: int) -> None:
    """They do not even hear of it; the others do."""
    revoked = await scene.maren.sign_in(scene.database)
    staying = await scene.officer.sign_in(scene.database)
    async with visiting(port, scene.meeting, revoked) as client, visiting(port, scene.meeting, staying) as other:
        await client.hear()
        await other.hear()
        await scene.summit.revoke(scene.database, scene.maren.member, announce_members)
        assert await ended(client) == ("member_revoked", 4403)
        assert (await other.hear())["event"]["kind"] == "member_revoked"
    async with visiting(port, scene.meeting, revoked) as client:
        assert await ended(client) == ("member_revoked", 4403)


async def test_a_member_revoked_between_hello_and_listening_is_put_out(
    scene: Scene, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody tells them any more: the revocation was told before they listened."""
    session = await scene.maren.sign_in(scene.database)

    async def revoked_meanwhile(_notices: Notices, _member: MemberId) -> None:
        await scene.summit.revoke(scene.database, scene.maren.member, announce_members)

    monkeypatch.setattr(Notices, "say_newer", revoked_meanwhile)
    async with visiting(port, scene.meeting, session) as client:
        assert await ended(client) == ("member_revoked", 4403)


async def test_a_session_that_is_unknown_or_expired_is_refused(scene: Scene, port: int, clock: FakeClock) -> None:
    """Both are 4401; the client signs in again."""
    async with visiting(port, scene.meeting, Secret("nobody's")) as client:
        assert await ended(client) == ("not_signed_in", 4401)
    session = await scene.maren.sign_in(scene.database)
    clock.advance(hours=13)
    async with visiting(port, scene.meeting, session) as client:
        assert await ended(client) == ("session_expired", 4401)


async def test_a_meeting_of_another_summit_is_no_meeting(scene: Scene, port: int) -> None:
    """Unknown and forbidden look the same."""
    async with visiting(port, NO_MEETING, await scene.maren.sign_in(scene.database)) as client:
        assert await ended(client) == ("meeting_unknown", 4403)


@pytest.mark.parametrize(
    "message",
    [
        "not json",
        b"\x00\x01",
        "[]",
        {"hello": {}},
        {"hello": {"session": 7}},
        {"hello": {"session": "x", "after": -1}},
        {"hello": {"session": "x", "after": "7"}},
        {"hello": {"session": "x", "surprise": 1}},
        {"hello": {"session": "x"}, "surprise": 1},
        {"hello": {"session": "x" * 5000}},
    ],
)
async def test_a_hello_of_a_wrong_form_is_refused(scene: Scene, port: int, message: object) -> None:
    """Nothing is guessed."""
    async with visiting(port, scene.meeting) as client:
        await client.say(message)
        assert await ended(client) == ("message_bad", 4400)


async def test_a_client_that_speaks_after_its_hello_is_put_out(scene: Scene, port: int) -> None:
    """The client answers nothing."""
    async with visiting(port, scene.meeting, await scene.maren.sign_in(scene.database)) as client:
        await client.hear()
        await client.say("more")
        assert await ended(client) == ("message_bad", 4400)


async def test_who_says_nothing_is_closed_and_silence_is_filled(
    scene: Scene, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No hello in time: closed. No event in time: a heartbeat with a number to come back with."""
    monkeypatch.setattr(sockets, "HELLO_SECONDS", 0.05)
    monkeypatch.setattr(sockets, "HEARTBEAT_SECONDS", 0.05)
    async with visiting(port, scene.meeting) as client:
        assert await ended(client) == ("message_bad", 4400)
    session = await scene.reporter.sign_in(scene.database)
    monkeypatch.setattr(sockets, "HELLO_SECONDS", 5)
    async with visiting(port, scene.meeting, session) as client:
        number = (await client.hear())["snapshot"]["number"]
        assert Beat.model_validate((await client.hear())["heartbeat"]).number == number


async def test_a_heartbeat_tells_nothing_of_what_others_are_told(
    scene: Scene, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its number is the last that this party was sent."""
    monkeypatch.setattr(sockets, "HEARTBEAT_SECONDS", 0.5)
    async with visiting(port, scene.meeting, await scene.reporter.sign_in(scene.database)) as client:
        number = (await client.hear())["snapshot"]["number"]
        await floor.ask(scene.database, scene.maren.actor, scene.meeting)
        for _ in range(2):
            assert (await client.hear())["heartbeat"]["number"] == number


async def test_a_session_that_ends_ends_its_socket(
    scene: Scene, port: int, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is looked at again and again."""
    monkeypatch.setattr(sockets, "RECHECK_SECONDS", 0.05)
    async with visiting(port, scene.meeting, await scene.maren.sign_in(scene.database)) as client:
        await client.hear()
        clock.advance(hours=13)
        assert await ended(client) == ("session_expired", 4401)


async def test_snapshot_and_number_are_of_one_state(scene: Scene, port: int) -> None:
    """However many write meanwhile: what a snapshot does not show yet comes as an event."""
    session = await scene.maren.sign_in(scene.database)

    enough = asyncio.Event()

    async def write() -> None:
        while not enough.is_set():
            await floor.ask(scene.database, scene.maren.actor, scene.meeting)
            await floor.withdraw_ask(scene.database, scene.maren.actor, scene.meeting)

    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(write())
        for _ in range(10):
            async with visiting(port, scene.meeting, session) as client:
                snapshot = (await client.hear())["snapshot"]
                has_asked = bool(snapshot["floor"]["asks"])
                event = (await client.hear())["event"]
                assert event["kind"] == ("floor_ask_withdrawn" if has_asked else "floor_asked")
                assert event["number"] > snapshot["number"]
        enough.set()


async def test_a_client_that_vanished_is_gone_and_no_bug() -> None:
    """The server closes a socket that answers no ping, and refuses what is sent after that."""

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    async def send(message: Message) -> None:
        if message["type"] == "websocket.send":
            text = "Unexpected ASGI message 'websocket.send', after sending 'websocket.close'."
            raise RuntimeError(text)

    socket = WebSocket({"type": "websocket", "headers": []}, receive, send)
    await socket.accept()
    with pytest.raises(sockets.GoneError):
        await sockets.tell(socket, "an event")
