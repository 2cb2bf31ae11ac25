"""Which channels and booths there can be, when all have agreed, and what of it holds. Pure. Source: docs/protocol.md §7."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from visavis.identity.model import Descriptor, Member, Role
from visavis.interpretation.model import (
    Arrangement,
    ArrangementConsent,
    Booth,
    Channel,
    ProposedArrangement,
    SignedArrangement,
)
from visavis.kernel.errors import Code, RefusedError
from visavis.kernel.ids import Identity, MemberId, Party
from visavis.summits.phases import CONSENT_LASTS
from visavis.summits.policy import gives_orders

TOLD_WITHIN: Final = timedelta(seconds=30)
"""How long all may take to hear of an arrangement that was fixed at the last moment, by whatever clock."""

LONGEST: Final = CONSENT_LASTS + 4 * TOLD_WITHIN
"""From proposing an arrangement to its end, at most: a chair's client writes a minute less, and its clock may be a minute off."""


def check_number(arrangement: Arrangement, before: SignedArrangement | None) -> None:
    """Refuse an arrangement that does not follow the one before: clients that have seen a later one would not believe it.

    Raises:
        RefusedError: MESSAGE_BAD.
    """
    if arrangement.number != 1 + (0 if before is None else before.arrangement.number):
        raise RefusedError(Code.MESSAGE_BAD, field="number")


def check_end(arrangement: Arrangement, now: datetime) -> None:
    """Refuse an arrangement that clients would find too late before it lapses here, or that waits for longer than it needs.

    Raises:
        RefusedError: MESSAGE_BAD.
    """
    if not now + CONSENT_LASTS + TOLD_WITHIN <= arrangement.until <= now + LONGEST:
        raise RefusedError(Code.MESSAGE_BAD, field="until")


def check_channels(channels: Sequence[Channel], descriptor: Descriptor) -> None:
    """Refuse channels that are not of the summit's languages.

    Raises:
        RefusedError: BAD_REQUEST.
    """
    if not {channel.language for channel in channels} <= set(descriptor.languages):
        raise RefusedError(Code.BAD_REQUEST, field="channels")


def check_booths(booths: Sequence[Booth], descriptor: Descriptor, members: Iterable[Member]) -> None:
    """Refuse booths that cannot stand beside each other, with all the booths of a meeting given, each as a statement can say it.

    Raises:
        RefusedError: BAD_REQUEST for languages, names, or somebody in two of them; MEMBER_UNKNOWN for who is not there;
            NOT_YOUR_DELEGATION for another's interpreter in a delegation's booth; NOT_YOUR_ROLE for who does not interpret into
            its first language.
    """
    known = {member.identity: member for member in members if member.revoked is None}
    seats = [identity for booth in booths for identity in booth.members]
    if not _are_unlike([booth.id for booth in booths]) or not _are_unlike(seats):
        raise RefusedError(Code.BAD_REQUEST, field="booths")
    for booth in booths:
        _check_booth(booth, descriptor, known)


def _check_booth(booth: Booth, descriptor: Descriptor, known: Mapping[Identity, Member]) -> None:
    languages = set(booth.languages)
    if not languages <= set(descriptor.languages):
        raise RefusedError(Code.BAD_REQUEST, field="languages")
    if not set(booth.members) <= set(known):
        raise RefusedError(Code.MEMBER_UNKNOWN)
    within = [known[identity] for identity in booth.members]
    if booth.party is not None and any(one.party != booth.party for one in within):
        raise RefusedError(Code.NOT_YOUR_DELEGATION)
    if any(one.role is not Role.INTERPRETER or booth.languages[0] not in one.languages for one in within):
        raise RefusedError(Code.NOT_YOUR_ROLE, field="members")
    if not languages <= {language for one in within for language in one.languages}:
        raise RefusedError(Code.BAD_REQUEST, field="languages")


def agreed(waiting: SignedArrangement, consent: ArrangementConsent) -> SignedArrangement:
    """Return an arrangement with one delegation's consent more; its first chair's word stays."""
    if any(one.party == consent.party for one in waiting.consents):
        return waiting
    return replace(waiting, consents=(*waiting.consents, consent))


def still_waiting(
    waiting: ProposedArrangement | None, standing: Collection[MemberId], now: datetime
) -> ProposedArrangement | None:
    """Return what is left of a proposal: nothing after ten minutes, or without the consent of anybody in `standing`."""
    if waiting is None or waiting.since + CONSENT_LASTS <= now:
        return None
    kept = tuple(one for one in waiting.signed.consents if one.by in standing)
    return replace(waiting, signed=replace(waiting.signed, consents=kept)) if kept else None


def holds(signed: SignedArrangement, members: Iterable[Member], sides: Collection[Party]) -> bool:
    """Whether whoever must have signed an arrangement did, and still gives their delegation's orders."""
    chairs = {one.id for one in members if one.revoked is None and gives_orders(one.role, chair=one.chair)}
    needed = set(sides) if signed.arrangement.party is None else {signed.arrangement.party}
    return {one.party for one in signed.consents if one.by in chairs} >= needed


def believed(
    standing: Iterable[SignedArrangement], members: Collection[Member], sides: Sequence[Party]
) -> tuple[Booth, ...]:
    """Return the booths of the arrangements that hold, joint ones last; who was revoked is still named in them."""
    ordered = in_order(standing, sides)
    return tuple(booth for each in ordered if holds(each, members, sides) for booth in each.arrangement.booths)


def without_the_revoked(booths: Iterable[Booth], members: Iterable[Member]) -> tuple[Booth, ...]:
    """Return booths without whoever was revoked; one that is left empty is gone."""
    gone = {one.identity for one in members if one.revoked is not None}
    left = (replace(booth, members=tuple(one for one in booth.members if one not in gone)) for booth in booths)
    return tuple(booth for booth in left if booth.members)


def in_order(standing: Iterable[SignedArrangement], sides: Sequence[Party]) -> tuple[SignedArrangement, ...]:
    """Return arrangements in protocol order, that of all delegations last."""
    places: dict[Party | None, int] = {party: place for place, party in enumerate(sides)} | {None: len(sides)}
    return tuple(sorted(standing, key=lambda each: places[each.arrangement.party]))


def _are_unlike(values: Sequence[str]) -> bool:
    return all(times == 1 for times in Counter(values).values())
