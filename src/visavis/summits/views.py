"""What each party sees of a meeting: slices of the snapshot, and the events that carry them.

A slice is made in one place, here, for snapshots and events alike: that is why applying events to a snapshot gives
the later snapshot. Whatever is not listed here field by field is not seen. Source: docs/protocol.md §4.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncConnection

from visavis.events.catalogue import SLICES, Kind, Slice
from visavis.identity import store as identities
from visavis.identity.model import Actor, Delegation, Descriptor, Member, Role
from visavis.kernel.canonical import b64u
from visavis.kernel.clock import written
from visavis.kernel.ids import HOST, PRESS, MeetingId, MemberId, Party
from visavis.storage.transaction import Told, Transaction
from visavis.summits import standing, store
from visavis.summits.access import descriptor_for, meeting_for
from visavis.summits.model import AgendaItem, Consent, DoorsOrder, Floor, Meeting, Phase
from visavis.summits.policy import CAUCUS, CHAMBER, Action

HIDDEN_FROM_PRESS: Final = frozenset(
    {
        Kind.CONSENT_GIVEN,
        Kind.CONSENT_WITHDRAWN,
        Kind.AGENDA_CHANGED,
        Kind.ITEM_TAKEN_UP,
        Kind.FLOOR_ASKED,
        Kind.FLOOR_ASK_WITHDRAWN,
        Kind.DOORS_ORDERED,
        Kind.CONNECTIONS_CHANGED,
    }
)
"""Kinds whose slices are always empty for the press: being told that something happened would tell it too much."""

HIDDEN_BEHIND_DOORS: Final = HIDDEN_FROM_PRESS | {Kind.FLOOR_GIVEN, Kind.FLOOR_YIELDED}
"""The same, while the doors are not open."""

NOBODY: Final = Floor(None, None, ())

SHOWN_TO_PRESS: Final = frozenset({Role.PRINCIPAL, Role.INTERPRETER, Role.PRESS})


@dataclass(frozen=True, slots=True)
class Scene:
    """All that a meeting's snapshot is made of, read in one state of the database."""

    descriptor: Descriptor
    meeting: Meeting
    agenda: tuple[AgendaItem, ...]
    floor: Floor
    consents: tuple[Consent, ...]
    members: tuple[Member, ...]
    """Enrolled and not revoked."""
    presences: Mapping[MemberId, str]
    orders: tuple[DoorsOrder, ...]
    connected: frozenset[MemberId]


async def scene_of(connection: AsyncConnection, meeting: Meeting) -> Scene:
    """Return the scene of a meeting."""
    enrolled = await identities.members(connection, meeting.summit)
    return Scene(
        descriptor=await descriptor_for(connection, meeting.summit),
        meeting=meeting,
        agenda=await store.agenda(connection, meeting.id),
        floor=await store.floor(connection, meeting.id),
        consents=await store.consents_of(connection, meeting.id),
        members=tuple(member for member in enrolled if member.revoked is None),
        presences=await store.presences_of(connection, meeting.id),
        orders=await store.doors_orders(connection, meeting.id),
        connected=await store.connected_in(connection, meeting.id),
    )


async def snapshot(connection: AsyncConnection, actor: Actor, meeting: MeetingId) -> dict[str, Any]:
    """Return what a member starts with, but for the event number and the time, which `realtime` adds.

    Raises:
        RefusedError: MEETING_UNKNOWN.
    """
    scene = await scene_of(connection, await meeting_for(connection, actor, meeting, Action.READ_MEETING))
    descriptor = scene.descriptor
    return {
        "summit": {"id": descriptor.summit, "title": descriptor.title, "dh": b64u(descriptor.dh)},
        "you": actor.member,
        "delegations": [delegation_view(side) for side in descriptor.delegations],
        "host": {"name": descriptor.host.name},
        "languages": list(descriptor.languages),
        **slices(scene, actor.party),
    }


