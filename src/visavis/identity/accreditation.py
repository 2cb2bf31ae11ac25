"""Checks what was signed: descriptors, the chain party → invitation → device, revocations. Pure.

The browser checks the same in `web/src/identity/accreditation.ts`; both pass `contract/vectors/identity.json`. The
order of the checks is part of the contract, for it decides which code a bad chain gets.
"""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Final

from visavis.identity.model import (
    Accreditation,
    Accreditor,
    Delegation,
    Descriptor,
    Invitation,
    Role,
)
from visavis.identity.signing import verifies
from visavis.identity.statements import (
    DESCRIPTOR,
    DEVICE,
    INVITATION,
    REVOCATION,
    DescriptorForm,
    DeviceForm,
    InvitationForm,
    RevocationForm,
    parse,
)
from visavis.kernel.canonical import b64u, fingerprint
from visavis.kernel.errors import Code, RefusedError
from visavis.kernel.ids import HOST, PRESS, Identity, Party, Serial, SummitId

IDENTITY_LENGTH: Final = 26


@dataclass(frozen=True, slots=True)
class Accredited:
    """A chain that holds: what the party said of the person, their device key, and the name that key gives."""

    invitation: Invitation
    device_key: bytes
    identity: Identity


@dataclass(frozen=True, slots=True)
class Revoked:
    """A revocation whose signature holds."""

    party: Party
    serial: Serial
    issued: datetime


def identity_of(device_key: bytes) -> Identity:
    """Return the name that a device key gives itself: whoever has the key is it, and nobody can be given it."""
    return Identity(base64.b32encode(fingerprint(device_key)).decode("ascii")[:IDENTITY_LENGTH])


@lru_cache(maxsize=64)  # it is asked for at every event, and bytes never change their meaning
def read_descriptor(raw: bytes) -> Descriptor:
    """Return what a descriptor says, whoever signed it.

    Raises:
        RefusedError: DESCRIPTOR_BAD.
    """
    form = parse(DescriptorForm, raw, Code.DESCRIPTOR_BAD)
    sides = (Delegation(Party(side.id), side.name, side.place, side.language, side.key) for side in form.delegations)
    return Descriptor(
        summit=SummitId(form.summit.id),
        title=form.summit.title,
        delegations=tuple(sides),
        press=Accreditor(form.press.name, form.press.key),
        host=Accreditor(form.host.name, form.host.key),
        formats=form.formats,
        languages=form.languages,
        clients=tuple(b64u(client) for client in form.clients),
        issued=form.issued,
        expires=form.expires,
        dh=fingerprint(raw),
    )


def check_descriptor(raw: bytes, signatures: Mapping[str, bytes]) -> Descriptor:
    """Return the descriptor, if every delegation signed it.

    Raises:
        RefusedError: DESCRIPTOR_BAD, DESCRIPTOR_UNSIGNED (names the delegation), SIGNATURE_BAD (names the delegation).
    """
    descriptor = read_descriptor(raw)
    if not set(signatures) <= {side.id for side in descriptor.delegations}:
        raise RefusedError(Code.DESCRIPTOR_BAD, field="signatures")
    for side in descriptor.delegations:
        if side.id not in signatures:
            raise RefusedError(Code.DESCRIPTOR_UNSIGNED, party=side.id)
        if not verifies(side.key, signatures[side.id], DESCRIPTOR, raw):
            raise RefusedError(Code.SIGNATURE_BAD, party=side.id)
    return descriptor


def read_invitation(raw: bytes) -> Invitation:
    """Return what an invitation says, whoever signed it.

    Raises:
        RefusedError: INVITATION_BAD.
    """
    form = parse(InvitationForm, raw, Code.INVITATION_BAD)
    return Invitation(
        dh=form.descriptor,
        party=Party(form.party),
        serial=Serial(b64u(form.serial)),
        name=form.name,
        role=form.role,
        chair=form.chair,
        languages=form.languages,
        key=form.key,
        issued=form.issued,
        expires=form.expires,
    )


def check_invitation(raw: bytes, signature: bytes, descriptor: Descriptor) -> Invitation:
    """Return the invitation, if its party signed it under this descriptor and may give that role.

    Raises:
        RefusedError: INVITATION_BAD, SIGNATURE_BAD.
    """
    invitation = read_invitation(raw)
    key = descriptor.key_of(invitation.party)
    if invitation.dh != descriptor.dh or key is None:
        raise RefusedError(Code.INVITATION_BAD, field="descriptor")
    fault = fault_of_role(invitation, descriptor)
    if fault is not None:
        raise RefusedError(Code.INVITATION_BAD, field=fault)
    if not verifies(key, signature, INVITATION, raw):
        raise RefusedError(Code.SIGNATURE_BAD, field="invitation_signature")
    return invitation


def fault_of_role(invitation: Invitation, descriptor: Descriptor) -> str | None:
    """Return which field of an invitation its party may not say, or None.

    Roles `press` and `protocol_officer` are given by one party each, all others by delegations. A `chair` always
    gives orders, a `principal` may, nobody else does. Interpreters serve languages of the summit.
    """
    if PARTY_OF.get(invitation.role) != (invitation.party if invitation.party in {PRESS, HOST} else None):
        return "role"
    if invitation.chair != (invitation.role is Role.CHAIR) and invitation.role is not Role.PRINCIPAL:
        return "chair"
    if invitation.role is Role.INTERPRETER and not set(invitation.languages) <= set(descriptor.languages):
        return "languages"
    return None


PARTY_OF: Final = {Role.PRESS: PRESS, Role.PROTOCOL_OFFICER: HOST}
"""Roles that one party alone gives."""


def check_chain(chain: Accreditation, descriptor: Descriptor) -> Accredited:
    """Return who a chain says somebody is, if every link of it holds.

    An invitation's expiry is no part of it: it ends the time for enrolling, not an accreditation.

    Raises:
        RefusedError: INVITATION_BAD, DEVICE_BAD, SIGNATURE_BAD.
    """
    invitation = check_invitation(chain.invitation, chain.invitation_signature, descriptor)
    device = parse(DeviceForm, chain.device, Code.DEVICE_BAD)
    if device.invitation != fingerprint(chain.invitation):
        raise RefusedError(Code.DEVICE_BAD, field="invitation")
    if not verifies(invitation.key, chain.device_signature, DEVICE, chain.device):
        raise RefusedError(Code.SIGNATURE_BAD, field="device_signature")
    return Accredited(invitation, device.key, identity_of(device.key))


def named_descriptor(raw: bytes) -> bytes:
    """Return the `dh` that a revocation names, before anything of it is believed.

    Raises:
        RefusedError: INVITATION_BAD.
    """
    return parse(RevocationForm, raw, Code.INVITATION_BAD).descriptor


def check_revocation(raw: bytes, signature: bytes, descriptor: Descriptor) -> Revoked:
    """Return the revocation, if its party signed it under this descriptor.

    Raises:
        RefusedError: INVITATION_BAD, SIGNATURE_BAD.
    """
    form = parse(RevocationForm, raw, Code.INVITATION_BAD)
    key = descriptor.key_of(Party(form.party))
    if form.descriptor != descriptor.dh or key is None:
        raise RefusedError(Code.INVITATION_BAD, field="descriptor")
    if not verifies(key, signature, REVOCATION, raw):
        raise RefusedError(Code.SIGNATURE_BAD, field="signature")
    return Revoked(Party(form.party), Serial(b64u(form.serial)), form.issued)
