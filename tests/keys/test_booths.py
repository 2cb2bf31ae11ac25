"""A booth's group is of those who work in it, and of nobody who does so no longer."""

import pytest

from tests.keys.conftest import Hall
from tests.keys.test_permissions import DEEDS
from visavis.kernel.errors import Code
from visavis.keys import delivery, envelopes
from visavis.keys.slots import LEASE
from visavis.summits.model import Move

pytestmark = pytest.mark.anyio

FANE, ORU, AMSEL = "arven interpreter", "arven second interpreter", "tolmar interpreter"
BY_LANGUAGE = "booth.arven.en"
JOINT = "booth.joint.fr"


async def refused(hall: Hall, who: str, group: str) -> set[Code]:
    """Let somebody try everything that whoever is in a group does; return the codes with which all of it was refused."""
    return {await hall.code(attempt(hall, who, group)) for attempt in DEEDS.values()}


async def send(hall: Hall, who: str, group: str) -> int:
    """Let somebody send."""
    return await envelopes.send(hall.database, hall.people[who].actor, hall.key(group), b"sealed")


async def test_where_none_is_arranged_a_language_is_a_booth(hall: Hall) -> None:
    """Of one delegation; a joint one is nobody's before it stands."""
    await hall.found(FANE, BY_LANGUAGE)
    assert await hall.commit(ORU, 0, group=BY_LANGUAGE) == 1
    assert await refused(hall, AMSEL, BY_LANGUAGE) == {Code.NOT_YOUR_DELEGATION}
    for group in (JOINT, "booth.arven.fr"):
        assert await refused(hall, FANE, group) == {Code.NOT_YOUR_ROLE}


async def test_who_no_longer_works_there_is_put_out_by_those_who_stay(hall: Hall) -> None:
    """They do nothing in it from the moment the arrangement stands; they come back when it says so again."""
    await hall.found(FANE, BY_LANGUAGE)
    await hall.commit(ORU, 0, group=BY_LANGUAGE)
    assert await send(hall, ORU, BY_LANGUAGE) == 1
    await hall.arrange("arven.en", FANE)
    assert await refused(hall, ORU, BY_LANGUAGE) == {Code.NOT_YOUR_ROLE}
    assert await hall.commit(FANE, 1, b"without them", group=BY_LANGUAGE) == 2
    assert await send(hall, FANE, BY_LANGUAGE) == 2
    await hall.arrange("arven.en", FANE, ORU, number=2)
    assert await hall.commit(ORU, 2, group=BY_LANGUAGE) == 3


async def test_who_was_put_out_holds_up_nobodys_turn_for_longer_than_it_lasts(hall: Hall) -> None:
    """They can no longer give it up."""
    await hall.found(FANE, BY_LANGUAGE)
    people, key = hall.people, hall.key(BY_LANGUAGE)
    assert (await delivery.ask_turn(hall.database, people[ORU].actor, key)).ahead == 0
    await hall.arrange("arven.en", FANE)
    assert (await delivery.ask_turn(hall.database, people[FANE].actor, key)).ahead == 1
    hall.clock.advance(seconds=LEASE.total_seconds())
    assert (await delivery.ask_turn(hall.database, people[FANE].actor, key)).ahead == 0


async def test_a_joint_booth_takes_its_interpreters_out_of_their_own(hall: Hall) -> None:
    """They are of both delegations; without it they are by language again."""
    await hall.found(FANE, BY_LANGUAGE)
    await hall.arrange("joint.fr", ORU, AMSEL)
    await hall.found(AMSEL, JOINT)
    assert await hall.commit(ORU, 0, group=JOINT) == 1
    assert await refused(hall, FANE, JOINT) == await refused(hall, ORU, BY_LANGUAGE) == {Code.NOT_YOUR_ROLE}
    await hall.arrange("joint.fr", number=2)
    assert await refused(hall, AMSEL, JOINT) == {Code.NOT_YOUR_ROLE}
    assert await hall.commit(ORU, 0, group=BY_LANGUAGE) == 1


async def test_after_the_meeting_nobody_is_in(hall: Hall) -> None:
    """Whatever stands of the arrangement."""
    await hall.found(FANE, BY_LANGUAGE)
    await hall.order(Move.CLOSE_DOORS)
    await hall.order(Move.ADJOURN)
    assert await refused(hall, FANE, BY_LANGUAGE) == {Code.NOT_IN_THIS_PHASE}
