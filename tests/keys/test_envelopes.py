"""Sealed bytes: numbered in their group, told to it alone, forgotten after a day."""

from datetime import timedelta

import pytest

from tests.keys.conftest import Hall
from visavis.kernel.canonical import b64u
from visavis.kernel.errors import Code
from visavis.keys import delivery, envelopes
from visavis.keys.model import ENVELOPE_LIMIT, LOG_PAGE

pytestmark = pytest.mark.anyio

CHAIR, OTHER = "arven chair", "tolmar principal"


async def send(hall: Hall, who: str, message: bytes, group: str = "chamber") -> int:
    """Let somebody send."""
    return await envelopes.send(hall.database, hall.people[who].actor, hall.key(group), message)


async def read(hall: Hall, who: str, after: int, group: str = "chamber") -> list[tuple[int, bytes]]:
    """Let somebody read."""
    found = await envelopes.after(hall.database, hall.people[who].actor, hall.key(group), after)
    return [(one.number, one.message) for one in found]


async def test_envelopes_are_numbered_in_their_group_and_reach_it(hall: Hall) -> None:
    """Each group counts by itself; nobody outside is told; nothing of them is recorded."""
    assert await hall.code(send(hall, CHAIR, b"early")) is Code.GROUP_UNKNOWN
    await hall.found(CHAIR)
    await hall.found(CHAIR, "caucus.arven")
    recorded = await hall.recorded()
    assert [await send(hall, who, message) for who, message in ((CHAIR, b"a"), (OTHER, b"b"))] == [1, 2]
    assert await send(hall, "arven adviser", b"ours", "caucus.arven") == 1
    assert await read(hall, OTHER, 0) == [(1, b"a"), (2, b"b")]
    assert await read(hall, OTHER, 1) == [(2, b"b")]
    by = hall.people[OTHER].member.id
    sent = {"kind": "envelope", "group": "chamber", "number": 2, "envelope": b64u(b"b"), "by": by}
    assert (await hall.told("tolmar"))[-1] == sent
    assert (await hall.told("arven"))[-2:-1] == [sent]
    assert await hall.told("press") == await hall.told("host") == []
    assert await hall.recorded() == recorded


async def test_a_page_at_a_time_and_not_too_large(hall: Hall) -> None:
    """Whoever has more to read asks again from the last number."""
    await hall.found(CHAIR)
    assert await hall.code(send(hall, CHAIR, bytes(ENVELOPE_LIMIT + 1))) is Code.BODY_TOO_LARGE
    for number in range(LOG_PAGE + 1):
        await send(hall, CHAIR, str(number).encode())
    page = await read(hall, OTHER, 0)
    assert len(page) == LOG_PAGE
    assert await read(hall, OTHER, page[-1][0]) == [(LOG_PAGE + 1, str(LOG_PAGE).encode())]


async def test_numbers_go_on_after_a_day_is_forgotten(hall: Hall) -> None:
    """A number is never given twice."""
    await hall.found(CHAIR)
    await send(hall, CHAIR, b"yesterday")
    hall.clock.advance(hours=25)
    async with hall.database.writing() as tx:
        await delivery.prune(tx, tx.now - timedelta(hours=24))
    assert await read(hall, CHAIR, 0) == []
    assert await send(hall, CHAIR, b"today") == 2
