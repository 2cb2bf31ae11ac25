"""A group of keys by HTTP alone: founded, joined, contended for, taken back; something sealed is sent."""

from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from tests.api.conftest import Guests
from tests.builders import Enrolled
from tests.fakes.clock import FakeClock
from tests.keys import messages
from visavis.api import keys
from visavis.api.routes import GROUP_BODY_LIMIT
from visavis.app import ENVELOPES_PER_MINUTE
from visavis.identity.model import Role
from visavis.identity.signing import sign
from visavis.kernel.canonical import b64u, fingerprint
from visavis.kernel.ids import MeetingId
from visavis.keys.groups import group_id
from visavis.keys.model import CHAMBER, COMMIT_LIMIT, DOCUMENT_PART, DOCUMENT_PARTS, GROUP_INFO_LIMIT
from visavis.keys.voids import VOID, VoidForm
from visavis.storage.database import Database

pytestmark = pytest.mark.anyio

CALL = {
    "title": "First sitting",
    "format": "restricted",
    "mode": "simultaneous",
    "scheduled": "2026-03-02T10:00:00.000Z",
    "agenda": [],
}


class Caller:
    """Somebody signed in, asking about the chamber's group of one meeting."""

    def __init__(self, http: httpx.AsyncClient, guests: Guests, meeting: str, signed_in: dict[str, str]) -> None:
        self.http = http
        self.id = group_id(guests.summit.read, MeetingId(meeting), CHAMBER)
        self.url = f"/api/meetings/{meeting}/groups"
        self.signed_in = signed_in

    async def __call__(self, method: str, path: str, body: object = None) -> tuple[int, Any]:
        """Return status and answer."""
        answer = await self.http.request(method, self.url + path, json=body, headers=self.signed_in)
        return answer.status_code, answer.json() if answer.content else None

    def info(self, epoch: int, body: bytes = b"tree") -> str:
        """Return a GroupInfo."""
        return b64u(messages.group_info(self.id, epoch, body))

    def offer(self, epoch: int, body: bytes = b"path") -> dict[str, str]:
        """Return a commit and the GroupInfo after it."""
        return {"commit": b64u(messages.commit(self.id, epoch, body)), "group_info": self.info(epoch + 1)}


@pytest.fixture
async def maren(http: httpx.AsyncClient, guests: Guests) -> Caller:
    """Return Arven's principal, who gives orders, at a meeting of hers."""
    called = await http.post("/api/meetings", json=CALL, headers=guests.signed_in)
    return Caller(http, guests, called.json()["meeting"], guests.signed_in)


async def joining(maren: Caller, database: Database, guests: Guests, enrolled: Enrolled) -> Caller:
    """Return somebody else at the same meeting."""
    session = await enrolled.sign_in(database)
    meeting = maren.url.split("/")[3]
    return Caller(maren.http, guests, meeting, {"Authorization": f"Bearer {session.reveal()}"})


