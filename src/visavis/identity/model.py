"""Facts about who is who. Frozen; read from statements that were checked, or from the store."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from visavis.kernel.ids import HOST, PRESS, Identity, MemberId, Party, Serial, SummitId


class Role(StrEnum):
    """What a member is accredited as."""

    PRINCIPAL = "principal"
    CHAIR = "chair"
    ADVISER = "adviser"
    INTERPRETER = "interpreter"
    NOTETAKER = "notetaker"
    TECHNICIAN = "technician"
    PRESS = "press"
    PROTOCOL_OFFICER = "protocol_officer"


@dataclass(frozen=True, slots=True)
class Delegation:
    """A side. Stands in protocol order by its place in the descriptor."""

    id: Party
    name: str
    place: str
    language: str
    key: bytes
    """Ed25519 public key, 32 bytes."""


@dataclass(frozen=True, slots=True)
class Accreditor:
    """The press office or the host: a name and the key that signs its invitations."""

    name: str
    key: bytes


@dataclass(frozen=True, slots=True)
class Descriptor:
    """What every delegation signed before the summit, as read from its bytes."""

    summit: SummitId
    title: str
    delegations: tuple[Delegation, ...]
    press: Accreditor
    host: Accreditor
    formats: tuple[str, ...]
    languages: tuple[str, ...]
    clients: tuple[str, ...]
    issued: datetime
    expires: datetime
    dh: bytes
    """SHA-256 of the descriptor's bytes."""

    def key_of(self, party: Party) -> bytes | None:
        """Return the key that signs a party's invitations, or None for a party that is not in the summit."""
        if party == PRESS:
            return self.press.key
        if party == HOST:
            return self.host.key
        return next((side.key for side in self.delegations if side.id == party), None)


@dataclass(frozen=True, slots=True)
class Invitation:
    """A party's signed statement that one person may enrol one device in one role."""

    dh: bytes
    party: Party
    serial: Serial
    name: str
    role: Role
    chair: bool
    languages: tuple[str, ...]
    key: bytes
    issued: datetime
    expires: datetime


@dataclass(frozen=True, slots=True)
class Accreditation:
    """The chain party → invitation → device, as signed bytes."""

    invitation: bytes
    invitation_signature: bytes
    device: bytes
    device_signature: bytes


@dataclass(frozen=True, slots=True)
class Member:
    """A person whose device is accredited."""

    id: MemberId
    summit: SummitId
    party: Party
    serial: Serial
    name: str
    role: Role
    chair: bool
    languages: tuple[str, ...]
    identity: Identity
    device_key: bytes
    accreditation: Accreditation
    enrolled: datetime
    revoked: datetime | None

    @property
    def actor(self) -> "Actor":
        """The member as who asks; whether their session and accreditation stand is for `sessions` to say."""
        return Actor(
            member=self.id,
            summit=self.summit,
            party=self.party,
            name=self.name,
            role=self.role,
            chair=self.chair,
            languages=self.languages,
            identity=self.identity,
        )


@dataclass(frozen=True, slots=True)
class Actor:
    """Who is asking: a member with an open session."""

    member: MemberId
    summit: SummitId
    party: Party
    name: str
    role: Role
    chair: bool
    languages: tuple[str, ...]
    identity: Identity
