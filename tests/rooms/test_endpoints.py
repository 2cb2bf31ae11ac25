"""The two endpoints by HTTP, over the fake engine: from a ticket to a seat that others see, and what is refused."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from tests.builders import Enrolled, a_summit
from tests.fakes.clock import FakeClock
from tests.fakes.sfu import SIGNATURE, FakeSfu
from tests.realtime.serving import built
from visavis.identity.model import Role
from visavis.rooms.model import Source
from visavis.storage.database import Database

pytestmark = pytest.mark.anyio

CALL = {
    "title": "First",
    "format": "one-on-one",
    "mode": "simultaneous",
    "scheduled": "2026-03-01T10:00:00.000Z",
    "agenda": [],
}


@pytest.fixture
async def app(database_url: str, tmp_path: Path, clock: FakeClock) -> AsyncIterator[FastAPI]:
    app = built(database_url, tmp_path, clock)
    yield app
    await app.state.house.database.close()


async def ask(app: FastAPI, path: str, body: object, **headers: str) -> httpx.Response:
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="https://summit.lenz.example") as client:
        return await client.post(
            path, content=json.dumps(body), headers={"Content-Type": "application/json", **headers}
        )


async def a_principal(database: Database, clock: FakeClock) -> tuple[Enrolled, dict[str, str]]:
    summit = a_summit(now=clock.now())
    await summit.publish(database)
    maren = await summit.enrol(database, "arven", Role.PRINCIPAL, chair=True)
    return maren, {"Authorization": f"Bearer {(await maren.sign_in(database)).reveal()}"}


def report(meeting: str, identity: str, happened: str) -> dict[str, Any]:
    return {"id": "EV_1", "happened": happened, "room": f"chamber.{meeting}", "identity": identity}


async def test_from_a_ticket_to_a_seat_that_is_seen(app: FastAPI, database: Database, clock: FakeClock) -> None:
    maren, signed_in = await a_principal(database, clock)
    meeting = (await ask(app, "/api/meetings", CALL, **signed_in)).json()["meeting"]
    tickets = f"/api/meetings/{meeting}/tickets"

    answer = await ask(app, tickets, {"room": "chamber", "phase": "arrival"}, **signed_in)
    made = answer.json()
    token = made.pop("token")
    sfu: FakeSfu = app.state.house.sfu
    assert made == {
        "url": "ws://sfu.test",
        "room": f"chamber.{meeting}",
        "identity": maren.member.identity,
        "expires": "2026-03-01T09:00:30.000Z",
        "grant": {"publish": [], "hear": False},
        "life": await sfu.open_room(made["room"]),
    }
    sfu.join(token)
    taken = await ask(
        app, "/api/sfu/webhook", report(meeting, maren.member.identity, "joined"), Authorization=SIGNATURE
    )
    assert taken.status_code == 204
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="https://summit.lenz.example") as client:
        dossier = await client.get("/api/dossier", headers=signed_in)
        log = await client.get("/api/audit", headers=signed_in)
    assert dossier.status_code == 200
    assert '"seat_taken"' in log.text


@pytest.mark.parametrize("mode", ["simultaneous", "consecutive", "liaison"])
async def test_a_microphone_is_let_go_with_the_floor_that_is_given(
    app: FastAPI, database: Database, clock: FakeClock, mode: str
) -> None:
    """At once, where the mode held it: nobody waits for the next look at the room."""
    summit = a_summit(now=clock.now())
    await summit.publish(database)
    maren = await summit.enrol(database, "arven", Role.PRINCIPAL, chair=True)
    brandt = await summit.enrol(database, "arven", Role.CHAIR)
    leads, speaks = [{"Authorization": f"Bearer {(await one.sign_in(database)).reveal()}"} for one in (maren, brandt)]
    called = {**CALL, "format": "restricted", "mode": mode}
    meeting = (await ask(app, "/api/meetings", called, **leads)).json()["meeting"]
    closing = {"move": "close_doors", "phase": "arrival", "format": "restricted"}
    assert (await ask(app, f"/api/meetings/{meeting}/moves", closing, **leads)).is_success
    sfu: FakeSfu = app.state.house.sfu
    taken = {"room": "chamber", "phase": "closed"}
    guest = sfu.join((await ask(app, f"/api/meetings/{meeting}/tickets", taken, **speaks)).json()["token"])
    joined = report(meeting, brandt.member.identity, "joined")
    assert (await ask(app, "/api/sfu/webhook", joined, Authorization=SIGNATURE)).is_success
    assert (Source.MICROPHONE in guest.grant.publish) is (mode != "liaison")

    assert (await ask(app, f"/api/meetings/{meeting}/floor/asks", None, **speaks)).is_success
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="https://summit.lenz.example", headers=leads) as client:
        assert (await client.put(f"/api/meetings/{meeting}/floor", json={"member": brandt.member.id})).is_success
        assert Source.MICROPHONE in guest.grant.publish
        assert (await client.delete(f"/api/meetings/{meeting}/floor")).is_success
    assert (Source.MICROPHONE in guest.grant.publish) is (mode != "liaison")


async def test_from_the_door_to_a_seat_that_is_seen(app: FastAPI, database: Database, clock: FakeClock) -> None:
    _, signed_in = await a_principal(database, clock)
    meeting = (await ask(app, "/api/meetings", CALL, **signed_in)).json()["meeting"]
    at_the_door = {"room": "chamber", "phase": "arrival"}
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="https://summit.lenz.example") as client:

        async def take_seat(body: dict[str, str], **headers: str) -> tuple[int, str]:
            answer = await client.put(f"/api/meetings/{meeting}/seat", json=body, headers=headers)
            return answer.status_code, answer.json()["code"] if answer.content else ""

        assert await take_seat(at_the_door) == (401, "not_signed_in")
        assert await take_seat(at_the_door, **signed_in) == (403, "ticket_refused")
        assert await take_seat({"room": "hall", "phase": "arrival"}, **signed_in) == (422, "bad_request")
        made = await ask(app, f"/api/meetings/{meeting}/tickets", {**at_the_door, "waiting": True}, **signed_in)
        sfu: FakeSfu = app.state.house.sfu
        guest = sfu.join(made.json()["token"])
        hidden = [guest.waits]
        assert made.json()["grant"] == {"publish": [], "hear": False}
        assert await take_seat(at_the_door, **signed_in) == (204, "")
        assert [*hidden, guest.waits] == [True, False]
        log = await client.get("/api/audit", headers=signed_in)
    assert '"seat_taken"' in log.text


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"room": "chamber", "phase": "closed"}, "not_in_this_phase"),
        ({"room": "chamber", "phase": "soon"}, "bad_request"),
        ({"room": "hall", "phase": "arrival"}, "bad_request"),
        ({"room": "chamber"}, "bad_request"),
        ({"room": "chamber", "phase": "arrival", "identity": "A" * 26}, "bad_request"),
    ],
)
async def test_what_no_ticket_is_given_for(
    app: FastAPI, database: Database, clock: FakeClock, body: dict[str, str], code: str
) -> None:
    _, signed_in = await a_principal(database, clock)
    meeting = (await ask(app, "/api/meetings", CALL, **signed_in)).json()["meeting"]
    tickets = f"/api/meetings/{meeting}/tickets"
    assert (await ask(app, tickets, body, **signed_in)).json()["code"] == code
    assert (await ask(app, tickets, body)).json()["code"] == "not_signed_in"
    app.state.house.sfu.is_out = True
    right = {"room": "chamber", "phase": "arrival"}
    assert (await ask(app, tickets, right, **signed_in)).json()["code"] == "sfu_unavailable"


async def test_a_report_that_is_not_the_engines_changes_nothing(
    app: FastAPI, database: Database, clock: FakeClock
) -> None:
    maren, signed_in = await a_principal(database, clock)
    meeting = (await ask(app, "/api/meetings", CALL, **signed_in)).json()["meeting"]
    told = report(meeting, maren.member.identity, "joined")
    for authorization in ("", "forged", signed_in["Authorization"]):
        answer = await ask(app, "/api/sfu/webhook", told, Authorization=authorization)
        assert (answer.status_code, answer.json()["code"]) == (401, "webhook_bad")
