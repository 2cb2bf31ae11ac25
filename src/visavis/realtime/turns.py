"""Waiting for a turn to commit without asking again and again: whoever's turn comes is woken by the commit before it.

Each commit says in its event whose turn it is then, so that a turn handed over at one server wakes who waits at another.
A turn that passes unused is told to nobody: who waits looks again when it is over.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime

from visavis.events.catalogue import HANDS_ON, Kind
from visavis.events.outbox import Numbered
from visavis.identity.model import Actor
from visavis.keys import delivery
from visavis.keys.delivery import Waiting
from visavis.keys.model import GroupKey
from visavis.storage.database import Database

Place = tuple[str, str, str]
"""Meeting, written name of the group, member."""


class Bells:
    """One for each member who waits here; rung by the fanout."""

    def __init__(self) -> None:
        self._hung: dict[Place, set[asyncio.Event]] = {}

    @property
    def waiting(self) -> int:
        """How many members wait here."""
        return len(self._hung)

    @contextmanager
    def hung(self, place: Place) -> Iterator[asyncio.Event]:
        """Hang up a bell until the block ends."""
        bell = asyncio.Event()
        self._hung.setdefault(place, set()).add(bell)
        try:
            yield bell
        finally:
            self._hung[place].discard(bell)
            if not self._hung[place]:
                del self._hung[place]

    def ring(self, event: Numbered) -> None:
        """Wake whose turn an event says it is."""
        if event.kind != Kind.GROUP_COMMIT:
            return
        commit = event.body[HANDS_ON[Kind.GROUP_COMMIT].value]
        if commit["turn"] is not None:
            for bell in self._hung.get((event.meeting, commit["group"], commit["turn"]["member"]), ()):
                bell.set()


async def awaited(database: Database, bells: Bells, actor: Actor, key: GroupKey, patience: float) -> Waiting:
    """Ask for a turn to commit, and wait for it for some seconds.

    Returns:
        The actor's place, at the latest when `patience` is over.

    Raises:
        RefusedError: as `delivery.ask_turn`.
    """
    with bells.hung((key.meeting, key.name.written(), actor.member)) as bell:
        waiting = await delivery.ask_turn(database, actor, key)
        with suppress(TimeoutError):
            async with asyncio.timeout(patience):
                while waiting.ahead:
                    await _woken(bell, waiting.until, database.now())
                    bell.clear()  # before asking: what rings from now on is newer than the answer
                    waiting = await delivery.ask_turn(database, actor, key)
    return waiting


async def _woken(bell: asyncio.Event, until: datetime | None, now: datetime) -> None:
    """Wait for a bell, at most until the first's turn is over."""
    left = None if until is None else max((until - now).total_seconds(), 0)
    with suppress(TimeoutError):
        async with asyncio.timeout(left):
            await bell.wait()
