"""Who may be in: formats are data. Source: docs/protocol.md §6."""

from typing import Final

from visavis.identity.model import Role
from visavis.summits.model import Format

_ONE_ON_ONE: Final = frozenset({Role.PRINCIPAL, Role.INTERPRETER})
_RESTRICTED: Final = _ONE_ON_ONE | {Role.CHAIR, Role.NOTETAKER}
_PLENARY: Final = _RESTRICTED | {Role.ADVISER, Role.TECHNICIAN}

ADMITS: Final[dict[Format, frozenset[Role]]] = {
    Format.ONE_ON_ONE: _ONE_ON_ONE,
    Format.RESTRICTED: _RESTRICTED,
    Format.PLENARY: _PLENARY,
}
"""The roles of a delegation that each format lets into the chamber. The press comes and goes with the phase."""
