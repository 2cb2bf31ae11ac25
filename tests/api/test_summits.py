"""A meeting from its call to its end, by HTTP alone."""

from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from tests.api.conftest import Guests
from tests.builders import Enrolled
from tests.fakes.sfu import FakeSfu
from visavis.identity.model import Role
from visavis.kernel.ids import MeetingId
from visavis.rooms.model import RoomKind
from visavis.storage.database import Database
from visavis.summits import store

pytestmark = pytest.mark.anyio

CALL: dict[str, Any] = {
    "title": "First sitting",
    "format": "restricted",
    "mode": "simultaneous",
    "scheduled": "2026-03-02T10:00:00.000Z",
    "agenda": [{"title": "The border region", "minutes": 20}, {"title": "Trade", "minutes": 30}],
}


ARRIVING = {"phase": "arrival", "format": "restricted"}
OPEN = {**ARRIVING, "phase": "open"}
CLOSED = {**ARRIVING, "phase": "closed"}


class Caller:
    """Somebody signed in, asking about one meeting."""

    def __init__(self, http: httpx.AsyncClient, signed_in: dict[str, str], meeting: str = "") -> None:
        self.http = http
        self.signed_in = signed_in
        self.meeting = meeting

    async def __call__(self, method: str, path: str, body: object = None) -> tuple[int, Any]:
        """Return status and answer; of a problem, its code."""
        url = f"/api/meetings/{self.meeting}{path}" if self.meeting else path
        answer = await self.http.request(method, url, json=body, headers=self.signed_in)
        told = answer.json() if answer.content else None
        return answer.status_code, told.get("code", told) if isinstance(told, dict) else told


@pytest.fixture
async def chair(http: httpx.AsyncClient, database: Database, guests: Guests) -> Caller:
    """Return Tolmar's chair."""
    enrolled = await guests.summit.enrol(database, "tolmar", Role.CHAIR)
    return await caller(http, database, enrolled)


async def caller(http: httpx.AsyncClient, database: Database, enrolled: Enrolled) -> Caller:
    """Return a member who signs in."""
    session = await enrolled.sign_in(database)
    return Caller(http, {"Authorization": f"Bearer {session.reveal()}"})


async def test_a_meeting_from_call_to_end(http: httpx.AsyncClient, guests: Guests, chair: Caller) -> None:
    """Called, opened, closed, changed, adjourned."""
    maren = Caller(http, guests.signed_in)
    status, called = await maren("POST", "/api/meetings", CALL)
    assert status == 201
    status, follow = await chair("POST", "/api/meetings", {**CALL, "title": "Second", "follows": called["meeting"]})
    assert status == 201

    status, dossier = await maren("GET", "/api/dossier")
    assert (status, dossier["summit"]["id"], dossier["you"]["present"]) == (200, guests.summit.id, None)
    assert dossier["you"]["member"] == guests.maren.member.id
    assert {line["id"]: (line["phase"], line["follows"]) for line in dossier["meetings"]} == {
        called["meeting"]: ("arrival", None),
        follow["meeting"]: ("arrival", called["meeting"]),
    }

    maren.meeting = chair.meeting = called["meeting"]
    assert await maren("POST", "/moves", {"move": "open_doors", **ARRIVING}) == (200, {"done": False})
    assert await maren("DELETE", "/moves/open_doors") == (204, None)
    assert await chair("POST", "/moves", {"move": "open_doors", **ARRIVING}) == (200, {"done": False})
    assert await maren("POST", "/moves", {"move": "open_doors", **ARRIVING}) == (200, {"done": True})
    assert await chair("POST", "/moves", {"move": "close_doors", **OPEN}) == (200, {"done": True})
    wish = {"move": "change_format", "argument": "plenary", **CLOSED}
    assert await chair("POST", "/moves", wish) == (200, {"done": False})
    assert await maren("POST", "/moves", wish) == (200, {"done": True})
    plenary = {**CLOSED, "format": "plenary"}
    wish = {"move": "change_mode", "argument": "consecutive", **plenary}
    assert await maren("POST", "/moves", wish) == (200, {"done": False})
    assert await maren("POST", "/moves", {"move": "adjourn", **CLOSED}) == (409, "move_not_possible")
    assert await maren("POST", "/moves", {"move": "adjourn", **plenary}) == (200, {"done": True})
    assert await maren("POST", "/moves", {"move": "recess", **plenary}) == (409, "not_in_this_phase")
    adjourned = {**plenary, "phase": "adjourned"}
    assert await maren("POST", "/moves", {"move": "recess", **adjourned}) == (409, "move_not_possible")


