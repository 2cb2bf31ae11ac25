"""One commit for each epoch, the first; whoever is late is handed what they missed; a poisoned epoch is taken back."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests.fakes.clock import FakeClock
from tests.keys.conftest import Hall
from visavis.audit.store import AuditLedger
from visavis.events.outbox import NumberedOutbox
from visavis.kernel.canonical import b64u, fingerprint
from visavis.kernel.errors import Code, RefusedError
from visavis.keys import delivery, envelopes, store
from visavis.keys.delivery import DORMANT
from visavis.keys.model import COMMIT_LIMIT, GROUP_INFO_LIMIT, LOG_PAGE, Group, Offer
from visavis.keys.slots import LEASE
from visavis.storage.database import Database, open_engine
from visavis.summits.model import Move

pytestmark = pytest.mark.anyio

PRINCIPAL, CHAIR, NOTETAKER, OTHER = "arven principal+", "arven chair", "arven notetaker", "tolmar principal"


async def test_a_group_from_its_founding_on(hall: Hall) -> None:
    """Founded once, joined by commits in order; every member of its parties hears the bytes, the record their print."""
    chamber, maren, now = hall.key("chamber"), hall.people[PRINCIPAL].actor, hall.clock.now()
    assert await hall.code(delivery.state(hall.database, maren, chamber)) is Code.GROUP_UNKNOWN
    assert await hall.code(hall.commit(PRINCIPAL, 0)) is Code.GROUP_UNKNOWN
    await hall.found(CHAIR)
    assert await hall.code(hall.found("tolmar chair")) is Code.GROUP_FOUNDED
    assert await delivery.state(hall.database, maren, chamber) == Group(chamber, 0, hall.info("chamber", 0), now)

    assert await hall.commit(PRINCIPAL, 0, b"first") == 1
    assert await hall.commit(OTHER, 1, b"second") == 2
    stands = Group(chamber, 2, hall.info("chamber", 2, b"second"), now)
    assert await delivery.state(hall.database, maren, chamber) == stands
    log = await delivery.log(hall.database, maren, chamber, 0)
    offers = [hall.offer("chamber", epoch, body) for epoch, body in enumerate([b"first", b"second"])]
    assert [(one.epoch, one.message, one.by) for one in log] == [
        (0, offers[0].commit, maren.member),
        (1, offers[1].commit, hall.people[OTHER].member.id),
    ]
    assert await delivery.log(hall.database, maren, chamber, 1) == log[1:]
    assert await delivery.log(hall.database, maren, chamber, 2) == ()

    told = await hall.told("arven")
    assert [event["kind"] for event in told] == ["group_founded", "group_commit", "group_commit"]
    assert told[1] == {
        "kind": "group_commit",
        "group": "chamber",
        "epoch": 0,
        "commit": b64u(offers[0].commit),
        "by": maren.member,
        "turn": None,
    }
    assert await hall.told("tolmar") == told
    assert await hall.told("press") == await hall.told("host") == []
    prints = [b64u(fingerprint(offer.commit)) for offer in offers]
    assert await hall.recorded() == [
        (
            "group_founded",
            {"meeting": hall.meeting, "group": "chamber", "group_info": b64u(fingerprint(hall.info("chamber", 0)))},
        ),
        ("group_committed", {"meeting": hall.meeting, "group": "chamber", "epoch": 0, "commit": prints[0]}),
        ("group_committed", {"meeting": hall.meeting, "group": "chamber", "epoch": 1, "commit": prints[1]}),
    ]


async def test_of_many_commits_for_one_epoch_exactly_one_wins(hall: Hall) -> None:
    """All at once, at one server: the others are refused, each with the winner's commit."""
    await hall.found(CHAIR)
    tries = [(PRINCIPAL, b"a"), (CHAIR, b"b"), (NOTETAKER, b"c"), (OTHER, b"d"), ("tolmar chair", b"e")]
    outcomes = await asyncio.gather(*(hall.commit(who, 0, body) for who, body in tries), return_exceptions=True)
    assert outcomes.count(1) == 1
    (kept,) = await delivery.log(hall.database, hall.people[CHAIR].actor, hall.key("chamber"), 0)
    for outcome in outcomes:
        if outcome != 1:
            assert isinstance(outcome, RefusedError)
            assert (outcome.code, outcome.fields) == (Code.EPOCH_NOT_CURRENT, {"epoch": 1})
            assert outcome.members == {"missed": [delivery.commit_view(kept)]}
    assert len(await hall.told("arven")) == 2


