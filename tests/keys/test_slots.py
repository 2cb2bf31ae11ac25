"""Turns to commit: in the order of asking, one at a time, never longer than two seconds."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from visavis.kernel.ids import MemberId
from visavis.keys.model import Turn
from visavis.keys.slots import LEASE, Queue, asked, ended, place_of, settled

START = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
ONE, TWO, THREE = MemberId("one"), MemberId("two"), MemberId("three")


def later(seconds: float) -> datetime:
    """Return an instant."""
    return START + timedelta(seconds=seconds)


def test_turns_go_round_in_the_order_of_asking() -> None:
    """The first has two seconds; who commits is followed at once, who does not when the two seconds are over."""
    queue = asked(asked(asked((), ONE, START), TWO, later(0.5)), THREE, later(0.6))
    assert queue == (Turn(ONE, START + LEASE), Turn(TWO, None), Turn(THREE, None))
    assert asked(queue, ONE, later(1)) == queue, "asking again lengthens nothing"
    queue = ended(queue, ONE, later(1))
    assert queue == (Turn(TWO, later(1) + LEASE), Turn(THREE, None))
    assert settled(queue, later(2.9)) == queue
    queue = asked(queue, TWO, later(3.5))
    assert queue == (Turn(THREE, later(3.5) + LEASE), Turn(TWO, None)), "who let their turn pass is the last"


def test_who_does_not_wait_any_more_is_passed_over() -> None:
    """A member leaves the middle of the queue; the first keeps their time."""
    queue = asked(asked(asked((), ONE, START), TWO, START), THREE, START)
    assert ended(queue, TWO, later(1)) == (Turn(ONE, START + LEASE), Turn(THREE, None))
    assert ended((), TWO, later(1)) == ()


steps = st.lists(
    st.tuples(
        st.sampled_from([asked, ended]), st.sampled_from([ONE, TWO, THREE]), st.sampled_from([0, 0.3, 1.0, 2.0, 5.0])
    ),
    max_size=40,
)


@given(steps)
def test_exactly_the_first_has_a_time_that_is_not_over(sequence: list[tuple[object, MemberId, float]]) -> None:
    """Whatever members do: nobody twice, no time but the first's, nobody overtakes who waits."""
    queue: Queue = ()
    now = START
    for step, member, passed in sequence:
        now += timedelta(seconds=passed)
        before, queue = queue, (asked if step is asked else ended)(queue, member, now)
        assert len({turn.member for turn in queue}) == len(queue)
        assert [turn.until is not None for turn in queue] == [place == 0 for place in range(len(queue))]
        assert all(now < turn.until <= now + LEASE for turn in queue[:1] if turn.until)
        waited = [turn.member for turn in before[1:]]
        kept = [turn.member for turn in queue if turn.member in waited]
        assert kept == [one for one in waited if one in kept]
        assert (place_of(queue, member) is not None) is (step is asked)


@given(st.integers(1, 12), st.sets(st.integers(0, 11)))
def test_the_last_comes_to_their_turn_however_many_are_gone(count: int, gone: set[int]) -> None:
    """Liveness: each who is gone costs one lease, no more."""
    queue: Queue = ()
    for number in range(count):
        queue = asked(queue, MemberId(str(number)), START)
    now = START
    while queue:
        first = queue[0].member
        if int(first) in gone:
            now += LEASE
            queue = settled(queue, now)
        else:
            queue = ended(queue, first, now)
    assert now - START == LEASE * len(gone & set(range(count)))
