"""Calling a meeting and moving it: what is done, what waits, what is refused."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.fakes.chance import FakeChance
from tests.fakes.clock import FakeClock
from tests.summits import scene
from tests.summits.conftest import Table
from visavis.kernel.errors import Code
from visavis.kernel.ids import MeetingId
from visavis.storage.database import Database
from visavis.summits import floor, meetings
from visavis.summits.model import Format, Mode, Move, Order, Phase
from visavis.summits.phases import CONSENT_LASTS

pytestmark = pytest.mark.anyio


async def test_a_meeting_is_called_by_who_may_and_begins_in_arrival(
    table: Table, database: Database, chance: FakeChance
) -> None:
    """The host's protocol officer called it; a chair may, a principal without orders and the press may not."""
    seen = (await table.seen())["meeting"]
    assert (seen["phase"], seen["format"], seen["mode"]) == ("arrival", "restricted", "simultaneous")
    assert (seen["began"], seen["follows"], seen["scheduled"]) == (None, None, "2026-03-02T10:00:00.000Z")
    assert await table.told("press") == []
    assert await scene.a_meeting(database, table.actors["tolmar.chair"], chance, follows=table.meeting)
    for who in ("arven.principal", "arven.adviser", "press.press"):
        actor = table.actors[who]
        await table.refused(Code.NOT_YOUR_ROLE, scene.a_meeting(database, actor, chance))
    await scene.a_meeting(database, scene.giving_orders(table.actors["arven.principal"]), chance)


async def test_a_meeting_follows_one_of_its_own_summit_in_a_signed_format(
    table: Table, database: Database, chance: FakeChance
) -> None:
    """Another summit's meetings do not exist; what the delegations did not sign is refused."""
    others = await scene.fill(database, scene.OTHER_SUMMIT, formats=("one-on-one", "restricted"))
    chair = others["arven.chair"]
    await table.refused(Code.MEETING_UNKNOWN, scene.a_meeting(database, chair, chance, follows=table.meeting))
    await table.refused(Code.BAD_REQUEST, scene.a_meeting(database, chair, chance, Format.PLENARY))
    there = await scene.a_meeting(database, chair, chance)
    for who in ("arven.chair", "tolmar.chair"):
        attempt = scene.ordered(database, others[who], there, Move.CHANGE_FORMAT, "plenary")
        await table.refused(Code.BAD_REQUEST, attempt)


async def test_doors_open_when_a_chair_of_every_delegation_has_asked(table: Table, clock: FakeClock) -> None:
    """The first waits, and is seen to; the second opens. The press is told of the opening only."""
    assert not await table.orders("tolmar.chair", Move.OPEN_DOORS)
    clock.advance(seconds=5)
    assert not await table.orders("tolmar.chair", Move.OPEN_DOORS)
    assert (await table.seen("arven.adviser"))["consents"] == [
        {"move": "open_doors", "argument": None, "parties": ["tolmar"], "since": "2026-03-01T09:00:00.000Z"}
    ]
    assert (await table.seen("press.press"))["consents"] == []
    assert await table.told("arven") == ["consent_given"]
    assert await table.orders("arven.chair", Move.OPEN_DOORS)
    seen = await table.seen()
    assert (seen["meeting"]["phase"], seen["consents"]) == ("open", [])
    assert seen["meeting"]["began"] == seen["meeting"]["phase_since"] == "2026-03-01T09:00:05.000Z"
    assert await table.told("press") == ["phase_moved"]
    moved = {"move": "open_doors", "before": "arrival", "phase": "open", "parties": ["arven", "tolmar"]}
    assert (await table.entries())[-1] == ("phase_moved", {"meeting": table.meeting, **moved})


async def test_with_three_delegations_two_are_not_enough(database: Database, chance: FakeChance) -> None:
    """Every delegation means every one, in protocol order."""
    actors = await scene.fill(database, sides=("ostrava", "arven", "tolmar"))
    table = Table(database, actors, await scene.a_meeting(database, actors["ostrava.chair"], chance))
    assert [await table.orders(f"{side}.chair", Move.OPEN_DOORS) for side in ("tolmar", "arven")] == [False, False]
    assert (await table.seen())["consents"][0]["parties"] == ["arven", "tolmar"]
    assert await table.orders("ostrava.chair", Move.OPEN_DOORS)


async def test_one_chair_closes_recesses_resumes_and_adjourns(table: Table, clock: FakeClock) -> None:
    """The meeting began when it first left arrival, and never begins again."""
    for move, phase in [
        (Move.CLOSE_DOORS, "closed"),
        (Move.RECESS, "recess"),
        (Move.RESUME, "closed"),
        (Move.ADJOURN, "adjourned"),
    ]:
        assert await table.orders("arven.chair", move)
        seen = (await table.seen())["meeting"]
        assert (seen["phase"], seen["began"]) == (phase, "2026-03-01T09:00:00.000Z")
        clock.advance(minutes=1)
    for move in Move:
        await table.refused(Code.MOVE_NOT_POSSIBLE, table.orders("arven.chair", move))


