"""Who works in which booth of a meeting as it stands: by what chairs have signed that still holds, or else by language."""

import pytest

from tests.interpretation.conftest import SPOKEN, Hall, booth
from visavis.interpretation.booths import places_in
from visavis.summits import store

pytestmark = pytest.mark.anyio

FANE, ORU, AMSEL, SECOND = "arven.interpreter", "arven.interpreter-2", "tolmar.interpreter", "tolmar.interpreter-2"
BY_LANGUAGE = {FANE: "arven.en", ORU: "arven.en", AMSEL: "tolmar.en", SECOND: "tolmar.en"}


async def places(hall: Hall) -> dict[str, str]:
    async with hall.database.reading() as connection:
        meeting = await store.meeting(connection, hall.meeting)
        assert meeting is not None
        found = await places_in(connection, meeting)
    return {who: found[actor.identity] for who, actor in hall.actors.items() if actor.identity in found}


async def test_what_stands_says_it_and_what_waits_does_not(hall: Hall) -> None:
    assert await places(hall) == BY_LANGUAGE
    await hall.proposes("arven.chair", SPOKEN, [booth("joint.en", hall.actors[ORU], hall.actors[AMSEL])])
    assert await places(hall) == BY_LANGUAGE
    await hall.agrees("tolmar.chair")
    assert await places(hall) == BY_LANGUAGE | {ORU: "joint.en", AMSEL: "joint.en"}
    await hall.puts_up("arven.chair", booth("arven.x", hall.actors[FANE]))
    assert await places(hall) == BY_LANGUAGE | {FANE: "arven.x", ORU: "joint.en", AMSEL: "joint.en"}


async def test_a_delegation_whose_booths_are_empty_has_no_other(hall: Hall) -> None:
    """As clients reckon: a spare does not come into a booth by the revocation of those for whom it was arranged."""
    await hall.puts_up("arven.chair", booth("arven.en", hall.actors[FANE]))
    await hall.revoke(FANE)
    assert await places(hall) == {AMSEL: "tolmar.en", SECOND: "tolmar.en"}


async def test_when_a_signature_no_longer_holds_languages_say_it_again(hall: Hall) -> None:
    await hall.puts_up("arven.chair", booth("arven.x", hall.actors[FANE]))
    await hall.revoke("arven.chair")
    assert await places(hall) == BY_LANGUAGE
