"""Who may do what, and send and hear what: three tables. Pure; what a table does not list is refused.

`ABILITIES` is asked before every action, `GRANTS` before every seat in a room of the media engine, and `HELD` takes the
microphone from whom a mode of interpretation keeps waiting. All are printed
into `contract/policy.json`, from which clients show what can be done and restrict their own tracks.
Source: docs/protocol.md §3 and §6.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, Final

from visavis.identity.model import Actor, Role
from visavis.kernel.errors import Code, RefusedError
from visavis.summits.formats import ADMITS
from visavis.summits.model import Format, Mode, Move, Phase
from visavis.summits.phases import MOVES, NEED_EVERYBODY, phases_of


class Action(StrEnum):
    """Everything a member can ask for. The moves have the names of `Move`."""

    READ_DOSSIER = "read_dossier"
    READ_MEETING = "read_meeting"
    READ_ENROLMENTS = "read_enrolments"
    READ_AUDIT = "read_audit"
    CALL_MEETING = "call_meeting"
    OPEN_DOORS = "open_doors"
    CLOSE_DOORS = "close_doors"
    ORDER_DOORS = "order_doors"
    RECESS = "recess"
    RESUME = "resume"
    ADJOURN = "adjourn"
    CHANGE_FORMAT = "change_format"
    CHANGE_MODE = "change_mode"
    WITHDRAW_CONSENT = "withdraw_consent"
    ARRANGE_AGENDA = "arrange_agenda"
    TAKE_UP_ITEM = "take_up_item"
    ARRANGE_CHANNELS = "arrange_channels"
    ARRANGE_BOOTHS = "arrange_booths"
    ASK_FOR_FLOOR = "ask_for_floor"
    GIVE_FLOOR = "give_floor"
    YIELD_FLOOR = "yield_floor"
    PASS_TO_INTERPRETER = "pass_to_interpreter"  # noqa: S105 - an action
    HAND_FLOOR_BACK = "hand_floor_back"
    ENTER_CHAMBER = "enter_chamber"
    ENTER_CAUCUS = "enter_caucus"
    ENTER_BOOTH = "enter_booth"
    JOIN_CHAMBER_GROUP = "join_chamber_group"
    JOIN_FLOOR_GROUP = "join_floor_group"
    JOIN_CAUCUS_GROUP = "join_caucus_group"
    JOIN_BOOTH_GROUP = "join_booth_group"
    FOUND_GROUP = "found_group"
    VOID_EPOCH = "void_epoch"


@dataclass(frozen=True, slots=True)
class Ability:
    """One row: these roles, and with `chair` whoever gives a delegation's orders, in these phases and formats."""

    roles: frozenset[Role]
    chair: bool = False
    phases: frozenset[Phase] = frozenset(Phase)
    formats: frozenset[Format] = frozenset(Format)

    def covers(self, role: Role, *, chair: bool) -> bool:
        """Whether the row names this role, or names the chairs and this is one."""
        return role in self.roles or (self.chair and gives_orders(role, chair=chair))


@dataclass(frozen=True, slots=True)
class MediaRule:
    """What somebody in a room may send, and whether they hear and see the others."""

    publish: frozenset[str]
    hear: bool


class Whose(StrEnum):
    """Whose the floor is, as somebody in the chamber sees it."""

    NOBODYS = "nobodys"
    OWN = "own"
    OTHERS = "others"


@dataclass(frozen=True, slots=True)
class Hold:
    """One row: in these modes, the microphones of these roles are held while the floor is one of these."""

    roles: frozenset[Role]
    whose: frozenset[Whose]
    modes: frozenset[Mode]


@dataclass(frozen=True, slots=True)
class Grant:
    """One row: what these roles may send and hear in a room, in these phases, once they may be in."""

    room: str
    roles: frozenset[Role]
    phases: frozenset[Phase]
    rule: MediaRule


CHAMBER: Final = "chamber"
CAUCUS: Final = "caucus"
BOOTH: Final = "booth"
_ENTER: Final = {CHAMBER: Action.ENTER_CHAMBER, CAUCUS: Action.ENTER_CAUCUS, BOOTH: Action.ENTER_BOOTH}

_EVERYBODY: Final = frozenset(Role)
_DELEGATES: Final = _EVERYBODY - {Role.PRESS, Role.PROTOCOL_OFFICER}
_NOT_ADJOURNED: Final = frozenset(Phase) - {Phase.ADJOURNED}
_SITTING: Final = frozenset({Phase.OPEN, Phase.CLOSED})
_QUIET: Final = frozenset({Phase.ARRIVAL, Phase.RECESS})