@pytest.mark.parametrize("database_url", [pytest.param("postgresql", marks=pytest.mark.real)], indirect=True)
async def test_two_servers_accept_one_commit_between_them(hall: Hall, database_url: str, clock: FakeClock) -> None:
    """On one PostgreSQL, for ten epochs: each server has a database connection, and none knows of the other."""
    other = Database(open_engine(database_url), clock=clock, ledger=AuditLedger(), outbox=NumberedOutbox())
    await hall.found(CHAIR)
    here, there = hall.people[PRINCIPAL].actor, hall.people[OTHER].actor
    for epoch in range(10):
        mine, theirs = hall.offer("chamber", epoch, b"here"), hall.offer("chamber", epoch, b"there")
        outcomes = await asyncio.gather(
            delivery.commit(hall.database, here, hall.key("chamber"), mine),
            delivery.commit(other, there, hall.key("chamber"), theirs),
            return_exceptions=True,
        )
        assert sorted(isinstance(one, RefusedError) for one in outcomes) == [False, True]
        assert epoch + 1 in outcomes
    log = await delivery.log(other, there, hall.key("chamber"), 0)
    assert [one.epoch for one in log] == list(range(10))
    await other.close()


async def test_a_commit_for_another_epoch_is_refused_with_what_was_missed(hall: Hall) -> None:
    """Past: all since then, a page at most. To come: nothing. Forgotten: nothing, so the client joins anew."""
    await hall.found(CHAIR)
    for epoch in range(LOG_PAGE + 2):
        await hall.commit(CHAIR, epoch)
    late = await hall.refused(hall.commit(PRINCIPAL, 1))
    missed = [one["epoch"] for one in late.members["missed"]]
    assert (late.code, missed) == (Code.EPOCH_NOT_CURRENT, list(range(1, LOG_PAGE + 1)))
    early = await hall.refused(hall.commit(PRINCIPAL, LOG_PAGE + 3))
    assert (early.code, early.members) == (Code.EPOCH_NOT_CURRENT, {"missed": []})
    hall.clock.advance(hours=25)
    async with hall.database.writing() as tx:
        await delivery.prune(tx, tx.now - timedelta(hours=24))
    gone = await hall.refused(hall.commit(PRINCIPAL, 1))
    assert (gone.code, gone.members) == (Code.EPOCH_NOT_CURRENT, {"missed": []})


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (lambda hall: Offer(b"garbage", hall.info("chamber", 1)), Code.MESSAGE_BAD),
        (lambda hall: Offer(hall.offer("chamber", 0).commit, b"garbage"), Code.MESSAGE_BAD),
        (lambda hall: Offer(hall.offer("chamber", 0).commit, hall.info("chamber", 0)), Code.MESSAGE_BAD),
        (lambda hall: Offer(hall.offer("chamber", 0).commit, hall.info("caucus.arven", 1)), Code.MESSAGE_BAD),
        (lambda hall: Offer(hall.offer("floor.1", 0).commit, hall.info("chamber", 1)), Code.MESSAGE_BAD),
        (lambda hall: hall.offer("chamber", 2**64 - 2), Code.MESSAGE_BAD),
        (lambda hall: hall.offer("chamber", 0, bytes(COMMIT_LIMIT)), Code.BODY_TOO_LARGE),
        (
            lambda hall: Offer(hall.offer("chamber", 0).commit, hall.info("chamber", 1, bytes(GROUP_INFO_LIMIT))),
            Code.BODY_TOO_LARGE,
        ),
    ],
)
async def test_what_is_no_commit_of_the_group_is_refused(hall: Hall, wrong: object, code: Code) -> None:
    """Another group's, another epoch's GroupInfo, garbage, too much."""
    await hall.found(CHAIR)
    assert callable(wrong)
    offer: Offer = wrong(hall)
    attempt = delivery.commit(hall.database, hall.people[CHAIR].actor, hall.key("chamber"), offer)
    assert await hall.code(attempt) is code
    assert await hall.commit(CHAIR, 0) == 1


async def test_a_group_begins_at_epoch_0(hall: Hall) -> None:
    """Nobody founds one in the middle, nor with another's GroupInfo."""
    for info in (hall.info("chamber", 1), hall.info("floor.1", 0), b""):
        attempt = delivery.found(hall.database, hall.people[CHAIR].actor, hall.key("chamber"), info)
        assert await hall.code(attempt) is Code.MESSAGE_BAD