async def test_agenda_and_floor(http: httpx.AsyncClient, database: Database, guests: Guests, chair: Caller) -> None:
    """Arranged, taken up; asked for, given, yielded."""
    maren = Caller(http, guests.signed_in)
    _, called = await maren("POST", "/api/meetings", CALL)
    maren.meeting = chair.meeting = called["meeting"]
    await maren("POST", "/moves", {"move": "close_doors", **ARRIVING})
    assert await maren("PUT", "/agenda", {"items": [{"title": "The only item", "minutes": 5}]}) == (204, None)
    async with database.reading() as connection:
        (item,) = await store.agenda(connection, MeetingId(maren.meeting))
    assert await maren("POST", f"/agenda/{item.id}/take-up") == (204, None)
    kept = {"id": item.id, "title": "Still the only item", "minutes": 6}
    assert await maren("PUT", "/agenda", {"items": [kept]}) == (204, None)
    assert await maren("POST", "/agenda/00000000-0000-4000-8000-000000000000/take-up") == (404, "item_unknown")

    assert await maren("POST", "/floor/asks") == (204, None)
    assert await maren("DELETE", "/floor/asks") == (204, None)
    assert await maren("POST", "/floor/asks") == (204, None)
    to_maren = {"member": guests.maren.member.id}
    assert await chair("PUT", "/floor", to_maren) == (403, "not_your_delegation")
    assert await maren("PUT", "/floor", to_maren) == (204, None)
    assert await chair("DELETE", "/floor") == (403, "not_your_delegation")
    assert await maren("DELETE", "/floor") == (204, None)


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/moves", {"move": "storm_out", **CLOSED}),
        ("POST", "/moves", {"move": "recess"}),
        ("POST", "/moves", {"move": "recess", "phase": "closed"}),
        ("POST", "/moves", {"move": "recess", **CLOSED, "phase": "lunch"}),
        ("POST", "/moves", {"move": "recess", "argument": "plenary", **CLOSED}),
        ("POST", "/moves", {"move": "change_mode", "argument": "plenary", **CLOSED}),
        ("POST", "/moves", {"move": "change_format", "argument": "consecutive", **CLOSED}),
        ("POST", "/moves", {"move": "change_format", "argument": "picnic", **CLOSED}),
        ("POST", "/moves", {"move": "change_format", **CLOSED}),
        ("POST", "/moves", {"move": "recess", "loudly": True, **CLOSED}),
        ("DELETE", "/moves/storm_out", None),
        ("PUT", "/agenda", {"items": [{"title": "Trade", "minutes": 0}]}),
        ("PUT", "/agenda", {"items": [{"title": "", "minutes": 5}]}),
        ("PUT", "/agenda", {"items": [{"title": "\u202egniteem A", "minutes": 5}]}),
        ("PUT", "/agenda", {"items": [{"title": "two\u2028lines", "minutes": 5}]}),
        ("PUT", "/agenda", {"items": [{"title": "next\u0085line", "minutes": 5}]}),
        ("PUT", "/agenda", {"items": [{"title": "Trade", "minutes": "5"}]}),
        ("PUT", "/agenda", {"items": [{"title": "Trade", "minutes": 5}] * 101}),
        ("POST", "/agenda/first/take-up", None),
        ("PUT", "/floor", {"member": "Maren"}),
    ],
)
async def test_a_wrong_form_is_refused(
    http: httpx.AsyncClient, guests: Guests, method: str, path: str, body: object
) -> None:
    """Unknown words, unknown fields, what does not belong to the move."""
    maren = Caller(http, guests.signed_in)
    _, called = await maren("POST", "/api/meetings", CALL)
    maren.meeting = called["meeting"]
    assert (await maren("POST", "/moves", {"move": "close_doors", **ARRIVING}))[0] == 200
    assert await maren(method, path, body) == (422, "bad_request")


async def test_a_move_puts_everybody_where_the_policy_wants_them(
    app: FastAPI, http: httpx.AsyncClient, guests: Guests
) -> None:
    """The media engine is told at once; when it does not answer, the move is done all the same."""
    sfu = app.state.house.sfu
    assert isinstance(sfu, FakeSfu)
    maren = Caller(http, guests.signed_in)
    _, called = await maren("POST", "/api/meetings", CALL)
    maren.meeting = called["meeting"]
    _, ticket = await maren("POST", "/tickets", {"room": RoomKind.CHAMBER.value, "phase": "arrival"})
    guest = sfu.join(ticket["token"])
    assert (guest.grant.publish, guest.grant.hear) == (frozenset(), False)
    assert await maren("POST", "/moves", {"move": "close_doors", **ARRIVING}) == (200, {"done": True})
    assert (sorted(guest.grant.publish), guest.grant.hear) == (["camera", "microphone", "screen"], True)
    sfu.is_out = True
    assert await maren("POST", "/moves", {"move": "recess", **CLOSED}) == (200, {"done": True})
    assert guest.grant.hear
    sfu.is_out = False
    assert await maren("POST", "/moves", {"move": "adjourn", **CLOSED, "phase": "recess"}) == (200, {"done": True})
    assert guest.removed


async def test_who_may_not_and_what_is_not(
    http: httpx.AsyncClient, database: Database, guests: Guests, chair: Caller
) -> None:
    """Roles count, unknown meetings have their code, and without a session nothing is reached."""
    maren = Caller(http, guests.signed_in)
    _, called = await maren("POST", "/api/meetings", CALL)
    adviser = await caller(http, database, await guests.summit.enrol(database, "tolmar", Role.ADVISER))
    adviser.meeting = called["meeting"]
    assert await adviser("POST", "/moves", {"move": "close_doors", **ARRIVING}) == (403, "not_your_role")
    chair.meeting = MeetingId("00000000-0000-4000-8000-000000000000")
    assert await chair("POST", "/moves", {"move": "close_doors", **ARRIVING}) == (404, "meeting_unknown")
    assert await Caller(http, {})("GET", "/api/dossier") == (401, "not_signed_in")
