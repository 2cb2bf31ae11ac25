"""Summits, enrolments, revocations and sessions. Each endpoint calls one use case."""

from datetime import timedelta
from hmac import compare_digest
from typing import Annotated

import structlog
from fastapi import Response
from pydantic import Field

from visavis.api.door import Acting, Bearing
from visavis.api.forms import B64u, Form, Id, Instant
from visavis.api.house import House, Housed
from visavis.identity import delegations, members, sessions
from visavis.identity.model import Accreditation, Member
from visavis.kernel.errors import Code, OutageError, RefusedError
from visavis.kernel.ids import Identity, SummitId
from visavis.kernel.secret import Secret
from visavis.rooms.moderation import put_out
from visavis.summits.policy import Action, check

log = structlog.get_logger("visavis.api.identity")

AGAIN = 200  # RFC 9110 §15.3.1: the answer to what was done before


class SignedDescriptor(Form):
    """A descriptor as it was signed, and the signature of each delegation."""

    descriptor: B64u
    signatures: dict[str, B64u]


class Published(Form):
    """A summit that this host now holds, and its descriptor's fingerprint."""

    summit: str
    dh: B64u


class EnrolmentForm(Form):
    """The chain party → invitation → device."""

    invitation: B64u
    invitation_signature: B64u
    device: B64u
    device_signature: B64u


class Enrolment(Form):
    """Who the person now is."""

    summit: str
    member: str
    identity: str


class EnrolmentLine(Form):
    """One enrolment of one's own party."""

    serial: str
    name: str
    role: str
    chair: bool
    identity: str
    enrolled: Instant
    revoked: Instant | None


class Enrolments(Form):
    """Who enrolled by an invitation of one's own party."""

    enrolments: list[EnrolmentLine]


class RevocationForm(Form):
    """A revocation as it was signed."""

    revocation: B64u
    signature: B64u


class Revocations(Form):
    """Every revocation of a summit."""

    revocations: list[RevocationForm]


class Asking(Form):
    """Whose device is to show its key."""

    identity: Annotated[str, Field(pattern="^[A-Z2-7]{26}$")]


class Challenge(Form):
    """What the device signs."""

    challenge: B64u


class SignedChallenge(Form):
    """A challenge and the device's signature of it."""

    challenge: B64u
    signature: B64u


class Session(Form):
    """An open session; `session` is its bearer token."""

    session: str
    expires: Instant
    summit: str
    member: str


async def descriptor(house: Housed, summit: Id) -> SignedDescriptor:
    """Send a summit's descriptor as its delegations signed it."""
    raw, signatures = await delegations.published(house.database, SummitId(summit))
    return SignedDescriptor(descriptor=raw, signatures={str(party): signed for party, signed in signatures.items()})


async def publish(house: Housed, token: Bearing, body: SignedDescriptor) -> Published:
    """Open a summit on this host."""
    _check_publisher(house, token)
    summit, dh = await delegations.publish(house.database, body.descriptor, body.signatures)
    return Published(summit=summit, dh=dh)


async def enrol(house: Housed, body: EnrolmentForm, response: Response) -> Enrolment:
    """Make a member of whoever holds an invitation; 200 if this very device had enrolled before."""
    chain = Accreditation(body.invitation, body.invitation_signature, body.device, body.device_signature)
    longest = timedelta(days=house.settings.invitation_days)
    member, is_new = await members.enrol(house.database, chain, house.chance, house.announce, longest)
    if not is_new:
        response.status_code = AGAIN
    return Enrolment(summit=member.summit, member=member.id, identity=member.identity)


async def enrolments(house: Housed, actor: Acting) -> Enrolments:
    """List who enrolled by an invitation of one's own party."""
    check(Action.READ_ENROLMENTS, actor)
    return Enrolments(enrolments=[_line(member) for member in await members.of_own_party(house.database, actor)])


async def revoke(house: Housed, body: RevocationForm) -> None:
    """Take back an invitation, and put whoever used it out of every room."""
    revoked = await members.revoke(house.database, body.revocation, body.signature, house.announce)
    if revoked is not None:
        await _put_out(house, revoked)


async def revocations(house: Housed, actor: Acting) -> Revocations:
    """Send every revocation as its party signed it."""
    signed = await members.revocations(house.database, actor)
    return Revocations(revocations=[RevocationForm(revocation=raw, signature=signature) for raw, signature in signed])


async def challenge(house: Housed, body: Asking) -> Challenge:
    """Send what a device is to sign, once, within a minute."""
    life = timedelta(seconds=house.settings.challenge_seconds)
    identity = Identity(body.identity)
    asked = await sessions.challenge(house.database, identity, house.settings.origin, house.chance, life)
    return Challenge(challenge=asked)


async def open_session(house: Housed, body: SignedChallenge) -> Session:
    """Open a session for the device that signed the challenge."""
    life = timedelta(hours=house.settings.session_hours)
    opened = await sessions.open_session(house.database, body.challenge, body.signature, house.chance, life)
    actor = opened.actor
    return Session(session=opened.token.reveal(), expires=opened.expires, summit=actor.summit, member=actor.member)


async def close_session(house: Housed, token: Bearing) -> None:
    """End the session that the request carries."""
    await sessions.close_session(house.database, token)


def _check_publisher(house: House, token: Secret) -> None:
    wanted = house.settings.publish_token
    if wanted is None or not compare_digest(wanted.reveal().encode(), token.reveal().encode()):
        raise RefusedError(Code.PUBLISHING_CLOSED)


def _line(member: Member) -> EnrolmentLine:
    return EnrolmentLine(
        serial=member.serial,
        name=member.name,
        role=member.role.value,
        chair=member.chair,
        identity=member.identity,
        enrolled=member.enrolled,
        revoked=member.revoked,
    )


async def _put_out(house: House, revoked: Member) -> None:
    try:
        await put_out(house.sfu, revoked.identity)
    except OutageError as outage:
        # The revocation is done and stays done; the reconciler repeats this as soon as the media engine answers.
        log.warning("removal_waits", code=outage.code.value)
    house.drift.set()  # the presences follow; the answer does not wait for the rooms of everybody else
