"""The closed list of recorded actions and their fields, by the alphabet. What a class does not name is not kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Protocol

from visavis.kernel.canonical import b64u
from visavis.kernel.clock import written
from visavis.kernel.ids import AgendaItemId, Identity, MeetingId, MemberId, Party, Serial


class Item(Protocol):
    """What is recorded of an item of an agenda."""

    @property
    def id(self) -> AgendaItemId:
        """Its id."""
        ...

    @property
    def title(self) -> str:
        """Its title."""
        ...

    @property
    def minutes(self) -> int:
        """Its planned minutes."""
        ...


@dataclass(frozen=True, slots=True)
class AgendaArranged:
    """Somebody put the agenda in order; `items` is the whole of it."""

    action: ClassVar[str] = "agenda_arranged"
    meeting: MeetingId
    items: Sequence[Item]

    def body(self) -> Mapping[str, Any]:
        """What is recorded."""
        items = [{"id": item.id, "title": item.title, "minutes": item.minutes} for item in self.items]
        return {"meeting": self.meeting, "items": items}


@dataclass(frozen=True, slots=True)
class ConsentGiven:
    """A chair asked for a move that needs every delegation."""

    action: ClassVar[str] = "consent_given"
    meeting: MeetingId
    move: str
    argument: str | None
    party: Party

    def body(self) -> Mapping[str, Any]:
        """What is recorded."""
        return {"meeting": self.meeting, "move": self.move, "argument": self.argument, "party": self.party}


@dataclass(frozen=True, slots=True)
class ConsentWithdrawn:
    """A delegation's consent ended before the move was done: taken back, or its giver's accreditation was."""

    action: ClassVar[str] = "consent_withdrawn"
    meeting: MeetingId
    move: str
    party: Party

    def body(self) -> Mapping[str, Any]:
        """What is recorded."""
        return {"meeting": self.meeting, "move": self.move, "party": self.party}


@dataclass(frozen=True, slots=True)
class DoorsOrdered:
    """A chair took hold of the doors to open them, or closed them, by a statement that they signed."""

    action: ClassVar[str] = "doors_ordered"
    meeting: MeetingId
    word: str
    opening: int
    order: bytes
    """Fingerprint of the signed statement."""
    signature: bytes

    def body(self) -> Mapping[str, Any]:
        """What is recorded."""
        signed = {"order": b64u(self.order), "signature": b64u(self.signature)}
        return {"meeting": self.meeting, "word": self.word, "opening": self.opening, **signed}


@dataclass(frozen=True, slots=True)
class FloorAsked:
    """A member asked for the floor."""

    action: ClassVar[str] = "floor_asked"
    meeting: MeetingId

    def body(self) -> Mapping[str, Any]:
        """What is recorded."""
        return {"meeting": self.meeting}


@dataclass(frozen=True, slots=True)
class FloorAskWithdrawn:
    """A member's wish to speak ended before they got the floor."""

    action: ClassVar[str] = "floor_ask_withdrawn"
    meeting: MeetingId
    member: MemberId

    def body(self) -> Mapping[str, Any]:
        """What is recorded."""
        return {"meeting": self.meeting, "member": self.member}


@dataclass(frozen=True, slots=True)
class FloorGiven:
    """A member was given the floor."""

    action: ClassVar[str] = "floor_given"
    meeting: MeetingId
    member: MemberId

    def body(self) -> Mapping[str, Any]:
        """What is recorded."""
        return {"meeting": self.meeting, "member": self.member}


@dataclass(frozen=True, slots=True)
class FloorPassed:
    """The floor went to an interpreter, who says again what `interprets` said."""

    action: ClassVar[str] = "floor_passed"
    meeting: MeetingId
    member: MemberId
    interprets: MemberId

    def body(self) -> Mapping[str, Any]:
        """What is recorded."""
        return {"meeting": self.meeting, "member": self.member, "interprets": self.interprets}


@dataclass(frozen=True, slots=True)
class FloorYielded:
    """A member no longer has the floor: yielded, taken back, or lost with the phase, the format or the accreditation."""

    action: ClassVar[str] = "floor_yielded"
    meeting: MeetingId
    member: MemberId

    def body(self) -> Mapping[str, Any]:
        """What is recorded."""
        return {"meeting": self.meeting, "member": self.member}


@dataclass(frozen=True, slots=True)
class FormatChanged:
    """Every delegation agreed on another format."""

    action: ClassVar[str] = "format_changed"
    meeting: MeetingId
    before: str
    format: str

    def body(self) -> Mapping[str, Any]:
        """What is recorded."""
        return {"meeting": self.meeting, "before": self.before, "format": self.format}


@dataclass(frozen=True, slots=True)
class GroupCommitted:
    """A member changed a group's keys. What happens in a caucus is its delegation's own affair and is not recorded."""

    action: ClassVar[str] = "group_committed"
    meeting: MeetingId
    group: str
    epoch: int
    """The epoch that the commit ended."""
    commit: bytes
    """Fingerprint of the commit."""

    def body(self) -> Mapping[str, Any]:
        """What is recorded."""
        return {"meeting": self.meeting, "group": self.group, "epoch": self.epoch, "commit": b64u(self.commit)}


