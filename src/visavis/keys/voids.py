"""A chair's signed statement that an epoch is poisoned: garbage won it, and no member can follow. Pure.

It saves the time of founding the group anew. No secret hangs on it: a member follows only commits that they have checked,
and whoever followed the one that is taken back joins again.
"""

from typing import Annotated, Final, Literal

from pydantic import Field

from visavis.identity.statements import Bytes32, Instant, Statement
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
