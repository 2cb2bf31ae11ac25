"""Every pair of phase and move."""

from itertools import product

import pytest

from visavis.kernel.errors import Code, RefusedError
from visavis.summits.model import Move, Phase
from visavis.summits.phases import after

EXPECTED = {
    "arrival": {"open_doors": "open", "close_doors": "closed", "change_format": "arrival", "change_mode": "arrival"},
    "open": {"close_doors": "closed", "change_mode": "open"},
    "closed": {
        "open_doors": "open",
        "recess": "recess",
        "adjourn": "adjourned",
        "change_format": "closed",
        "change_mode": "closed",
    },
    "recess": {"resume": "closed", "adjourn": "adjourned", "change_format": "recess", "change_mode": "recess"},
    "adjourned": {},
}


@pytest.mark.parametrize(("phase", "move"), list(product(Phase, Move)))
def test_every_pair(phase: Phase, move: Move) -> None:
    """What is not listed is refused."""
    expected = EXPECTED[phase.value].get(move.value)
    if expected is None:
        with pytest.raises(RefusedError) as refused:
            after(phase, move)
        assert refused.value.code is Code.MOVE_NOT_POSSIBLE
    else:
        assert after(phase, move) is Phase(expected)


def test_adjourned_is_the_end_and_can_be_reached_from_everywhere() -> None:
    """No meeting is caught in a circle without a way out."""
    reached = {Phase.ADJOURNED}
    for _ in Phase:
        reached |= {phase for phase, move in product(Phase, Move) if _leads(phase, move) in reached}
    assert reached == set(Phase)
    assert all(_leads(Phase.ADJOURNED, move) is None for move in Move)


def _leads(phase: Phase, move: Move) -> Phase | None:
    try:
        return after(phase, move)
    except RefusedError:
        return None