async def test_a_group_by_http(
    maren: Caller, database: Database, guests: Guests, clock: FakeClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two members; the second is late once, and is handed what they missed."""
    other = await joining(maren, database, guests, await guests.summit.enrol(database, "tolmar", Role.PRINCIPAL))
    assert (await maren("GET", ""))[1]["groups"][0] == {"group": "chamber", "epoch": None}
    assert await maren("POST", "/chamber", {"group_info": maren.info(0)}) == (201, {"epoch": 0})
    status, problem = await maren("POST", "/chamber", {"group_info": maren.info(0)})
    assert (status, problem["code"]) == (409, "group_founded")
    assert await other("GET", "/chamber") == (200, {"epoch": 0, "group_info": other.info(0)})

    assert await maren("POST", "/chamber/commits", maren.offer(0, b"mine")) == (201, {"epoch": 1})
    status, problem = await other("POST", "/chamber/commits", other.offer(0, b"theirs"))
    assert (status, problem["code"], problem["fields"]) == (409, "epoch_not_current", {"epoch": 1})
    status, log = await other("GET", "/chamber/commits?epoch=0")
    assert status == 200
    assert log["commits"] == problem["missed"]
    assert [line["commit"] for line in log["commits"]] == [maren.offer(0, b"mine")["commit"]]

    standing = {"epoch": 1, "group_info": other.info(1)}
    until = "2026-03-01T09:00:02.000Z"
    assert await other("PUT", "/chamber/turn") == (200, {"ahead": 0, "until": until, "standing": standing})
    monkeypatch.setattr(keys, "TURN_SECONDS", 0.01)
    assert await maren("PUT", "/chamber/turn") == (200, {"ahead": 1, "until": until, "standing": None})
    assert await other("DELETE", "/chamber/turn") == (204, None)
    assert (await maren("PUT", "/chamber/turn"))[1]["ahead"] == 0

    raw = VoidForm(
        descriptor=guests.summit.read.dh,
        meeting=maren.url.split("/")[3],
        group="chamber",
        epoch=0,
        commit=fingerprint(messages.commit(maren.id, 0, b"mine")),
        issued=clock.now(),
    ).written()
    signed = {"void": b64u(raw), "signature": b64u(sign(guests.maren.device, VOID, raw)), "group_info": maren.info(0)}
    assert await maren("POST", "/chamber/voids", signed) == (204, None)
    assert await other("POST", "/chamber/commits", other.offer(0, b"theirs")) == (201, {"epoch": 1})

    assert await other("POST", "/chamber/envelopes", {"envelope": "c2VhbGVk"}) == (201, {"number": 1})
    status, read = await maren("GET", "/chamber/envelopes?after=0")
    assert (status, [line["envelope"] for line in read["envelopes"]]) == (200, ["c2VhbGVk"])


async def test_a_group_nobody_can_name_is_a_bad_request(maren: Caller) -> None:
    """Only names of the three kinds reach a use case."""
    for name in ("cellar", "floor.0", "caucus.", "chamber%0A"):
        assert (await maren("GET", f"/{name}"))[0] in {404, 422}
    assert (await maren("GET", "/chamber/commits?epoch=-1"))[0] == 422
    assert (await maren("GET", f"/chamber/commits?epoch={2**53}"))[0] == 422


async def test_the_largest_messages_pass_and_larger_bodies_do_not(maren: Caller, guests: Guests) -> None:
    """The room that they have is theirs alone: elsewhere a body is no larger than ever."""
    await maren("POST", "/chamber", {"group_info": maren.info(0)})
    head = len(messages.commit(maren.id, 0, b"")), len(messages.group_info(maren.id, 1, b""))
    offer = {
        "commit": b64u(messages.commit(maren.id, 0, bytes(COMMIT_LIMIT - head[0]))),
        "group_info": b64u(messages.group_info(maren.id, 1, bytes(GROUP_INFO_LIMIT - head[1]))),
    }
    assert await maren("POST", "/chamber/commits", offer) == (201, {"epoch": 1})
    status, problem = await maren("POST", "/chamber/commits", {**offer, "commit": "A" * GROUP_BODY_LIMIT})
    assert (status, problem["code"]) == (413, "body_too_large")
    for path in ("/api/challenges", "/api/meetings", f"{maren.url}x/chamber"):
        answer = await maren.http.post(path, content=bytes(300 * 1024), headers=guests.signed_in)
        assert answer.status_code in {404, 413}, path
        assert answer.status_code == 413 or path.endswith("x/chamber")


async def test_envelopes_have_a_pace_of_their_own(
    maren: Caller, app: FastAPI, clock: FakeClock, database: Database, guests: Guests
) -> None:
    """Whoever sends too many waits; nobody else does."""
    other = await joining(maren, database, guests, await guests.summit.enrol(database, "tolmar", Role.PRINCIPAL))
    await maren("POST", "/chamber", {"group_info": maren.info(0)})
    for _ in range(ENVELOPES_PER_MINUTE):
        app.state.envelopes.admit(guests.maren.member.id, clock.now())
    status, problem = await maren("POST", "/chamber/envelopes", {"envelope": "c2VhbGVk"})
    assert (status, problem["code"]) == (429, "too_many_requests")
    assert (await other("POST", "/chamber/envelopes", {"envelope": "c2VhbGVk"}))[0] == 201
    clock.advance(seconds=1)
    assert (await maren("POST", "/chamber/envelopes", {"envelope": "c2VhbGVk"}))[0] == 201


async def test_a_document_goes_in_parts_to_a_booth_alone(maren: Caller) -> None:
    """The largest part passes; an address that is none of a part's is a bad request."""
    path = "/chamber/documents/00000000-0000-4000-8000-000000000001"
    assert (await maren("POST", "/chamber", {"group_info": maren.info(0)}))[0] == 201
    status, problem = await maren("PUT", f"{path}/parts/0", {"box": b64u(bytes(DOCUMENT_PART))})
    assert (status, problem["code"]) == (404, "group_unknown")
    assert (await maren("DELETE", path))[1]["code"] == "group_unknown"
    for wrong in (f"{path}/parts/-1", f"{path}/parts/{DOCUMENT_PARTS}", f"{path[:-1]}/parts/0"):
        assert (await maren("GET", wrong))[0] == 422, wrong
