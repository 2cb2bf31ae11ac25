"""What happens in a group reaches its members at whichever server they are, and nobody else."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from tests.fakes.clock import FakeClock
from tests.keys.conftest import Hall
from tests.realtime.serving import Client, built, serving, visiting
from visavis.events.shapes import EVENTS
from visavis.kernel.canonical import b64u
from visavis.summits.model import Move

pytestmark = [
    pytest.mark.anyio,
    pytest.mark.real,
    pytest.mark.parametrize("database_url", ["postgresql"], indirect=True),
]


@pytest.fixture
async def ports(hall: Hall, database_url: str, tmp_path: Path, clock: FakeClock) -> AsyncIterator[tuple[int, int]]:
    """Serve the hall by two servers on one PostgreSQL; yield their ports."""
    assert hall.meeting
    async with (
        serving(built(database_url, tmp_path / "first", clock)) as first,
        serving(built(database_url, tmp_path / "second", clock)) as second,
    ):
        yield first, second


async def post(hall: Hall, port: int, who: str, path: str, body: dict[str, str]) -> int:
    """Send something to a server; return the status."""
    session = await hall.people[who].sign_in(hall.database)
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", trust_env=False) as http:
        url = f"/api/meetings/{hall.meeting}/groups/{path}"
        answer = await http.post(url, json=body, headers={"Authorization": f"Bearer {session.reveal()}"})
    return answer.status_code


async def heard(client: Client) -> dict[str, object]:
    """Return what the next event hands on, after checking its form."""
    event = (await client.hear())["event"]
    EVENTS[event["kind"]].model_validate(event)
    return {key: event[key] for key in event if key not in {"number", "at"}}


async def test_a_commit_at_one_server_is_heard_at_the_other(hall: Hall, ports: tuple[int, int]) -> None:
    """By its group's members; the press hears of the floor alone, the protocol officer of nothing."""
    first, second = ports
    sessions = {who: await hall.people[who].sign_in(hall.database) for who in hall.people}
    async with (
        visiting(second, hall.meeting, sessions["tolmar principal"]) as tolmar,
        visiting(second, hall.meeting, sessions["press press"]) as press,
        visiting(first, hall.meeting, sessions["host protocol_officer"]) as officer,
    ):
        for client in (tolmar, press, officer):
            assert "snapshot" in await client.hear()
        for group in ("chamber", "caucus.arven", "floor.1"):
            offer = hall.offer(group, 0)
            body = {"commit": b64u(offer.commit), "group_info": b64u(offer.group_info)}
            assert await post(hall, first, "arven chair", group, {"group_info": b64u(hall.info(group, 0))}) == 201
            assert await post(hall, second, "arven chair", f"{group}/commits", body) == 201
        await hall.order(Move.CLOSE_DOORS)

        by = hall.people["arven chair"].member.id
        told = [
            part
            for group in ("chamber", "floor.1")
            for part in (
                {"kind": "group_founded", "founding": {"group": group, "by": by}},
                {
                    "kind": "group_commit",
                    "commit": {
                        "group": group,
                        "epoch": 0,
                        "commit": b64u(hall.offer(group, 0).commit),
                        "by": by,
                        "turn": None,
                    },
                },
            )
        ]
        assert [await heard(tolmar) for _ in told] == told
        assert [await heard(press) for _ in told[2:]] == told[2:]
        for client in (tolmar, press, officer):
            assert (await client.hear())["event"]["kind"] == "phase_moved"
