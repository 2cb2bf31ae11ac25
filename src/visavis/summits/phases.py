"""The phases of a meeting: one table that lists every legal move. Pure.

                  open_doors*                close_doors
     ┌─────────┐ ────────────▶ ┌──────┐ ───────────────────┐
     │ arrival │               │ open │ ◀────────────────┐ │
     └─────────┘               └──────┘    open_doors*   │ ▼
          │                                            ┌────────┐  recess   ┌────────┐
          └───────────────────────────────────────────▶│ closed │ ────────▶ │ recess │
                close_doors (begin behind closed doors)│        │ ◀──────── │        │
                                                       └────────┘  resume   └────────┘
                                                            │ adjourn            │ adjourn
                                                            ▼                    ▼
                                                       ┌──────────────────────────────┐
                                                       │          adjourned           │
                                                       └──────────────────────────────┘

    stay where they are: change_mode* in every phase but adjourned,
                         change_format* in every phase but open and adjourned

    * needs a chair of every delegation; the others need one chair

The format does not change while the press is in: nobody is let in or sent out before its cameras.
Who still wishes what they wished ten minutes ago says so again: an old wish must not open doors that nobody looks at.
Source: docs/protocol.md §3.
"""

from datetime import timedelta
from typing import Final

from visavis.kernel.errors import Code, RefusedError
from visavis.summits.model import Move, Phase

MOVES: Final[dict[tuple[Phase, Move], Phase]] = {
    (Phase.ARRIVAL, Move.OPEN_DOORS): Phase.OPEN,
    (Phase.ARRIVAL, Move.CLOSE_DOORS): Phase.CLOSED,
    (Phase.OPEN, Move.CLOSE_DOORS): Phase.CLOSED,
    (Phase.CLOSED, Move.OPEN_DOORS): Phase.OPEN,
    (Phase.CLOSED, Move.RECESS): Phase.RECESS,
    (Phase.RECESS, Move.RESUME): Phase.CLOSED,
    (Phase.CLOSED, Move.ADJOURN): Phase.ADJOURNED,
    (Phase.RECESS, Move.ADJOURN): Phase.ADJOURNED,
    (Phase.ARRIVAL, Move.CHANGE_FORMAT): Phase.ARRIVAL,
    (Phase.CLOSED, Move.CHANGE_FORMAT): Phase.CLOSED,
    (Phase.RECESS, Move.CHANGE_FORMAT): Phase.RECESS,
    (Phase.ARRIVAL, Move.CHANGE_MODE): Phase.ARRIVAL,
    (Phase.OPEN, Move.CHANGE_MODE): Phase.OPEN,
    (Phase.CLOSED, Move.CHANGE_MODE): Phase.CLOSED,
    (Phase.RECESS, Move.CHANGE_MODE): Phase.RECESS,
}

NEED_EVERYBODY: Final = frozenset({Move.OPEN_DOORS, Move.CHANGE_FORMAT, Move.CHANGE_MODE})
"""Moves that are done when a chair of every delegation has asked for the same."""

CONSENT_LASTS: Final = timedelta(minutes=10)
"""How long a delegation's wish for such a move waits for the others."""

CLOCKS_RUN: Final = frozenset({Phase.OPEN, Phase.CLOSED})
"""Phases in which the current item of the agenda takes time."""


def after(phase: Phase, move: Move) -> Phase:
    """Return the phase that `move` leads to.

    Raises:
        RefusedError: MOVE_NOT_POSSIBLE, if the table does not list it.
    """
    try:
        return MOVES[phase, move]
    except KeyError:
        raise RefusedError(Code.MOVE_NOT_POSSIBLE, phase=phase.value, move=move.value) from None


def phases_of(move: Move) -> frozenset[Phase]:
    """Return the phases in which `move` is possible."""
    return frozenset(phase for phase, listed in MOVES if listed is move)
