"""Whatever is wrong with a request has its own code, is told once, and changes nothing."""

import shutil
from collections.abc import AsyncIterator, MutableMapping
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import event, text
from sqlalchemy.engine.interfaces import DBAPIConnection

from tests import postgresql
from tests.api.conftest import Guests, asking
from tests.builders import a_summit
from tests.fakes.clock import FakeClock
from tests.realtime.serving import TOKEN, built
from visavis.audit import store as audit
from visavis.kernel.canonical import b64u
from visavis.kernel.errors import TABLE, Code
from visavis.storage.database import Database

pytestmark = pytest.mark.anyio

MEETING = {
    "title": "First",
    "format": "one-on-one",
    "mode": "simultaneous",
    "scheduled": "2026-03-01T10:00:00.000Z",
    "agenda": [],
}
SECRET = "what-nobody-may-read-again"


def refused(answer: httpx.Response, lines: list[MutableMapping[str, Any]], code: Code) -> dict[str, Any]:
    """Check that an answer is the one problem document of a code, told once; return its fields."""
    problem = answer.json()
    assert problem["code"] == code.value
    assert answer.status_code == problem["status"] == TABLE[code].status
    assert answer.headers["content-type"] == "application/problem+json"
    assert set(problem) <= {"type", "title", "status", "code", "fields"}
    assert problem["type"] == f"urn:visavis:error:{code.value}"
    told = [line for line in lines if line["event"] in {"refused", "outage", "bug"}]
    assert [line.get("code") for line in told] == [code.value]
    assert SECRET not in answer.text
    assert SECRET not in str(lines)
    fields: dict[str, Any] = problem.get("fields", {})
    return fields


async def entries(database: Database, guests: Guests) -> int:
    """Return how much was recorded."""
    async with database.reading() as connection:
        return len([entry async for entry in audit.read(connection, guests.summit.id)])


@pytest.mark.parametrize(
    "case",
    [
        ({**MEETING, SECRET: 1}, "body", "extra_forbidden"),
        ({**MEETING, "title": 7}, "body.title", "string_type"),
        ({**MEETING, "title": ""}, "body.title", "string_too_short"),
        ({**MEETING, "title": f"{SECRET}\x00"}, "body.title", "value_error"),
        ({**MEETING, "title": SECRET * 20}, "body.title", "string_too_long"),
        ({**MEETING, "format": SECRET}, "body.format", "enum"),
        ({**MEETING, "scheduled": SECRET}, "body.scheduled", "value_error"),
        ({**MEETING, "scheduled": 7}, "body.scheduled", "value_error"),
        ({**MEETING, "agenda": [{"title": "x", "minutes": "5"}]}, "body.agenda.0.minutes", "int_type"),
        ({**MEETING, "agenda": [{"title": "x", "minutes": True}]}, "body.agenda.0.minutes", "int_type"),
        ({**MEETING, "agenda": SECRET}, "body.agenda", "list_type"),
        ([], "body", "model_attributes_type"),
        ({key: MEETING[key] for key in MEETING if key != "mode"}, "body.mode", "missing"),
    ],
)
async def test_a_body_of_a_wrong_form_is_refused_where_it_is_wrong(
    http: httpx.AsyncClient,
    database: Database,
    guests: Guests,
    log_lines: list[MutableMapping[str, Any]],
    case: tuple[object, str, str],
) -> None:
    """The answer names the place and the rule, never the value."""
    wrong, field, rule = case
    before = await entries(database, guests)
    answer = await http.post("/api/meetings", json=wrong, headers=guests.signed_in)
    assert refused(answer, log_lines, Code.BAD_REQUEST) == {field: rule}
    assert await entries(database, guests) == before


async def test_an_order_for_another_phase_is_refused_and_logged(
    http: httpx.AsyncClient, database: Database, guests: Guests, log_lines: list[MutableMapping[str, Any]]
) -> None:
    """The answer says where the meeting stands."""
    called = await http.post("/api/meetings", json=MEETING, headers=guests.signed_in)
    before = await entries(database, guests)
    order = {"move": "recess", "phase": "closed", "format": "one-on-one"}
    url = f"/api/meetings/{called.json()['meeting']}/moves"
    answer = await http.post(url, json=order, headers=guests.signed_in)
    assert refused(answer, log_lines, Code.NOT_IN_THIS_PHASE) == {"phase": "arrival"}
    assert await entries(database, guests) == before


