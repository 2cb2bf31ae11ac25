"""The five statements (docs/protocol.md §2): their exact forms, made and parsed. Pure.

A statement is made once, as canonical bytes; whoever reads it reads those bytes and never writes them again. What the
forms do not name is refused, and so are bytes that are not canonical (RFC 8785).
"""

import re
import unicodedata
from datetime import datetime
from typing import Annotated, Any, Final, Literal, Self, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PlainSerializer,
    PlainValidator,
    Strict,
    ValidationError,
    model_validator,
)

from visavis.identity.model import Role
from visavis.kernel.canonical import b64u, canonical, from_b64u, parsed
from visavis.kernel.clock import read, written
from visavis.kernel.errors import Code, RefusedError
from visavis.kernel.ids import HOST, JOINT, PRESS

DESCRIPTOR: Final = "visavis descriptor 1"
INVITATION: Final = "visavis invitation 1"
DEVICE: Final = "visavis device 1"
SESSION: Final = "visavis session 1"
REVOCATION: Final = "visavis revocation 1"

INSTANT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", re.ASCII)
LANGUAGE: Final = r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"  # RFC 5646 §2.1, without the rare forms
PARTY: Final = r"^[a-z][a-z0-9-]{0,31}$"
SUMMIT: Final = r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"
SIDES: Final = 2  # the least number of delegations


def _text(value: object) -> str:
    if not isinstance(value, str):
        msg = "not a text"
        raise ValueError(msg)  # noqa: TRY004 - pydantic reports ValueError only
    return value


def _instant(value: object) -> datetime:
    if isinstance(value, datetime):
        return value
    text = _text(value)
    if not INSTANT.fullmatch(text):
        msg = "an instant is written with milliseconds and Z"
        raise ValueError(msg)
    return read(text)


def _line(text: str) -> str:
    # A name is shown beside others: nothing in it may turn their order (Unicode UAX #9) or break the line.
    if text != text.strip() or any(unicodedata.category(sign) == "Cc" or "\u202a" <= sign <= "\u202e" for sign in text):
        msg = "not one plain line"
        raise ValueError(msg)
    if any("\u2066" <= sign <= "\u2069" or sign in "\u2028\u2029" for sign in text):
        msg = "not one plain line"
        raise ValueError(msg)
    return text


def _of_length(length: int) -> PlainValidator:
    def raw(value: object) -> bytes:
        given = value if isinstance(value, bytes) else from_b64u(_text(value))
        if len(given) != length:
            msg = "not of the right length"
            raise ValueError(msg)
        return given

    return PlainValidator(raw)


def _unlike(values: tuple[Any, ...]) -> tuple[Any, ...]:
    if len(set(values)) != len(values):
        msg = "the same twice"
        raise ValueError(msg)
    return values


_written = PlainSerializer(b64u, return_type=str)
Bytes32 = Annotated[bytes, _of_length(32), _written]
Bytes16 = Annotated[bytes, _of_length(16), _written]
Instant = Annotated[datetime, PlainValidator(_instant), PlainSerializer(written, return_type=str)]
Line = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_line)]
Language = Annotated[str, Field(pattern=LANGUAGE, max_length=35)]
PartyId = Annotated[str, Field(pattern=PARTY)]
FormatName = Literal["one-on-one", "restricted", "plenary"]
T = TypeVar("T")
_LOOSE: Final = Strict(False)  # noqa: FBT003 - pydantic's own form: JSON brings a text or a list
Known = Annotated[Role, _LOOSE]
Some = Annotated[
    tuple[T, ...],
    _LOOSE,
    Field(min_length=1, max_length=64),
    AfterValidator(_unlike),
]
Many = Annotated[tuple[T, ...], _LOOSE, Field(max_length=64), AfterValidator(_unlike)]


class Statement(BaseModel):
    """What is common to all forms: strict, frozen, nothing unknown."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    def written(self) -> bytes:
        """Return the canonical bytes of a statement that is being made."""
        return canonical(self.model_dump(mode="json"))


class SummitForm(Statement):
    """The summit a descriptor is of."""

    id: Annotated[str, Field(pattern=SUMMIT)]
    title: Line


class DelegationForm(Statement):
    """A side in a descriptor, and what `delegation init` hands out."""

    id: PartyId
    name: Line
    place: Line
    language: Language
    key: Bytes32

    @model_validator(mode="after")
    def _is_a_side(self) -> Self:
        if self.id in {PRESS, HOST, JOINT}:
            msg = "no delegation can have this id"
            raise ValueError(msg)
        return self


class AccreditorForm(Statement):
    """The press office or the host in a descriptor."""

    name: Line
    key: Bytes32


class DescriptorForm(Statement):
    """What every delegation signs before the summit."""

    type: Literal["visavis descriptor 1"] = DESCRIPTOR
    summit: SummitForm
    delegations: Annotated[
        tuple[DelegationForm, ...],
        _LOOSE,
        Field(min_length=SIDES, max_length=64),
    ]
    press: AccreditorForm
    host: AccreditorForm
    formats: Some[FormatName]
    languages: Some[Language]
    clients: Many[Bytes32]
    issued: Instant
    expires: Instant

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        _unlike(tuple(side.id for side in self.delegations))
        # One key for two parties would let one of them speak as the other.
        _unlike((*(side.key for side in self.delegations), self.press.key, self.host.key))
        if not {side.language for side in self.delegations} <= set(self.languages):
            msg = "a delegation speaks a language that the summit does not have"
            raise ValueError(msg)
        _in_order(self.issued, self.expires)
        return self


class InvitationForm(Statement):
    """A party's word that one person may enrol one device in one role."""

    type: Literal["visavis invitation 1"] = INVITATION
    descriptor: Bytes32
    party: PartyId
    serial: Bytes16
    name: Line
    role: Known
    chair: bool
    languages: Some[Language]
    key: Bytes32
    issued: Instant
    expires: Instant

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        _in_order(self.issued, self.expires)
        return self


class DeviceForm(Statement):
    """The invited person's word for the key of their device."""

    type: Literal["visavis device 1"] = DEVICE
    invitation: Bytes32
    key: Bytes32
    issued: Instant


class SessionForm(Statement):
    """The server's challenge, which a device signs."""

    type: Literal["visavis session 1"] = SESSION
    origin: Annotated[str, Field(min_length=1, max_length=300)]
    identity: Annotated[str, Field(pattern="^[A-Z2-7]{26}$")]
    nonce: Bytes16
    expires: Instant


class RevocationForm(Statement):
    """A party's word that an invitation, and whoever enrolled by it, counts no longer."""

    type: Literal["visavis revocation 1"] = REVOCATION
    descriptor: Bytes32
    party: PartyId
    serial: Bytes16
    issued: Instant


F = TypeVar("F", bound=Statement)


def parse(form: type[F], raw: bytes, code: Code) -> F:
    """Return the statement that `raw` is.

    Raises:
        RefusedError: `code`, if it has another form or is not canonical.
    """
    try:
        said = parsed(raw)
        if "type" not in said:  # only whoever makes a statement may leave it to us
            raise RefusedError(code)
        return form.model_validate(said)
    except (ValidationError, ValueError, RecursionError):
        # What is wrong is not told: the sender made it, and the values may be a person's.
        raise RefusedError(code) from None


def _in_order(issued: datetime, expires: datetime) -> None:
    if issued >= expires:
        msg = "it expires before it is issued"
        raise ValueError(msg)
