"""What we rely on in a media engine: the same for LiveKit and for the fake that stands for it elsewhere."""

from datetime import timedelta

import pytest

from tests.rooms.desk import Desk
from visavis.kernel.chance import SystemChance, new_id
from visavis.kernel.ids import Identity
from visavis.rooms.model import NOTHING, MediaGrant, Source

pytestmark = pytest.mark.anyio

ILSE, TOBIAS, VERA = (Identity(letter * 26) for letter in "ABC")
SILENT = MediaGrant(frozenset(), hear=False)
LISTENS = MediaGrant(frozenset(), hear=True)
SPEAKS = MediaGrant(frozenset({Source.MICROPHONE}), hear=True)
PRESENTS = MediaGrant(frozenset(Source), hear=True)
LIFE = timedelta(seconds=30)


@pytest.fixture
def room() -> str:
    """A name nobody used."""
    return f"chamber.{new_id(SystemChance())}"


async def test_a_room_is_there_from_its_opening_to_its_end(desk: Desk, room: str) -> None:
    await desk.sfu.close_room(room)
    life = await desk.sfu.open_room(room)
    assert await desk.sfu.open_room(room) == life
    assert (await desk.sfu.rooms()).count(room) == 1
    assert await desk.sfu.occupants(room) == []

    await desk.sfu.close_room(room)
    assert room not in await desk.sfu.rooms()
    assert await desk.sfu.occupants(room) == []
    assert await desk.sfu.open_room(room) != life


async def test_nobody_makes_a_room_by_joining(desk: Desk, room: str) -> None:
    with pytest.raises(PermissionError):
        async with desk.join(desk.sfu.token(room, ILSE, PRESENTS, LIFE)):
            pass
    assert room not in await desk.sfu.rooms()


@pytest.mark.parametrize("grant", [SILENT, LISTENS, SPEAKS, PRESENTS])
async def test_an_occupant_has_what_the_ticket_grants(desk: Desk, room: str, grant: MediaGrant) -> None:
    await desk.sfu.open_room(room)
    async with desk.join(desk.sfu.token(room, ILSE, grant, LIFE)) as ilse:
        await ilse.told(grant)
        (occupant,) = await desk.sfu.occupants(room)
        assert (occupant.identity, occupant.grant) == (ILSE, grant)


async def test_permissions_move_without_a_new_join(desk: Desk, room: str) -> None:
    await desk.sfu.open_room(room)
    async with desk.join(desk.sfu.token(room, ILSE, PRESENTS, LIFE)) as ilse:
        for grant in (SILENT, SPEAKS, LISTENS, PRESENTS):
            await desk.sfu.permit(room, ILSE, grant)
            await ilse.told(grant)
            assert [one.grant for one in await desk.sfu.occupants(room)] == [grant]


async def test_whoever_is_removed_is_out_and_the_others_stay(desk: Desk, room: str) -> None:
    await desk.sfu.open_room(room)
    async with (
        desk.join(desk.sfu.token(room, ILSE, SPEAKS, LIFE)) as ilse,
        desk.join(desk.sfu.token(room, TOBIAS, SPEAKS, LIFE)),
    ):
        await desk.sfu.remove(room, ILSE)
        await ilse.put_out()
        assert [one.identity for one in await desk.sfu.occupants(room)] == [TOBIAS]


async def test_the_end_of_a_room_puts_everybody_out(desk: Desk, room: str) -> None:
    await desk.sfu.open_room(room)
    async with desk.join(desk.sfu.token(room, ILSE, SPEAKS, LIFE)) as ilse:
        await desk.sfu.close_room(room)
        await ilse.put_out()


async def test_a_second_join_of_an_identity_puts_the_first_out(desk: Desk, room: str) -> None:
    await desk.sfu.open_room(room)
    token = desk.sfu.token(room, ILSE, SPEAKS, LIFE)
    async with desk.join(token) as first, desk.join(token):
        await first.put_out()
        assert [one.identity for one in await desk.sfu.occupants(room)] == [ILSE]


async def test_who_is_not_there_is_neither_moved_nor_removed(desk: Desk, room: str) -> None:
    await desk.sfu.permit(room, ILSE, SPEAKS)
    await desk.sfu.remove(room, ILSE)
    await desk.sfu.open_room(room)
    await desk.sfu.permit(room, ILSE, SPEAKS)
    await desk.sfu.remove(room, ILSE)
    assert await desk.sfu.occupants(room) == []


async def test_whoever_waits_at_the_door_is_told_to_nobody_until_they_are_let_in(desk: Desk, room: str) -> None:
    await desk.sfu.open_room(room)
    waiting = desk.sfu.token_to_wait(room, ILSE, LIFE)
    async with desk.join(desk.sfu.token(room, TOBIAS, SPEAKS, LIFE)) as tobias, desk.join(waiting) as ilse:
        await ilse.told(NOTHING)
        await ilse.sees({TOBIAS})
        listed = {one.identity: (one.grant, one.waits) for one in await desk.sfu.occupants(room)}
        assert listed == {TOBIAS: (SPEAKS, False), ILSE: (NOTHING, True)}
        async with desk.join(desk.sfu.token(room, VERA, SPEAKS, LIFE)) as vera:
            # Told of whoever came later: whatever there is to tell of who came before was told by then.
            await tobias.sees({VERA})
            await vera.sees({TOBIAS})

            assert await desk.sfu.permit(room, ILSE, SPEAKS)
            await ilse.told(SPEAKS)
            await tobias.sees({ILSE, VERA})
            await vera.sees({ILSE, TOBIAS})
            assert not any(one.waits for one in await desk.sfu.occupants(room))


async def test_a_permission_says_whether_it_found_anybody(desk: Desk, room: str) -> None:
    assert not await desk.sfu.permit(room, ILSE, SPEAKS)
    await desk.sfu.open_room(room)
    assert not await desk.sfu.permit(room, ILSE, SPEAKS)
    async with desk.join(desk.sfu.token(room, ILSE, SILENT, LIFE)):
        assert await desk.sfu.permit(room, ILSE, SPEAKS)
        assert await desk.sfu.permit(room, ILSE, SPEAKS), "of what is so already too"
