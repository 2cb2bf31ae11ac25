"""Whatever is done to a log is found, and named."""

import json
from dataclasses import replace

from hypothesis import assume, given
from hypothesis import strategies as st

from visavis.audit.chain import GENESIS, Fault, Finding, Sealed, seal, spoken
from visavis.audit.verify import exported, judge, read_export, told

SUMMIT = "5f6bd11e-41b7-4f8e-a7a6-6a3d1c40d5aa"

bodies: st.SearchStrategy[dict[str, object]] = st.dictionaries(
    st.text(max_size=6), st.one_of(st.none(), st.booleans(), st.integers(-9, 9), st.text(max_size=6)), max_size=3
)
Part = tuple[str, str | None, dict[str, object]]
contents: st.SearchStrategy[Part] = st.tuples(
    st.sampled_from(["member_enrolled", "phase_moved"]), st.none() | st.just("somebody"), bodies
)


def _sealed(parts: list[Part]) -> list[Sealed]:
    log: list[Sealed] = []
    for number, (action, actor, body) in enumerate(parts, start=1):
        bare = Sealed(SUMMIT, number, f"2026-03-01T09:00:{number:02}.000Z", actor, action, body, b"")
        log.append(replace(bare, seal=seal(log[-1].seal if log else GENESIS, spoken(bare))))
    return log


logs = st.lists(contents, min_size=2, max_size=8).map(_sealed)


def _faults(log: list[Sealed], known: bytes | None = None) -> set[Fault]:
    return {finding.fault for finding in judge(log, known).findings}


@given(logs, st.data())
def test_an_untouched_log_is_whole(log: list[Sealed], data: st.DataObject) -> None:
    known = data.draw(st.sampled_from(log)).seal
    verdict = judge(log, known)
    assert verdict.is_whole
    assert (verdict.entries, verdict.head) == (len(log), log[-1].seal)
    assert list(read_export([exported(entry) for entry in log])) == log


@given(logs, st.data())
def test_a_flipped_bit_in_an_export_is_found(log: list[Sealed], data: st.DataObject) -> None:
    raw = b"".join(exported(entry) for entry in log)
    place = data.draw(st.integers(0, len(raw) * 8 - 1))
    broken = bytearray(raw)
    broken[place // 8] ^= 1 << place % 8
    lines = bytes(broken).splitlines(keepends=True)
    # A line feed turned into another blank leaves every entry as it was: nothing to find.
    assume([json_or_none(line) for line in lines] != [json_or_none(line) for line in raw.splitlines(keepends=True)])
    assert not judge(read_export(lines), log[-1].seal).is_whole


@given(logs, st.data())
def test_a_missing_entry_is_named(log: list[Sealed], data: st.DataObject) -> None:
    gone = data.draw(st.integers(1, len(log) - 1))
    verdict = judge([entry for entry in log if entry.number != gone])
    assert verdict.findings == (Finding(gone, Fault.MISSING),)
    assert told(verdict.findings[0]) == f"entry {gone} is missing"


@given(logs, st.data())
def test_swapped_entries_are_named(log: list[Sealed], data: st.DataObject) -> None:
    first, second = sorted(data.draw(st.lists(st.integers(0, len(log) - 1), min_size=2, max_size=2, unique=True)))
    moved = list(log)
    moved[first], moved[second] = moved[second], moved[first]
    assert Finding(log[first].number, Fault.MOVED) in judge(moved).findings
    renumbered = list(log)
    renumbered[first] = replace(log[second], number=log[first].number)
    renumbered[second] = replace(log[first], number=log[second].number)
    assert Fault.ALTERED in _faults(renumbered)


@given(logs, st.data())
def test_a_cut_end_is_found_by_who_knows_the_head(log: list[Sealed], data: st.DataObject) -> None:
    left = data.draw(st.integers(0, len(log) - 1))
    assert judge(log[:left]).is_whole
    assert judge(log[:left], log[-1].seal).findings == (Finding(left, Fault.CUT),)


@given(logs, contents, st.data())
def test_a_log_written_anew_is_found_by_who_knows_the_head(log: list[Sealed], other: Part, data: st.DataObject) -> None:
    parts = [(entry.action, entry.actor, dict(entry.body)) for entry in log]
    place = data.draw(st.integers(0, len(log) - 1))
    assume(parts[place] != other)
    parts[place] = other
    assert _faults(_sealed(parts), log[-1].seal) == {Fault.CUT}


def test_an_entry_of_another_summit_is_named() -> None:
    log = _sealed([("phase_moved", None, {}), ("phase_moved", None, {})])
    stranger = replace(log[1], summit="another")
    assert Fault.MIXED in _faults([log[0], stranger])


def test_a_wild_number_does_not_run_away() -> None:
    log = _sealed([("phase_moved", None, {})])
    assert len(judge([replace(log[0], number=2**53 - 1)]).findings) <= 1_000


def json_or_none(line: bytes) -> object:
    """Return what a line says, or its bytes if it says nothing."""
    try:
        return json.loads(line)
    except ValueError:
        return line
