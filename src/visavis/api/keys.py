"""The keys' messages: groups, commits, turns, voids, envelopes. Each endpoint calls one use case."""

from typing import Annotated, Final

from fastapi import Depends, Path, Query, Request
from pydantic import Field

from visavis.api.door import Acting, Knocks
from visavis.api.forms import B64u, Form, Id, Instant
from visavis.api.house import Housed
from visavis.identity.model import Actor
from visavis.kernel.ids import MeetingId
from visavis.keys import delivery, documents, envelopes
from visavis.keys.model import (
    DOCUMENT_PARTS,
    LAST_EPOCH,
    NAME,
    DocumentId,
    GroupKey,
    Offer,
    PartKey,
    SignedVoid,
    read_name,
)
from visavis.realtime.turns import awaited

TURN_SECONDS: Final = 5.0
"""How long an answer is kept back until it is one's turn."""

Name = Annotated[str, Field(pattern=NAME)]
Number = Annotated[int, Query(ge=0, le=LAST_EPOCH)]
Part = Annotated[int, Path(ge=0, lt=DOCUMENT_PARTS)]


class GroupLine(Form):
    """A group that one may be in; `epoch` is null while nobody has founded it."""

    group: str
    epoch: int | None


class Groups(Form):
    """Every group of a meeting that one may be in now."""

    groups: list[GroupLine]


class FoundForm(Form):
    """The GroupInfo of a new group's first epoch, and the fingerprint of that of the group it is to replace."""

    group_info: B64u
    instead_of: B64u | None = None


class Epoch(Form):
    """The epoch at which a group stands."""

    epoch: int


class Standing(Form):
    """Where a group stands, and by what it is joined there."""

    epoch: int
    group_info: B64u


class CommitForm(Form):
    """A commit, and the GroupInfo of the epoch that it begins."""

    commit: B64u
    group_info: B64u


class CommitLine(Form):
    """The commit that ended an epoch."""

    epoch: int
    commit: B64u
    by: str
    at: Instant


class CommitLog(Form):
    """Commits in order."""

    commits: list[CommitLine]


class TurnForm(Form):
    """How many are before one, when the first's turn is over, and where the group stands if it is one's own turn."""

    ahead: int
    until: Instant | None
    standing: Standing | None


class VoidForm(Form):
    """A chair's signed statement that an epoch is poisoned, and the GroupInfo of that epoch."""

    void: B64u
    signature: B64u
    group_info: B64u


class EnvelopeForm(Form):
    """Sealed bytes."""

    envelope: B64u


class Numbered(Form):
    """The number of an envelope in its group."""

    number: int


class EnvelopeLine(Form):
    """An envelope; `by` is whose session sent it."""

    number: int
    envelope: B64u
    by: str
    at: Instant


class EnvelopeLog(Form):
    """Envelopes in order."""

    envelopes: list[EnvelopeLine]


class PartForm(Form):
    """One part of a sealed document."""

    box: B64u


async def sending(request: Request, house: Housed, actor: Acting) -> Actor:
    """Return who sends an envelope or a part of a document, and count it.

    Raises:
        RefusedError: TOO_MANY_REQUESTS.
    """
    pace: Knocks = request.app.state.envelopes
    pace.admit(actor.member, house.clock.now())
    return actor


Sending = Annotated[Actor, Depends(sending)]


def place_of(meeting: Id, group: Name, document: Id, part: Part) -> PartKey:
    """Return which part of which document an address is of."""
    return PartKey(_key(meeting, group), DocumentId(document), part)


Place = Annotated[PartKey, Depends(place_of)]


async def groups(house: Housed, actor: Acting, meeting: Id) -> Groups:
    """List the groups one may be in."""
    standing = await delivery.standing(house.database, actor, MeetingId(meeting))
    return Groups(groups=[GroupLine(group=name.written(), epoch=epoch) for name, epoch in standing])


async def found(house: Housed, actor: Acting, meeting: Id, group: Name, body: FoundForm) -> Epoch:
    """Found a group."""
    await delivery.found(house.database, actor, _key(meeting, group), body.group_info, body.instead_of)
    return Epoch(epoch=0)


async def state(house: Housed, actor: Acting, meeting: Id, group: Name) -> Standing:
    """Say where a group stands."""
    stands = await delivery.state(house.database, actor, _key(meeting, group))
    return Standing(epoch=stands.epoch, group_info=stands.group_info)


async def commit(house: Housed, actor: Acting, meeting: Id, group: Name, body: CommitForm) -> Epoch:
    """End an epoch."""
    offer = Offer(body.commit, body.group_info)
    return Epoch(epoch=await delivery.commit(house.database, actor, _key(meeting, group), offer))


async def commits(house: Housed, actor: Acting, meeting: Id, group: Name, epoch: Number) -> CommitLog:
    """Send the commits from the one that ended `epoch` on."""
    found = await delivery.log(house.database, actor, _key(meeting, group), epoch)
    return CommitLog(commits=[CommitLine.model_validate(delivery.commit_view(one)) for one in found])


async def ask_turn(house: Housed, actor: Acting, meeting: Id, group: Name) -> TurnForm:
    """Take a place among those who want to commit, and wait there for a while."""
    key = _key(meeting, group)
    waiting = await awaited(house.database, house.fanout.bells, actor, key, TURN_SECONDS)
    if waiting.ahead:
        return TurnForm(ahead=waiting.ahead, until=waiting.until, standing=None)
    stands = await delivery.state(house.database, actor, key)
    standing = Standing(epoch=stands.epoch, group_info=stands.group_info)
    return TurnForm(ahead=0, until=waiting.until, standing=standing)


async def leave_turn(house: Housed, actor: Acting, meeting: Id, group: Name) -> None:
    """Give the place up."""
    await delivery.leave_turn(house.database, actor, _key(meeting, group))


async def void(house: Housed, actor: Acting, meeting: Id, group: Name, body: VoidForm) -> None:
    """Take back a poisoned epoch."""
    said = SignedVoid(body.void, body.signature, body.group_info)
    await delivery.void(house.database, actor, _key(meeting, group), said)


async def send(house: Housed, actor: Sending, meeting: Id, group: Name, body: EnvelopeForm) -> Numbered:
    """Send an envelope."""
    return Numbered(number=await envelopes.send(house.database, actor, _key(meeting, group), body.envelope))


async def sent(house: Housed, actor: Acting, meeting: Id, group: Name, after: Number) -> EnvelopeLog:
    """Send the envelopes after a number."""
    found = await envelopes.after(house.database, actor, _key(meeting, group), after)
    return EnvelopeLog(envelopes=[EnvelopeLine.model_validate(envelopes.envelope_view(one)) for one in found])


async def keep_part(house: Housed, actor: Sending, place: Place, body: PartForm) -> None:
    """Keep a part of a document."""
    await documents.keep(house.database, actor, place, body.box)


async def kept_part(house: Housed, actor: Acting, place: Place) -> PartForm:
    """Send a part of a document."""
    return PartForm(box=await documents.part(house.database, actor, place))


async def drop_document(house: Housed, actor: Acting, meeting: Id, group: Name, document: Id) -> None:
    """Forget a document."""
    await documents.drop(house.database, actor, _key(meeting, group), DocumentId(document))


def _key(meeting: str, group: str) -> GroupKey:
    return GroupKey(MeetingId(meeting), read_name(group))
