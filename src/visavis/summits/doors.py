"""Use case: a chair's signed order about the doors. Kept and handed on; the clients check it for themselves.

The doors stand open only while a chair of every delegation holds them: an order holds for thirty seconds, and is given
again and again. So it is not by the server's word that anything is sealed for the press. Source: docs/protocol.md §2, §8.
"""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Annotated, Final, Literal

from pydantic import Field

from visavis.audit.actions import DoorsOrdered
from visavis.events.catalogue import Kind
from visavis.identity import store as identities
from visavis.identity.model import Actor, Member
from visavis.identity.signing import verifies
from visavis.identity.statements import Bytes32, Instant, Statement, parse
from visavis.kernel.canonical import fingerprint
from visavis.kernel.errors import Code, RefusedError
from visavis.kernel.ids import MeetingId, Party
from visavis.storage.database import Database
from visavis.summits import store
from visavis.summits.access import descriptor_for, meeting_for
from visavis.summits.model import DoorsOrder, DoorsWord, Meeting, Phase
from visavis.summits.policy import Action, gives_orders
from visavis.summits.views import tell

DOORS: Final = "visavis doors 1"
LEASE: Final = timedelta(seconds=30)
"""How long an order holds the doors."""
APART: Final = timedelta(seconds=5)
"""How far a chair's clock may be ahead."""
LAST_OPENING: Final = 2**31 - 1


class DoorsForm(Statement):
    """A chair's word about one opening of the doors."""

    type: Literal["visavis doors 1"] = DOORS
    descriptor: Bytes32
    meeting: str
    opening: Annotated[int, Field(ge=1, le=LAST_OPENING)]
    order: Literal["hold", "close"]
    at: Instant


async def order(database: Database, actor: Actor, wanted: MeetingId, statement: bytes, signature: bytes) -> None:
    """Keep a chair's order, and tell it. A hold that is only renewed is not recorded again.

    Raises:
        RefusedError: as `access.meeting_for`; MESSAGE_BAD, for another opening or instant too; SIGNATURE_BAD.
    """
    async with database.writing() as tx:
        meeting = await meeting_for(tx.connection, actor, wanted, Action.ORDER_DOORS)
        member = await identities.member(tx.connection, actor.summit, actor.member)
        descriptor = await descriptor_for(tx.connection, actor.summit)
        device = b"" if member is None else member.device_key
        form = check_word(statement, signature, device, (descriptor.dh, meeting.id))
        given = DoorsOrder(
            by=actor.member,
            party=actor.party,
            word=DoorsWord(form.order),
            opening=form.opening,
            at=form.at,
            statement=statement,
            signature=signature,
        )
        orders = await store.doors_orders(tx.connection, meeting.id)
        before = next((one for one in orders if one.by == actor.member), None)
        _check_timely(given, before, meeting, tx.now)
        await store.save_doors_order(tx, meeting.id, given)
        if not _renews(given, before):
            said = (given.word.value, given.opening, fingerprint(statement), signature)
            tx.record(meeting.summit, DoorsOrdered(meeting.id, *said), by=actor.member)
        await tell(tx, meeting, Kind.DOORS_ORDERED)


def meant(meeting: Meeting) -> int:
    """Return the opening that lasts, or else the next."""
    return meeting.openings if meeting.phase is Phase.OPEN else meeting.openings + 1


def are_held(
    orders: Iterable[DoorsOrder], members: Iterable[Member], sides: Collection[Party], opening: int, now: datetime
) -> bool:
    """Whether a chair of every delegation holds the doors open, and none has closed them. Pure."""
    chairs = {one.id for one in members if one.revoked is None and gives_orders(one.role, chair=one.chair)}
    said = [one for one in orders if one.by in chairs and one.opening == opening]
    if any(one.word is DoorsWord.CLOSE for one in said):
        return False
    return {one.party for one in said if one.at + LEASE > now} >= set(sides)


def check_word(statement: bytes, signature: bytes, device: bytes, place: tuple[bytes, str]) -> DoorsForm:
    """Return what a word says, if it is of this place (a descriptor's fingerprint and a meeting) and the device signed it.

    Raises:
        RefusedError: MESSAGE_BAD, SIGNATURE_BAD.
    """
    form = parse(DoorsForm, statement, Code.MESSAGE_BAD)
    if (form.descriptor, form.meeting) != place:
        raise RefusedError(Code.MESSAGE_BAD, field="order")
    if not verifies(device, signature, DOORS, statement):
        raise RefusedError(Code.SIGNATURE_BAD)
    return form


def _check_timely(given: DoorsOrder, before: DoorsOrder | None, meeting: Meeting, now: datetime) -> None:
    """Refuse what no client would heed: another opening, an instant to come or long gone, what was said before."""
    is_of_now = now - LEASE < given.at <= now + APART and (before is None or given.at >= before.at)
    opening = meeting.openings if given.word is DoorsWord.CLOSE else meant(meeting)
    if given.opening != opening or not is_of_now:
        raise RefusedError(Code.MESSAGE_BAD, field="order")


def _renews(given: DoorsOrder, before: DoorsOrder | None) -> bool:
    return before is not None and (given.word, given.opening) == (before.word, before.opening)
