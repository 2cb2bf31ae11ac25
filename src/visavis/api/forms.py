"""The forms of bodies: strict, frozen, unknown fields refused. Every body and answer is one of these."""

from datetime import datetime
from typing import Annotated, Any, TypeVar

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    PlainSerializer,
    PlainValidator,
    Strict,
    WithJsonSchema,
)

from visavis.identity.statements import Line
from visavis.kernel.canonical import b64u, from_b64u
from visavis.kernel.clock import read, written

ID_PATTERN = "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"


T = TypeVar("T")

Chosen = Annotated[T, Strict(False)]  # noqa: FBT003 - pydantic's own form
"""A word of a closed list: `move: Chosen[Move]`. (Strict alone would refuse the text that JSON brings.)"""

Many = Annotated[tuple[T, ...], Strict(False)]  # noqa: FBT003 - pydantic's own form
"""A list, kept as a tuple: `items: Many[Item]`. What is in it stays strict."""


class Form(BaseModel):
    """A body or an answer."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


def _bytes(value: Any) -> bytes:  # noqa: ANN401 - whatever JSON holds
    if isinstance(value, bytes):
        return value
    if not isinstance(value, str):
        msg = "not a text"
        raise ValueError(msg)  # noqa: TRY004 - pydantic reports ValueError only
    return from_b64u(value)


def _instant(value: Any) -> datetime:  # noqa: ANN401 - whatever JSON holds
    if isinstance(value, datetime):
        return value
    if not isinstance(value, str):
        msg = "not a text"
        raise ValueError(msg)  # noqa: TRY004 - pydantic reports ValueError only
    return read(value)


B64u = Annotated[
    bytes,
    PlainValidator(_bytes),
    PlainSerializer(b64u, return_type=str),
    WithJsonSchema({"type": "string", "pattern": "^[A-Za-z0-9_-]*$"}),
]
"""Bytes, written as base64url without padding."""

Instant = Annotated[
    datetime,
    PlainValidator(_instant),
    PlainSerializer(written, return_type=str),
    WithJsonSchema({"type": "string", "format": "date-time", "pattern": "Z$"}),
]
"""An instant, written as RFC 3339 in UTC with `Z`."""

Title = Line
"""A line of text for people, by the rule of the statements' names: the two are shown side by side."""

Id = Annotated[str, Field(pattern=ID_PATTERN)]
"""A UUID in lower case."""