@dataclass(frozen=True, slots=True)
class GroupFounded:
    """A member founded a group. A caucus' is not recorded."""

    action: ClassVar[str] = "group_founded"
    meeting: MeetingId
    group: str
    group_info: bytes
    """Fingerprint of the GroupInfo of its first epoch."""

    def body(self) -> Mapping[str, Any]:
        """What is recorded."""
        return {"meeting": self.meeting, "group": self.group, "group_info": b64u(self.group_info)}


@dataclass(frozen=True, slots=True)
class GroupVoided:
    """A chair had a commit, and all after it, taken out of a group's log. A caucus' is not recorded."""

    action: ClassVar[str] = "group_voided"
    meeting: MeetingId
    group: str
    epoch: int
    commit: bytes
    """Fingerprint of the commit that ended the epoch."""
    void: bytes
    """Fingerprint of the chair's signed statement."""

    def body(self) -> Mapping[str, Any]:
        """What is recorded."""
        voided = {"epoch": self.epoch, "commit": b64u(self.commit), "void": b64u(self.void)}
        return {"meeting": self.meeting, "group": self.group, **voided}


@dataclass(frozen=True, slots=True)
class InvitationRevoked:
    """A party revoked an invitation; `member` is whoever had enrolled by it."""

    action: ClassVar[str] = "invitation_revoked"
    party: Party
    serial: Serial
    member: MemberId | None
    revocation: bytes
    """Fingerprint of the signed revocation."""

    def body(self) -> Mapping[str, Any]:
        """What is recorded."""
        signed = b64u(self.revocation)
        return {"party": self.party, "serial": self.serial, "member": self.member, "revocation": signed}


@dataclass(frozen=True, slots=True)
class ItemTakenUp:
    """An item of the agenda became the current one."""

    action: ClassVar[str] = "item_taken_up"
    meeting: MeetingId
    item: AgendaItemId

    def body(self) -> Mapping[str, Any]:
        """What is recorded."""
        return {"meeting": self.meeting, "item": self.item}


@dataclass(frozen=True, slots=True)
class MeetingCalled:
    """A meeting was called."""

    action: ClassVar[str] = "meeting_called"
    meeting: MeetingId
    title: str
    format: str
    mode: str
    scheduled: datetime
    follows: MeetingId | None

    def body(self) -> Mapping[str, Any]:
        """What is recorded."""
        return {
            "meeting": self.meeting,
            "title": self.title,
            "format": self.format,
            "mode": self.mode,
            "scheduled": written(self.scheduled),
            "follows": self.follows,
        }


@dataclass(frozen=True, slots=True)
class MemberEnrolled:
    """A person used their invitation: from now on a device stands for them."""

    action: ClassVar[str] = "member_enrolled"
    member: MemberId
    party: Party
    serial: Serial
    name: str
    role: str
    chair: bool
    languages: Sequence[str]
    identity: Identity
    invitation: bytes
    """Fingerprint of the signed invitation."""
    device: bytes
    """Fingerprint of the signed device."""

    def body(self) -> Mapping[str, Any]:
        """What is recorded."""
        return {
            "member": self.member,
            "party": self.party,
            "serial": self.serial,
            "name": self.name,
            "role": self.role,
            "chair": self.chair,
            "languages": list(self.languages),
            "identity": self.identity,
            "invitation": b64u(self.invitation),
            "device": b64u(self.device),
        }


@dataclass(frozen=True, slots=True)
class ModeChanged:
    """Every delegation agreed on another mode of interpretation."""

    action: ClassVar[str] = "mode_changed"
    meeting: MeetingId
    before: str
    mode: str

    def body(self) -> Mapping[str, Any]:
        """What is recorded."""
        return {"meeting": self.meeting, "before": self.before, "mode": self.mode}


@dataclass(frozen=True, slots=True)
class PhaseMoved:
    """A meeting moved to another phase; `parties` are the delegations whose order it was: none when the doors fell shut."""

    action: ClassVar[str] = "phase_moved"
    meeting: MeetingId
    move: str
    before: str
    phase: str
    parties: Sequence[Party]

    def body(self) -> Mapping[str, Any]:
        """What is recorded."""
        return {
            "meeting": self.meeting,
            "move": self.move,
            "before": self.before,
            "phase": self.phase,
            "parties": list(self.parties),
        }


@dataclass(frozen=True, slots=True)
class SeatLeft:
    """A member left the chamber. Who is in a caucus is its delegation's own affair and is not recorded."""

    action: ClassVar[str] = "seat_left"
    meeting: MeetingId
    member: MemberId

    def body(self) -> Mapping[str, Any]:
        """What is recorded."""
        return {"meeting": self.meeting, "member": self.member}


@dataclass(frozen=True, slots=True)
class SeatTaken:
    """A member took their seat in the chamber. Who is in a caucus is not recorded."""

    action: ClassVar[str] = "seat_taken"
    meeting: MeetingId
    member: MemberId

    def body(self) -> Mapping[str, Any]:
        """What is recorded."""
        return {"meeting": self.meeting, "member": self.member}


@dataclass(frozen=True, slots=True)
class SummitPublished:
    """A descriptor that every delegation signed was published here."""

    action: ClassVar[str] = "summit_published"
    dh: bytes
    parties: Sequence[Party]

    def body(self) -> Mapping[str, Any]:
        """What is recorded."""
        return {"dh": b64u(self.dh), "parties": list(self.parties)}
