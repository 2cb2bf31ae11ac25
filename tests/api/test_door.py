"""Who may knock how often, and who may read the figures."""

from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from tests.api.conftest import ORIGIN
from tests.fakes.clock import FakeClock
from tests.realtime.serving import built, serving
from visavis.api.door import Knocks, address_of
from visavis.kernel.errors import Code, RefusedError
from visavis.kernel.secret import Secret

pytestmark = pytest.mark.anyio

HERE = "127.0.0.1"
FAR = "203.0.113.9"
MONITOR = "the monitoring token of these tests"


def asking_from(app: FastAPI, address: str) -> httpx.AsyncClient:
    """Return a client at a network address."""
    return httpx.AsyncClient(transport=httpx.ASGITransport(app, client=(address, 4711)), base_url=ORIGIN)


async def test_figures_are_for_this_machine_unless_a_token_is_set(
    database_url: str, tmp_path: Path, clock: FakeClock
) -> None:
    """Without a token only loopback reads them; with one, whoever has it and nobody else."""
    alone = built(database_url, tmp_path, clock)
    watched = built(database_url, tmp_path, clock, metrics_token=Secret(MONITOR))
    async with asking_from(alone, HERE) as near, asking_from(alone, FAR) as far:
        assert (await near.get("/metrics")).status_code == httpx.codes.OK
        assert (await far.get("/metrics")).json()["code"] == "not_signed_in"
    async with asking_from(alone, "a peer without an address") as unnamed:
        assert (await unnamed.get("/metrics")).json()["code"] == "not_signed_in"
    async with asking_from(watched, HERE) as near, asking_from(watched, FAR) as far:
        assert (await near.get("/metrics")).json()["code"] == "not_signed_in"
        shown = await far.get("/metrics", headers={"Authorization": f"Bearer {MONITOR}"})
        assert shown.status_code == httpx.codes.OK
    for app in (alone, watched):
        await app.state.house.database.close()


async def test_invented_sessions_are_counted(database_url: str, tmp_path: Path, clock: FakeClock) -> None:
    """Guessing sessions is knocking: after a minute's worth every further guess is refused unread."""
    app = built(database_url, tmp_path, clock, requests_per_minute=3)
    guess = {"Authorization": "Bearer invented"}
    async with asking_from(app, FAR) as far:
        seen = [(await far.get("/api/dossier", headers=guess)).json()["code"] for _ in range(4)]
    assert seen == ["not_signed_in"] * 3 + ["too_many_requests"]
    await app.state.house.database.close()


async def test_opening_sockets_is_counted(database_url: str, tmp_path: Path, clock: FakeClock) -> None:
    """A socket is counted, and refused, before it is accepted."""
    app = built(database_url, tmp_path, clock, requests_per_minute=1)
    async with serving(app) as port:
        app.state.knocks.admit(HERE, clock.now())
        with pytest.raises(InvalidStatus) as refused:
            await connect(f"ws://{HERE}:{port}/api/meetings/none/socket")
    assert refused.value.response.status_code == httpx.codes.FORBIDDEN


@pytest.mark.parametrize(
    ("host", "counted"),
    [(FAR, FAR), ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"), ("", ""), ("a name", "a name")],
)
def test_a_subscriber_is_one_address(host: str, counted: str) -> None:
    """One IPv6 subscriber has a whole /64 and counts once."""

    class Connection:
        client = type("Address", (), {"host": host})

    assert address_of(Connection()) == counted  # type: ignore[arg-type]


def test_a_bucket_fills_with_time(clock: FakeClock) -> None:
    """A minute's worth may come at once; after that as many as time brings."""
    knocks = Knocks(60)
    for _ in range(60):
        knocks.admit(FAR, clock.now())
    with pytest.raises(RefusedError) as refused:
        knocks.admit(FAR, clock.now())
    assert refused.value.code is Code.TOO_MANY_REQUESTS
    knocks.admit(HERE, clock.now())
    clock.advance(seconds=1)
    knocks.admit(FAR, clock.now())