_CHAIRS: Final = frozenset({Role.CHAIR})
_PRESIDING: Final = frozenset({Role.CHAIR, Role.PROTOCOL_OFFICER})


_ADMITTED: Final = tuple(
    Ability(roles, phases=_NOT_ADJOURNED, formats=frozenset({format_})) for format_, roles in ADMITS.items()
)

# A key is for who may hear or speak: nobody who only looks after the lines has one.
_KEYED: Final = tuple(replace(row, roles=row.roles - {Role.TECHNICIAN}) for row in _ADMITTED)


def _order(move: Move) -> tuple[Ability, ...]:
    return (Ability(_CHAIRS, chair=True, phases=phases_of(move)),)


# A chair whom the format keeps out of the room still gives orders: no row with `chair` names a format.
ABILITIES: Final[dict[Action, tuple[Ability, ...]]] = {
    Action.READ_DOSSIER: (Ability(_EVERYBODY),),
    Action.READ_MEETING: (Ability(_EVERYBODY),),
    Action.READ_ENROLMENTS: (Ability(_EVERYBODY),),
    Action.READ_AUDIT: (Ability(_EVERYBODY - {Role.PRESS}),),  # it says what the press must not know
    Action.CALL_MEETING: (Ability(_PRESIDING, chair=True),),
    Action.OPEN_DOORS: _order(Move.OPEN_DOORS),
    Action.CLOSE_DOORS: _order(Move.CLOSE_DOORS),
    Action.ORDER_DOORS: (
        Ability(_CHAIRS, chair=True, phases=phases_of(Move.OPEN_DOORS) | phases_of(Move.CLOSE_DOORS)),
    ),
    Action.RECESS: _order(Move.RECESS),
    Action.RESUME: _order(Move.RESUME),
    Action.ADJOURN: _order(Move.ADJOURN),
    Action.CHANGE_FORMAT: _order(Move.CHANGE_FORMAT),
    Action.CHANGE_MODE: _order(Move.CHANGE_MODE),
    Action.WITHDRAW_CONSENT: (Ability(_CHAIRS, chair=True, phases=_NOT_ADJOURNED),),
    Action.ARRANGE_AGENDA: (Ability(_PRESIDING, chair=True, phases=_NOT_ADJOURNED),),
    Action.TAKE_UP_ITEM: (Ability(_PRESIDING, chair=True, phases=_SITTING),),
    Action.ARRANGE_CHANNELS: (Ability(_CHAIRS, chair=True, phases=_NOT_ADJOURNED),),
    Action.ARRANGE_BOOTHS: (Ability(_CHAIRS, chair=True, phases=_NOT_ADJOURNED),),
    Action.ASK_FOR_FLOOR: (
        Ability(frozenset({Role.PRINCIPAL}), phases=_SITTING),
        Ability(
            frozenset({Role.CHAIR}),
            phases=frozenset({Phase.CLOSED}),
            formats=frozenset({Format.RESTRICTED, Format.PLENARY}),
        ),
        Ability(frozenset({Role.ADVISER}), phases=frozenset({Phase.CLOSED}), formats=frozenset({Format.PLENARY})),
    ),
    Action.GIVE_FLOOR: (Ability(_PRESIDING, chair=True, phases=_SITTING),),
    Action.YIELD_FLOOR: (Ability(_PRESIDING | {Role.PRINCIPAL, Role.ADVISER}, chair=True, phases=_SITTING),),
    Action.PASS_TO_INTERPRETER: (Ability(_PRESIDING | {Role.PRINCIPAL, Role.ADVISER}, chair=True, phases=_SITTING),),
    Action.HAND_FLOOR_BACK: (Ability(frozenset({Role.INTERPRETER}), phases=_SITTING),),
    Action.ENTER_CHAMBER: (
        *_ADMITTED,
        Ability(frozenset({Role.PRESS}), phases=frozenset({Phase.OPEN})),
    ),
    Action.ENTER_CAUCUS: (Ability(_DELEGATES, phases=_NOT_ADJOURNED),),
    Action.ENTER_BOOTH: (Ability(frozenset({Role.INTERPRETER}), phases=_NOT_ADJOURNED),),
    # To be in a group is to found it, join it, commit in it, read its log, send to it: keys' part of being in the room.
    Action.JOIN_CHAMBER_GROUP: _KEYED,
    # The press comes in before the doors open: keys take a moment, and until then they carry nothing.
    Action.JOIN_FLOOR_GROUP: (*_KEYED, Ability(frozenset({Role.PRESS}), phases=_NOT_ADJOURNED)),
    Action.JOIN_CAUCUS_GROUP: (Ability(_DELEGATES, phases=_NOT_ADJOURNED),),
    Action.JOIN_BOOTH_GROUP: (Ability(frozenset({Role.INTERPRETER}), phases=_NOT_ADJOURNED),),
    # Founding gives no power over a group: whoever comes first begins, lest a delegation wait in silence for its chair.
    Action.FOUND_GROUP: (Ability(_DELEGATES, phases=_NOT_ADJOURNED),),
    Action.VOID_EPOCH: (Ability(_CHAIRS, chair=True, phases=_NOT_ADJOURNED),),
}

