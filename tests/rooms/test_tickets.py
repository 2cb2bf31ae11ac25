import pytest
from typing_extensions import override

from tests.fakes.sfu import FakeSfu
from tests.rooms.hall import LIFETIME, Hall
from visavis.kernel.errors import Code, OutageError, RefusedError
from visavis.rooms.model import RoomKind, Ticket
from visavis.rooms.tickets import TicketDesk, Wish, ticket
from visavis.summits.model import Move, Phase

pytestmark = pytest.mark.anyio

CHAMBER, CAUCUS = RoomKind.CHAMBER, RoomKind.CAUCUS


async def wished(hall: Hall, who: str, kind: RoomKind, phase: Phase) -> Ticket:
    desk = TicketDesk(hall.database, hall.desk.sfu, hall.clock, LIFETIME)
    return await ticket(desk, hall.actors[who], Wish(hall.meeting, kind, phase))


async def test_a_ticket_opens_its_room_for_its_identity_for_half_a_minute(hall: Hall) -> None:
    made = await wished(hall, "arven.principal", CHAMBER, Phase.ARRIVAL)

    assert made.room == hall.chamber
    assert made.identity == hall.actors["arven.principal"].identity
    assert made.expires == hall.clock.now() + LIFETIME
    assert made.url == hall.desk.sfu.public_url
    assert made.life == await hall.desk.sfu.open_room(hall.chamber.name)
    async with hall.desk.join(made.token) as joined:
        await joined.told(made.grant)
        assert await hall.inside() == {"arven.principal": made.grant}


async def test_who_may_not_be_in_the_room_gets_no_ticket_and_opens_none(hall: Hall) -> None:
    for who, kind, code in (
        ("press.press", CHAMBER, Code.NOT_IN_THIS_PHASE),
        ("arven.adviser", CHAMBER, Code.NOT_IN_THIS_FORMAT),
        ("host.protocol_officer", CHAMBER, Code.NOT_YOUR_ROLE),
        ("press.press", CAUCUS, Code.NOT_YOUR_ROLE),
        ("host.protocol_officer", CAUCUS, Code.NOT_YOUR_ROLE),
    ):
        with pytest.raises(RefusedError) as refused:
            await wished(hall, who, kind, Phase.ARRIVAL)
        assert refused.value.code is code, who
    assert hall.chamber.name not in await hall.desk.sfu.rooms()


async def test_a_ticket_for_another_phase_is_refused(hall: Hall) -> None:
    await hall.move(Move.OPEN_DOORS)
    for phase in set(Phase) - {Phase.OPEN}:
        with pytest.raises(RefusedError) as refused:
            await wished(hall, "arven.principal", CHAMBER, phase)
        assert refused.value.code is Code.NOT_IN_THIS_PHASE
    await wished(hall, "press.press", CHAMBER, Phase.OPEN)


async def test_a_caucus_is_ones_own_delegations(hall: Hall) -> None:
    arven = await wished(hall, "arven.adviser", CAUCUS, Phase.ARRIVAL)
    tolmar = await wished(hall, "tolmar.adviser", CAUCUS, Phase.ARRIVAL)
    assert (arven.room, tolmar.room) == (hall.caucus("arven"), hall.caucus("tolmar"))


class Away(FakeSfu):
    """An engine that is being started again: it refuses the first calls."""

    refusals = 0

    @override
    async def open_room(self, room: str) -> str:
        self.refusals -= 1
        if self.refusals >= 0:
            raise OutageError(Code.SFU_UNAVAILABLE)
        return await super().open_room(room)


async def test_whoever_comes_while_the_engine_is_started_again_waits_for_it_and_not_for_ever(hall: Hall) -> None:
    sfu = Away(hall.clock)
    desk = TicketDesk(hall.database, sfu, hall.clock, LIFETIME)
    wish = Wish(hall.meeting, CHAMBER, Phase.ARRIVAL)

    sfu.refusals = 3
    await ticket(desk, hall.actors["arven.principal"], wish)
    assert await sfu.rooms() == [hall.chamber.name]

    sfu.refusals = 10_000
    with pytest.raises(OutageError):
        await ticket(desk, hall.actors["arven.principal"], wish)
