"""The dossier: a summit's meetings, linked by what follows what, as a member finds it."""

from typing import Any

from visavis.identity import store as identities
from visavis.identity.model import Actor
from visavis.kernel.clock import written
from visavis.kernel.errors import Code, RefusedError
from visavis.storage.database import Database
from visavis.summits import policy, store
from visavis.summits.access import descriptor_for
from visavis.summits.model import Meeting
from visavis.summits.policy import Action
from visavis.summits.views import seat_view


async def dossier(database: Database, actor: Actor) -> dict[str, Any]:
    """Return the summit, the actor's own seat, and every meeting in the order of the schedule.

    Raises:
        RefusedError: NOT_YOUR_ROLE, MEMBER_UNKNOWN.
    """
    policy.check(Action.READ_DOSSIER, actor)
    async with database.reading() as connection:
        descriptor = await descriptor_for(connection, actor.summit)
        member = await identities.member(connection, actor.summit, actor.member)
        if member is None:
            raise RefusedError(Code.MEMBER_UNKNOWN)
        meetings = await store.meetings_of(connection, actor.summit)
    return {
        "summit": {"id": descriptor.summit, "title": descriptor.title},
        "you": seat_view(member, None),
        "meetings": [meeting_line(meeting) for meeting in meetings],
    }


def meeting_line(meeting: Meeting) -> dict[str, Any]:
    """Return a meeting as the dossier lists it."""
    return {
        "id": meeting.id,
        "title": meeting.title,
        "format": meeting.format.value,
        "phase": meeting.phase.value,
        "mode": meeting.mode.value,
        "scheduled": written(meeting.scheduled),
        "follows": meeting.follows,
    }
