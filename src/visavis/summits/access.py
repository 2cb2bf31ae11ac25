"""The one door to a meeting: it exists, it is in the actor's summit, and the policy lets the action pass."""

from sqlalchemy.ext.asyncio import AsyncConnection

from visavis.identity import store as identities
from visavis.identity.model import Actor, Descriptor
from visavis.kernel.errors import Code, RefusedError
from visavis.kernel.ids import MeetingId, SummitId
from visavis.summits import policy, store
from visavis.summits.model import Meeting
from visavis.summits.policy import Action


async def meeting_in(connection: AsyncConnection, summit: SummitId, wanted: MeetingId) -> Meeting:
    """Return a meeting of a summit.

    Raises:
        RefusedError: MEETING_UNKNOWN, for another summit's meeting too: outside they look the same.
    """
    meeting = await store.meeting(connection, wanted)
    if meeting is None or meeting.summit != summit:
        raise RefusedError(Code.MEETING_UNKNOWN)
    return meeting


async def check_standing(connection: AsyncConnection, actor: Actor) -> None:
    """Refuse an actor whose accreditation was taken back since the session was looked at.

    Asked in the transaction that acts: writes come one after the other, so that a revocation that was committed before
    this change is seen here, and one that comes after takes back what this change gave.

    Raises:
        RefusedError: MEMBER_REVOKED; MEMBER_UNKNOWN.
    """
    member = await identities.member(connection, actor.summit, actor.member)
    if member is None:
        raise RefusedError(Code.MEMBER_UNKNOWN)
    if member.revoked is not None:
        raise RefusedError(Code.MEMBER_REVOKED)


async def meeting_for(connection: AsyncConnection, actor: Actor, wanted: MeetingId, action: Action) -> Meeting:
    """Return a meeting in which the actor may do `action` now.

    Raises:
        RefusedError: MEMBER_REVOKED, MEETING_UNKNOWN, NOT_YOUR_ROLE, NOT_IN_THIS_PHASE, NOT_IN_THIS_FORMAT.
    """
    await check_standing(connection, actor)
    meeting = await meeting_in(connection, actor.summit, wanted)
    policy.check(action, actor, meeting.phase, meeting.format)
    return meeting


async def descriptor_for(connection: AsyncConnection, summit: SummitId) -> Descriptor:
    """Return what the delegations of a summit signed.

    Raises:
        RefusedError: NOT_FOUND, if the summit was never published here.
    """
    descriptor = await identities.descriptor_of(connection, summit)
    if descriptor is None:
        raise RefusedError(Code.NOT_FOUND)
    return descriptor
