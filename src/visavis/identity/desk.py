"""What a party's desk makes, offline: descriptors, invitations with their links, revocations. Pure but for chance."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from visavis.identity.accreditation import (
    check_invitation,
    fault_of_role,
    read_descriptor,
    read_invitation,
)
from visavis.identity.model import Descriptor, Role
from visavis.identity.signing import new_key, public_half, sign
from visavis.identity.statements import (
    DESCRIPTOR,
    INVITATION,
    REVOCATION,
    AccreditorForm,
    DelegationForm,
    DescriptorForm,
    InvitationForm,
    RevocationForm,
    SummitForm,
)
from visavis.kernel.canonical import b64u, canonical, fingerprint, from_b64u
from visavis.kernel.chance import Chance, new_id
from visavis.kernel.errors import Code, RefusedError
from visavis.kernel.ids import HOST, PRESS, Party, Serial
from visavis.kernel.secret import Secret

SERIAL_LENGTH: Final = 16
GROUP: Final = 4


@dataclass(frozen=True, slots=True)
class Plan:
    """What the delegations agreed on before they sign."""

    title: str
    delegations: tuple[DelegationForm, ...]
    press: AccreditorForm
    host: AccreditorForm
    formats: tuple[str, ...]
    languages: tuple[str, ...]
    clients: tuple[bytes, ...]
    issued: datetime
    expires: datetime


@dataclass(frozen=True, slots=True)
class Guest:
    """Whom a party invites, and as what."""

    name: str
    role: Role
    chair: bool
    languages: tuple[str, ...]
    expires: datetime


@dataclass(frozen=True, slots=True)
class Issued:
    """An invitation as its party signed it, and the seed of its key, which only the invited person may have."""

    invitation: bytes
    signature: bytes
    secret: Secret
    serial: Serial

    def link(self, host: str) -> Secret:
        """Return the link to hand to the person: whoever has it first can enrol. `host` is `https://name`."""
        return Secret(f"{host.rstrip('/')}/#/join/{b64u(canonical(self._carried()))}")

    def _carried(self) -> dict[str, str]:
        signed = {
            "invitation": b64u(self.invitation),
            "signature": b64u(self.signature),
        }
        return {**signed, "secret": self.secret.reveal()}


def draft(plan: Plan, chance: Chance) -> bytes:
    """Return the bytes of a new descriptor.

    Raises:
        ValueError: if the parts do not hold together (pydantic says why).
    """
    return DescriptorForm.model_validate(
        {
            "summit": SummitForm(id=new_id(chance), title=plan.title),
            "delegations": plan.delegations,
            "press": plan.press,
            "host": plan.host,
            "formats": plan.formats,
            "languages": plan.languages,
            "clients": plan.clients,
            "issued": plan.issued,
            "expires": plan.expires,
        }
    ).written()


def sign_descriptor(key: Ed25519PrivateKey, descriptor: bytes) -> bytes:
    """Return a delegation's signature of a descriptor.

    Raises:
        RefusedError: DESCRIPTOR_BAD.
    """
    read_descriptor(descriptor)
    return sign(key, DESCRIPTOR, descriptor)


def party_of(public: bytes, descriptor: Descriptor) -> Party | None:
    """Return the party whose key this is."""
    parties = (*(side.id for side in descriptor.delegations), PRESS, HOST)
    return next((party for party in parties if descriptor.key_of(party) == public), None)


def invite(
    key: Ed25519PrivateKey,
    descriptor: Descriptor,
    guest: Guest,
    issued: datetime,
    chance: Chance,
) -> Issued:
    """Return a new invitation by the party that holds `key`.

    Raises:
        RefusedError: INVITATION_BAD if the key is no party's, or the party may not give that role.
        ValueError: if the guest's name, languages or expiry have a wrong form (pydantic says why).
    """
    invited = new_key(chance)
    form = InvitationForm.model_validate(
        {
            "descriptor": descriptor.dh,
            "party": _party(key, descriptor),
            "serial": chance.bytes(SERIAL_LENGTH),
            "name": guest.name,
            "role": guest.role,
            "chair": guest.chair,
            "languages": guest.languages,
            "key": public_half(invited),
            "issued": issued,
            "expires": guest.expires,
        }
    )
    raw = form.written()
    fault = fault_of_role(read_invitation(raw), descriptor)
    if fault is not None:
        raise RefusedError(Code.INVITATION_BAD, field=fault)
    signature = sign(key, INVITATION, raw)
    check_invitation(raw, signature, descriptor)
    return Issued(
        raw,
        signature,
        Secret(b64u(invited.private_bytes_raw())),
        Serial(b64u(form.serial)),
    )


def revoke(key: Ed25519PrivateKey, descriptor: Descriptor, serial: Serial, issued: datetime) -> tuple[bytes, bytes]:
    """Return a revocation and its signature.

    Raises:
        RefusedError: INVITATION_BAD if the key is no party's.
        ValueError: if the serial has a wrong form.
    """
    form = RevocationForm.model_validate(
        {
            "descriptor": descriptor.dh,
            "party": _party(key, descriptor),
            "serial": from_b64u(serial),
            "issued": issued,
        }
    )
    raw = form.written()
    return raw, sign(key, REVOCATION, raw)


def read_aloud(raw: bytes) -> str:
    """Return the fingerprint of a key or a descriptor in groups of four, to be compared over another way."""
    digits = fingerprint(raw).hex()
    return " ".join(digits[at : at + GROUP] for at in range(0, len(digits), GROUP))


def _party(key: Ed25519PrivateKey, descriptor: Descriptor) -> Party:
    party = party_of(public_half(key), descriptor)
    if party is None:
        raise RefusedError(Code.INVITATION_BAD, field="key")
    return party
