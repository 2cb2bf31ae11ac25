"""What a client starts with: a snapshot and the number it is true at, or the events since the last number it saw.

Both are read in one transaction, so that the events after the number are exactly what the snapshot does not know.
"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncConnection

from visavis.events import outbox
from visavis.identity.model import Actor
from visavis.interpretation import views as booths
from visavis.kernel.clock import written
from visavis.kernel.ids import MeetingId
from visavis.realtime.fanout import parcelled
from visavis.storage.database import Database
from visavis.summits import views
from visavis.summits.access import meeting_for
from visavis.summits.policy import Action

RESUME_LIMIT: Final = 1000  # a client further behind than this is better served by a snapshot


@dataclass(frozen=True, slots=True)
class Start:
    """The first messages to a client, and the number after which its events follow."""

    number: int
    texts: tuple[str, ...]


async def start(
    database: Database,
    actor: Actor,
    meeting: MeetingId,
    after: int | None,
    now: datetime,
) -> Start:
    """Return what a client that saw the events up to `after` (None: nothing) is sent first.

    Raises:
        RefusedError: MEETING_UNKNOWN when the meeting is not of the actor's summit.
    """
    async with database.reading() as connection:
        number = await outbox.last_number(connection)
        await meeting_for(connection, actor, meeting, Action.READ_MEETING)
        if after is not None and await outbox.first_number(connection) - 1 <= after <= number:
            events = await outbox.after_for(connection, after, meeting, actor.party)
            if len(events) <= RESUME_LIMIT:
                resumed = said("resumed", {"number": number, "now": written(now)})
                return Start(number, (resumed, *(parcelled(event).text for event in events)))
        slices = await snapshot(connection, actor, meeting)
    return Start(number, (said("snapshot", {"number": number, "now": written(now), **slices}),))


async def snapshot(connection: AsyncConnection, actor: Actor, meeting: MeetingId) -> dict[str, Any]:
    """Return all that a member starts with, but for the event number and the time: every subject's slices.

    Raises:
        RefusedError: MEETING_UNKNOWN.
    """
    held = await meeting_for(connection, actor, meeting, Action.READ_MEETING)
    arranged = await booths.arranged_in(connection, held)
    return await views.snapshot(connection, actor, meeting) | booths.slices(arranged, actor.party)


def said(word: str, body: dict[str, Any]) -> str:
    """Return one message as it goes out."""
    return json.dumps({word: body}, separators=(",", ":"), ensure_ascii=False)
