"""Every cell of role by phase by format by action, against a table written by hand."""

from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

from visavis.identity.model import Actor, Role
from visavis.kernel.errors import Code, RefusedError
from visavis.kernel.ids import Identity, MemberId, Party, SummitId
from visavis.summits import policy
from visavis.summits.model import Format, Mode, Move, Phase
from visavis.summits.phases import MOVES
from visavis.summits.policy import ABILITIES, GRANTS, HELD, Action, Whose

TABLE = Path(__file__).parent / "policy_table.txt"
LETTERS = {"o": Format.ONE_ON_ONE, "r": Format.RESTRICTED, "p": Format.PLENARY}
SOURCES = {"m": "microphone", "c": "camera", "s": "screen"}
PERSONS = {role.value: (role, role is Role.CHAIR) for role in Role} | {"principal+": (Role.PRINCIPAL, True)}
OUT = ["-"] * len(Phase)


def section(heading: str) -> dict[str, dict[str, list[str]]]:
    """Return subject → person → a cell for each phase."""
    table: dict[str, dict[str, list[str]]] = {}
    here, subject = "", ""
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        words = line.split()
        if not words or line.startswith("#"):
            continue
        if words[0].isupper():
            here = words[0]
            assert words[1:] == [column.value for column in (Whose if here == "HELD" else Phase)]
        elif here == heading and line.startswith(" "):
            table[subject][words[0]] = words[1:]
        elif here == heading:
            subject = line
            table[subject] = {}
    return table


def cells(heading: str) -> Iterator[tuple[str, str, Phase, Format, str]]:
    """Yield every (subject, person, phase, format) of a section, and its cell."""
    for subject, rows in section(heading).items():
        for person, (place, phase), sort in product(PERSONS, enumerate(Phase), Format):
            yield subject, person, phase, sort, rows.get(person, OUT)[place]


def names(cell: str, sort: Format) -> bool:
    """Whether a cell names a format."""
    return any(LETTERS[letter] is sort for letter in cell.partition(":")[0].rstrip("*") if letter in LETTERS)


def actor(person: str) -> Actor:
    """Return somebody with a role."""
    role, chair = PERSONS[person]
    return Actor(MemberId("m"), SummitId("s"), Party("arven"), person, role, chair, ("en",), Identity("I"))


def refusal(action: Action, who: Actor, phase: Phase, sort: Format) -> Code | None:
    """Return the code with which the policy refuses, or None."""
    try:
        policy.check(action, who, phase, sort)
    except RefusedError as refused:
        return refused.code
    return None


def test_every_ability_is_what_the_table_says() -> None:
    """Walk role by phase by format by action whole."""
    walked = 0
    for action, person, phase, sort, cell in cells("ABILITIES"):
        role, chair = PERSONS[person]
        allowed = names(cell, sort)
        assert policy.may(Action(action), role, chair, phase, sort) is allowed, (action, person, phase, sort)
        assert (refusal(Action(action), actor(person), phase, sort) is None) is allowed, (action, person, phase, sort)
        walked += 1
    assert walked == len(Action) * len(PERSONS) * len(Phase) * len(Format)


def test_every_seat_is_what_the_table_says() -> None:
    """Walk room by role by phase by format whole."""
    walked = 0
    for room, person, phase, sort, cell in cells("ROOMS"):
        rule = policy.media(*PERSONS[person], phase, sort, room)
        if names(cell, sort):
            sent = frozenset(SOURCES[letter] for letter in cell.partition(":")[2].rstrip("*"))
            assert rule == policy.MediaRule(sent, hear=cell.endswith("*")), (room, person, phase, sort)
        else:
            assert rule is None, (room, person, phase, sort)
        walked += 1
    assert walked == 3 * len(PERSONS) * len(Phase) * len(Format)


def test_whose_microphone_is_held_is_what_the_table_says() -> None:
    """Walk mode by role by whose the floor is whole."""
    table = section("HELD")
    assert set(table) == {mode.value for mode in Mode}
    for mode, role, (place, whose) in product(Mode, Role, enumerate(Whose)):
        held = table[mode.value].get(role.value, ["."] * len(Whose))[place] == "h"
        assert policy.is_held(role, mode, whose) is held, (mode, role, whose)


def test_no_role_meets_two_rows_that_hold_it() -> None:
    """The order of the rows decides nothing."""
    for mode, role, whose in product(Mode, Role, Whose):
        assert sum(mode in row.modes and role in row.roles and whose in row.whose for row in HELD) <= 1


def test_microphones_follow_the_floor_where_the_table_holds_anybody() -> None:
    """In the other modes nobody asks where the floor is."""
    holding = {mode for mode, rows in section("HELD").items() if any("h" in row for row in rows.values())}
    assert {mode.value for mode in Mode if policy.follows_floor(mode)} == holding == {"consecutive", "liaison"}


def test_a_room_nobody_knows_admits_nobody() -> None:
    """What the tables do not name is refused."""
    assert policy.media(Role.PRINCIPAL, True, Phase.OPEN, Format.PLENARY, "cellar") is None  # noqa: FBT003


@pytest.mark.parametrize(
    ("action", "person", "phase", "sort", "code"),
    [
        (Action.ASK_FOR_FLOOR, "interpreter", Phase.ARRIVAL, Format.ONE_ON_ONE, Code.NOT_YOUR_ROLE),
        (Action.ASK_FOR_FLOOR, "adviser", Phase.OPEN, Format.ONE_ON_ONE, Code.NOT_IN_THIS_PHASE),
        (Action.ASK_FOR_FLOOR, "adviser", Phase.CLOSED, Format.RESTRICTED, Code.NOT_IN_THIS_FORMAT),
        (Action.ASK_FOR_FLOOR, "adviser", Phase.CLOSED, Format.PLENARY, None),
        (Action.RECESS, "principal", Phase.CLOSED, Format.PLENARY, Code.NOT_YOUR_ROLE),
        (Action.RECESS, "principal+", Phase.CLOSED, Format.PLENARY, None),
        (Action.RECESS, "chair", Phase.CLOSED, Format.ONE_ON_ONE, None),
    ],
)
def test_a_refusal_names_the_first_reason(
    action: Action, person: str, phase: Phase, sort: Format, code: Code | None
) -> None:
    """Role before phase before format."""
    assert refusal(action, actor(person), phase, sort) is code


def test_outside_a_meeting_only_the_role_counts() -> None:
    """Phase and format are None for what is not done in a meeting."""
    policy.check(Action.CALL_MEETING, actor("chair"))
    with pytest.raises(RefusedError) as refused:
        policy.check(Action.CALL_MEETING, actor("press"))
    assert refused.value.code is Code.NOT_YOUR_ROLE


def test_a_chair_flag_on_anybody_else_gives_no_orders() -> None:
    """Only principals and chairs can give orders, whatever was accredited."""
    for role in set(Role) - {Role.PRINCIPAL, Role.CHAIR}:
        assert not policy.gives_orders(role, chair=True)
    assert policy.gives_orders(Role.CHAIR, chair=False)


def test_every_move_is_an_action_in_exactly_its_phases() -> None:
    """The policy's phases of a move are those of the phase machine."""
    for move in Move:
        phases = {phase for row in ABILITIES[Action(move.value)] for phase in row.phases}
        assert phases == {phase for phase, listed in MOVES if listed is move}


def test_no_role_meets_two_rows_of_a_room_in_one_phase() -> None:
    """The order of the rows decides nothing."""
    for room, role, phase in product(("chamber", "caucus"), Role, Phase):
        met = [row for row in GRANTS if row.room == room and role in row.roles and phase in row.phases]
        assert len(met) <= 1
