"""A booth's documents: sealed parts, kept for its interpreters alone and within limits, and forgotten with the meeting."""

from datetime import timedelta

import pytest

from tests.keys.conftest import Hall
from visavis.kernel.errors import Code
from visavis.keys import delivery, documents, store
from visavis.keys.model import DOCUMENT_PART, DocumentId, PartKey
from visavis.summits.model import Move

pytestmark = pytest.mark.anyio

INTERPRETER, BOOTH = "arven interpreter", "booth.arven.en"
SPEECH, AGENDA = (DocumentId(f"00000000-0000-4000-8000-00000000000{n}") for n in (1, 2))


def place(hall: Hall, document: DocumentId, number: int = 0, group: str = BOOTH) -> PartKey:
    """Return where a part is."""
    return PartKey(hall.key(group), document, number)


async def opened(hall: Hall) -> None:
    """Let the booth be arranged, and its interpreter found its group."""
    await hall.arrange("arven.en", INTERPRETER)
    await hall.found(INTERPRETER, BOOTH)


async def keep(hall: Hall, where: PartKey, box: bytes, who: str = INTERPRETER) -> None:
    """Let somebody bring a part."""
    await documents.keep(hall.database, hall.people[who].actor, where, box)


async def part(hall: Hall, where: PartKey, who: str = INTERPRETER) -> bytes:
    """Let somebody fetch a part."""
    return await documents.part(hall.database, hall.people[who].actor, where)


async def test_parts_are_kept_as_they_came_first_and_nobody_is_told(hall: Hall) -> None:
    await hall.arrange("arven.en", INTERPRETER)
    assert await hall.code(keep(hall, place(hall, SPEECH), b"early")) is Code.GROUP_UNKNOWN
    await hall.found(INTERPRETER, BOOTH)
    before = await hall.recorded(), await hall.told("arven")
    await keep(hall, place(hall, SPEECH, 0), b"one")
    await keep(hall, place(hall, SPEECH, 1), b"two")
    await keep(hall, place(hall, SPEECH, 1), b"another")
    await keep(hall, place(hall, AGENDA), b"three")
    assert [await part(hall, place(hall, SPEECH, number)) for number in (0, 1)] == [b"one", b"two"]
    assert await part(hall, place(hall, AGENDA)) == b"three"
    assert await hall.code(part(hall, place(hall, SPEECH, 2))) is Code.NOT_FOUND
    assert (await hall.recorded(), await hall.told("arven")) == before


async def test_a_document_is_dropped_whole_and_no_other(hall: Hall) -> None:
    await opened(hall)
    await keep(hall, place(hall, SPEECH, 0), b"one")
    await keep(hall, place(hall, SPEECH, 1), b"two")
    await keep(hall, place(hall, AGENDA), b"three")
    await documents.drop(hall.database, hall.people[INTERPRETER].actor, hall.key(BOOTH), SPEECH)
    for number in (0, 1):
        assert await hall.code(part(hall, place(hall, SPEECH, number))) is Code.NOT_FOUND
    assert await part(hall, place(hall, AGENDA)) == b"three"


async def test_only_booths_have_documents(hall: Hall) -> None:
    """Whoever is in another group is told that there are none, whatever they ask."""
    for group in ("chamber", "caucus.arven"):
        await hall.found("arven chair", group)
        where = place(hall, SPEECH, group=group)
        actor = hall.people["arven chair"].actor
        assert await hall.code(keep(hall, where, b"one", "arven chair")) is Code.GROUP_UNKNOWN
        assert await hall.code(part(hall, where, "arven chair")) is Code.GROUP_UNKNOWN
        assert await hall.code(documents.drop(hall.database, actor, where.group, SPEECH)) is Code.GROUP_UNKNOWN


async def test_there_is_an_end_to_a_part_and_to_all_of_a_booth(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    await opened(hall)
    refused = await hall.refused(keep(hall, place(hall, SPEECH), bytes(DOCUMENT_PART + 1)))
    assert (refused.code, refused.fields) == (Code.BODY_TOO_LARGE, {"field": "box"})
    await keep(hall, place(hall, SPEECH), bytes(DOCUMENT_PART))
    monkeypatch.setattr(documents, "DOCUMENTS_LIMIT", DOCUMENT_PART + 10)
    refused = await hall.refused(keep(hall, place(hall, AGENDA), bytes(11)))
    assert (refused.code, refused.fields) == (Code.BODY_TOO_LARGE, {"field": "documents"})
    await keep(hall, place(hall, AGENDA), bytes(10))
    await keep(hall, place(hall, AGENDA), bytes(10))  # said again, it takes no more room


async def test_they_outlast_a_day_and_go_with_the_meeting(hall: Hall) -> None:
    await opened(hall)
    await keep(hall, place(hall, SPEECH), b"one")
    hall.clock.advance(hours=25)
    await _prune(hall)
    assert await part(hall, place(hall, SPEECH)) == b"one"
    for move in (Move.OPEN_DOORS, Move.CLOSE_DOORS, Move.ADJOURN):
        await hall.order(move)
    assert await hall.code(part(hall, place(hall, SPEECH))) is Code.NOT_IN_THIS_PHASE
    hall.clock.advance(hours=25)
    await _prune(hall)
    async with hall.database.reading() as connection:
        assert await store.document_part(connection, place(hall, SPEECH)) is None


async def _prune(hall: Hall) -> None:
    async with hall.database.writing() as tx:
        await delivery.prune(tx, tx.now - timedelta(hours=24))