_SILENT: Final = MediaRule(frozenset(), hear=False)
_LISTENS: Final = MediaRule(frozenset(), hear=True)
_SPEAKS: Final = MediaRule(frozenset({"microphone"}), hear=True)
_IS_SEEN: Final = MediaRule(frozenset({"microphone", "camera"}), hear=True)
_SHOWS_PAPERS: Final = MediaRule(frozenset({"microphone", "screen"}), hear=True)  # parity: principals alone are seen
_PRESENTS: Final = MediaRule(frozenset({"microphone", "camera", "screen"}), hear=True)

_OPEN: Final = frozenset({Phase.OPEN})
_CLOSED: Final = frozenset({Phase.CLOSED})

GRANTS: Final[tuple[Grant, ...]] = (
    Grant(CHAMBER, _DELEGATES, _QUIET, _SILENT),
    Grant(CHAMBER, frozenset({Role.PRINCIPAL}), _OPEN, _IS_SEEN),
    Grant(CHAMBER, frozenset({Role.PRINCIPAL}), _CLOSED, _PRESENTS),
    Grant(CHAMBER, frozenset({Role.CHAIR}), _CLOSED, _SHOWS_PAPERS),
    Grant(CHAMBER, frozenset({Role.CHAIR, Role.ADVISER}), _OPEN, _LISTENS),
    Grant(CHAMBER, frozenset({Role.ADVISER}), _CLOSED, _SPEAKS),
    # What is spoken, and what is signed: a client sends and shows an interpreter's camera as a sign channel of theirs alone.
    Grant(CHAMBER, frozenset({Role.INTERPRETER}), _SITTING, _IS_SEEN),
    Grant(CHAMBER, frozenset({Role.NOTETAKER}), _SITTING, _LISTENS),
    Grant(CHAMBER, frozenset({Role.TECHNICIAN}), _SITTING, _SILENT),
    Grant(CHAMBER, frozenset({Role.PRESS}), _OPEN, _LISTENS),
    Grant(CAUCUS, _DELEGATES, _NOT_ADJOURNED, _IS_SEEN),
    Grant(BOOTH, frozenset({Role.INTERPRETER}), _NOT_ADJOURNED, _IS_SEEN),
)
"""No role meets two rows of one room in one phase. Who may be in at all is said by `enter_chamber` and its like."""

_NOT_OWN: Final = frozenset({Whose.NOBODYS, Whose.OTHERS})
_CONSECUTIVE: Final = frozenset({Mode.CONSECUTIVE})
_LIAISON: Final = frozenset({Mode.LIAISON})

HELD: Final[tuple[Hold, ...]] = (
    # Whoever has the floor is heard alone; while nobody has it, delegates talk freely.
    Hold(_EVERYBODY - {Role.INTERPRETER}, frozenset({Whose.OTHERS}), _CONSECUTIVE),
    # An interpreter is heard when the floor is passed to them, as the floor: there are no channels in this mode.
    Hold(frozenset({Role.INTERPRETER}), _NOT_OWN, _CONSECUTIVE),
    # Principals and interpreters speak in turn, as at a table; whoever else is given the floor is heard beside them.
    Hold(_EVERYBODY - {Role.PRINCIPAL, Role.INTERPRETER}, _NOT_OWN, _LIAISON),
)
"""Of the chamber alone. No role meets two rows of one mode; a mode that is in none holds nobody."""


def gives_orders(role: Role, *, chair: bool) -> bool:
    """Whether a member gives a delegation's orders: role `chair` always, a principal when accredited so."""
    return role is Role.CHAIR or (chair and role is Role.PRINCIPAL)