def slices(scene: Scene, party: Party) -> dict[str, Any]:
    """Return every slice of a meeting as a party sees it."""
    return {name.value: view(scene, party) for name, view in VIEWS.items()}


def delegation_view(side: Delegation) -> dict[str, Any]:
    """Return a delegation as everybody sees it."""
    return {"id": side.id, "name": side.name, "place": side.place, "language": side.language}


def meeting_slice(meeting: Meeting) -> dict[str, Any]:
    """Return the slice `meeting`."""
    return {
        "id": meeting.id,
        "title": meeting.title,
        "format": meeting.format.value,
        "phase": meeting.phase.value,
        "mode": meeting.mode.value,
        "scheduled": written(meeting.scheduled),
        "began": _written(meeting.began),
        "phase_since": written(meeting.phase_since),
        "openings": meeting.openings,
        "follows": meeting.follows,
    }


def item_view(item: AgendaItem) -> dict[str, Any]:
    """Return one item of the slice `agenda`. `seconds` were spent before `since`."""
    return {
        "id": item.id,
        "title": item.title,
        "minutes": item.minutes,
        "state": item.state.value,
        "seconds": item.seconds,
        "since": _written(item.since),
    }


def order_view(order: DoorsOrder) -> dict[str, Any]:
    """Return one element of the slice `doors`: what a chair signed, as they signed it."""
    return {"member": order.by, "order": b64u(order.statement), "signature": b64u(order.signature)}


def sees_the_room(scene: Scene, party: Party) -> bool:
    """Whether a party may know what happens in the chamber: the press only while the doors are open."""
    return party != PRESS or scene.meeting.phase is Phase.OPEN


def floor_slice(scene: Scene, party: Party) -> dict[str, Any]:
    """Return the slice `floor`; the press does not see who asked, nor who speaks behind closed doors."""
    floor = scene.floor if sees_the_room(scene, party) else NOBODY
    asks = () if party == PRESS else floor.asks
    return {
        "holder": floor.holder,
        "since": _written(floor.since),
        "interprets": floor.interprets,
        "asks": [{"member": ask.member, "since": written(ask.since)} for ask in asks],
    }


def consents_slice(consents: Iterable[Consent], descriptor: Descriptor) -> list[dict[str, Any]]:
    """Return the slice `consents`: one for each (move, argument), oldest first, its parties in protocol order."""
    wishes: dict[tuple[str, str | None], list[Consent]] = {}
    for consent in consents:
        wishes.setdefault((consent.move.value, consent.argument), []).append(consent)
    order = [side.id for side in descriptor.delegations]
    return [
        {
            "move": move,
            "argument": argument,
            "parties": sorted((consent.party for consent in given), key=order.index),
            "since": written(given[0].since),
        }
        for (move, argument), given in wishes.items()
    ]


def seats_slice(scene: Scene, party: Party) -> list[dict[str, Any]]:
    """Return the slice `seats` in protocol order. The press sees principals, interpreters and itself."""
    order = [*(side.id for side in scene.descriptor.delegations), PRESS, HOST]
    roles = list(Role)
    seen = [member for member in scene.members if party != PRESS or member.role in SHOWN_TO_PRESS]
    seen.sort(key=lambda member: (order.index(member.party), roles.index(member.role), member.name, member.id))
    return [seat_view(member, presence_seen(scene, member, party)) for member in seen]


def presence_seen(scene: Scene, member: Member, party: Party) -> str | None:
    """Return where a party sees a member: a caucus only its own delegation, the chamber who may know of it."""
    room = scene.presences.get(member.id)
    if member.party == party:
        return room
    return room if room != CAUCUS and sees_the_room(scene, party) else None


