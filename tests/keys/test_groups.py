"""Which groups there are and who may be in them: everybody, in every phase, format and opening, walked whole."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import a_summit
from tests.summits.test_policy import PERSONS, actor
from visavis.identity.model import Actor, Role
from visavis.kernel.canonical import b64u
from visavis.kernel.errors import Code, RefusedError
from visavis.kernel.ids import HOST, JOINT, PRESS, MeetingId, Party, SummitId
from visavis.keys import groups
from visavis.keys.model import NAME_LENGTH, GroupKind, GroupName, read_name
from visavis.summits.formats import ADMITS
from visavis.summits.model import Format, Meeting, Mode, Phase

ARVEN, TOLMAR = Party("arven"), Party("tolmar")
SINCE = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
MEETING = Meeting(
    id=MeetingId("e1b0dc0a-8a39-4a6c-bf5b-9a55d3ce1f40"),
    summit=SummitId("s"),
    title="First sitting",
    format=Format.RESTRICTED,
    phase=Phase.CLOSED,
    mode=Mode.SIMULTANEOUS,
    scheduled=SINCE,
    began=SINCE,
    phase_since=SINCE,
    follows=None,
)
NAMES = ("chamber", "caucus.arven", "caucus.tolmar", "floor.1", "floor.2", "floor.3", "floor.4")
BOOTHS = ("booth.arven.en", "booth.tolmar.fr", "booth.joint.fr")
WORKS_IN = (None, "arven.en", "tolmar.fr", "joint.fr", "arven.x")
OWN = {Role.PRESS: PRESS, Role.PROTOCOL_OFFICER: HOST}


def person(who: str) -> Actor:
    """Return somebody of Arven's, of the press or of the host."""
    one = actor(who)
    return replace(one, party=OWN.get(one.role, ARVEN))


def expected(one: Actor, meeting: Meeting, name: str, booth: str | None = None) -> bool:
    """Say it once more, in other words than the tables."""
    if meeting.phase is Phase.ADJOURNED or one.role is Role.PROTOCOL_OFFICER:
        return False
    kind, _, rest = name.partition(".")
    is_open = meeting.phase is Phase.OPEN
    if kind == "caucus":
        return one.role is not Role.PRESS and rest == one.party
    if kind == "booth":
        return one.role is Role.INTERPRETER and rest == booth and rest in {"arven.en", "joint.fr"}
    if kind == "floor":
        here = {meeting.openings} if is_open else {meeting.openings, meeting.openings + 1}
        if int(rest) not in here - {0}:
            return False
        if one.role is Role.PRESS:
            return is_open or int(rest) == meeting.openings + 1
    return one.role in ADMITS[meeting.format] - {Role.TECHNICIAN}  # who hears nothing needs no key


def refusal(one: Actor, meeting: Meeting, name: str, booth: str | None = None) -> Code | None:
    """Return the code with which somebody who works in a booth, or in none, is kept out of a group, or None."""
    try:
        groups.check(one, meeting, read_name(name), booth)
    except RefusedError as refused:
        return refused.code
    return None


def test_everybody_at_every_group_at_every_time() -> None:
    """Who is let in is exactly who should be; and a party is told of a group just when some member of it may be in."""
    walked = 0
    for who, phase, sort, openings in product(PERSONS, Phase, Format, range(3)):
        if phase is Phase.OPEN and openings == 0:
            continue  # open doors were opened
        meeting = replace(MEETING, phase=phase, format=sort, openings=openings)
        one = person(who)
        listed = {name.written() for name in groups.names(meeting, one.party) if groups.admits(one, meeting, name)}
        for name, booth in product((*NAMES, *BOOTHS), WORKS_IN):
            let_in = expected(one, meeting, name, booth)
            assert (refusal(one, meeting, name, booth) is None) is let_in, (who, phase, sort, openings, name, booth)
            assert (name in listed) is (let_in and name not in BOOTHS), (who, phase, sort, openings, name)
            told = groups.audience(meeting, read_name(name), [ARVEN, TOLMAR])
            assert HOST not in told
            assert not let_in or one.party in told
            walked += 1
        assert listed <= set(NAMES)
    assert walked == len(PERSONS) * len(Format) * (len(NAMES) + len(BOOTHS)) * len(WORKS_IN) * (len(Phase) * 3 - 1)