async def test_consents_agree_on_the_argument_and_the_last_word_counts(table: Table) -> None:
    """Two delegations that ask for different formats agree on nothing; who asks anew replaces their wish."""
    assert not await table.orders("arven.chair", Move.CHANGE_FORMAT, "plenary")
    assert not await table.orders("tolmar.chair", Move.CHANGE_FORMAT, "one-on-one")
    assert not await table.orders("tolmar.chair", Move.CHANGE_MODE, "consecutive")
    assert [wish["argument"] for wish in (await table.seen())["consents"]] == ["plenary", "one-on-one", "consecutive"]
    assert await table.orders("arven.chair", Move.CHANGE_FORMAT, "one-on-one")
    seen = await table.seen()
    assert (seen["meeting"]["format"], seen["consents"]) == ("one-on-one", [])
    assert not await table.orders("arven.chair", Move.CHANGE_MODE, "consecutive")
    assert await table.orders("tolmar.chair", Move.CHANGE_MODE, "consecutive")
    assert (await table.seen())["meeting"]["mode"] == Mode.CONSECUTIVE.value
    actions = [action for action, _ in await table.entries()]
    assert [action for action in actions if action.endswith("changed")] == ["format_changed", "mode_changed"]


async def test_consents_lapse_when_the_phase_moves(table: Table) -> None:
    """A consent is to the meeting as it stood."""
    await table.orders("tolmar.chair", Move.OPEN_DOORS)
    await table.orders("arven.chair", Move.CLOSE_DOORS)
    assert (await table.seen())["consents"] == []
    assert not await table.orders("arven.chair", Move.OPEN_DOORS)


@pytest.mark.parametrize("move", Move)
async def test_an_order_is_for_the_meeting_that_its_giver_saw(table: Table, database: Database, move: Move) -> None:
    """A late order for another phase, or another format, does nothing, whether the phase knows the move or not."""
    argument = {Move.CHANGE_FORMAT: "plenary", Move.CHANGE_MODE: "consecutive"}.get(move)
    await table.orders("arven.chair", Move.CLOSE_DOORS)
    for phase, sort, code in [
        *((phase, Format.RESTRICTED, Code.NOT_IN_THIS_PHASE) for phase in Phase if phase is not Phase.CLOSED),
        *((Phase.CLOSED, sort, Code.MOVE_NOT_POSSIBLE) for sort in Format if sort is not Format.RESTRICTED),
    ]:
        order = Order(move, argument, phase, sort)
        await table.refused(code, meetings.move(database, table.actors["arven.chair"], table.meeting, order))


async def test_a_consent_that_comes_too_late_is_to_nothing(table: Table, database: Database) -> None:
    """The doors were opened and closed between the wish and the answer: the answer was meant for what is over."""
    await table.orders("tolmar.chair", Move.OPEN_DOORS)
    answer = Order(Move.OPEN_DOORS, None, Phase.ARRIVAL, Format.RESTRICTED)
    await table.orders("tolmar.chair", Move.CLOSE_DOORS)
    await table.orders("tolmar.chair", Move.OPEN_DOORS)
    attempt = meetings.move(database, table.actors["arven.chair"], table.meeting, answer)
    await table.refused(Code.NOT_IN_THIS_PHASE, attempt)


async def test_a_consent_lapses_with_time(table: Table, database: Database, clock: FakeClock) -> None:
    """Once it has waited too long it does not count, is not shown, and the log says so; a fresh one waits on."""
    await table.orders("tolmar.chair", Move.OPEN_DOORS)
    clock.advance(minutes=1)
    await table.orders("tolmar.chair", Move.CHANGE_FORMAT, "plenary")
    clock.advance(seconds=CONSENT_LASTS.total_seconds() - 60.001)
    await meetings.lapse_consents(database)
    assert len((await table.seen())["consents"]) == 2
    clock.advance(seconds=0.001)
    await meetings.lapse_consents(database)
    assert [wish["move"] for wish in (await table.seen())["consents"]] == ["change_format"]
    assert (await table.told("arven"))[-1] == "consent_withdrawn"
    assert (await table.entries())[-1][0] == "consent_withdrawn"
    assert await table.told("press") == []
    told = await table.told("arven")
    await meetings.lapse_consents(database)
    assert await table.told("arven") == told, "a second server finds nothing to do"
    assert not await table.orders("arven.chair", Move.OPEN_DOORS)


async def test_an_old_consent_counts_for_nothing_before_anybody_swept_it_away(table: Table, clock: FakeClock) -> None:
    """Whether it still stands is looked at where it counts."""
    await table.orders("tolmar.chair", Move.OPEN_DOORS)
    clock.advance(seconds=CONSENT_LASTS.total_seconds())
    assert not await table.orders("arven.chair", Move.OPEN_DOORS)
    assert [wish["parties"] for wish in (await table.seen())["consents"]] == [["arven"]]
    assert await table.orders("tolmar.chair", Move.OPEN_DOORS)


