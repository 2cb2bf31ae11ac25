"""A chair's signed statement that an epoch is poisoned: garbage won it, and no member can follow. Pure.

It saves the time of founding the group anew. No secret hangs on it: a member follows only commits that they have checked,
and whoever followed the one that is taken back joins again. Members check the statement too, for themselves.
"""

from dataclasses import dataclass
from typing import Annotated, Final, Literal

from pydantic import Field

from visavis.identity.signing import verifies
from visavis.identity.statements import Bytes32, Instant, Statement, parse
from visavis.kernel.errors import Code, RefusedError
from visavis.keys.model import LAST_EPOCH, NAME

VOID: Final = "visavis void 1"


class VoidForm(Statement):
    """A void: the epoch, and the fingerprint of the commit that ended it."""

    type: Literal["visavis void 1"] = VOID
    descriptor: Bytes32
    meeting: str
    group: Annotated[str, Field(pattern=NAME)]
    epoch: Annotated[int, Field(ge=0, le=LAST_EPOCH)]
    commit: Bytes32
    issued: Instant


@dataclass(frozen=True, slots=True)
class Place:
    """The one group that a void is to be of."""

    descriptor: bytes
    """The fingerprint of the summit's descriptor."""
    meeting: str
    group: str
    """As it is written."""


def check_void(raw: bytes, signature: bytes, device_key: bytes, place: Place) -> VoidForm:
    """Return what a void says, if it is of this group and the device signed it.

    Raises:
        RefusedError: MESSAGE_BAD, SIGNATURE_BAD.
    """
    form = parse(VoidForm, raw, Code.MESSAGE_BAD)
    if Place(form.descriptor, form.meeting, form.group) != place:
        raise RefusedError(Code.MESSAGE_BAD, field="void")
    if not verifies(device_key, signature, VOID, raw):
        raise RefusedError(Code.SIGNATURE_BAD)
    return form
