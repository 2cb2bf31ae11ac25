"""The one door to a group: the meeting has it now, the policy lets the actor in, and a booth's is of whoever works there."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from visavis.events.catalogue import HANDS_ON, Kind
from visavis.identity.model import Actor, Descriptor
from visavis.interpretation.booths import places_in
from visavis.kernel.errors import Code, RefusedError
from visavis.keys import groups, store
from visavis.keys.model import Group, GroupKey, GroupKind
from visavis.storage.transaction import Recordable, Told, Transaction
from visavis.summits.access import check_standing, descriptor_for, meeting_in
from visavis.summits.model import Meeting


@dataclass(frozen=True, slots=True)
class Entrance:
    """Somebody who was let into a group, and what there is to know of it."""

    actor: Actor
    key: GroupKey
    meeting: Meeting
    descriptor: Descriptor

    @property
    def name(self) -> str:
        """The group's name as it is written."""
        return self.key.name.written()

    @property
    def group_id(self) -> bytes:
        """The group's name in MLS messages."""
        return groups.group_id(self.descriptor, self.meeting.id, self.key.name)

    def record(self, tx: Transaction, action: Recordable) -> None:
        """Record what the actor did, unless the group is one that is kept out of the record."""
        if groups.is_recorded(self.key.name):
            tx.record(self.meeting.summit, action, by=self.actor.member)

    def tell(self, tx: Transaction, kind: Kind, said: dict[str, Any]) -> None:
        """Tell the group's parties what the actor did."""
        body = {HANDS_ON[kind].value: {"group": self.name, **said, "by": self.actor.member}}
        sides = (side.id for side in self.descriptor.delegations)
        for party in groups.audience(self.meeting, self.key.name, sides):
            tx.tell(Told(self.meeting.summit, self.meeting.id, party, kind.value, body))


async def let_in(connection: AsyncConnection, actor: Actor, key: GroupKey) -> Entrance:
    """Let somebody into a group, whether it is founded or not.

    Raises:
        RefusedError: MEMBER_REVOKED, MEETING_UNKNOWN, GROUP_UNKNOWN, NOT_YOUR_ROLE, NOT_IN_THIS_PHASE,
            NOT_IN_THIS_FORMAT, NOT_YOUR_DELEGATION.
    """
    await check_standing(connection, actor)
    meeting = await meeting_in(connection, actor.summit, key.meeting)
    works_in = await places_in(connection, meeting) if key.name.kind is GroupKind.BOOTH else {}
    groups.check(actor, meeting, key.name, works_in.get(actor.identity))
    return Entrance(actor, key, meeting, await descriptor_for(connection, meeting.summit))


async def founded(connection: AsyncConnection, key: GroupKey) -> Group:
    """Return where a group stands.

    Raises:
        RefusedError: GROUP_UNKNOWN if nobody has founded it.
    """
    group = await store.group(connection, key)
    if group is None:
        raise RefusedError(Code.GROUP_UNKNOWN)
    return group
