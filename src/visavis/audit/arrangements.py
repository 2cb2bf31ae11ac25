"""The recorded actions that arrange channels and booths: more of the closed list of `actions`, by the alphabet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Protocol

from visavis.kernel.canonical import b64u
from visavis.kernel.clock import written
from visavis.kernel.ids import Identity, MeetingId, Party


class Channel(Protocol):
    """What is recorded of a channel."""

    @property
    def language(self) -> str:
        """Its language."""
        ...

    @property
    def kind(self) -> str:
        """Whether it is spoken or signed."""
        ...


class Booth(Protocol):
    """What is recorded of a booth."""

    @property
    def id(self) -> str:
        """Its id."""
        ...

    @property
    def party(self) -> Party | None:
        """Whose it is; None: all delegations' together."""
        ...

    @property
    def languages(self) -> Sequence[str]:
        """Its languages."""
        ...

    @property
    def members(self) -> Sequence[Identity]:
        """Its interpreters."""
        ...


class Arrangement(Protocol):
    """What is recorded of an arrangement."""

    @property
    def number(self) -> int:
        """Its number."""
        ...

    @property
    def party(self) -> Party | None:
        """Whose booths these are; None: all delegations'."""
        ...

    @property
    def channels(self) -> Sequence[Channel]:
        """The channels; a delegation alone arranges none."""
        ...

    @property
    def booths(self) -> Sequence[Booth]:
        """The booths."""
        ...

    @property
    def until(self) -> datetime:
        """When it was too late for it to come into force."""
        ...


@dataclass(frozen=True, slots=True)
class ArrangementAgreed:
    """A chair proposed channels and joint booths, or agreed to what was proposed; `arrangement` is its SHA-256."""

    action: ClassVar[str] = "arrangement_agreed"
    meeting: MeetingId
    arrangement: bytes
    party: Party

    def body(self) -> Mapping[str, Any]:
        """What is recorded."""
        return {"meeting": self.meeting, "arrangement": b64u(self.arrangement), "party": self.party}


@dataclass(frozen=True, slots=True)
class ArrangementFixed:
    """Every delegation signed these channels and joint booths; `arrangement` is the statement's SHA-256."""

    action: ClassVar[str] = "arrangement_fixed"
    meeting: MeetingId
    digest: bytes
    arrangement: Arrangement
    signatures: Mapping[Party, bytes]

    def body(self) -> Mapping[str, Any]:
        """What is recorded."""
        channels = self.arrangement.channels
        return {
            "meeting": self.meeting,
            "arrangement": b64u(self.digest),
            "number": self.arrangement.number,
            "channels": [{"language": channel.language, "kind": str(channel.kind)} for channel in channels],
            "booths": [_booth(booth) for booth in self.arrangement.booths],
            "until": written(self.arrangement.until),
            "signatures": {party: b64u(signature) for party, signature in self.signatures.items()},
        }


@dataclass(frozen=True, slots=True)
class ArrangementWithdrawn:
    """A delegation's consent to an arrangement ended before it was fixed: taken back, too old, or a revocation ended it."""

    action: ClassVar[str] = "arrangement_withdrawn"
    meeting: MeetingId
    arrangement: bytes
    party: Party

    def body(self) -> Mapping[str, Any]:
        """What is recorded."""
        return {"meeting": self.meeting, "arrangement": b64u(self.arrangement), "party": self.party}


@dataclass(frozen=True, slots=True)
class BoothsArranged:
    """A delegation's chair signed its own booths, which are these; `arrangement` is the statement's SHA-256."""

    action: ClassVar[str] = "booths_arranged"
    meeting: MeetingId
    digest: bytes
    arrangement: Arrangement
    signature: bytes

    def body(self) -> Mapping[str, Any]:
        """What is recorded."""
        return {
            "meeting": self.meeting,
            "party": self.arrangement.party,
            "arrangement": b64u(self.digest),
            "number": self.arrangement.number,
            "booths": [_booth(booth) for booth in self.arrangement.booths],
            "until": written(self.arrangement.until),
            "signature": b64u(self.signature),
        }


def _booth(booth: Booth) -> dict[str, Any]:
    lists = {"languages": list(booth.languages), "members": list(booth.members)}
    return {"id": booth.id, "party": booth.party, **lists}