async def test_a_group_that_nobody_is_in_is_founded_anew(hall: Hall) -> None:
    """Nothing happened in it for longer than keys are used; the log of before is gone, envelopes are numbered on."""
    await hall.found(CHAIR)
    await hall.commit(OTHER, 0)
    key, sorel = hall.key("chamber"), hall.people[NOTETAKER].actor
    await envelopes.send(hall.database, sorel, key, b"sealed")
    hall.clock.advance(seconds=DORMANT.total_seconds() - 1)
    before = hall.info("chamber", 1, b"path")
    for who in (CHAIR, NOTETAKER):
        assert await hall.code(hall.found(who, instead_of=before)) is Code.GROUP_FOUNDED
    hall.clock.advance(seconds=1)
    for other in (None, hall.info("chamber", 0)):
        assert await hall.code(hall.found(CHAIR, instead_of=other)) is Code.GROUP_FOUNDED, "another group was meant"
    await hall.found(NOTETAKER, instead_of=before)
    stands = Group(key, 0, hall.info("chamber", 0), hall.clock.now())
    assert await delivery.state(hall.database, sorel, key) == stands
    assert await delivery.log(hall.database, sorel, key, 0) == ()
    assert (await hall.told("tolmar"))[-1] == {"kind": "group_founded", "group": "chamber", "by": sorel.member}
    assert [action for action, _ in await hall.recorded()] == ["group_founded", "group_committed", "group_founded"]
    assert await envelopes.send(hall.database, sorel, key, b"sealed") == 2
    again = hall.found(OTHER, instead_of=hall.info("chamber", 0))
    assert await hall.code(again) is Code.GROUP_FOUNDED, "somebody is in it again"
    assert await hall.commit(OTHER, 0, b"anew") == 1


async def test_a_chair_founds_anew_what_nobody_but_its_founder_is_in(hall: Hall) -> None:
    """The server cannot see that a GroupInfo is garbage. From the first commit on there is somebody to harm."""
    await hall.found(NOTETAKER)
    founded = hall.info("chamber", 0)
    assert await hall.code(hall.found(OTHER, instead_of=founded)) is Code.GROUP_FOUNDED
    await hall.found("tolmar chair", instead_of=founded)
    await hall.commit(OTHER, 0)
    for info in (founded, hall.info("chamber", 1, b"path")):
        assert await hall.code(hall.found(CHAIR, instead_of=info)) is Code.GROUP_FOUNDED


async def test_turns_are_taken_one_after_the_other(hall: Hall) -> None:
    """Who commits hands over at once, and everybody hears to whom; who lets theirs pass is passed over."""
    await hall.found(CHAIR)
    key, people = hall.key("chamber"), {who: hall.people[who].actor for who in (PRINCIPAL, CHAIR, OTHER)}
    now = hall.clock.now()
    first = await delivery.ask_turn(hall.database, people[PRINCIPAL], key)
    second = await delivery.ask_turn(hall.database, people[CHAIR], key)
    third = await delivery.ask_turn(hall.database, people[OTHER], key)
    assert [one.ahead for one in (first, second, third)] == [0, 1, 2]
    assert {one.until for one in (first, second, third)} == {now + LEASE}

    hall.clock.advance(seconds=1)
    await hall.commit(PRINCIPAL, 0)
    turn = (await hall.told("tolmar"))[-1]["turn"]
    assert turn == {"member": people[CHAIR].member, "until": "2026-03-01T09:00:03.000Z"}
    hall.clock.advance(seconds=2)
    passed = await delivery.ask_turn(hall.database, people[OTHER], key)
    assert (passed.ahead, passed.until) == (0, hall.clock.now() + LEASE)
    assert (await delivery.ask_turn(hall.database, people[CHAIR], key)).ahead == 1
    await delivery.leave_turn(hall.database, people[OTHER], key)
    assert (await delivery.ask_turn(hall.database, people[CHAIR], key)).ahead == 0
    assert await hall.commit(NOTETAKER, 1) == 2, "a turn is a courtesy: nobody is refused for want of one"


