"""Whether somebody may pass to the media engine's signalling at this moment: the token's words, then the policy's.

The engine takes a token for as long as it lasts, whatever happened since. Here it is worth what the policy says now.
"""

import asyncio
from dataclasses import dataclass
from typing import Any, Final

import jwt

from visavis.identity import store as identities
from visavis.interpretation.booths import places_in
from visavis.kernel.errors import Code, OutageError, RefusedError
from visavis.kernel.ids import Identity
from visavis.rooms.grants import seat_for
from visavis.rooms.model import MediaGrant, Room, RoomKind
from visavis.rooms.sfu_config import SfuKeys
from visavis.storage.database import Database
from visavis.summits import store

ANSWER_SECONDS: Final = 3


@dataclass(frozen=True, slots=True)
class Claim:
    """What a token says of itself, its signature checked: who wants to be where. `token` is a bearer secret."""

    token: str
    room: Room
    identity: Identity
    waits: bool = False
    """Whether they come only as far as the door."""


@dataclass(frozen=True, slots=True)
class Gate:
    """What is asked: the database for the policy's answer, the key for the token's signature."""

    database: Database
    keys: SfuKeys

    def claim(self, token: str) -> Claim:
        """Read a token that our server or the engine has signed with our key.

        It must let its holder join one named room of ours, and be no older than it says: the engine itself would take
        it for a minute more.

        Raises:
            RefusedError: TICKET_REFUSED.
        """
        try:
            claims: dict[str, Any] = jwt.decode(
                token,
                self.keys.secret.reveal(),
                algorithms=["HS256"],
                issuer=self.keys.key,
                options={"require": ["exp", "iss", "sub"]},
            )
        except jwt.PyJWTError as error:
            raise RefusedError(Code.TICKET_REFUSED) from error
        match claims:
            case {"sub": str(identity), "video": {"roomJoin": True, "room": str(name), **rest}}:
                room = Room.named(name)
            case _:
                raise RefusedError(Code.TICKET_REFUSED)
        if room is None:
            raise RefusedError(Code.TICKET_REFUSED)
        return Claim(token, room, Identity(identity), waits=rest.get("hidden") is True)

    async def check(self, claim: Claim) -> None:
        """Return if the policy has a seat for this member in this room now.

        Whoever is seated does not wait at the door as well: of two with one identity the engine puts out the first.

        Raises:
            RefusedError: TICKET_REFUSED.
            OutageError: if the database does not answer. Nobody passes then.
        """
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                grant = await grant_now(self.database, claim.room, claim.identity)
                is_twice = claim.waits and await _is_seated(self.database, claim.room, claim.identity)
        except TimeoutError as error:
            raise OutageError(Code.STORAGE_UNAVAILABLE) from error
        if grant is None or is_twice:
            raise RefusedError(Code.TICKET_REFUSED)


async def _is_seated(database: Database, room: Room, identity: Identity) -> bool:
    async with database.reading() as connection:
        member = await identities.member_by_identity(connection, identity)
        return member is not None and member.id in await store.presences_of(connection, room.meeting)


async def grant_now(database: Database, room: Room, identity: Identity) -> MediaGrant | None:
    """Return what an identity may do in a room now, or None if it may not be there, or is nobody's.

    What `sitting_of` tells of everybody in a meeting, for one: this stands in the way of each join, twice.
    """
    async with database.reading() as connection:
        held = await identities.accredited(connection, identity)
        meeting = await store.meeting(connection, room.meeting)
        floor = None if meeting is None else await store.floor(connection, meeting.id)
        booth = None
        if meeting is not None and room.kind is RoomKind.BOOTH:
            booth = (await places_in(connection, meeting)).get(identity)
    if floor is None or held is None or meeting is None or held.summit_expires <= database.now():
        return None
    return seat_for(held.member, meeting, room, floor.holder, booth)