def seat_view(member: Member, present: str | None) -> dict[str, Any]:
    """Return a `Seat`: a member with the chain that proves who they are."""
    proof = member.accreditation
    return {
        "member": member.id,
        "identity": member.identity,
        "party": member.party,
        "name": member.name,
        "role": member.role.value,
        "chair": member.chair,
        "languages": list(member.languages),
        "present": present,
        "invitation": b64u(proof.invitation),
        "invitation_signature": b64u(proof.invitation_signature),
        "device": b64u(proof.device),
        "device_signature": b64u(proof.device_signature),
    }


def press_slice(scene: Scene) -> dict[str, Any]:
    """Return the slice `press`: how many are accredited, how many are in the chamber."""
    pool = [member.id for member in scene.members if member.party == PRESS]
    return {"accredited": len(pool), "present": sum(scene.presences.get(member) == CHAMBER for member in pool)}


def connected_slice(scene: Scene, party: Party) -> list[str]:
    """Return the slice `connected`: who has a live feed of the meeting. The press is told of nobody's."""
    if party == PRESS:
        return []
    return sorted(member.id for member in scene.members if member.id in scene.connected)


# One by one: the seats, with every member's certificates, are most of a snapshot and in few events.
VIEWS: Final[dict[Slice, Callable[[Scene, Party], Any]]] = {
    Slice.MEETING: lambda scene, _: meeting_slice(scene.meeting),
    Slice.AGENDA: lambda scene, party: [] if party == PRESS else [item_view(item) for item in scene.agenda],
    Slice.FLOOR: floor_slice,
    Slice.CONSENTS: lambda scene, party: [] if party == PRESS else consents_slice(scene.consents, scene.descriptor),
    Slice.SEATS: seats_slice,
    Slice.PRESS: lambda scene, _: press_slice(scene),
    Slice.DOORS: lambda scene, party: [] if party == PRESS else [order_view(order) for order in scene.orders],
    Slice.CONNECTED: connected_slice,
}


async def tell(tx: Transaction, meeting: Meeting, kind: Kind, before: Scene | None = None) -> None:
    """Tell every party of a meeting what it may know of a change that was just written.

    Args:
        tx: the transaction that made the change.
        meeting: the meeting as it stands now.
        kind: of the events.
        before: the scene before the change; with it, a party for which nothing changed is told nothing.
    """
    await tell_each(tx, meeting, lambda *_: kind, before)


async def tell_each(
    tx: Transaction, meeting: Meeting, kind_for: Callable[[Scene, Party], Kind], before: Scene | None = None
) -> None:
    """Tell a change, as `tell`, that is not of the same kind for every party."""
    scene = await scene_of(tx.connection, meeting)
    hidden = HIDDEN_FROM_PRESS if sees_the_room(scene, PRESS) else HIDDEN_BEHIND_DOORS
    for party in (*(side.id for side in scene.descriptor.delegations), PRESS, HOST):
        kind = kind_for(scene, party)
        if party == PRESS and kind in hidden:
            continue
        body = carried(scene, party, kind)
        if before is None or body != carried(before, party, kind):
            tx.tell(Told(meeting.summit, meeting.id, party, kind.value, body))


def carried(scene: Scene, party: Party, kind: Kind) -> dict[str, Any]:
    """Return the slices that an event of a kind carries to a party."""
    return {name.value: VIEWS[name](scene, party) for name in SLICES[kind]}


async def announce_members(tx: Transaction, member: Member, kind: str) -> None:
    """Tell every meeting of a summit that a member came or went, and take from the revoked what they held there."""
    for meeting in await store.meetings_of(tx.connection, member.summit):
        fallen = await standing.settle(tx, meeting)
        scene = await scene_of(tx.connection, meeting)
        others = tuple(one for one in scene.members if one.id != member.id)
        was_there = Kind(kind) is Kind.MEMBER_REVOKED
        await tell(tx, meeting, Kind(kind), replace(scene, members=(*others, member) if was_there else others))
        for told in fallen:
            await tell(tx, meeting, told)


def _written(instant: datetime | None) -> str | None:
    return None if instant is None else written(instant)
