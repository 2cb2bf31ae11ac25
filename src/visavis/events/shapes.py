"""The form of every message from server to client, as `contract/events.schema.json` prints it.

What is sent is made field by field in summits.views; the tests hold it against these forms.
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, create_model

from visavis.events.catalogue import HANDS_ON, SLICES, Handed, Kind, Slice

Instant = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$")]
B64u = Annotated[str, Field(pattern="^[A-Za-z0-9_-]*$")]
Identity = Annotated[str, Field(pattern="^[A-Z2-7]{26}$")]
Number = Annotated[int, Field(ge=0)]
Format = Literal["one-on-one", "restricted", "plenary"]
Phase = Literal["arrival", "open", "closed", "recess", "adjourned"]
Mode = Literal["simultaneous", "consecutive", "liaison"]
Role = Literal["principal", "chair", "adviser", "interpreter", "notetaker", "technician", "press", "protocol_officer"]


class Shape(BaseModel):
    """Part of a message: these fields, no others."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Summit(Shape):
    """The summit, and the fingerprint of its descriptor."""

    id: str
    title: str
    dh: B64u


class Delegation(Shape):
    """A side, in protocol order."""

    id: str
    name: str
    place: str
    language: str


class Host(Shape):
    """Who runs the server."""

    name: str


class Meeting(Shape):
    """The slice `meeting`."""

    id: str
    title: str
    format: Format
    phase: Phase
    mode: Mode
    scheduled: Instant
    began: Instant | None
    phase_since: Instant
    openings: int
    follows: str | None


class Item(Shape):
    """One item of the slice `agenda`; `seconds` were spent before `since`."""

    id: str
    title: str
    minutes: int
    state: Literal["ahead", "current", "done"]
    seconds: Number
    since: Instant | None


class Ask(Shape):
    """A wish to speak."""

    member: str
    since: Instant


class Floor(Shape):
    """The slice `floor`; `interprets` is whose statement the holder says again."""

    holder: str | None
    since: Instant | None
    interprets: str | None
    asks: list[Ask]


class Consent(Shape):
    """One element of the slice `consents`."""

    move: Literal["open_doors", "change_format", "change_mode"]
    argument: str | None
    parties: list[str]
    since: Instant


class Seat(Shape):
    """One element of the slice `seats`: a member, and the chain that proves who they are."""

    member: str
    identity: Identity
    party: str
    name: str
    role: Role
    chair: bool
    languages: list[str]
    present: Literal["chamber", "caucus"] | None
    invitation: B64u
    invitation_signature: B64u
    device: B64u
    device_signature: B64u


class Press(Shape):
    """The slice `press`."""

    accredited: Number
    present: Number


class DoorsOrder(Shape):
    """One element of the slice `doors`: a chair's last signed word about them."""

    member: str
    order: B64u
    signature: B64u


class ArrangementSignature(Shape):
    """A chair's signature under an arrangement."""

    member: str
    signature: B64u


class ArrangedPart(Shape):
    """One element of the slice `arranged`: what stands, all delegations' or one's own booths, as chairs signed it."""

    statement: B64u
    signatures: list[ArrangementSignature]


class Arrangement(Shape):
    """The slice `arrangement`: channels and joint booths that wait for delegations, as the statement that all are to sign."""

    statement: B64u
    parties: list[str]
    since: Instant


class Founding(Shape):
    """A group that has begun, at epoch 0."""

    group: str
    by: str


class Lease(Shape):
    """Whose turn it is to commit, and until when."""

    member: str
    until: Instant


class Committed(Shape):
    """The commit that ended an epoch of a group, and who may commit next."""

    group: str
    epoch: Number
    commit: B64u
    by: str
    turn: Lease | None


class Voided(Shape):
    """A chair's signed statement that a commit, and all after it, count no more; the group is at `epoch` again."""

    group: str
    epoch: Number
    commit: B64u
    by: str
    void: B64u
    signature: B64u


class SealedEnvelope(Shape):
    """Sealed bytes from a member to a group, in the order of their numbers."""

    group: str
    number: Number
    envelope: B64u
    by: str


class Snapshot(Shape):
    """What a client starts with."""

    number: Number
    now: Instant
    summit: Summit
    you: str
    delegations: list[Delegation]
    host: Host
    languages: list[str]
    meeting: Meeting
    agenda: list[Item]
    floor: Floor
    consents: list[Consent]
    seats: list[Seat]
    press: Press
    doors: list[DoorsOrder]
    connected: list[str]
    arranged: list[ArrangedPart]
    arrangement: Arrangement | None


class Beat(Shape):
    """What `resumed` and `heartbeat` hold: the last number, and the server's time."""

    number: Number
    now: Instant


def _event(kind: Kind) -> type[Shape]:
    """Return the form of one kind of event: its head, and exactly what the catalogue gives it."""
    slices: dict[str, Any] = {name.value: _SLICES[name] for name in SLICES[kind]}
    if kind in HANDS_ON:
        slices[HANDS_ON[kind].value] = _HANDED[HANDS_ON[kind]]
    head: dict[str, Any] = {"number": Number, "kind": Literal[kind.value], "at": Instant}
    name = "".join(word.capitalize() for word in kind.value.split("_"))
    return create_model(name, __base__=Shape, __doc__=f"The event `{kind.value}`.", **head, **slices)


_SLICES = {slice_: Snapshot.model_fields[slice_.value].annotation for slice_ in Slice}
_HANDED: dict[Handed, type[Shape]] = {
    Handed.FOUNDING: Founding,
    Handed.COMMIT: Committed,
    Handed.VOIDED: Voided,
    Handed.ENVELOPE: SealedEnvelope,
}
EVENTS = {kind: _event(kind) for kind in Kind}


def schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of every message from server to client."""
    shapes: list[type[Shape]] = [Snapshot, Beat, *EVENTS.values()]
    parts: dict[str, Any] = {}
    for shape in shapes:
        part = shape.model_json_schema(ref_template="#/$defs/{model}")
        parts.update(part.pop("$defs", {}))
        parts[shape.__name__] = part
    event = {"oneOf": [{"$ref": f"#/$defs/{shape.__name__}"} for shape in EVENTS.values()]}
    words: dict[str, dict[str, Any]] = {
        "snapshot": {"$ref": "#/$defs/Snapshot"},
        "resumed": {"$ref": "#/$defs/Beat"},
        "heartbeat": {"$ref": "#/$defs/Beat"},
        "event": event,
        "problem": {"type": "object", "required": ["type", "title", "status", "code"]},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Messages from server to client",
        "oneOf": [_message(word, body) for word, body in words.items()],
        "$defs": dict(sorted(parts.items())),
    }


def _message(word: str, body: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "required": [word], "additionalProperties": False, "properties": {word: body}}
