"""A booth's own room: for those who work in it and nobody else, beside the room in which they sit."""

from dataclasses import replace

import pytest

from tests.arranged import end_of, keep_arranged
from tests.rooms.hall import Hall
from tests.summits import scene
from visavis.audit import store as audits
from visavis.identity.model import Role
from visavis.interpretation.model import Arrangement, Booth, Channel, ChannelKind
from visavis.kernel.errors import Code, RefusedError
from visavis.kernel.ids import Party
from visavis.rooms.gate import grant_now
from visavis.rooms.grants import grant_for
from visavis.rooms.model import Happened, MediaGrant, Report, Room, RoomKind, Source
from visavis.rooms.moderation import reseat, sitting_of
from visavis.rooms.reconcile import reconcile
from visavis.rooms.seating import grant_in
from visavis.rooms.webhooks import receive
from visavis.summits.model import Format, Move, Phase

pytestmark = pytest.mark.anyio

BOOTH = RoomKind.BOOTH
SEEN = MediaGrant(frozenset({Source.MICROPHONE, Source.CAMERA}), hear=True)
OWN, OTHER = "arven.interpreter", "tolmar.interpreter"


def room(hall: Hall, name: str) -> Room:
    return Room(hall.meeting, BOOTH, booth=name)


async def arrange(hall: Hall, party: str | None, name: str, *who: str) -> None:
    of = None if party is None else Party(party)
    booth = Booth(name, of, ("en",), tuple(hall.actors[one].identity for one in who))
    channels = (Channel("en", ChannelKind.SPOKEN),) if of is None else ()
    chairs = [hall.actors[f"{side}.chair"] for side in ("arven", "tolmar") if of in {None, side}]
    async with hall.database.writing() as tx:
        await keep_arranged(tx, hall.meeting, Arrangement(of, 1, channels, (booth,), end_of(tx.now)), chairs)
        tx.record(chairs[0].summit, scene.Filled(), by=None)


async def joined(hall: Hall, who: str, where: Room, happened: Happened = Happened.JOINED) -> None:
    report = Report("EV_1", happened, where.name, hall.actors[who].identity)
    await receive(hall.database, hall.desk.sfu, report)


async def test_a_booth_is_entered_beside_the_chamber_and_makes_nobody_present(hall: Hall) -> None:
    own = room(hall, "arven.en")
    async with hall.seated(OWN) as seat:
        await joined(hall, OWN, hall.chamber)
        async with hall.seated(OWN, BOOTH) as line:
            await joined(hall, OWN, own)
            await reseat(hall.database, hall.desk.sfu, hall.meeting)
            await line.told(SEEN)
            assert await hall.inside(own) == {OWN: SEEN}
            assert set(await hall.inside()) == {OWN}
            await joined(hall, OWN, own, Happened.LEFT)
            assert await hall.present() == {OWN: "chamber"}
            # A move changes what one may do in the chamber, and nothing here.
            await hall.move(Move.OPEN_DOORS)
            await reseat(hall.database, hall.desk.sfu, hall.meeting)
            assert await hall.inside(own) == {OWN: SEEN}
            await seat.told(grant_in_chamber(Phase.OPEN))
            await hall.move(Move.CLOSE_DOORS)
            await hall.move(Move.ADJOURN)
            await reseat(hall.database, hall.desk.sfu, hall.meeting)
            await line.put_out()
    assert own.name not in await hall.desk.sfu.rooms()
    async with hall.database.reading() as connection:
        summit = hall.actors[OWN].summit
        recorded = [entry.action async for entry in audits.read(connection, summit)]
    assert recorded.count("seat_taken") == 1


def grant_in_chamber(phase: Phase) -> MediaGrant:
    grant = grant_for(Role.INTERPRETER, False, phase, Format.RESTRICTED, RoomKind.CHAMBER)  # noqa: FBT003 - as the function
    assert grant is not None
    return grant


async def test_the_ticket_names_the_booth_that_one_works_in(hall: Hall) -> None:
    async with hall.seated(OWN, BOOTH), hall.seated(OTHER, BOOTH):
        assert set(await hall.inside(room(hall, "arven.en"))) == {OWN}
        assert set(await hall.inside(room(hall, "tolmar.en"))) == {OTHER}
    await arrange(hall, None, "joint.en", OWN, OTHER)
    async with hall.seated(OWN, BOOTH), hall.seated(OTHER, BOOTH):
        assert set(await hall.inside(room(hall, "joint.en"))) == {OWN, OTHER}


async def test_nobody_else_has_a_ticket_and_nobody_waits_at_a_booths_door(hall: Hall) -> None:
    for who in hall.actors:
        if not who.endswith(".interpreter"):
            with pytest.raises(RefusedError) as refused:
                await hall.token(who, BOOTH)
            assert refused.value.code is Code.NOT_YOUR_ROLE, who
    with pytest.raises(RefusedError) as refused:
        await hall.token_to_wait(OWN, BOOTH)
    assert refused.value.code is Code.TICKET_REFUSED
    # Left out of the booths that their delegation has: a spare.
    await arrange(hall, "arven", "arven.fr", OTHER)
    with pytest.raises(RefusedError) as refused:
        await hall.token(OWN, BOOTH)
    assert refused.value.code is Code.TICKET_REFUSED


async def test_a_kept_ticket_and_a_booth_that_was_arranged_anew_let_nobody_stay(hall: Hall) -> None:
    joint = room(hall, "joint.en")
    await arrange(hall, None, "joint.en", OWN, OTHER)
    kept = await hall.token(OTHER, BOOTH)
    await arrange(hall, None, "joint.en", OWN)
    for repaired_by_report in (True, False):
        async with hall.seated(OWN, BOOTH), hall.desk.join(kept) as intruder:
            if repaired_by_report:
                await joined(hall, OTHER, joint)
            else:
                await reconcile(hall.database, hall.desk.sfu)
            await intruder.put_out()
            assert set(await hall.inside(joint)) == {OWN}
    async with hall.seated(OWN, BOOTH) as line:
        await arrange(hall, None, "joint.fr", OWN, OTHER)
        await reconcile(hall.database, hall.desk.sfu)
        await line.put_out()
    assert joint.name not in await hall.desk.sfu.rooms()


async def test_the_gate_and_the_sitting_agree_on_every_booth_member_and_phase(hall: Hall) -> None:
    """Walked whole: a booth's room is for an interpreter who works there, until the meeting is over."""
    await arrange(hall, None, "joint.en", OWN)
    works = {OWN: "joint.en", OTHER: "tolmar.en"}
    for move in (None, Move.OPEN_DOORS, Move.CLOSE_DOORS, Move.RECESS, Move.ADJOURN):
        if move is not None:
            await hall.move(move)
        sitting = await sitting_of(hall.database, hall.meeting)
        assert sitting is not None
        for name in ("joint.en", "arven.en", "tolmar.en"):
            for who, actor in hall.actors.items():
                where = room(hall, name)
                wanted = SEEN if works.get(who) == name and move is not Move.ADJOURN else None
                assert grant_in(sitting, where, actor.identity) == wanted, (move, name, who)
                assert await grant_now(hall.database, where, actor.identity) == wanted, (move, name, who)
        other = replace(room(hall, "joint.en"), booth=None)
        assert grant_in(sitting, other, hall.actors[OWN].identity) is None
