"""Grants are the policy's, walked whole; and who has a seat at all."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import product

import pytest

from tests.summits.scene import OTHER_SUMMIT, SIDES, SUMMIT, members_of
from visavis.identity.model import Member, Role
from visavis.kernel.ids import MeetingId, Party
from visavis.rooms.grants import grant_for, seat_for
from visavis.rooms.model import MediaGrant, Room, RoomKind, Source
from visavis.summits import policy
from visavis.summits.model import Format, Meeting, Mode, Phase

NOW = datetime(2026, 3, 1, tzinfo=UTC)
MEETING = Meeting(
    MeetingId("m"), SUMMIT, "First", Format.PLENARY, Phase.CLOSED, Mode.SIMULTANEOUS, NOW, None, NOW, None
)
CHAMBER = Room(MEETING.id, RoomKind.CHAMBER)


def member(party: str, role: Role) -> Member:
    return next(one for one in members_of(SUMMIT, SIDES) if one.party == party and one.role is role)


def test_every_cell_is_what_the_policy_says() -> None:
    cells = list(product(Role, (False, True), Phase, Format, RoomKind))
    granted = 0
    for role, chair, phase, sort, kind in cells:
        rule, grant = policy.media(role, chair, phase, sort, kind), grant_for(role, chair, phase, sort, kind)
        assert (rule is None) == (grant is None)
        if rule is not None and grant is not None:
            assert (frozenset(source.value for source in grant.publish), grant.hear) == (rule.publish, rule.hear)
            granted += 1
    assert 0 < granted < len(cells)


def test_nobody_hears_or_sends_before_the_meeting_or_in_recess() -> None:
    for role, phase, sort in product(Role, (Phase.ARRIVAL, Phase.RECESS), Format):
        grant = grant_for(role, False, phase, sort, RoomKind.CHAMBER)  # noqa: FBT003 - as the function
        assert grant in {None, MediaGrant(frozenset(), hear=False)}


def test_a_seat_is_for_this_member_in_this_room_now() -> None:
    chair = member("arven", Role.CHAIR)
    caucus = Room(MEETING.id, RoomKind.CAUCUS, Party("arven"))
    assert seat_for(chair, MEETING, CHAMBER, None) == MediaGrant(
        frozenset({Source.MICROPHONE, Source.SCREEN}), hear=True
    )
    assert seat_for(chair, MEETING, caucus, None) == MediaGrant(
        frozenset({Source.MICROPHONE, Source.CAMERA}), hear=True
    )
    for who, room in (
        (replace(chair, revoked=NOW), CHAMBER),
        (replace(chair, summit=OTHER_SUMMIT), CHAMBER),
        (chair, Room(MeetingId("another"), RoomKind.CHAMBER)),
        (member("tolmar", Role.CHAIR), caucus),
        (member("press", Role.PRESS), CHAMBER),
        (member("press", Role.PRESS), Room(MEETING.id, RoomKind.CAUCUS, Party("press"))),
        (member("host", Role.PROTOCOL_OFFICER), CHAMBER),
    ):
        assert seat_for(who, MEETING, room, None) is None
    assert seat_for(chair, replace(MEETING, phase=Phase.ADJOURNED), CHAMBER, None) is None


@pytest.mark.parametrize("whose", [None, "own", "another's"])
@pytest.mark.parametrize("role", [Role.PRINCIPAL, Role.CHAIR, Role.ADVISER, Role.INTERPRETER])
def test_in_consecutive_mode_the_microphone_follows_the_floor(role: Role, whose: str | None) -> None:
    """Walked whole: an interpreter has one while they interpret, a speaker unless another is heard; all else stays."""
    who = member("arven", role)
    other = member("tolmar", Role.PRINCIPAL)
    floor = None if whose is None else who.id if whose == "own" else other.id
    consecutive = replace(MEETING, mode=Mode.CONSECUTIVE)
    before, now = seat_for(who, MEETING, CHAMBER, floor), seat_for(who, consecutive, CHAMBER, floor)
    assert before is not None
    assert Source.MICROPHONE in before.publish
    is_heard = whose == "own" or (whose is None and role is not Role.INTERPRETER)
    assert now == (before if is_heard else replace(before, publish=before.publish - {Source.MICROPHONE}))
    caucus = Room(MEETING.id, RoomKind.CAUCUS, Party("arven"))
    assert seat_for(who, consecutive, caucus, floor) == seat_for(who, MEETING, caucus, floor)


@pytest.mark.parametrize("whose", [None, "own", "another's"])
@pytest.mark.parametrize("role", [Role.PRINCIPAL, Role.CHAIR, Role.ADVISER, Role.INTERPRETER])
def test_in_liaison_principals_and_interpreters_keep_their_microphones(role: Role, whose: str | None) -> None:
    """Walked whole: whoever else has one is heard while they have the floor; all else stays."""
    who = member("arven", role)
    floor = {None: None, "own": who.id, "another's": member("tolmar", Role.CHAIR).id}[whose]
    liaison = replace(MEETING, mode=Mode.LIAISON)
    before, now = seat_for(who, MEETING, CHAMBER, floor), seat_for(who, liaison, CHAMBER, floor)
    assert before is not None
    assert Source.MICROPHONE in before.publish
    is_heard = whose == "own" or role in {Role.PRINCIPAL, Role.INTERPRETER}
    assert now == (before if is_heard else replace(before, publish=before.publish - {Source.MICROPHONE}))
    caucus = Room(MEETING.id, RoomKind.CAUCUS, Party("arven"))
    assert seat_for(who, liaison, caucus, floor) == seat_for(who, MEETING, caucus, floor)


@pytest.mark.parametrize(
    "room",
    [
        CHAMBER,
        Room(MEETING.id, RoomKind.CAUCUS, Party("arven.north")),
        Room(MEETING.id, RoomKind.BOOTH, booth="arven.fr.ca"),
    ],
)
def test_a_room_is_known_by_its_name(room: Room) -> None:
    assert Room.named(room.name) == room


@pytest.mark.parametrize(
    "name",
    ["", "chamber", "chamber.", "caucus.m", "caucus.m.", "caucus..x", "chamber.m.x", "hall.m", "booth.m", "booth.m."],
)
def test_a_strange_name_is_no_room(name: str) -> None:
    assert Room.named(name) is None
