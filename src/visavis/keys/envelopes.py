"""Use cases: send sealed bytes to a group, read what came since. The server numbers envelopes and reads nothing of them.

Who sent which, the members check by the signature inside; the sender named here is only whose session it was.
"""

from typing import Any

from visavis.events.catalogue import Kind
from visavis.identity.model import Actor
from visavis.kernel.canonical import b64u
from visavis.kernel.clock import written
from visavis.kernel.errors import Code, RefusedError
from visavis.keys import store
from visavis.keys.access import founded, let_in
from visavis.keys.model import ENVELOPE_LIMIT, LOG_PAGE, Envelope, GroupKey
from visavis.storage.database import Database


async def send(database: Database, actor: Actor, key: GroupKey, message: bytes) -> int:
    """Send an envelope to everybody in a group; return its number there.

    Raises:
        RefusedError: as `access.let_in`; GROUP_UNKNOWN if nobody has founded it; BODY_TOO_LARGE.
    """
    if len(message) > ENVELOPE_LIMIT:
        raise RefusedError(Code.BODY_TOO_LARGE, field="envelope")
    async with database.writing() as tx:
        entrance = await let_in(tx.connection, actor, key)
        await founded(tx.connection, key)
        kept = await store.add_envelope(tx, key, message, actor.member)
        entrance.tell(tx, Kind.ENVELOPE, {"number": kept.number, "envelope": b64u(message)})
    return kept.number


async def after(database: Database, actor: Actor, key: GroupKey, number: int) -> tuple[Envelope, ...]:
    """Return the envelopes after a number that are still kept, as many as are sent at a time.

    Raises:
        RefusedError: as `access.let_in`; GROUP_UNKNOWN if nobody has founded it.
    """
    async with database.reading() as connection:
        await let_in(connection, actor, key)
        await founded(connection, key)
        return await store.envelopes_after(connection, key, number, LOG_PAGE)


def envelope_view(envelope: Envelope) -> dict[str, Any]:
    """Return an envelope as a client reads it."""
    sent = {"by": envelope.by, "at": written(envelope.at)}
    return {"number": envelope.number, "envelope": b64u(envelope.message), **sent}
