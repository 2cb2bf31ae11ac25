"""Channels and joint booths by consent, own booths by one's own chair; who sees what of it, and what is recorded."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.arranged import signature_of
from tests.fakes.chance import FakeChance
from tests.fakes.clock import FakeClock
from tests.interpretation.conftest import SIGNED, SPOKEN, Hall, a_hall, booth, shown
from tests.summits import scene
from visavis.identity import store as identities
from visavis.identity.model import Role
from visavis.identity.signing import public_half
from visavis.interpretation import arranging
from visavis.interpretation.arranging import Said
from visavis.interpretation.model import Channel, ChannelKind
from visavis.interpretation.statements import check_signature
from visavis.kernel.canonical import b64u, fingerprint, from_b64u
from visavis.kernel.errors import Code, RefusedError
from visavis.kernel.ids import MeetingId, Party
from visavis.storage.database import Database
from visavis.summits.model import Move

pytestmark = pytest.mark.anyio


async def test_until_something_is_agreed_nothing_is_arranged(hall: Hall) -> None:
    for party in ("arven", "press"):
        assert await hall.seen(party) == {"arranged": [], "arrangement": None}


async def test_channels_are_fixed_when_every_delegation_agreed_to_that_very_digest(hall: Hall) -> None:
    joint = booth("joint.en", hall.actors["arven.interpreter"], hall.actors["tolmar.interpreter"])
    assert not await hall.proposes("arven.chair", SIGNED, [joint])
    waiting = (await hall.seen("tolmar"))["arrangement"]
    digest = fingerprint(from_b64u(waiting["statement"]))
    assert waiting["parties"] == ["arven"]
    assert (await hall.seen("press"))["arrangement"] is None
    assert not await hall.agrees("arven.chair", digest)

    assert await hall.agrees("tolmar.chair", digest)
    seen = await hall.seen("host")
    assert seen["arrangement"] is None
    (fixed,) = seen["arranged"]
    assert fixed["statement"] == waiting["statement"]
    assert shown(seen["arranged"]) == [
        {
            "number": 1,
            "party": None,
            "channels": [{"language": "en", "kind": "spoken"}, {"language": "fr", "kind": "signed"}],
            "booths": [{"id": "joint.en", "languages": ["en", "fr"], "members": [*joint.members]}],
        }
    ]
    assert await hall.told("tolmar") == ["arrangement_proposed", "channels_changed"]
    assert await hall.told("press") == ["channels_changed"]
    assert [action for action, _ in await hall.entries()] == ["arrangement_agreed", "arrangement_fixed"]


async def test_what_is_shown_as_fixed_bears_the_signature_of_a_chair_of_every_delegation(hall: Hall) -> None:
    await hall.proposes("arven.chair", SIGNED)
    await hall.agrees("tolmar.chair")
    (fixed,) = (await hall.seen())["arranged"]
    statement = from_b64u(fixed["statement"])
    chairs = [hall.actors[who] for who in ("arven.chair", "tolmar.chair")]
    assert [one["member"] for one in fixed["signatures"]] == [chair.member for chair in chairs]
    for chair, one in zip(chairs, fixed["signatures"], strict=True):
        check_signature(statement, from_b64u(one["signature"]), public_half(scene.device_of(chair)))
    (_, body) = (await hall.entries())[-1]
    assert set(body["signatures"]) == {"arven", "tolmar"}
    assert body["arrangement"] == b64u(fingerprint(statement))


async def test_what_another_device_signed_or_of_another_place_is_refused(hall: Hall) -> None:
    said = await hall.said("arven.chair", None, SIGNED, ())
    forged = Said(said.statement, signature_of(hall.actors["tolmar.chair"], said.statement))
    elsewhere = said.statement.replace(hall.meeting.encode(), b"5f0c1c1e-0000-4000-8000-00000000000f")
    moved = Said(elsewhere, signature_of(hall.actors["arven.chair"], elsewhere))
    for code, one in ((Code.SIGNATURE_BAD, forged), (Code.MESSAGE_BAD, moved)):
        await hall.refused(code, arranging.propose(hall.database, hall.actors["arven.chair"], hall.meeting, one))
    own = await hall.said("tolmar.chair", "arven", (), ())
    attempt = arranging.put_up(hall.database, hall.actors["arven.chair"], hall.meeting, Party("arven"), own)
    await hall.refused(Code.SIGNATURE_BAD, attempt)
    await hall.proposes("arven.chair", SIGNED)
    await hall.refused(Code.SIGNATURE_BAD, hall.agrees("tolmar.chair", signature=bytes(64)))


async def test_an_arrangement_follows_the_one_before_by_its_number(hall: Hall) -> None:
    for number in (0, 2):
        await hall.refused(Code.MESSAGE_BAD, hall.proposes("arven.chair", SIGNED, number=number))
    await hall.proposes("arven.chair", SIGNED)
    await hall.agrees("tolmar.chair")
    for number in (1, 3):
        await hall.refused(Code.MESSAGE_BAD, hall.proposes("arven.chair", SPOKEN, number=number))
    assert not await hall.proposes("arven.chair", SPOKEN, number=2)
    # Each delegation counts its own.
    await hall.puts_up("arven.chair", booth("arven.en", hall.actors["arven.interpreter"]), number=1)
    await hall.refused(Code.MESSAGE_BAD, hall.puts_up("arven.chair", number=1))
    await hall.puts_up("arven.chair", number=2)


async def test_an_arrangement_ends_after_all_have_heard_of_it_and_not_much_later(hall: Hall) -> None:
    """Else clients would not believe what is fixed at the last moment, or a signature that was taken back would live on."""
    now = hall.database.now()
    for seconds in (0, 629, 721):
        hall.until = now + timedelta(seconds=seconds)
        await hall.refused(Code.MESSAGE_BAD, hall.proposes("arven.chair", SIGNED))
        await hall.refused(Code.MESSAGE_BAD, hall.puts_up("arven.chair"))
    for seconds in (630, 720):
        hall.until = now + timedelta(seconds=seconds)
        assert not await hall.proposes("arven.chair", SIGNED)


async def test_what_was_taken_back_is_not_brought_again_as_it_was(hall: Hall, clock: FakeClock) -> None:
    said = await hall.said("arven.chair", None, SIGNED, ())
    await arranging.propose(hall.database, hall.actors["arven.chair"], hall.meeting, said)
    await hall.withdraws("arven.chair")
    clock.advance(minutes=1)
    attempt = arranging.propose(hall.database, hall.actors["arven.chair"], hall.meeting, said)
    await hall.refused(Code.MESSAGE_BAD, attempt)


async def test_the_press_is_shown_what_only_those_have_signed_whom_it_may_know(hall: Hall) -> None:
    speaks = replace(scene.member(scene.SUMMIT, Party("arven"), Role.PRINCIPAL, 2), chair=True)
    async with hall.database.writing() as tx:
        await identities.keep_member(tx, speaks)
        tx.record(scene.SUMMIT, scene.Filled(), by=None)
    hall.actors["speaks"] = scene.actor_of(speaks)
    await hall.puts_up("arven.chair", booth("arven.en", hall.actors["arven.interpreter"]))
    assert (await hall.seen("press"))["arranged"] == []
    await hall.puts_up("speaks", booth("arven.en", hall.actors["arven.interpreter"]))
    assert (await hall.seen("press"))["arranged"] == (await hall.seen("arven"))["arranged"] != []


async def test_the_same_proposal_of_both_is_an_agreement_and_another_takes_its_place(hall: Hall) -> None:
    await hall.proposes("arven.chair", SIGNED)
    old = await hall.digest()
    assert not await hall.proposes("tolmar.chair", SPOKEN[:1])
    assert (await hall.seen())["arrangement"]["parties"] == ["tolmar"]
    await hall.refused(Code.ARRANGEMENT_UNKNOWN, hall.agrees("tolmar.chair", old))
    assert await hall.proposes("arven.chair", SPOKEN[:1])
    await hall.refused(Code.ARRANGEMENT_UNKNOWN, hall.agrees("tolmar.chair", old))


async def test_what_stands_already_needs_nobody_but_can_be_signed_anew(hall: Hall) -> None:
    await hall.proposes("arven.chair", SPOKEN)
    await hall.agrees("tolmar.chair")
    assert await hall.proposes("arven.chair", SPOKEN, number=1)
    assert await hall.told("arven") == ["arrangement_proposed", "channels_changed"]
    assert not await hall.proposes("arven.chair", SPOKEN, number=2)


async def test_a_consent_is_taken_back_and_the_proposal_goes_with_the_last(hall: Hall) -> None:
    await hall.proposes("arven.chair", SIGNED)
    await hall.withdraws("tolmar.chair")
    assert (await hall.seen())["arrangement"] is not None
    await hall.withdraws("arven.chair")
    assert (await hall.seen())["arrangement"] is None
    assert await hall.told("tolmar") == ["arrangement_proposed", "arrangement_withdrawn"]
    assert await hall.told("press") == []


async def test_a_proposal_waits_ten_minutes(hall: Hall, clock: FakeClock) -> None:
    await hall.proposes("arven.chair", SIGNED)
    digest = await hall.digest()
    clock.advance(minutes=9, seconds=59)
    await arranging.lapse(hall.database)
    assert (await hall.seen())["arrangement"] is not None
    clock.advance(seconds=1)
    await arranging.lapse(hall.database)
    assert (await hall.seen())["arrangement"] is None
    await hall.refused(Code.ARRANGEMENT_UNKNOWN, hall.agrees("tolmar.chair", digest))
    assert (await hall.entries())[-1][0] == "arrangement_withdrawn"


async def test_nobody_agrees_to_what_has_waited_too_long_before_it_was_taken_away(hall: Hall, clock: FakeClock) -> None:
    await hall.proposes("arven.chair", SIGNED)
    digest = await hall.digest()
    clock.advance(minutes=10)
    with pytest.raises(RefusedError, match="arrangement_unknown"):
        await hall.agrees("tolmar.chair", digest)


@pytest.mark.parametrize(
    "who", ["arven.adviser", "arven.interpreter", "arven.principal", "press.press", "host.protocol_officer"]
)
async def test_only_chairs_arrange(hall: Hall, who: str) -> None:
    await hall.refused(Code.NOT_YOUR_ROLE, hall.proposes(who, SIGNED))
    await hall.refused(Code.NOT_YOUR_ROLE, hall.agrees(who, bytes(32)))
    await hall.refused(Code.NOT_YOUR_ROLE, hall.withdraws(who))
    await hall.refused(Code.NOT_YOUR_ROLE, hall.puts_up(who))


async def test_a_delegation_puts_up_its_own_booths_alone(hall: Hall) -> None:
    fane, oru = hall.actors["arven.interpreter"], hall.actors["arven.interpreter-2"]
    await hall.puts_up("arven.chair", booth("arven.en", fane, oru))
    (own,) = shown((await hall.seen("host"))["arranged"])
    assert own["party"] == "arven"
    assert own["booths"] == [{"id": "arven.en", "languages": ["en", "fr"], "members": [fane.identity, oru.identity]}]
    assert await hall.told("press") == ["booths_changed"]
    await hall.refused(Code.NOT_YOUR_DELEGATION, hall.puts_up("tolmar.chair", booth("arven.fr", oru)))
    theirs = await hall.said("arven.chair", "arven", (), ())
    attempt = arranging.put_up(hall.database, hall.actors["arven.chair"], hall.meeting, Party("tolmar"), theirs)
    await hall.refused(Code.NOT_YOUR_DELEGATION, attempt)
    await hall.puts_up("tolmar.chair", booth("tolmar.fr", hall.actors["tolmar.interpreter"]), party="tolmar")
    await hall.puts_up("arven.chair")
    assert await hall.believed() == ["tolmar.fr"]


async def test_arrangements_stand_in_protocol_order_with_that_of_all_last(hall: Hall) -> None:
    await hall.proposes("arven.chair", SPOKEN, [booth("joint.fr", hall.actors["arven.interpreter-2"])])
    await hall.agrees("tolmar.chair")
    await hall.puts_up("tolmar.chair", booth("tolmar.fr", hall.actors["tolmar.interpreter"]), party="tolmar")
    await hall.puts_up("arven.chair", booth("arven.en", hall.actors["arven.interpreter"]))
    assert [one["party"] for one in shown((await hall.seen())["arranged"])] == ["arven", "tolmar", None]
    assert await hall.believed() == ["arven.en", "tolmar.fr", "joint.fr"]


async def test_booths_that_cannot_stand_are_refused(database: Database, chance: FakeChance) -> None:
    hall = await a_hall(database, chance, spoken=("fr",))
    one, other = hall.actors["arven.interpreter"], hall.actors["arven.interpreter-2"]
    theirs, chair = hall.actors["tolmar.interpreter"], hall.actors["arven.chair"]
    cases = (
        (Code.MESSAGE_BAD, [booth("arven.en", one), booth("arven.en", theirs)]),
        (Code.MESSAGE_BAD, [booth("arven.en", one), booth("arven.fr", one)]),
        (Code.BAD_REQUEST, [booth("arven.en", one, languages=("en", "de"))]),
        (Code.MESSAGE_BAD, [booth("arven.en", one, languages=("en", "en"))]),
        (Code.BAD_REQUEST, [booth("arven.fr", other, languages=("fr", "en"))]),
        (Code.NOT_YOUR_DELEGATION, [booth("arven.en", theirs)]),
        (Code.NOT_YOUR_ROLE, [booth("arven.en", chair)]),
        (Code.NOT_YOUR_ROLE, [booth("arven.en", one, other)]),
    )
    for code, booths in cases:
        await hall.refused(code, hall.puts_up("arven.chair", *booths))
    await hall.refused(Code.MESSAGE_BAD, hall.proposes("arven.chair", SPOKEN, [booth("arven.en", one)]))
    own = await hall.said("arven.chair", "arven", (), [booth("arven.fr", one, languages=("fr",))])
    attempt = arranging.propose(hall.database, hall.actors["arven.chair"], hall.meeting, own)
    await hall.refused(Code.BAD_REQUEST, attempt)
    await hall.puts_up("arven.chair", booth("arven.fr", one, other, languages=("fr", "en")))
    await hall.refused(Code.BAD_REQUEST, hall.proposes("arven.chair", SPOKEN, [booth("joint.en", one)]))


async def test_channels_are_of_the_summits_languages_each_once(hall: Hall) -> None:
    german = Channel("de", ChannelKind.SPOKEN)
    await hall.refused(Code.BAD_REQUEST, hall.proposes("arven.chair", (*SPOKEN, german)))
    for channels in ((), (*SPOKEN, SIGNED[1])):
        await hall.refused(Code.MESSAGE_BAD, hall.proposes("arven.chair", channels))


async def test_what_can_no_longer_be_is_not_fixed(hall: Hall) -> None:
    """A delegation puts an interpreter of the proposed joint booth into one of its own: who agrees is told."""
    await hall.proposes("arven.chair", SPOKEN, [booth("joint.en", hall.actors["arven.interpreter"])])
    await hall.puts_up("arven.chair", booth("arven.en", hall.actors["arven.interpreter"]))
    await hall.refused(Code.BAD_REQUEST, hall.agrees("tolmar.chair"))


async def test_who_is_revoked_leaves_their_booth_and_what_they_agreed_to(hall: Hall) -> None:
    fane, oru = hall.actors["arven.interpreter"], hall.actors["arven.interpreter-2"]
    await hall.puts_up("arven.chair", booth("arven.en", fane), booth("arven.fr", oru, languages=("fr",)))
    await hall.proposes("tolmar.chair", SPOKEN, [booth("joint.en", hall.actors["tolmar.interpreter"])])
    await hall.revoke("arven.interpreter")
    assert await hall.believed() == ["arven.fr"]
    await hall.refused(Code.MEMBER_UNKNOWN, hall.puts_up("arven.chair", booth("arven.en", fane)))
    assert (await hall.seen())["arrangement"] is not None
    await hall.revoke("tolmar.interpreter")
    assert (await hall.seen())["arrangement"] is None
    await hall.proposes("tolmar.chair", SIGNED)
    await hall.revoke("tolmar.chair")
    assert (await hall.seen())["arrangement"] is None


async def test_what_a_revoked_chair_signed_is_believed_no_longer_and_is_signed_anew(
    database: Database, chance: FakeChance
) -> None:
    """Nobody is told of it but by the revocation: every client sees for itself whose signature is missing."""
    hall = await a_hall(database, chance)
    second = scene.member(scene.SUMMIT, Party("tolmar"), Role.CHAIR, 2)
    async with database.writing() as tx:
        await identities.keep_member(tx, second)
        tx.record(scene.SUMMIT, scene.Filled(), by=None)
    hall.actors["second"] = scene.actor_of(second)
    joint = booth("joint.en", hall.actors["arven.interpreter"])
    await hall.proposes("arven.chair", SPOKEN, [joint])
    await hall.agrees("tolmar.chair")
    assert await hall.believed() == ["joint.en"]
    await hall.revoke("tolmar.chair")
    assert await hall.believed() == []
    assert shown((await hall.seen())["arranged"])[0]["number"] == 1
    await hall.proposes("arven.chair", SPOKEN, [joint])
    assert await hall.agrees("second")
    assert await hall.believed() == ["joint.en"]


async def test_nothing_is_arranged_after_the_end_or_elsewhere(hall: Hall) -> None:
    await scene.ordered(hall.database, hall.actors["arven.chair"], hall.meeting, Move.CLOSE_DOORS)
    await scene.ordered(hall.database, hall.actors["arven.chair"], hall.meeting, Move.ADJOURN)
    await hall.refused(Code.NOT_IN_THIS_PHASE, hall.proposes("arven.chair", SIGNED))
    await hall.refused(Code.NOT_IN_THIS_PHASE, hall.puts_up("arven.chair"))
    unknown = MeetingId("5f0c1c1e-0000-4000-8000-00000000000f")
    await hall.refused(Code.MEETING_UNKNOWN, arranging.withdraw(hall.database, hall.actors["arven.chair"], unknown))
