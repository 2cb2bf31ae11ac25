"""Waiting at the door with a line that stands, and being let in; on the fake and on the real LiveKit."""

import pytest

from tests.fakes.clock import FakeClock
from tests.fakes.sfu import FakeSfu
from tests.rooms.desk import fake_desk
from tests.rooms.hall import LIFETIME, Hall, a_hall
from visavis.kernel.errors import Code, RefusedError
from visavis.rooms.model import NOTHING, Happened, MediaGrant, Report, RoomKind, Source
from visavis.rooms.moderation import reseat
from visavis.rooms.reconcile import reconcile
from visavis.rooms.webhooks import receive
from visavis.storage.database import Database
from visavis.summits.model import Move, Phase

pytestmark = pytest.mark.anyio

WHO = "arven.principal"
EVERYTHING = MediaGrant(frozenset(Source), hear=True)
SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def told(hall: Hall, happened: Happened, who: str = WHO) -> None:
    report = Report("EV_1", happened, hall.chamber.name, hall.actors[who].identity)
    await receive(hall.database, hall.desk.sfu, report)


async def waits(hall: Hall, who: str = WHO) -> bool | None:
    """Return whether the engine has somebody wait, or None if they are not there."""
    occupants = await hall.desk.sfu.occupants(hall.chamber.name)
    return {one.identity: one.waits for one in occupants}.get(hall.actors[who].identity)


async def test_whoever_waits_is_neither_present_nor_seated_by_anything_that_looks(hall: Hall) -> None:
    await hall.move(Move.CLOSE_DOORS)
    async with hall.waiting(WHO) as principal:
        for look in (
            told(hall, Happened.JOINED),
            reseat(hall.database, hall.desk.sfu, hall.meeting),
            reconcile(hall.database, hall.desk.sfu),
        ):
            await look
            assert await hall.present() == {}
            assert await hall.inside() == {WHO: NOTHING}
            assert await waits(hall) is True
            await principal.told(NOTHING)


async def test_whoever_is_let_in_has_their_seat_and_is_present_at_once(hall: Hall) -> None:
    await hall.move(Move.CLOSE_DOORS)
    async with hall.seated("tolmar.principal") as other, hall.waiting(WHO) as principal:
        for _ in range(2):
            await hall.take_seat(WHO)
            await principal.told(EVERYTHING)
            await other.sees({hall.actors[WHO].identity})
            assert await waits(hall) is False
            assert await hall.present() == {WHO: "chamber"}
        # The report of the line's beginning comes late.
        await told(hall, Happened.JOINED)
        await reconcile(hall.database, hall.desk.sfu)
        assert set(await hall.present()) == {WHO, "tolmar.principal"}


async def test_nobody_is_let_in_who_does_not_wait_or_may_not_enter(hall: Hall) -> None:
    await hall.move(Move.CLOSE_DOORS)
    for who, phase, code in (
        (WHO, Phase.CLOSED, Code.TICKET_REFUSED),
        (WHO, Phase.OPEN, Code.NOT_IN_THIS_PHASE),
        ("press.press", Phase.CLOSED, Code.NOT_IN_THIS_PHASE),
        ("arven.adviser", Phase.CLOSED, Code.NOT_IN_THIS_FORMAT),
    ):
        with pytest.raises(RefusedError) as refused:
            await hall.take_seat(who, phase)
        assert refused.value.code is code, who
    assert await hall.present() == {}


async def test_whoever_is_seated_is_given_nothing_to_wait_with(hall: Hall) -> None:
    async with hall.seated(WHO, RoomKind.CAUCUS):
        await reconcile(hall.database, hall.desk.sfu)
        with pytest.raises(RefusedError) as refused:
            await hall.token_to_wait(WHO)
        assert refused.value.code is Code.TICKET_REFUSED
        assert await hall.present() == {WHO: "caucus"}
    await hall.token_to_wait("tolmar.principal")


async def test_a_seat_elsewhere_ends_the_waiting_and_never_the_other_way_round(hall: Hall) -> None:
    async with hall.seated(WHO, RoomKind.CAUCUS) as seated:
        hall.clock.advance(seconds=1)
        async with hall.waiting(WHO) as waiting:
            await reconcile(hall.database, hall.desk.sfu)
            await waiting.put_out()
        assert await hall.present() == {WHO: "caucus"}
        await hall.desk.sfu.remove(hall.caucus("arven").name, hall.actors[WHO].identity)
        await seated.put_out()


async def test_whoever_may_no_longer_enter_waits_no_longer(hall: Hall) -> None:
    await hall.move(Move.OPEN_DOORS)
    async with hall.waiting("press.press") as press, hall.waiting(WHO):
        await hall.move(Move.CLOSE_DOORS)
        await reseat(hall.database, hall.desk.sfu, hall.meeting)
        await press.put_out()
        assert await hall.inside() == {WHO: NOTHING}
    await hall.move(Move.OPEN_DOORS)
    kept = await hall.token_to_wait("press.press")
    await hall.move(Move.CLOSE_DOORS)
    async with hall.desk.join(kept) as press:
        await told(hall, Happened.JOINED, "press.press")
        await press.put_out()


async def test_somebody_who_left_and_waits_again_is_noted_as_gone(hall: Hall) -> None:
    async with hall.seated(WHO):
        await told(hall, Happened.JOINED)
        assert await hall.present() == {WHO: "chamber"}
        early = hall.desk.sfu.token_to_wait(hall.chamber.name, hall.actors[WHO].identity, LIFETIME)
        async with hall.desk.join(early):
            await told(hall, Happened.LEFT)
            assert await hall.present() == {}


@SQLITE
async def test_a_move_while_somebody_is_let_in_is_not_lost(database: Database, clock: FakeClock) -> None:
    """They are given what the policy says after it, and asked to come again by a ticket."""
    sfu = FakeSfu(clock)
    hall = await a_hall(database, fake_desk(sfu), clock)
    await hall.move(Move.OPEN_DOORS)
    async with hall.waiting("press.press") as press, hall.waiting(WHO) as principal:
        sfu.meanwhile.append(hall.move(Move.CLOSE_DOORS))
        with pytest.raises(RefusedError):
            await hall.take_seat("press.press")
        await press.put_out()
        sfu.meanwhile.append(hall.move(Move.RECESS))
        with pytest.raises(RefusedError):
            await hall.take_seat(WHO)
        await principal.told(NOTHING)


@SQLITE
async def test_whoever_hides_and_hears_is_put_out(database: Database, clock: FakeClock) -> None:
    sfu = FakeSfu(clock)
    hall = await a_hall(database, fake_desk(sfu), clock)
    await hall.move(Move.CLOSE_DOORS)
    async with hall.waiting(WHO) as principal:
        sfu.hide(hall.chamber.name, hall.actors[WHO].identity, MediaGrant(frozenset(), hear=True))
        await reconcile(database, sfu)
        await principal.put_out()
