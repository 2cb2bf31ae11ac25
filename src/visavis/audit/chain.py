"""Seal and check entries of the audit log. Pure.

seal(n) = SHA-256(seal(n-1) || canonical(entry n)); seal(0) is 32 zero bytes. One chain for each summit, numbered from 1.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from visavis.kernel.canonical import b64u, canonical, fingerprint, from_b64u

GENESIS: Final = bytes(32)


@dataclass(frozen=True, slots=True)
class Sealed:
    """One entry as kept and exported."""

    summit: str
    number: int
    at: str
    actor: str | None
    action: str
    body: Mapping[str, Any]
    seal: bytes

    def exported(self) -> dict[str, Any]:
        """Return the entry as one JSON object of an export."""
        return {**spoken(self), "seal": b64u(self.seal)}


class Fault(StrEnum):
    """What is wrong with a log, seen at one entry."""

    ALTERED = "altered"
    MISSING = "missing"
    MOVED = "moved"
    MIXED = "mixed"
    UNREADABLE = "unreadable"
    CUT = "cut"


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault and the number of the entry it was seen at.

    For MISSING it is the number that is not there; for CUT the last that is; for UNREADABLE in a file the line.
    """

    number: int
    fault: Fault


def spoken(entry: Sealed) -> dict[str, Any]:
    """Return what the seal covers."""
    return {
        "summit": entry.summit,
        "number": entry.number,
        "at": entry.at,
        "actor": entry.actor,
        "action": entry.action,
        "body": dict(entry.body),
    }


def seal(previous: bytes, entry: Mapping[str, Any]) -> bytes:
    """Return the seal of an entry that follows the one sealed as `previous`."""
    return fingerprint(previous + canonical(entry))


def imported(line: Mapping[str, Any]) -> Sealed:
    """Return the entry that `exported` wrote.

    Raises:
        KeyError, ValueError, TypeError: if the line has another form.
    """
    if set(line) != {"summit", "number", "at", "actor", "action", "body", "seal"}:
        msg = "not an audit entry"
        raise ValueError(msg)
    return Sealed(
        summit=line["summit"],
        number=int(line["number"]),
        at=line["at"],
        actor=line["actor"],
        action=line["action"],
        body=dict(line["body"]),
        seal=from_b64u(line["seal"]),
    )


def check(entries: Iterable[Sealed]) -> Iterator[Finding]:
    """Yield every fault of one summit's log, in the order of the log.

    A missing number is named once; entries out of order are named MOVED; an entry whose seal does not
    follow from its content and the seal before it is ALTERED. After a fault the check goes on from what is there.
    """
    listed = list(entries)
    numbers = {entry.number for entry in listed}
    yield from (
        Finding(number, Fault.MISSING) for number in range(1, max(numbers, default=0) + 1) if number not in numbers
    )
    seals = {entry.number: entry.seal for entry in listed}
    for place, entry in enumerate(listed):
        before = listed[place - 1].number if place else 0
        if entry.summit != listed[0].summit:
            yield Finding(entry.number, Fault.MIXED)
        elif entry.number <= before:
            yield Finding(entry.number, Fault.MOVED)
        previous = GENESIS if entry.number == 1 else seals.get(entry.number - 1)
        if previous is not None and seal(previous, spoken(entry)) != entry.seal:
            yield Finding(entry.number, Fault.ALTERED)
