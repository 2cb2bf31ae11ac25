"""Use cases: a device shows that it has its key, and may then ask for a while.

```
nobody --challenge--> challenged --open_session--> signed in --close_session, expiry--> nobody
```

A challenge is used up by the session it opens. Both are checked again at every use: a member who was revoked, or whose
summit is over, has a session that opens nothing.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from visavis.identity import store
from visavis.identity.model import Actor, Member
from visavis.identity.signing import verifies
from visavis.identity.statements import SESSION, SessionForm, parse
from visavis.kernel.canonical import b64u, fingerprint
from visavis.kernel.chance import Chance
from visavis.kernel.errors import Code, RefusedError
from visavis.kernel.ids import Identity
from visavis.kernel.secret import Secret
from visavis.storage.database import Database
from visavis.storage.transaction import Transaction

CHALLENGE_LIFE: Final = timedelta(seconds=60)
SESSION_LIFE: Final = timedelta(hours=12)
# So long is it still said "expired" and not "unknown".
REMEMBERED: Final = timedelta(hours=24)
TOKEN_LENGTH: Final = 32
NONCE_LENGTH: Final = 16


@dataclass(frozen=True, slots=True)
class OpenedSession:
    """What a member who signed in is given. The token is a bearer secret; the server keeps only its fingerprint."""

    token: Secret
    expires: datetime
    actor: Actor


async def challenge(
    database: Database,
    identity: Identity,
    origin: str,
    chance: Chance,
    life: timedelta = CHALLENGE_LIFE,
) -> bytes:
    """Return the bytes that the device of this identity is to sign, once.

    Raises:
        RefusedError: MEMBER_UNKNOWN, MEMBER_REVOKED.
    """
    async with database.writing() as tx:
        await _standing(tx, identity)
        expires = tx.now + life
        asked = SessionForm(
            origin=origin,
            identity=identity,
            nonce=chance.bytes(NONCE_LENGTH),
            expires=expires,
        ).written()
        await store.keep_challenge(tx, fingerprint(asked), expires, tx.now - REMEMBERED)
    return asked


async def open_session(
    database: Database,
    challenge: bytes,
    signature: bytes,
    chance: Chance,
    life: timedelta = SESSION_LIFE,
) -> OpenedSession:
    """Open a session for the device that signed a challenge of ours.

    Raises:
        RefusedError: CHALLENGE_UNKNOWN (not ours, or used before), CHALLENGE_EXPIRED, MEMBER_UNKNOWN, MEMBER_REVOKED,
            SIGNATURE_BAD, DESCRIPTOR_EXPIRED.
    """
    async with database.writing() as tx:
        # Whether the bytes are ours is known by their fingerprint, before anything in them is believed.
        if not await store.take_challenge(tx, fingerprint(challenge)):
            raise RefusedError(Code.CHALLENGE_UNKNOWN)
        asked = parse(SessionForm, challenge, Code.CHALLENGE_UNKNOWN)
        if asked.expires <= tx.now:
            raise RefusedError(Code.CHALLENGE_EXPIRED)
        member = await _standing(tx, Identity(asked.identity))
        if not verifies(member.device_key, signature, SESSION, challenge):
            raise RefusedError(Code.SIGNATURE_BAD)
        summit = await store.descriptor_of(tx.connection, member.summit)
        if summit is None or summit.expires <= tx.now:
            raise RefusedError(Code.DESCRIPTOR_EXPIRED)
        token = Secret(b64u(chance.bytes(TOKEN_LENGTH)))
        expires = min(tx.now + life, summit.expires)
        await store.keep_session(tx, _fingerprint(token), member.id, expires, tx.now - REMEMBERED)
    return OpenedSession(token, expires, member.actor)


async def actor_for(database: Database, token: Secret) -> Actor:
    """Return who a session's token stands for.

    Raises:
        RefusedError: NOT_SIGNED_IN, SESSION_EXPIRED, MEMBER_REVOKED, DESCRIPTOR_EXPIRED.
    """
    async with database.reading() as connection:
        kept = await store.session(connection, _fingerprint(token))
    now = database.now()
    if kept is None:
        raise RefusedError(Code.NOT_SIGNED_IN)
    if kept.member.revoked is not None:
        raise RefusedError(Code.MEMBER_REVOKED)
    if kept.summit_expires <= now:
        raise RefusedError(Code.DESCRIPTOR_EXPIRED)
    if kept.expires <= now:
        raise RefusedError(Code.SESSION_EXPIRED)
    return kept.member.actor


async def close_session(database: Database, token: Secret) -> None:
    """End a session; nothing happens if there is none."""
    async with database.writing() as tx:
        await store.drop_session(tx, _fingerprint(token))


async def _standing(tx: Transaction, identity: Identity) -> Member:
    member = await store.member_by_identity(tx.connection, identity)
    if member is None:
        raise RefusedError(Code.MEMBER_UNKNOWN)
    if member.revoked is not None:
        raise RefusedError(Code.MEMBER_REVOKED)
    return member


def _fingerprint(token: Secret) -> bytes:
    return fingerprint(token.reveal().encode())
