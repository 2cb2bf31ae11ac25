"""Every use case on every kind of group, by everybody: who is not let in learns and changes nothing."""

from collections.abc import Awaitable, Callable
from itertools import product

import pytest

from tests.keys.conftest import PEOPLE, Hall
from tests.summits import scene
from visavis.kernel.errors import Code, RefusedError
from visavis.keys import delivery, documents, envelopes
from visavis.keys.model import DocumentId, PartKey
from visavis.summits.model import Move

pytestmark = pytest.mark.anyio

Deed = Callable[[Hall, str, str], Awaitable[object]]


def part(hall: Hall, group: str) -> PartKey:
    """Return a part of a document of a group."""
    return PartKey(hall.key(group), DocumentId("00000000-0000-4000-8000-000000000001"), 0)


DEEDS: dict[str, Deed] = {
    "state": lambda hall, who, group: delivery.state(hall.database, hall.people[who].actor, hall.key(group)),
    "log": lambda hall, who, group: delivery.log(hall.database, hall.people[who].actor, hall.key(group), 0),
    "commit": lambda hall, who, group: hall.commit(who, 7, group=group),
    "ask turn": lambda hall, who, group: delivery.ask_turn(hall.database, hall.people[who].actor, hall.key(group)),
    "leave turn": lambda hall, who, group: delivery.leave_turn(hall.database, hall.people[who].actor, hall.key(group)),
    "send": lambda hall, who, group: envelopes.send(hall.database, hall.people[who].actor, hall.key(group), b"sealed"),
    "read": lambda hall, who, group: envelopes.after(hall.database, hall.people[who].actor, hall.key(group), 0),
    "keep": lambda hall, who, group: documents.keep(
        hall.database, hall.people[who].actor, part(hall, group), b"sealed"
    ),
    "fetch": lambda hall, who, group: documents.part(hall.database, hall.people[who].actor, part(hall, group)),
    "drop": lambda hall, who, group: documents.drop(
        hall.database, hall.people[who].actor, hall.key(group), part(hall, group).document
    ),
    "found": lambda hall, who, group: hall.found(who, group),
    "void": lambda hall, who, group: hall.void(who, hall.signed_void(who, 0, b"", group), group),
}
LET_IN: dict[str, set[str]] = {  # in a restricted meeting with two arranged booths, before its first opening
    "chamber": {who for who, (party, role, _) in PEOPLE.items() if party in scene.SIDES}
    - {"arven adviser", "arven technician"},
    "caucus.arven": {who for who in PEOPLE if who.startswith("arven")},
}
LET_IN["floor.1"] = LET_IN["chamber"] | {"press press"}
LET_IN["booth.arven.en"] = {"arven interpreter"}
LET_IN["booth.joint.fr"] = {"arven second interpreter", "tolmar interpreter"}
LEADING = {"arven principal+", "arven chair", "tolmar chair"}
MAY = {"found": set(PEOPLE) - {"press press"}, "void": LEADING}
PASSED = {  # how it ends for who is let in: refused for what they brought, not for who they are
    "commit": Code.EPOCH_NOT_CURRENT,
    "found": Code.GROUP_FOUNDED,
    "void": Code.COMMIT_UNKNOWN,
}
NO_DOCUMENTS = dict.fromkeys(("keep", "fetch", "drop"), Code.GROUP_UNKNOWN)  # where a group keeps none


@pytest.mark.parametrize("group", LET_IN)
async def test_each_does_what_they_may_and_nothing_else(hall: Hall, group: str) -> None:
    """Everybody tries everything."""
    for booth in ("booth.arven.en", "booth.joint.fr"):
        await hall.arrange(booth.removeprefix("booth."), *sorted(LET_IN[booth]))
    await hall.found(min(LET_IN[group]) if group.startswith("booth") else "arven chair", group)
    passed = PASSED if group.startswith("booth") else PASSED | NO_DOCUMENTS
    for who, (deed, attempt) in product(PEOPLE, DEEDS.items()):
        may = who in LET_IN[group] and who in MAY.get(deed, PEOPLE)
        if may and deed not in passed:
            await attempt(hall, who, group)
            continue
        code = await hall.code(attempt(hall, who, group))
        if may:
            assert code is passed[deed], (who, deed)
        else:
            assert code in {Code.NOT_YOUR_ROLE, Code.NOT_IN_THIS_FORMAT, Code.NOT_YOUR_DELEGATION}, (who, deed)


async def test_the_press_loses_the_floor_when_the_doors_close(hall: Hall) -> None:
    """Its log and its commits; what comes after is not told to it. The next floor is open to it."""
    await hall.found("arven chair", "floor.1")
    await hall.order(Move.OPEN_DOORS)
    assert await hall.commit("press press", 0, group="floor.1") == 1
    told = await hall.told("press")
    await hall.order(Move.CLOSE_DOORS)
    for deed in ("state", "log", "commit", "send", "read"):
        assert await hall.code(DEEDS[deed](hall, "press press", "floor.1")) is Code.NOT_YOUR_ROLE
    assert await hall.commit("arven principal+", 1, b"the press is out", group="floor.1") == 2
    assert await hall.told("press") == told
    await hall.found("arven chair", "floor.2")
    assert (await hall.told("press"))[-1]["group"] == "floor.2"
    await hall.order(Move.OPEN_DOORS)
    assert await hall.code(hall.commit("arven chair", 2, group="floor.1")) is Code.GROUP_UNKNOWN
    assert await hall.commit("press press", 0, group="floor.2") == 1


async def test_one_on_one_no_chair_is_in_a_group(hall: Hall) -> None:
    """A chair outside gives orders, but has no keys."""
    await hall.order(Move.CHANGE_FORMAT, "one-on-one")
    assert await hall.code(hall.found("arven chair")) is Code.NOT_IN_THIS_FORMAT
    await hall.found("tolmar principal")


async def test_who_is_revoked_is_out_at_once(hall: Hall) -> None:
    """Whatever their session says."""
    await hall.found("arven chair")
    await hall.summit.revoke(hall.database, hall.people["tolmar principal"].member)
    for deed, attempt in DEEDS.items():
        assert await hall.code(attempt(hall, "tolmar principal", "chamber")) is Code.MEMBER_REVOKED, deed
    with pytest.raises(RefusedError):
        await delivery.standing(hall.database, hall.people["tolmar principal"].actor, hall.meeting)


async def test_the_groups_one_may_be_in_are_listed(hall: Hall) -> None:
    """With their epochs; others' caucuses and the chamber of the press are not there."""
    await hall.found("arven chair")
    await hall.commit("arven chair", 0)

    async def listed(who: str) -> dict[str, int | None]:
        found = await delivery.standing(hall.database, hall.people[who].actor, hall.meeting)
        return {name.written(): epoch for name, epoch in found}

    assert await listed("arven chair") == {"chamber": 1, "floor.1": None, "caucus.arven": None}
    assert await listed("arven adviser") == {"caucus.arven": None}
    assert await listed("press press") == {"floor.1": None}
    assert await listed("host protocol_officer") == {}
