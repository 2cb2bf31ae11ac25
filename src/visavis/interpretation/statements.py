"""The statement that chairs sign of what is arranged (docs/protocol.md §2): made, parsed, and its signatures checked. Pure.

Clients believe what is signed, and nothing else that the server says of channels and booths.
"""

from typing import Annotated, Final, Literal, Self

from pydantic import Field, Strict, model_validator

from visavis.identity.signing import verifies
from visavis.identity.statements import Bytes32, Instant, Language, Many, PartyId, Some, Statement, parse
from visavis.interpretation.model import MOST_MEMBERS, Arrangement, Booth, Channel, ChannelKind
from visavis.kernel.errors import Code, RefusedError
from visavis.kernel.ids import JOINT, Identity, Party

ARRANGEMENT: Final = "visavis arrangement 1"
LAST_NUMBER: Final = 2**31 - 1

_Kind = Annotated[ChannelKind, Strict(False)]  # noqa: FBT003 - pydantic's own form: JSON brings a text
_IdentityText = Annotated[str, Field(pattern="^[A-Z2-7]{26}$")]


class ChannelForm(Statement):
    """A language that one can listen to, or watch."""

    language: Language
    kind: _Kind


class BoothForm(Statement):
    """A booth: its interpreters by identity, and the languages they work into, A first."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,31}\.[A-Za-z0-9.-]{1,40}$")]
    languages: Some[Language]
    members: Annotated[Some[_IdentityText], Field(max_length=MOST_MEMBERS)]


class ArrangementForm(Statement):
    """What a meeting's interpretation is to be: all delegations' channels and joint booths, or one's own booths."""

    type: Literal["visavis arrangement 1"] = ARRANGEMENT
    descriptor: Bytes32
    meeting: str
    number: Annotated[int, Field(ge=1, le=LAST_NUMBER)]
    """One more than that of the arrangement before: an old one is not told again as the newest."""
    party: PartyId | None
    """Whose booths these are; None: the channels, and the joint booths."""
    channels: Many[ChannelForm]
    booths: Many[BoothForm]
    until: Instant
    """Whoever has been there, and sees it only after this, does not believe it: a signature that was taken back dies."""

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        languages = [channel.language for channel in self.channels]
        seats = [member for booth in self.booths for member in booth.members]
        names = [booth.id for booth in self.booths]
        if any(len(set(each)) != len(each) for each in (languages, seats, names)):
            msg = "the same twice"
            raise ValueError(msg)
        if (self.party is None) != bool(self.channels):
            msg = "channels are all delegations' affair, and never none"
            raise ValueError(msg)
        if not all(name.startswith(f"{self.party or JOINT}.") for name in names):
            msg = "a booth is named after whose it is"
            raise ValueError(msg)
        return self

    @property
    def arrangement(self) -> Arrangement:
        """What it arranges."""
        party = None if self.party is None else Party(self.party)
        return Arrangement(
            party=party,
            number=self.number,
            channels=tuple(Channel(one.language, one.kind) for one in self.channels),
            booths=tuple(
                Booth(one.id, party, one.languages, tuple(Identity(member) for member in one.members))
                for one in self.booths
            ),
            until=self.until,
        )


def written_out(descriptor: bytes, meeting: str, arrangement: Arrangement) -> bytes:
    """Return the bytes that chairs sign.

    Args:
        descriptor: its fingerprint.
        meeting: its id.
        arrangement: what is arranged.

    Raises:
        ValidationError: if it is none that a statement can say.
    """
    return ArrangementForm(
        descriptor=descriptor,
        meeting=meeting,
        number=arrangement.number,
        party=arrangement.party,
        channels=tuple(ChannelForm(language=one.language, kind=one.kind) for one in arrangement.channels),
        booths=tuple(BoothForm(id=one.id, languages=one.languages, members=one.members) for one in arrangement.booths),
        until=arrangement.until,
    ).written()


def read_arrangement(statement: bytes, place: tuple[bytes, str]) -> Arrangement:
    """Return what a statement arranges, if it is of this place: a descriptor's fingerprint and a meeting.

    Raises:
        RefusedError: MESSAGE_BAD.
    """
    form = parse(ArrangementForm, statement, Code.MESSAGE_BAD)
    if (form.descriptor, form.meeting) != place:
        raise RefusedError(Code.MESSAGE_BAD, field="statement")
    return form.arrangement


def check_signature(statement: bytes, signature: bytes, device: bytes) -> None:
    """Refuse a signature that is not this device's under an arrangement.

    Raises:
        RefusedError: SIGNATURE_BAD.
    """
    if not verifies(device, signature, ARRANGEMENT, statement):
        raise RefusedError(Code.SIGNATURE_BAD)