async def test_a_delegation_takes_back_its_own_consent_and_no_other(table: Table, database: Database) -> None:
    """Withdrawing what was not given changes nothing."""
    actors = table.actors
    await table.orders("tolmar.chair", Move.OPEN_DOORS)
    await meetings.withdraw(database, actors["arven.chair"], table.meeting, Move.OPEN_DOORS)
    assert (await table.seen())["consents"][0]["parties"] == ["tolmar"]
    assert "consent_withdrawn" not in await table.told("arven")
    await meetings.withdraw(database, actors["tolmar.chair"], table.meeting, Move.OPEN_DOORS)
    assert (await table.seen())["consents"] == []
    assert not await table.orders("arven.chair", Move.OPEN_DOORS)
    for who, move, code in [
        ("tolmar.principal", Move.OPEN_DOORS, Code.NOT_YOUR_ROLE),
        ("tolmar.chair", Move.RECESS, Code.MOVE_NOT_POSSIBLE),
    ]:
        attempt = meetings.withdraw(database, actors[who], table.meeting, move)
        await table.refused(code, attempt)


async def test_a_revoked_chairs_consent_does_not_count(table: Table, database: Database) -> None:
    """It lapses with the accreditation, and the delegations are told."""
    await table.orders("tolmar.chair", Move.OPEN_DOORS)
    await scene.revoke(database, table.actors["tolmar.chair"])
    seen = await table.seen()
    assert seen["consents"] == []
    assert table.actors["tolmar.chair"].member not in {seat["member"] for seat in seen["seats"]}
    assert (await table.told("arven"))[-2:] == ["member_revoked", "consent_withdrawn"]
    assert not await table.orders("arven.chair", Move.OPEN_DOORS)


@pytest.mark.parametrize(
    ("move", "argument", "code"),
    [
        (Move.CHANGE_FORMAT, None, Code.BAD_REQUEST),
        (Move.CHANGE_FORMAT, "consecutive", Code.BAD_REQUEST),
        (Move.CHANGE_FORMAT, "restricted", Code.MOVE_NOT_POSSIBLE),
        (Move.CHANGE_MODE, "plenary", Code.BAD_REQUEST),
        (Move.CHANGE_MODE, "simultaneous", Code.MOVE_NOT_POSSIBLE),
        (Move.OPEN_DOORS, "plenary", Code.BAD_REQUEST),
        (Move.RESUME, None, Code.MOVE_NOT_POSSIBLE),
    ],
)
async def test_a_move_without_sense_is_refused(table: Table, move: Move, argument: str | None, code: Code) -> None:
    """A wrong argument, what is so already, what the phase does not know."""
    await table.refused(code, table.orders("arven.chair", move, argument))


async def test_only_who_gives_orders_in_this_summit_moves_its_meetings(table: Table, database: Database) -> None:
    """Not a principal without orders, not the host; another summit's meeting does not exist."""
    for who in ("arven.principal", "arven.interpreter", "press.press", "host.protocol_officer"):
        await table.refused(Code.NOT_YOUR_ROLE, table.orders(who, Move.CLOSE_DOORS))
    others = await scene.fill(database, scene.OTHER_SUMMIT)
    stranger = Table(database, table.actors | {"stranger": others["arven.chair"]}, table.meeting)
    await table.refused(Code.MEETING_UNKNOWN, stranger.orders("stranger", Move.CLOSE_DOORS))
    await table.refused(Code.MEETING_UNKNOWN, stranger.seen("stranger"))
    nowhere = Table(database, table.actors, MeetingId("nowhere"))
    await table.refused(Code.MEETING_UNKNOWN, nowhere.orders("arven.chair", Move.CLOSE_DOORS))
    table.actors["arven.principal"] = replace(table.actors["arven.principal"], chair=True)
    assert await table.orders("arven.principal", Move.CLOSE_DOORS)


async def test_a_summit_that_was_never_published_has_no_meetings(
    table: Table, database: Database, chance: FakeChance
) -> None:
    """An actor of an unknown summit gets nowhere."""
    ghost = replace(table.actors["arven.chair"], summit=scene.OTHER_SUMMIT)
    scheduled = datetime(2026, 3, 2, tzinfo=UTC)
    wanted = meetings.Call("Ghosts", Format.PLENARY, Mode.SIMULTANEOUS, scheduled, None, ())
    await table.refused(Code.NOT_FOUND, meetings.call(database, ghost, wanted, chance))


async def test_a_chair_who_was_revoked_meanwhile_orders_nothing(
    table: Table, database: Database, chance: FakeChance
) -> None:
    """Who asks is known before the change begins; whether they still may is looked at inside it."""
    chair = table.actors["arven.chair"]
    await table.orders("tolmar.chair", Move.CLOSE_DOORS)
    await scene.revoke(database, chair)
    for attempt in (
        scene.ordered(database, chair, table.meeting, Move.OPEN_DOORS),
        scene.ordered(database, chair, table.meeting, Move.RECESS),
        meetings.withdraw(database, chair, table.meeting, Move.OPEN_DOORS),
        floor.give(database, chair, table.meeting, chair.member),
        scene.a_meeting(database, chair, chance),
    ):
        await table.refused(Code.MEMBER_REVOKED, attempt)
