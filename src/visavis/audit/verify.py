"""Check a whole log, live or exported, and say what is wrong with it.

A chain proves that nothing inside it was changed. It cannot show that its end was cut off, or that all of it was
written anew: that takes a seal somebody noted earlier, the known head.
"""

import json
from collections.abc import AsyncIterable, Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from visavis.audit.chain import GENESIS, Fault, Finding, Sealed, check, imported
from visavis.kernel.canonical import canonical

MOST_FINDINGS: Final = 1_000

TOLD: Final[dict[Fault, str]] = {
    Fault.ALTERED: "entry {number} is not what was sealed",
    Fault.MISSING: "entry {number} is missing",
    Fault.MOVED: "entry {number} stands in the wrong place",
    Fault.MIXED: "entry {number} belongs to another summit",
    Fault.UNREADABLE: "entry or line {number} cannot be read",
    Fault.CUT: "the seal you know is not in the log: its end was cut off after entry {number}, or it was written anew",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check of one log found. `head` is the last seal: note it, and a later check can see a cut."""

    summit: str | None
    entries: int
    head: bytes
    findings: tuple[Finding, ...]

    @property
    def is_whole(self) -> bool:
        """Whether nothing is wrong."""
        return not self.findings


def told(finding: Finding) -> str:
    """Return a finding as a sentence for operators."""
    return TOLD[finding.fault].format(number=finding.number)


def judge(entries: Iterable[Sealed | int], known: bytes | None = None) -> Verdict:
    """Return what is wrong with one summit's log; a bare number stands for an entry that could not be read.

    Args:
        entries: the log in its own order.
        known: a seal noted earlier; it must be in the log.
    """
    listed = list(entries)
    unreadable = {entry for entry in listed if isinstance(entry, int)}
    readable = [entry for entry in listed if isinstance(entry, Sealed)]
    findings = [Finding(number, Fault.UNREADABLE) for number in sorted(unreadable)]
    # An entry that is there but cannot be read is not missing too.
    findings += [
        finding
        for finding in islice(check(readable), MOST_FINDINGS)
        if not (finding.fault is Fault.MISSING and finding.number in unreadable)
    ]
    if known is not None and known not in {GENESIS, *(entry.seal for entry in readable)}:
        findings.append(Finding(readable[-1].number if readable else 0, Fault.CUT))
    return Verdict(
        summit=readable[0].summit if readable else None,
        entries=len(listed),
        head=readable[-1].seal if readable else GENESIS,
        findings=tuple(findings[:MOST_FINDINGS]),
    )


async def judge_live(entries: AsyncIterable[Sealed | int], known: bytes | None = None) -> Verdict:
    """Return what is wrong with a log as `store.suspects` reads it from a database."""
    return judge([entry async for entry in entries], known)


def exported(entry: Sealed) -> bytes:
    """Return an entry as one line of an export: canonical JSON (RFC 8785) and a line feed."""
    return canonical(entry.exported()) + b"\n"


def read_export(lines: Iterable[bytes]) -> Iterable[Sealed | int]:
    """Yield the entries of an exported file, and the number of each line that is none."""
    for number, line in enumerate(lines, start=1):
        entry = _entry(line)
        yield number if entry is None else entry


def _entry(line: bytes) -> Sealed | None:
    try:
        read = json.loads(line, object_pairs_hook=_once)
        canonical(read)  # refuses what no seal can cover: NaN, numbers beyond 2^53, lone surrogates
        entry = imported(read)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None
    texts = (entry.summit, entry.at, entry.action)
    is_form = type(read["number"]) is int and all(isinstance(text, str) for text in texts)
    return entry if is_form and isinstance(entry.actor, str | None) else None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    if len({name for name, _ in pairs}) != len(pairs):
        msg = "a name stands twice"
        raise ValueError(msg)
    return dict(pairs)
