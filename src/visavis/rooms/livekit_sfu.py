"""LiveKit, asked in our words. The only module that imports it.

What LiveKit does with each call was read in its source and tried: docs/decisions/0004-kept-tickets.md.
"""

import asyncio
import base64
import hashlib
import hmac
import json
from collections.abc import Awaitable
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Any, Final, Self, TypeVar

import jwt
from aiohttp import ClientError, ClientTimeout
from livekit import api
from livekit.api.room_service import RoomService
from livekit.protocol import models

from visavis.kernel.errors import Code, OutageError, RefusedError
from visavis.kernel.ids import Identity
from visavis.kernel.secret import Secret
from visavis.rooms.model import NOTHING, Happened, MediaGrant, Occupant, Report, Source

_Answer = TypeVar("_Answer")

ANSWER_SECONDS: Final = 3
LOOK_SECONDS: Final = 0.25
"""How often the list is looked at while LiveKit does not say that an order is carried out."""

EMPTY_SECONDS: Final = 24 * 3600
"""How long LiveKit keeps a room with nobody in it. The server ends rooms itself; this only tidies up after it."""

_SOURCES: Final[dict[Source, tuple[str, "models.TrackSource"]]] = {
    Source.MICROPHONE: ("microphone", models.TrackSource.MICROPHONE),
    Source.CAMERA: ("camera", models.TrackSource.CAMERA),
    Source.SCREEN: ("screen_share", models.TrackSource.SCREEN_SHARE),
}
_HAPPENED: Final = {
    "participant_joined": Happened.JOINED,
    "participant_left": Happened.LEFT,
    "participant_connection_aborted": Happened.LEFT,
    "room_finished": Happened.ROOM_FINISHED,
}


