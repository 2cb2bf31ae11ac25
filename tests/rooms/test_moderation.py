"""Re-seating, reports and the reconciler, on the fake and on the real LiveKit."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import pytest

from tests.fakes.clock import FakeClock
from tests.fakes.sfu import FakeSfu
from tests.rooms.desk import Joined, fake_desk
from tests.rooms.hall import LIFETIME, Hall, a_hall
from tests.summits import scene
from tests.summits.scene import Filled
from visavis.audit import store as audits
from visavis.identity import store as identities
from visavis.identity.model import Role
from visavis.kernel.errors import Code, OutageError
from visavis.kernel.ids import PRESS, Identity, MeetingId, Party
from visavis.rooms.grants import grant_for
from visavis.rooms.model import Happened, MediaGrant, Report, Room, RoomKind, Source
from visavis.rooms.moderation import reseat
from visavis.rooms.reconcile import reconcile
from visavis.rooms.webhooks import receive
from visavis.storage.database import Database
from visavis.summits import floor
from visavis.summits.model import Format, Mode, Move, Phase

pytestmark = pytest.mark.anyio

DELEGATES = ("arven.principal", "tolmar.principal", "arven.interpreter", "tolmar.chair")
SILENT = MediaGrant(frozenset(), hear=False)


@asynccontextmanager
async def everybody(hall: Hall, *names: str) -> AsyncIterator[dict[str, Joined]]:
    async with AsyncExitStack() as stack:
        yield {name: await stack.enter_async_context(hall.seated(name)) for name in names}


def granted(hall: Hall, who: str, phase: Phase, kind: RoomKind = RoomKind.CHAMBER) -> MediaGrant | None:
    actor = hall.actors[who]
    return grant_for(actor.role, actor.chair, phase, Format.RESTRICTED, kind)


async def joined(hall: Hall, who: str, room: Room | None = None, happened: Happened = Happened.JOINED) -> None:
    report = Report("EV_1", happened, (room or hall.chamber).name, hall.actors[who].identity)
    await receive(hall.database, hall.desk.sfu, report)


async def test_a_whole_meeting_moves_without_a_new_join(hall: Hall) -> None:
    """Everybody keeps their place from arrival to the end; only what they may do changes."""
    async with everybody(hall, *DELEGATES) as there:
        for move, phase in (
            (Move.OPEN_DOORS, Phase.OPEN),
            (Move.CLOSE_DOORS, Phase.CLOSED),
            (Move.RECESS, Phase.RECESS),
            (Move.RESUME, Phase.CLOSED),
        ):
            await hall.move(move)
            await reseat(hall.database, hall.desk.sfu, hall.meeting)
            wanted = {name: granted(hall, name, phase) for name in DELEGATES}
            assert await hall.inside() == wanted
            for name, one in there.items():
                grant = wanted[name]
                assert grant is not None
                await one.told(grant)
            assert await hall.present() == dict.fromkeys(DELEGATES, "chamber")

        await hall.move(Move.ADJOURN)
        await reseat(hall.database, hall.desk.sfu, hall.meeting)
        for one in there.values():
            await one.put_out()
        assert hall.chamber.name not in await hall.desk.sfu.rooms()
        assert await hall.present() == {}


async def test_closing_doors_put_the_press_out_and_leave_the_others(hall: Hall) -> None:
    await hall.move(Move.OPEN_DOORS)
    async with everybody(hall, *DELEGATES, "press.press") as there:
        await reseat(hall.database, hall.desk.sfu, hall.meeting)
        assert (await hall.present())["press.press"] == "chamber"

        await hall.move(Move.CLOSE_DOORS)
        await reseat(hall.database, hall.desk.sfu, hall.meeting)
        await there["press.press"].put_out()
        assert set(await hall.inside()) == set(DELEGATES)
        assert set(await hall.present()) == set(DELEGATES)


@pytest.mark.parametrize("mode", Mode)
async def test_the_microphone_follows_the_floor_where_the_mode_has_it_so(hall: Hall, mode: Mode) -> None:
    """A chair has the floor: in liaison it lets them speak, in consecutive it holds the others, else it is a word."""
    chair = hall.actors["tolmar.chair"]
    speaks = {Mode.SIMULTANEOUS: set(DELEGATES), Mode.CONSECUTIVE: {"tolmar.chair"}, Mode.LIAISON: set(DELEGATES)}
    waits = {Mode.SIMULTANEOUS: set(), Mode.CONSECUTIVE: {"arven.interpreter"}, Mode.LIAISON: {"tolmar.chair"}}
    await hall.move(Move.CLOSE_DOORS)
    if mode is not Mode.SIMULTANEOUS:
        await hall.move(Move.CHANGE_MODE, mode)
    async with everybody(hall, *DELEGATES):
        await reseat(hall.database, hall.desk.sfu, hall.meeting)
        assert await speakers(hall) == set(DELEGATES) - waits[mode]
        await floor.ask(hall.database, chair, hall.meeting)
        await floor.give(hall.database, chair, hall.meeting, chair.member)
        await reseat(hall.database, hall.desk.sfu, hall.meeting)
        assert await speakers(hall) == speaks[mode]


async def speakers(hall: Hall) -> set[str]:
    """Return whom the engine lets send a microphone."""
    return {name for name, grant in (await hall.inside()).items() if Source.MICROPHONE in grant.publish}


async def test_a_kept_ticket_lets_nobody_stay(hall: Hall) -> None:
    await hall.move(Move.OPEN_DOORS)
    kept = await hall.token("press.press")
    await hall.move(Move.CLOSE_DOORS)
    for repaired_by_report in (True, False):
        async with hall.desk.join(kept) as press:
            if repaired_by_report:
                await joined(hall, "press.press")
            else:
                await reconcile(hall.database, hall.desk.sfu)
            await press.put_out()
        assert await hall.inside() == {}
        assert await hall.present() == {}


async def test_a_change_of_format_puts_out_whom_it_no_longer_admits(hall: Hall) -> None:
    async with everybody(hall, *DELEGATES) as there:
        await hall.move(Move.CHANGE_FORMAT, Format.ONE_ON_ONE)
        await reseat(hall.database, hall.desk.sfu, hall.meeting)
        await there["tolmar.chair"].put_out()
        assert set(await hall.inside()) == set(DELEGATES) - {"tolmar.chair"}


async def test_entering_a_caucus_leaves_the_chamber_and_back(hall: Hall) -> None:
    arven = hall.caucus("arven")
    async with everybody(hall, "arven.principal", "tolmar.principal") as there:
        for name in there:
            await joined(hall, name)
        async with hall.seated("arven.principal", RoomKind.CAUCUS):
            await joined(hall, "arven.principal", arven)
            await there["arven.principal"].put_out()
            assert await hall.inside(arven) == {
                "arven.principal": granted(hall, "arven.principal", Phase.ARRIVAL, arven.kind)
            }
            assert set(await hall.inside()) == {"tolmar.principal"}
            assert await hall.present() == {"arven.principal": "caucus", "tolmar.principal": "chamber"}
            # The end of the first seat is reported late: it ends nothing.
            await joined(hall, "arven.principal", happened=Happened.LEFT)
            assert (await hall.present())["arven.principal"] == "caucus"


async def test_the_reconciler_leaves_an_identity_in_the_room_it_entered_last(hall: Hall) -> None:
    async with hall.seated("arven.principal") as first:
        hall.clock.advance(seconds=1)
        async with hall.seated("arven.principal", RoomKind.CAUCUS):
            await reconcile(hall.database, hall.desk.sfu)
            await first.put_out()
            assert await hall.inside() == {}
            assert set(await hall.inside(hall.caucus("arven"))) == {"arven.principal"}
            assert await hall.present() == {"arven.principal": "caucus"}


async def test_nobody_stays_in_another_delegations_caucus_or_under_an_unknown_name(hall: Hall) -> None:
    sfu, room = hall.desk.sfu, hall.caucus("arven")
    grant = MediaGrant(frozenset(), hear=True)
    await sfu.open_room(room.name)
    stranger = Identity("Z" * 26)
    for identity in (hall.actors["tolmar.principal"].identity, stranger):
        async with hall.desk.join(sfu.token(room.name, identity, grant, LIFETIME)) as guest:
            await receive(hall.database, sfu, Report("EV_2", Happened.JOINED, room.name, identity))
            await guest.put_out()
    assert await hall.present() == {}


async def test_reports_come_twice_late_and_in_the_wrong_order(hall: Hall) -> None:
    # Late: whoever joined has left again.
    await joined(hall, "arven.principal")
    assert await hall.present() == {}

    async with hall.seated("arven.principal"):
        for _ in range(2):
            await joined(hall, "arven.principal")
        assert await hall.present() == {"arven.principal": "chamber"}
        # A reload: the end of the first connection is told after the second began.
        await joined(hall, "arven.principal", happened=Happened.LEFT)
        assert await hall.present() == {"arven.principal": "chamber"}

    await hall.desk.sfu.remove(hall.chamber.name, hall.actors["arven.principal"].identity)
    for _ in range(2):
        await joined(hall, "arven.principal", happened=Happened.LEFT)
    assert await hall.present() == {}


async def test_a_revoked_member_is_put_out(hall: Hall) -> None:
    async with everybody(hall, "arven.principal", "tolmar.principal") as there:
        await reseat(hall.database, hall.desk.sfu, hall.meeting)
        await revoke(hall, "arven.principal")
        await reseat(hall.database, hall.desk.sfu, hall.meeting)
        await there["arven.principal"].put_out()
        assert set(await hall.present()) == {"tolmar.principal"}


async def revoke(hall: Hall, who: str) -> None:
    actor = hall.actors[who]
    async with hall.database.writing() as tx:
        member = await identities.member(tx.connection, actor.summit, actor.member)
        assert member is not None
        await identities.keep_revocation(tx, actor.summit, (actor.party, member.serial), (b"", bytes(64)))
        tx.record(actor.summit, Filled(), by=None)


async def test_rooms_that_were_lost_are_opened_again_and_rooms_left_over_are_ended(hall: Hall) -> None:
    sfu = hall.desk.sfu
    await hall.move(Move.CLOSE_DOORS)
    unknown = Room(MeetingId("5f0c1c1e-0000-4000-8000-00000000dead"), RoomKind.CAUCUS, PRESS)
    for name in (unknown.name, "somebody.else"):
        await sfu.open_room(name)

    await reconcile(hall.database, sfu)

    rooms = await sfu.rooms()
    for room in (hall.chamber, hall.caucus("arven"), hall.caucus("tolmar")):
        assert room.name in rooms
    assert unknown.name not in rooms
    assert "somebody.else" in rooms, "a room without a name of ours is not ours"
    await sfu.close_room("somebody.else")


async def test_the_reconciler_puts_drifted_permissions_right(hall: Hall) -> None:
    async with hall.seated("arven.principal") as principal:
        drifted = MediaGrant(frozenset(), hear=True)
        await hall.desk.sfu.permit(hall.chamber.name, hall.actors["arven.principal"].identity, drifted)
        await principal.told(drifted)
        await reconcile(hall.database, hall.desk.sfu)
        await principal.told(SILENT)
        assert await hall.present() == {"arven.principal": "chamber"}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_move_in_the_middle_of_re_seating_is_not_lost(database: Database, clock: FakeClock) -> None:
    sfu = FakeSfu(clock)
    hall = await a_hall(database, fake_desk(sfu), clock)
    async with everybody(hall, "arven.principal"):
        await hall.move(Move.OPEN_DOORS)
        async with everybody(hall, "press.press") as there:
            sfu.meanwhile.append(hall.move(Move.CLOSE_DOORS))
            await reseat(database, sfu, hall.meeting)
            await there["press.press"].put_out()
        assert await hall.inside() == {"arven.principal": granted(hall, "arven.principal", Phase.CLOSED)}


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_call_that_fails_holds_up_no_other(database: Database, clock: FakeClock) -> None:
    """One whom the engine does not put out is an outage; everybody else is out or silent all the same."""
    sfu = FakeSfu(clock)
    hall = await a_hall(database, fake_desk(sfu), clock)
    await hall.move(Move.OPEN_DOORS)
    async with AsyncExitStack() as stack:
        for who in ("press.press", "arven.principal", "arven.interpreter"):
            await stack.enter_async_context(hall.seated(who))
        await reseat(database, sfu, hall.meeting)
        await hall.move(Move.CLOSE_DOORS)
        await hall.move(Move.RECESS)
        sfu.deaf_to = {hall.actors["press.press"].identity}
        with pytest.raises(OutageError) as outage:
            await reconcile(database, sfu)
        assert outage.value.code is Code.SFU_UNAVAILABLE
        inside = await hall.inside()
        assert (inside.pop("arven.principal"), inside.pop("arven.interpreter")) == (SILENT, SILENT)
        assert set(inside) == {"press.press"}
        sfu.deaf_to = set()
        await reconcile(database, sfu)
        assert set(await hall.inside()) == {"arven.principal", "arven.interpreter"}
        await hall.move(Move.ADJOURN)
        sfu.deaf_to = {hall.actors["arven.principal"].identity}
        with pytest.raises(OutageError):
            await reseat(database, sfu, hall.meeting)
        assert set(await hall.inside()) == {"arven.principal"}
        sfu.deaf_to = set()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_whoever_comes_during_re_seating_is_not_noted_as_gone(database: Database, clock: FakeClock) -> None:
    """The log is for good: nobody leaves in it who is there, and a newcomer whom nobody knew yet breaks nothing."""
    sfu = FakeSfu(clock)
    hall = await a_hall(database, fake_desk(sfu), clock)
    newcomer = scene.member(scene.SUMMIT, Party("tolmar"), Role.PRINCIPAL, 77)

    async def come(who: str) -> None:
        sfu.join(await hall.token(who))
        await joined(hall, who)

    async def enrol_and_come() -> None:
        async with database.writing() as tx:
            await identities.keep_member(tx, newcomer)
            tx.record(scene.SUMMIT, Filled(), by=None)
        hall.actors["newcomer"] = scene.actor_of(newcomer)
        await come("newcomer")

    async with hall.seated("arven.principal"):
        await reseat(database, sfu, hall.meeting)
        for name, arrival, move in (
            ("tolmar.principal", come("tolmar.principal"), Move.OPEN_DOORS),
            ("newcomer", enrol_and_come(), Move.CLOSE_DOORS),
        ):
            await hall.move(move)
            sfu.meanwhile.append(arrival)
            await reconcile(database, sfu)
            assert (await hall.present())[name] == "chamber"
    async with database.reading() as connection:
        entries = [entry.action async for entry in audits.read(connection, scene.SUMMIT)]
    assert "seat_left" not in entries


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_whoever_leaves_during_re_seating_is_not_noted_as_come(database: Database, clock: FakeClock) -> None:
    sfu = FakeSfu(clock)
    hall = await a_hall(database, fake_desk(sfu), clock)

    async def go() -> None:
        sfu.leave(hall.chamber.name, hall.actors["arven.principal"].identity)

    sfu.join(await hall.token("arven.principal"))
    await hall.move(Move.OPEN_DOORS)
    sfu.meanwhile.append(go())
    await reseat(database, sfu, hall.meeting)
    assert await hall.present() == {}
    async with database.reading() as connection:
        entries = [entry.action async for entry in audits.read(connection, scene.SUMMIT)]
    assert "seat_taken" not in entries


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_nobody_stays_when_the_descriptor_has_expired(database: Database, clock: FakeClock) -> None:
    sfu = FakeSfu(clock)
    hall = await a_hall(database, fake_desk(sfu), clock)
    await hall.move(Move.CLOSE_DOORS)
    async with hall.seated("arven.principal") as principal:
        kept = await hall.token("tolmar.principal")
        clock.advance(days=4000)
        await reconcile(database, sfu)
        await principal.put_out()
    await sfu.open_room(hall.chamber.name)
    clock.advance(days=-4000)
    sfu.join(kept)
    clock.advance(days=4000)
    await joined(hall, "tolmar.principal")
    assert await hall.inside() == {}
    await reconcile(database, sfu)
    assert hall.chamber.name not in await sfu.rooms()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_nobody_is_believed_in_a_meeting_that_ended_with_the_engine(database: Database, clock: FakeClock) -> None:
    sfu = FakeSfu(clock)
    hall = await a_hall(database, fake_desk(sfu), clock)
    await hall.move(Move.CLOSE_DOORS)
    async with hall.seated("arven.principal"):
        await reseat(database, sfu, hall.meeting)
        await hall.move(Move.ADJOURN)
        sfu.crash()
    await reconcile(database, sfu)
    assert await hall.present() == {}
    assert await sfu.rooms() == []