@pytest.mark.parametrize("body", [b"{", b"\xff\xfe", b"", b"[" * 60_000, b'{"identity": "\\ud800"}', b"NaN"])
async def test_a_body_that_is_no_json_is_refused(
    http: httpx.AsyncClient, log_lines: list[MutableMapping[str, Any]], body: bytes
) -> None:
    """However it is broken."""
    answer = await http.post("/api/challenges", content=body, headers={"Content-Type": "application/json"})
    refused(answer, log_lines, Code.BAD_REQUEST)


async def chunks(count: int) -> AsyncIterator[bytes]:
    """Yield kilobytes."""
    for _ in range(count):
        yield b" " * 1024


@pytest.mark.parametrize("is_announced", [True, False])
async def test_a_body_that_is_too_large_is_refused_while_it_comes(
    http: httpx.AsyncClient, log_lines: list[MutableMapping[str, Any]], *, is_announced: bool
) -> None:
    """Whether or not its length was announced."""
    content = b" " * 1024 * 257 if is_announced else chunks(100_000)
    answer = await http.post("/api/challenges", content=content, headers={"Content-Type": "application/json"})
    refused(answer, log_lines, Code.BODY_TOO_LARGE)


@pytest.mark.parametrize(
    ("method", "path", "code"),
    [
        ("GET", "/api/nothing", Code.NOT_FOUND),
        ("GET", "/../../etc/passwd", Code.NOT_FOUND),
        ("PATCH", "/api/meetings", Code.NOT_FOUND),
        ("POST", "/anything", Code.NOT_FOUND),
        ("GET", "/api/dossier", Code.NOT_SIGNED_IN),
        ("GET", "/api/summits/not-an-id/descriptor", Code.BAD_REQUEST),
        ("POST", "/api/summits", Code.NOT_SIGNED_IN),
    ],
)
async def test_what_is_not_there_or_not_open_says_so(
    http: httpx.AsyncClient, log_lines: list[MutableMapping[str, Any]], method: str, path: str, code: Code
) -> None:
    """Nothing says more than it must."""
    refused(await http.request(method, path), log_lines, code)


async def test_sessions_end_and_strangers_have_none(
    http: httpx.AsyncClient, guests: Guests, clock: FakeClock, log_lines: list[MutableMapping[str, Any]]
) -> None:
    """Unknown, expired."""
    refused(
        await http.get("/api/dossier", headers={"Authorization": f"Bearer {SECRET}"}), log_lines, Code.NOT_SIGNED_IN
    )
    log_lines.clear()
    assert (await http.get("/api/dossier", headers=guests.signed_in)).status_code == 200
    clock.advance(hours=13)
    log_lines.clear()
    refused(await http.get("/api/dossier", headers=guests.signed_in), log_lines, Code.SESSION_EXPIRED)


async def test_who_knocks_too_often_waits(
    database_url: str, tmp_path: Path, clock: FakeClock, log_lines: list[MutableMapping[str, Any]]
) -> None:
    """A minute's worth at once; then one by one, as time passes."""
    app = built(database_url, tmp_path, clock, requests_per_minute=60)
    async with asking(app) as http:
        ask = {"identity": "A" * 26}
        codes = [(await http.post("/api/challenges", json=ask)).json()["code"] for _ in range(61)]
        assert codes == ["member_unknown"] * 60 + ["too_many_requests"]
        clock.advance(seconds=1)
        log_lines.clear()
        assert (await http.post("/api/challenges", json=ask)).json()["code"] == "member_unknown"
        log_lines.clear()
        refused(await http.post("/api/challenges", json=ask), log_lines, Code.TOO_MANY_REQUESTS)
    await app.state.house.database.close()


async def test_a_bug_is_told_with_its_trace_and_answered_without(
    app: FastAPI, http: httpx.AsyncClient, log_lines: list[MutableMapping[str, Any]]
) -> None:
    """Nothing of it leaves the house."""

    async def broken() -> None:
        raise ValueError(SECRET)

    app.router.routes.clear()
    app.add_api_route("/api/broken", broken)
    answer = await http.get("/api/broken")
    assert answer.status_code == 500
    assert answer.json()["code"] == "internal"
    assert SECRET not in answer.text
    told = [line for line in log_lines if line["event"] == "bug"]
    assert len(told) == 1
    assert told[0]["exc_info"]


