"""Who works in which booth of a meeting now: what decides who may be in a booth's own room, and in its group of keys."""

from collections.abc import Collection, Mapping

from sqlalchemy.ext.asyncio import AsyncConnection

from visavis.identity import store as identities
from visavis.identity.model import Member
from visavis.interpretation.places import places
from visavis.interpretation.rules import believed
from visavis.interpretation.store import standing_in
from visavis.kernel.ids import Identity
from visavis.summits.access import descriptor_for
from visavis.summits.model import Meeting


async def places_in(
    connection: AsyncConnection, meeting: Meeting, members: Collection[Member] | None = None
) -> Mapping[Identity, str]:
    """Return the id of the booth that each interpreter works in; `members` are the summit's, if they are known already."""
    known = await identities.members(connection, meeting.summit) if members is None else members
    sides = tuple(side.id for side in (await descriptor_for(connection, meeting.summit)).delegations)
    return places(known, believed(await standing_in(connection, meeting.id), known, sides))
