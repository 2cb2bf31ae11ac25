"""Turns to commit: first come, first served, two seconds each. Pure.

When thirty members join at once, all would commit to the same epoch and twenty-nine in vain. So each asks for a turn and
waits for it. A turn is a courtesy that saves time: who commits without one is not refused, and who lets theirs pass goes to
the end.

```
                asked                            expired, ended
    (nothing) ────────▶ waiting ────▶ first, until … ────────▶ (nothing)
```
"""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from visavis.kernel.ids import MemberId
from visavis.keys.model import Turn

LEASE: Final = timedelta(seconds=2)
"""How long the first has."""

Queue = tuple[Turn, ...]


def settled(queue: Queue, now: datetime) -> Queue:
    """Return the queue as it stands now: a turn that has passed is gone, and the next one's time begins."""
    if queue and queue[0].until is not None and queue[0].until <= now:
        queue = queue[1:]
    if queue and queue[0].until is None:
        # From now, not from the other's end: nobody could know before that it was their turn.
        queue = (replace(queue[0], until=now + LEASE), *queue[1:])
    return queue


def asked(queue: Queue, member: MemberId, now: datetime) -> Queue:
    """Return the queue with a member in it, at the end unless they have a place already."""
    standing = settled(queue, now)
    if place_of(standing, member) is not None:
        return standing
    return settled((*standing, Turn(member, None)), now)


def ended(queue: Queue, member: MemberId, now: datetime) -> Queue:
    """Return the queue without a member: they have committed, or no longer want to."""
    return settled(tuple(turn for turn in queue if turn.member != member), now)


def place_of(queue: Queue, member: MemberId) -> int | None:
    """Return how many are before a member, or None if they have no place."""
    return next((place for place, turn in enumerate(queue) if turn.member == member), None)