@pytest.mark.parametrize(
    ("who", "name", "code"),
    [
        ("press", "chamber", Code.NOT_YOUR_ROLE),
        ("press", "caucus.arven", Code.NOT_YOUR_ROLE),
        ("protocol_officer", "floor.2", Code.NOT_YOUR_ROLE),
        ("chair", "caucus.tolmar", Code.NOT_YOUR_DELEGATION),
        ("chair", "caucus.nobody", Code.NOT_YOUR_DELEGATION),
        ("chair", "booth.arven.en", Code.NOT_YOUR_ROLE),
        ("interpreter", "booth.tolmar.fr", Code.NOT_YOUR_DELEGATION),
        ("interpreter", "booth.arven.en", Code.NOT_YOUR_ROLE),  # a spare
        ("adviser", "chamber", Code.NOT_IN_THIS_FORMAT),
        ("press", "floor.1", Code.NOT_YOUR_ROLE),  # its opening is over
        ("press", "floor.2", None),  # the next one's: it carries nothing yet
        ("chair", "floor.3", Code.GROUP_UNKNOWN),
    ],
)
def test_a_refusal_says_why(who: str, name: str, code: Code | None) -> None:
    """After the first opening."""
    assert refusal(person(who), replace(MEETING, openings=1), name) is code


def test_who_works_in_no_booth_is_in_no_group_of_one() -> None:
    """Not even in one without a name."""
    with pytest.raises(RefusedError) as refused:
        groups.check(person("interpreter"), MEETING, GroupName(GroupKind.BOOTH))
    assert refused.value.code is Code.NOT_YOUR_ROLE


def test_the_press_is_told_of_a_floor_until_the_doors_close() -> None:
    """Then the floor is the delegations', who put the press out of it."""
    floor = read_name("floor.1")
    for phase, openings, press in ((Phase.CLOSED, 0, True), (Phase.OPEN, 1, True), (Phase.CLOSED, 1, False)):
        told = groups.audience(replace(MEETING, phase=phase, openings=openings), floor, [ARVEN, TOLMAR])
        assert told == ((ARVEN, TOLMAR, PRESS) if press else (ARVEN, TOLMAR))
    assert groups.audience(MEETING, read_name("chamber"), [ARVEN, TOLMAR]) == (ARVEN, TOLMAR)
    assert groups.audience(MEETING, read_name("caucus.arven"), [ARVEN, TOLMAR]) == (ARVEN,)
    assert groups.audience(MEETING, read_name("booth.arven.en"), [ARVEN, TOLMAR]) == (ARVEN,)
    assert groups.audience(MEETING, read_name("booth.joint.fr"), [ARVEN, TOLMAR]) == (ARVEN, TOLMAR)
    assert not groups.is_recorded(read_name("booth.joint.fr"))


@given(st.sampled_from(GroupKind), st.integers(1, 999_999), st.from_regex(r"[a-z][a-z0-9-]{0,29}", fullmatch=True))
def test_a_name_is_read_as_it_was_written(kind: GroupKind, opening: int, party: str) -> None:
    """And fits its column."""
    whose = Party(party) if kind in {GroupKind.CAUCUS, GroupKind.BOOTH} and party != JOINT else None
    name = GroupName(
        kind,
        opening if kind is GroupKind.FLOOR else 0,
        whose if kind is not GroupKind.CAUCUS else Party(party),
        f"{party}.en" if kind is GroupKind.BOOTH else None,
    )
    assert read_name(name.written()) == name
    assert len(name.written()) <= NAME_LENGTH


@pytest.mark.parametrize(
    "text",
    [
        "",
        "chamber.1",
        "floor",
        "floor.0",
        "floor.01",
        "floor.-1",
        "caucus",
        "caucus.",
        "caucus.A",
        "chamber\n",
        "booth",
        "booth.arven",
        "booth.arven.",
        "booth.Arven.en",
        f"booth.arven.{'x' * 29}",
    ],
)
def test_what_is_no_name_is_refused(text: str) -> None:
    """However near."""
    with pytest.raises(ValueError, match="no name of a group"):
        read_name(text)


def test_the_mls_name_binds_descriptor_meeting_and_kind() -> None:
    """As the clients write it, to the byte."""
    descriptor = a_summit().read
    head = f"vv1|{b64u(descriptor.dh)}|{MEETING.id}|"
    names = (*NAMES[:4], *BOOTHS)
    written = {name: groups.group_id(descriptor, MEETING.id, read_name(name)).decode() for name in names}
    assert written == {
        "chamber": f"{head}C|0",
        "caucus.arven": f"{head}D:arven|0",
        "caucus.tolmar": f"{head}D:tolmar|0",
        "floor.1": f"{head}F|1",
        "booth.arven.en": f"{head}B:arven.en|0",
        "booth.tolmar.fr": f"{head}B:tolmar.fr|0",
        "booth.joint.fr": f"{head}B:joint.fr|0",
    }
