"""Who works in which booth: the same as clients reckon (`web/src/interpretation/booths.test.ts`)."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.summits.scene import SUMMIT, member
from visavis.identity.model import Member, Role
from visavis.interpretation.model import Booth
from visavis.interpretation.places import places
from visavis.kernel.ids import Identity, Party

ARVEN, TOLMAR = Party("arven"), Party("tolmar")


def interpreter(party: Party, number: int, *languages: str) -> Member:
    return replace(member(SUMMIT, party, Role.INTERPRETER, number), languages=languages)


FANE = interpreter(ARVEN, 1, "en")
ORU = interpreter(ARVEN, 2, "en", "fr")
AMSEL = interpreter(TOLMAR, 3, "fr")
MAREN = replace(member(SUMMIT, ARVEN, Role.PRINCIPAL, 4), languages=("en",))
MEMBERS = [MAREN, FANE, ORU, AMSEL]


def booth(name: str, party: Party | None, language: str, *members: Member) -> Booth:
    return Booth(name, party, (language,), tuple(one.identity for one in members))


def named(arranged: list[Booth], members: list[Member] | None = None) -> dict[str, str]:
    known = MEMBERS if members is None else members
    names: dict[Identity, str] = {FANE.identity: "fane", ORU.identity: "oru", AMSEL.identity: "amsel"}
    return {names[identity]: booth for identity, booth in places(known, arranged).items()}


def test_without_an_arrangement_the_first_language_says_it() -> None:
    assert named([]) == {"fane": "arven.en", "oru": "arven.en", "amsel": "tolmar.fr"}


def test_a_delegation_with_booths_has_no_other_and_a_joint_one_takes_from_those_of_languages() -> None:
    assert named([booth("arven.x", ARVEN, "en", ORU)]) == {"oru": "arven.x", "amsel": "tolmar.fr"}
    joint = booth("joint.fr", None, "fr", AMSEL, ORU)
    assert named([joint]) == {"fane": "arven.en", "oru": "joint.fr", "amsel": "joint.fr"}


def test_nobody_is_twice_in_a_booth() -> None:
    one, two = booth("arven.one", ARVEN, "en", FANE), booth("arven.two", ARVEN, "en", FANE, ORU)
    assert named([one, two]) == {"fane": "arven.one", "oru": "arven.two", "amsel": "tolmar.fr"}


@pytest.mark.parametrize("who", [AMSEL, MAREN, FANE])
def test_nobody_is_placed_beyond_their_accreditation(who: Member) -> None:
    """Another delegation's, who is no interpreter, and who is not accredited for its first language."""
    assert "arven.fr" not in places(MEMBERS, [booth("arven.fr", ARVEN, "fr", who)]).values()


def test_the_revoked_and_whoever_has_no_language_work_nowhere() -> None:
    gone = replace(FANE, revoked=datetime(2026, 3, 1, tzinfo=UTC))
    assert named([booth("arven.en", ARVEN, "en", FANE)], [gone, replace(AMSEL, languages=())]) == {}
