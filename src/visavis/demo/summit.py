"""Makes the demo's summit: keys, descriptor signed by both, invitations, a meeting called. Uses what real desks use."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from visavis.demo import cast
from visavis.demo.cast import COMPANY, DESK, SIDES, Company, Part
from visavis.identity import delegations, desk, members
from visavis.identity.accreditation import read_descriptor
from visavis.identity.model import Accreditation, Descriptor, Member, Role
from visavis.identity.signing import new_key, public_half, sign
from visavis.identity.statements import DEVICE, AccreditorForm, DelegationForm, DeviceForm
from visavis.kernel.canonical import fingerprint, from_b64u
from visavis.kernel.chance import Chance
from visavis.kernel.clock import Clock
from visavis.kernel.ids import HOST, PRESS, MeetingId, Party, SummitId
from visavis.kernel.secret import Secret
from visavis.storage.database import Database
from visavis.summits import meetings, views
from visavis.summits.agenda import Planned
from visavis.summits.meetings import Call
from visavis.summits.model import Format, Mode

LIFE: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat in the demo and the link that takes it. Whoever opens the link first has the seat."""

    part: Part
    link: Secret


@dataclass(frozen=True, slots=True)
class Prepared:
    """The demo's summit, ready to be met in."""

    summit: SummitId
    meeting: MeetingId
    seats: tuple[Seat, ...]


Keys = dict[Party, Ed25519PrivateKey]


async def prepare(
    database: Database, origin: str, clock: Clock, chance: Chance, company: Company = COMPANY
) -> Prepared:
    """Publish the demo's summit, call its meeting, and return a link for every seat.

    Args:
        database: where.
        origin: the server's, with which links begin.
        clock: the time.
        chance: what keys are drawn from.
        company: who meets, if not whom the demo invites.

    Raises:
        RefusedError: if the parts do not hold together: a bug in the cast.
        OutageError: if the database does not answer.

    """
    keys: Keys = {party: new_key(chance) for party in (*(side.party for side in SIDES), PRESS, HOST)}
    raw = desk.draft(_plan(keys, company.languages, clock.now()), chance)
    signatures: dict[str, bytes] = {side.party: desk.sign_descriptor(keys[side.party], raw) for side in SIDES}
    summit, _ = await delegations.publish(database, raw, signatures)
    descriptor = read_descriptor(raw)
    officer = await _enrolled(database, _invited(keys, descriptor, DESK, clock, chance), clock, chance)
    meeting = await meetings.call(database, officer.actor, _call(clock.now()), chance)
    links = ((part, _invited(keys, descriptor, part, clock, chance).link(origin)) for part in company.parts)
    return Prepared(summit, meeting, tuple(Seat(part, link) for part, link in links))


def _plan(keys: Keys, languages: tuple[str, ...], now: datetime) -> desk.Plan:
    return desk.Plan(
        title=cast.TITLE,
        delegations=tuple(
            DelegationForm.model_validate(
                {
                    "id": side.party,
                    "name": side.name,
                    "place": side.place,
                    "language": side.language,
                    "key": public_half(keys[side.party]),
                }
            )
            for side in SIDES
        ),
        press=AccreditorForm.model_validate({"name": cast.PRESS_NAME, "key": public_half(keys[PRESS])}),
        host=AccreditorForm.model_validate({"name": cast.HOST_NAME, "key": public_half(keys[HOST])}),
        formats=tuple(form.value for form in Format),
        languages=languages,
        clients=(),
        issued=now,
        expires=now + LIFE,
    )


def _call(now: datetime) -> Call:
    agenda = tuple(Planned(None, title, minutes) for title, minutes in cast.AGENDA)
    # Plenary, so that everybody with a link finds their seat; the chairs may change it.
    return Call(cast.MEETING, Format.PLENARY, Mode.SIMULTANEOUS, now, None, agenda)


def _invited(keys: Keys, descriptor: Descriptor, part: Part, clock: Clock, chance: Chance) -> desk.Issued:
    now = clock.now()
    guest = desk.Guest(part.name, part.role, part.role is Role.CHAIR, part.languages, now + LIFE)
    return desk.invite(keys[part.party], descriptor, guest, now, chance)


async def _enrolled(database: Database, issued: desk.Issued, clock: Clock, chance: Chance) -> Member:
    """Enrol as a browser does: a device key of its own, signed by the invitation's key."""
    device = new_key(chance)
    raw = DeviceForm.model_validate(
        {"invitation": fingerprint(issued.invitation), "key": public_half(device), "issued": clock.now()}
    ).written()
    invited = Ed25519PrivateKey.from_private_bytes(from_b64u(issued.secret.reveal()))
    chain = Accreditation(issued.invitation, issued.signature, raw, sign(invited, DEVICE, raw))
    member, _ = await members.enrol(database, chain, chance, views.announce_members)
    return member