def check(action: Action, actor: Actor, phase: Phase | None = None, format: Format | None = None) -> None:  # noqa: A002 - the word of the summit
    """Let an action pass, or refuse it. Phase and format are None for what is not done in a meeting.

    Raises:
        RefusedError: NOT_YOUR_ROLE, NOT_IN_THIS_PHASE or NOT_IN_THIS_FORMAT, the first that applies.
    """
    rows = [row for row in ABILITIES[action] if row.covers(actor.role, chair=actor.chair)]
    if not rows:
        raise RefusedError(Code.NOT_YOUR_ROLE, action=action.value, role=actor.role.value)
    if phase is not None:
        rows = [row for row in rows if phase in row.phases]
        if not rows:
            raise RefusedError(Code.NOT_IN_THIS_PHASE, action=action.value, phase=phase.value)
    if format is not None and not any(format in row.formats for row in rows):
        raise RefusedError(Code.NOT_IN_THIS_FORMAT, action=action.value, format=format.value)


def may(action: Action, role: Role, chair: bool, phase: Phase, format: Format) -> bool:  # noqa: A002, FBT001 - as `media`
    """Whether `check` would let the action pass."""
    rows = ABILITIES[action]
    return any(row.covers(role, chair=chair) and phase in row.phases and format in row.formats for row in rows)


def media(role: Role, chair: bool, phase: Phase, format: Format, room_kind: str) -> MediaRule | None:  # noqa: A002, FBT001 - the five things that decide
    """Return what somebody may send and hear in a room, or None if they may not be in it.

    Args:
        role: what they are accredited as.
        chair: whether they give orders; changes nothing here.
        phase: the meeting's.
        format: the meeting's.
        room_kind: `chamber`, `caucus` (their own delegation's), or `booth` (the one they work in).
    """
    enter = _ENTER.get(room_kind)
    if enter is None or not may(enter, role, chair, phase, format):
        return None
    rules = (row.rule for row in GRANTS if row.room == room_kind and role in row.roles and phase in row.phases)
    return next(rules, None)


def is_held(role: Role, mode: Mode, whose: Whose) -> bool:
    """Whether a role's microphone is held in the chamber, in a mode and with the floor where it is."""
    return any(mode in row.modes and role in row.roles and whose in row.whose for row in HELD)


def follows_floor(mode: Mode) -> bool:
    """Whether a mode holds anybody's microphone at all: in the others the floor is a word, and opens or closes none."""
    return any(mode in row.modes for row in HELD)


def printed() -> dict[str, Any]:
    """Return the tables and the moves as JSON values, in a fixed order.

    An action may have several rows in `abilities`: it is allowed when one of them fits. `grants` has one row
    for every (room, role, phase, format) in which the role may be in the room; a combination that is in none is *out*.
    """
    return {"abilities": _abilities(), "grants": _grants(), "held": _held(), "moves": _moves()}


def _held() -> list[dict[str, Any]]:
    return [
        {
            "modes": _in_order(Mode, row.modes),
            "roles": _in_order(Role, row.roles),
            "whose": _in_order(Whose, row.whose),
        }
        for row in HELD
    ]


def _abilities() -> list[dict[str, Any]]:
    return [
        {
            "action": action.value,
            "roles": _in_order(Role, row.roles),
            "chair": row.chair,
            "phases": _in_order(Phase, row.phases),
            "formats": _in_order(Format, row.formats),
        }
        for action in Action
        for row in ABILITIES[action]
    ]


def _grants() -> list[dict[str, Any]]:
    cells = [(kind, role, phase, sort) for kind in _ENTER for role in Role for phase in Phase for sort in Format]
    ruled = [(*cell, media(cell[1], False, cell[2], cell[3], cell[0])) for cell in cells]  # noqa: FBT003 - as `media`
    rows = [
        {
            "room": kind,
            "roles": [role.value],
            "phases": [phase.value],
            "formats": [sort.value],
            "publish": [source for source in ("microphone", "camera", "screen") if source in rule.publish],
            "hear": rule.hear,
        }
        for kind, role, phase, sort, rule in ruled
        if rule is not None
    ]
    return _merged(_merged(_merged(rows, "formats"), "phases"), "roles")


def _merged(rows: Iterable[dict[str, Any]], field: str) -> list[dict[str, Any]]:
    """Make one row of those that differ in a list alone: every member's page loads the table before its first screen."""
    kept: dict[str, dict[str, Any]] = {}
    for row in rows:
        rest = repr({name: value for name, value in row.items() if name != field})
        kept[rest] = {**row, field: [*kept.get(rest, {field: []})[field], *row[field]]}
    return list(kept.values())


def _moves() -> list[dict[str, Any]]:
    return [
        {"move": move.value, "phase": phase.value, "leads_to": to.value, "everybody": move in NEED_EVERYBODY}
        for (phase, move), to in MOVES.items()
    ]


def _in_order(kind: type[StrEnum], chosen: Iterable[StrEnum]) -> list[str]:
    kept = set(chosen)
    return [one.value for one in kind if one in kept]