class LiveKitSfu:
    """One LiveKit server or cluster. Keeps one connection pool; `close` ends it."""

    def __init__(self, url: str, public_url: str, key: str, secret: Secret) -> None:
        """Take where to reach it (`url`, http) and where clients do (`public_url`, ws or wss); connect to nothing."""
        self._url = url
        self._public_url = public_url
        self._key = key
        self._secret = secret
        self._api: api.LiveKitAPI | None = None

    @property
    def public_url(self) -> str:
        """Where clients reach it, a WebSocket address."""
        return self._public_url

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Close the connections."""
        if self._api is not None:
            await self._api.aclose()
            self._api = None

    async def open_room(self, room: str) -> str:
        """Make a room if it is not there; return which life of it this is: LiveKit's `sid`."""
        wanted = api.CreateRoomRequest(name=room, empty_timeout=EMPTY_SECONDS, departure_timeout=EMPTY_SECONDS)
        made = await self._answered(self._room.create_room(wanted))
        if made is None:
            raise OutageError(Code.SFU_UNAVAILABLE)
        return made.sid

    async def close_room(self, room: str) -> None:
        """End a room and put everybody out; nothing happens if it is not there."""
        await self._answered(self._room.delete_room(api.DeleteRoomRequest(room=room)))

    async def rooms(self) -> list[str]:
        """Return the names of the rooms there are."""
        answer = await self._answered(self._room.list_rooms(api.ListRoomsRequest()))
        return [] if answer is None else [room.name for room in answer.rooms]

    async def occupants(self, room: str) -> list[Occupant]:
        """Return who is in a room; empty if it is not there."""
        answer = await self._answered(self._room.list_participants(api.ListParticipantsRequest(room=room)))
        if answer is None:
            return []
        gone = models.ParticipantInfo.State.DISCONNECTED
        return [_occupant(one) for one in answer.participants if one.state != gone]

    async def permit(self, room: str, identity: Identity, grant: MediaGrant) -> bool:
        """Set what somebody in the room may send and hear, and have them shown to the others.

        Return whether they are there; nothing happens if they are not.
        """
        permission = models.ParticipantPermission(
            can_subscribe=grant.hear,
            can_publish=bool(grant.publish),
            can_publish_sources=[_SOURCES[source][1] for source in sorted(grant.publish)],
            can_publish_data=False,
            can_update_metadata=False,
            hidden=False,
        )
        wanted = api.UpdateParticipantRequest(room=room, identity=identity, permission=permission)
        return await self._carried_out(room, identity, self._room.update_participant(wanted))

    async def remove(self, room: str, identity: Identity) -> None:
        """Put somebody out of the room; nothing happens if they are not there."""
        whom = api.RoomParticipantIdentity(room=room, identity=identity)
        await self._carried_out(room, identity, self._room.remove_participant(whom))

    def token(self, room: str, identity: Identity, grant: MediaGrant, lifetime: timedelta) -> str:
        """Return the signed token that lets `identity`, and nobody else, into `room` within `lifetime`."""
        return self._signed(identity, _grants(room, grant), lifetime)

    def token_to_wait(self, room: str, identity: Identity, lifetime: timedelta) -> str:
        """Return one likewise, with which they wait at the door: LiveKit tells nobody of whoever is hidden."""
        grants = _grants(room, NOTHING)
        grants.hidden = True
        return self._signed(identity, grants, lifetime)

    def _signed(self, identity: Identity, grants: api.VideoGrants, lifetime: timedelta) -> str:
        token = api.AccessToken(self._key, self._secret.reveal())
        return token.with_identity(identity).with_ttl(lifetime).with_grants(grants).to_jwt()

    def report(self, body: bytes, authorization: str) -> Report:
        """Return what LiveKit reports, after checking its token and the hash of the body in it.

        Source: docs.livekit.io, "Webhooks & events".

        Raises:
            RefusedError: WEBHOOK_BAD.
        """
        try:
            claims = api.TokenVerifier(self._key, self._secret.reveal()).verify(authorization)
        except jwt.PyJWTError as error:
            raise RefusedError(Code.WEBHOOK_BAD) from error
        signed = (claims.sha256 or "").encode()
        if not hmac.compare_digest(signed, base64.b64encode(hashlib.sha256(body).digest())):
            raise RefusedError(Code.WEBHOOK_BAD)
        return _report(body)

    @property
    def _room(self) -> RoomService:
        # Made at first use: the connection pool belongs to the running event loop.
        if self._api is None:
            timeout = ClientTimeout(total=ANSWER_SECONDS)
            secret = self._secret.reveal()
            self._api = api.LiveKitAPI(self._url, self._key, secret, timeout=timeout, failover=False)
        return self._api.room

    async def _carried_out(self, room: str, identity: Identity, order: Awaitable[object]) -> bool:
        """Await an order about somebody, for as long as they are in the room; return whether it was carried out.

        LiveKit asks the participant's own service to carry it out, which ends a moment before the participant is off the
        list: an order in between is answered by nobody, for three seconds and more (`psrpc`, `ErrNoResponse`). People
        leave when the doors close, so this moment is a usual one, and nobody may wait because of who is gone.

        Raises:
            OutageError: SFU_UNAVAILABLE.
        """
        try:
            async with asyncio.TaskGroup() as tasks:
                answer = tasks.create_task(self._answered(order))
                while not (await asyncio.wait({answer}, timeout=LOOK_SECONDS))[0]:
                    if not any(one.identity == identity for one in await self.occupants(room)):
                        answer.cancel()
        except ExceptionGroup as failed:
            outages, bugs = failed.split(OutageError)
            if outages is None or bugs is not None:
                raise
            raise OutageError(Code.SFU_UNAVAILABLE) from outages.exceptions[0]
        return not answer.cancelled() and answer.result() is not None

    async def _answered(self, asked: Awaitable[_Answer]) -> _Answer | None:
        """Return LiveKit's answer, or None if what was asked about is not there."""
        try:
            return await asked
        except api.TwirpError as error:
            if error.code == api.TwirpErrorCode.NOT_FOUND:
                return None
            raise OutageError(Code.SFU_UNAVAILABLE) from error
        except (ClientError, TimeoutError) as error:
            raise OutageError(Code.SFU_UNAVAILABLE) from error


def _grants(room: str, grant: MediaGrant) -> api.VideoGrants:
    return api.VideoGrants(
        room_join=True,
        room=room,
        can_subscribe=grant.hear,
        can_publish=bool(grant.publish),
        can_publish_sources=[_SOURCES[source][0] for source in sorted(grant.publish)],
        can_publish_data=False,
        can_update_own_metadata=False,
    )


def granted(permission: models.ParticipantPermission) -> MediaGrant:
    """Return LiveKit's permission in our words."""
    named = {number: source for source, (_, number) in _SOURCES.items()}
    # Without a list LiveKit lets every source through.
    listed = {named[number] for number in permission.can_publish_sources if number in named} or set(Source)
    return MediaGrant(frozenset(listed if permission.can_publish else ()), hear=permission.can_subscribe)


def _occupant(told: models.ParticipantInfo) -> Occupant:
    joined = datetime.fromtimestamp(told.joined_at_ms / 1000 if told.joined_at_ms else told.joined_at, UTC)
    return Occupant(Identity(told.identity), granted(told.permission), joined, waits=told.permission.hidden)


def _report(body: bytes) -> Report:
    """Read the fields we use. The others are covered by the signature and not ours to judge."""
    try:
        told: dict[str, Any] = json.loads(body)
        identity = told.get("participant", {}).get("identity")
        room = told.get("room", {}).get("name", "")
        return Report(
            id=str(told["id"]),
            happened=_HAPPENED.get(told["event"], Happened.OTHER),
            room=str(room),
            identity=None if identity is None else Identity(str(identity)),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise RefusedError(Code.WEBHOOK_BAD) from error