async def test_a_full_disk_refuses_and_changes_nothing(
    tmp_path: Path, sqlite_template: Path, clock: FakeClock, log_lines: list[MutableMapping[str, Any]]
) -> None:
    """Summits are published until the file may not grow; the one that found no room is not there, in no part."""
    path = shutil.copy(sqlite_template, tmp_path / "full.sqlite3")
    app = built(f"sqlite:///{path}", tmp_path, clock)
    database: Database = app.state.house.database
    pages = sqlite_template.stat().st_size // 4096

    def narrow(connection: DBAPIConnection, _record: object) -> None:
        connection.cursor().execute(f"PRAGMA max_page_count={pages + 2}")

    event.listen(database.engine.sync_engine, "connect", narrow)
    published = []
    answer = httpx.Response(201)
    async with asking(app) as http:
        for number in range(100):
            summit = a_summit(now=clock.now(), seed=str(number))
            signed = {party: b64u(raw) for party, raw in summit.signatures.items()}
            body = {"descriptor": b64u(summit.descriptor), "signatures": signed}
            log_lines.clear()
            answer = await http.post("/api/summits", json=body, headers={"Authorization": f"Bearer {TOKEN}"})
            if answer.status_code != 201:
                break
            published.append(summit.id)
        refused(answer, log_lines, Code.STORAGE_FULL)
        async with database.reading() as reading:
            assert sorted(await audit.summits(reading)) == sorted(published)
            kept = (await reading.execute(text("SELECT count(*) FROM summits"))).scalar_one()
            assert kept == len(published) > 0
    await database.close()


async def test_a_full_disk_under_postgresql_refuses_and_changes_nothing(
    cluster: postgresql.Cluster,
    postgresql_template: str,
    tmp_path: Path,
    clock: FakeClock,
    log_lines: list[MutableMapping[str, Any]],
) -> None:
    """The server finds no room for the last row of a change, and says so with its own SQLSTATE."""
    app = built(cluster.create("full", postgresql_template), tmp_path, clock)
    database: Database = app.state.house.database
    async with database.engine.begin() as connection:
        no_room = "BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END"
        await connection.execute(text(f"CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ {no_room} $$"))
        when = "BEFORE INSERT ON audit_entries"
        await connection.execute(text(f"CREATE TRIGGER full_disk {when} EXECUTE FUNCTION no_room()"))
    summit = a_summit(now=clock.now())
    signed = {party: b64u(raw) for party, raw in summit.signatures.items()}
    body = {"descriptor": b64u(summit.descriptor), "signatures": signed}
    async with asking(app) as http:
        answer = await http.post("/api/summits", json=body, headers={"Authorization": f"Bearer {TOKEN}"})
        refused(answer, log_lines, Code.STORAGE_FULL)
    async with database.reading() as reading:
        assert (await reading.execute(text("SELECT count(*) FROM summits"))).scalar_one() == 0
    await database.close()
    cluster.drop("full")


async def test_a_database_that_is_gone_in_the_middle_is_an_outage(
    cluster: postgresql.Cluster, tmp_path: Path, clock: FakeClock, log_lines: list[MutableMapping[str, Any]]
) -> None:
    """PostgreSQL cuts every connection between two requests, and lets nobody in again."""
    app = built(cluster.create("going"), tmp_path, clock)
    async with asking(app) as http:
        async with app.state.house.database.reading() as connection:
            await connection.execute(text("SELECT 1"))
        cluster.drop("going")
        answer = await http.post("/api/challenges", json={"identity": "A" * 26})
        refused(answer, log_lines, Code.STORAGE_UNAVAILABLE)
        assert (await http.get("/api/health/ready")).status_code == 503
        assert (await http.get("/api/health/live")).status_code == 200
    await app.state.house.database.close()


async def test_a_sqlite_file_that_is_taken_away_is_an_outage(
    tmp_path: Path, clock: FakeClock, log_lines: list[MutableMapping[str, Any]]
) -> None:
    """Its folder is gone."""
    app = built(f"sqlite:///{tmp_path / 'gone' / 'visavis.sqlite3'}", tmp_path, clock)
    async with asking(app) as http:
        answer = await http.post("/api/challenges", json={"identity": "A" * 26})
        refused(answer, log_lines, Code.STORAGE_UNAVAILABLE)
    await app.state.house.database.close()