async def test_a_chair_takes_a_poisoned_epoch_back(hall: Hall) -> None:
    """The commit and all after it are gone, the group is where it was, and goes on from there."""
    await hall.found(CHAIR)
    await hall.commit(CHAIR, 0)
    await hall.commit(OTHER, 1, b"garbage")
    await hall.commit(OTHER, 2, b"garbage on garbage")
    said = hall.signed_void(PRINCIPAL, 1, hall.offer("chamber", 1, b"garbage").commit)
    await hall.void(PRINCIPAL, said)
    key = hall.key("chamber")
    stands = await delivery.state(hall.database, hall.people[OTHER].actor, key)
    assert stands == Group(key, 1, said.group_info, hall.clock.now())
    assert [one.epoch for one in await delivery.log(hall.database, hall.people[OTHER].actor, key, 0)] == [0]
    told = (await hall.told("tolmar"))[-1]
    signed = {"void": b64u(said.void), "signature": b64u(said.signature)}
    commit = b64u(fingerprint(hall.offer("chamber", 1, b"garbage").commit))
    by = hall.people[PRINCIPAL].member.id
    assert told == {"kind": "group_voided", "group": "chamber", "epoch": 1, "commit": commit, "by": by, **signed}
    action, body = (await hall.recorded())[-1]
    assert (action, body["epoch"], body["void"]) == ("group_voided", 1, b64u(fingerprint(said.void)))
    assert await hall.commit(CHAIR, 1, b"sound") == 2
    assert await hall.code(hall.void(PRINCIPAL, said)) is Code.COMMIT_UNKNOWN, "it names a commit, not an epoch"


async def test_nobody_else_takes_an_epoch_back(hall: Hall) -> None:
    """Not without orders, not by another's signature, not for another group, meeting or summit."""
    await hall.found(CHAIR)
    await hall.commit(OTHER, 0)
    commit = hall.offer("chamber", 0).commit
    assert await hall.code(hall.void(OTHER, hall.signed_void(OTHER, 0, commit))) is Code.NOT_YOUR_ROLE
    assert await hall.code(hall.void(CHAIR, hall.signed_void(PRINCIPAL, 0, commit))) is Code.SIGNATURE_BAD
    for other in ({"group": "floor.1"}, {"meeting": "another"}, {"descriptor": bytes(32)}):
        said = hall.signed_void(CHAIR, 0, commit, **other)
        assert await hall.code(hall.void(CHAIR, said)) is Code.MESSAGE_BAD
    for epoch, print_ in ((0, b"another commit"), (1, commit)):
        said = hall.signed_void(CHAIR, epoch, print_)
        assert await hall.code(hall.void(CHAIR, said)) is Code.COMMIT_UNKNOWN


async def test_what_happens_in_a_caucus_is_its_delegations_own_affair(hall: Hall) -> None:
    """Nobody else is told, and nothing of it is in the record that everybody may read."""
    await hall.found(CHAIR, "caucus.arven")
    await hall.commit("arven adviser", 0, group="caucus.arven")
    await hall.void(
        CHAIR, hall.signed_void(CHAIR, 0, hall.offer("caucus.arven", 0).commit, "caucus.arven"), "caucus.arven"
    )
    assert [event["kind"] for event in await hall.told("arven")] == ["group_founded", "group_commit", "group_voided"]
    assert [await hall.told(party) for party in ("tolmar", "press", "host")] == [[], [], []]
    assert await hall.recorded() == []


async def test_the_log_is_forgotten_after_its_time_and_the_group_goes_on(hall: Hall) -> None:
    """Who is further behind than the log reaches is told to join anew; after the meeting nothing of it is kept."""
    await hall.found(CHAIR)
    key, chair = hall.key("chamber"), hall.people[CHAIR].actor
    await hall.commit(CHAIR, 0)
    hall.clock.advance(hours=20)
    await hall.commit(CHAIR, 1)
    hall.clock.advance(hours=5)
    await _prune(hall)
    assert await hall.code(delivery.log(hall.database, chair, key, 0)) is Code.EPOCH_GONE
    assert [one.epoch for one in await delivery.log(hall.database, chair, key, 1)] == [1]
    hall.clock.advance(hours=20)
    await _prune(hall)
    assert await hall.code(delivery.log(hall.database, chair, key, 1)) is Code.EPOCH_GONE
    assert await hall.code(delivery.log(hall.database, chair, key, 3)) is Code.EPOCH_NOT_CURRENT
    assert await hall.commit(CHAIR, 2) == 3
    await hall.order(Move.CLOSE_DOORS)
    await hall.order(Move.ADJOURN)
    assert await hall.code(delivery.state(hall.database, chair, key)) is Code.NOT_IN_THIS_PHASE
    hall.clock.advance(hours=25)
    await _prune(hall)
    async with hall.database.reading() as connection:
        for table in (store.key_groups, store.group_commits, store.group_turns, store.group_envelopes):
            assert (await connection.execute(select(func.count()).select_from(table))).scalar_one() == 0


async def _prune(hall: Hall) -> None:
    async with hall.database.writing() as tx:
        await delivery.prune(tx, tx.now - timedelta(hours=24))
