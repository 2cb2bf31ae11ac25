"""What each party sees of a meeting's arrangements: two slices of the snapshot, and the events that carry them.

The press hears the channels, and sees the interpreters: it is shown what stands, where it is shown who signed it. What
delegations propose to each other it is not.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncConnection

from visavis.events.catalogue import SLICES, Kind, Slice
from visavis.identity import store as identities
from visavis.interpretation import store
from visavis.interpretation.model import ProposedArrangement, SignedArrangement
from visavis.interpretation.rules import in_order
from visavis.kernel.canonical import b64u
from visavis.kernel.clock import written
from visavis.kernel.ids import HOST, PRESS, MemberId, Party
from visavis.storage.transaction import Told, Transaction
from visavis.summits.access import descriptor_for
from visavis.summits.model import Meeting
from visavis.summits.views import SHOWN_TO_PRESS

HIDDEN_FROM_PRESS: Final = frozenset({Kind.ARRANGEMENT_PROPOSED, Kind.ARRANGEMENT_WITHDRAWN})
"""Kinds of which the press is told nothing: what delegations wish is not its affair."""


@dataclass(frozen=True, slots=True)
class Arranged:
    """How a meeting's interpretation stands, read in one state of the database."""

    parties: tuple[Party, ...]
    """The delegations, in protocol order."""
    standing: tuple[SignedArrangement, ...]
    waiting: ProposedArrangement | None
    shown_to_press: frozenset[MemberId]
    """Whom the press sees, or saw before they were revoked."""


async def arranged_in(connection: AsyncConnection, meeting: Meeting) -> Arranged:
    """Return how a meeting's interpretation stands."""
    parties = tuple(side.id for side in (await descriptor_for(connection, meeting.summit)).delegations)
    members = await identities.members(connection, meeting.summit)
    return Arranged(
        parties=parties,
        standing=in_order(await store.standing_in(connection, meeting.id), parties),
        waiting=await store.proposed_in(connection, meeting.id),
        shown_to_press=frozenset(one.id for one in members if one.role in SHOWN_TO_PRESS),
    )


def slices(arranged: Arranged, party: Party) -> dict[str, Any]:
    """Return every slice of a meeting's interpretation as a party sees it."""
    return {name.value: view(arranged, party) for name, view in VIEWS.items()}


def arranged_slice(arranged: Arranged, party: Party) -> list[dict[str, Any]]:
    """Return the slice `arranged`: what stands, as chairs signed it. The press sees it where it may know of those chairs."""
    return [
        signed_view(each) for each in arranged.standing if party != PRESS or _is_shown(each, arranged.shown_to_press)
    ]


def arrangement_slice(arranged: Arranged, party: Party) -> dict[str, Any] | None:
    """Return the slice `arrangement`: what waits for delegations, and whose consent it has, in protocol order."""
    waiting = arranged.waiting
    if waiting is None or party == PRESS:
        return None
    return {
        "statement": b64u(waiting.signed.statement),
        "parties": _ordered((consent.party for consent in waiting.signed.consents), arranged.parties),
        "since": written(waiting.since),
    }


def signed_view(signed: SignedArrangement) -> dict[str, Any]:
    """Return one element of the slice `arranged`."""
    given = [{"member": one.by, "signature": b64u(one.signature)} for one in signed.consents]
    return {"statement": b64u(signed.statement), "signatures": given}


VIEWS: Final[dict[Slice, Callable[[Arranged, Party], Any]]] = {
    Slice.ARRANGED: arranged_slice,
    Slice.ARRANGEMENT: arrangement_slice,
}


async def tell(tx: Transaction, meeting: Meeting, kind: Kind) -> None:
    """Tell every party of a meeting what it may know of a change that was just written."""
    arranged = await arranged_in(tx.connection, meeting)
    for party in _told(arranged.parties, kind):
        body = {name.value: VIEWS[name](arranged, party) for name in SLICES[kind]}
        tx.tell(Told(meeting.summit, meeting.id, party, kind.value, body))


def _told(delegations: Sequence[Party], kind: Kind) -> tuple[Party, ...]:
    return (*delegations, HOST) if kind in HIDDEN_FROM_PRESS else (*delegations, PRESS, HOST)


def _is_shown(signed: SignedArrangement, shown: frozenset[MemberId]) -> bool:
    return all(consent.by in shown for consent in signed.consents)


def _ordered(parties: Iterable[Party], order: Sequence[Party]) -> list[Party]:
    return sorted(parties, key=order.index)
