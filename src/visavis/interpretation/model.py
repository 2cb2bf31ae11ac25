"""Facts about a meeting's channels and booths. Frozen."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from visavis.kernel.canonical import fingerprint
from visavis.kernel.ids import Identity, MemberId, Party

MOST_MEMBERS: Final = 3
"""As many as share one microphone."""


class ChannelKind(StrEnum):
    """How a channel's language comes: as sound, or as a picture of somebody who signs."""

    SPOKEN = "spoken"
    SIGNED = "signed"


@dataclass(frozen=True, slots=True)
class Channel:
    """A language that one can listen to, or watch."""

    language: str
    kind: ChannelKind


@dataclass(frozen=True, slots=True)
class Booth:
    """Up to three interpreters who share one microphone."""

    id: str
    party: Party | None
    """Whose it is; None: all delegations' together."""
    languages: tuple[str, ...]
    """A, and B if they work both ways."""
    members: tuple[Identity, ...]


@dataclass(frozen=True, slots=True)
class Arrangement:
    """What is arranged of a meeting's interpretation, by all delegations together or by one for itself."""

    party: Party | None
    """Whose booths these are; None: the channels, and the booths that are nobody's alone, which every delegation agrees on."""
    number: int
    """One more than that of the arrangement before, from 1."""
    channels: tuple[Channel, ...]
    booths: tuple[Booth, ...]
    until: datetime
    """When it is too late for it to come into force. What is in force then stays so."""


@dataclass(frozen=True, slots=True)
class ArrangementConsent:
    """A delegation's yes to an arrangement: a chair's signature under it."""

    party: Party
    by: MemberId
    """The chair who said it; it lapses with their accreditation."""
    signature: bytes


@dataclass(frozen=True, slots=True)
class SignedArrangement:
    """An arrangement as chairs have signed it."""

    arrangement: Arrangement
    statement: bytes
    """The bytes that were signed."""
    consents: tuple[ArrangementConsent, ...]

    @property
    def digest(self) -> bytes:
        """SHA-256 of the statement: what it is called while it waits."""
        return fingerprint(self.statement)


@dataclass(frozen=True, slots=True)
class ProposedArrangement:
    """An arrangement that waits for delegations. There is one at a time in a meeting."""

    signed: SignedArrangement
    since: datetime
