"""What we ask of a media engine, in our words. `livekit_sfu` answers with LiveKit, `tests/fakes/sfu.py` with memory."""

from datetime import timedelta
from typing import Protocol

from visavis.kernel.ids import Identity
from visavis.rooms.model import MediaGrant, Occupant, Report


class Sfu(Protocol):
    """A selective forwarding unit. Every method raises `OutageError(SFU_UNAVAILABLE)` when it does not answer."""

    @property
    def public_url(self) -> str:
        """Where clients reach it, a WebSocket address."""
        ...

    async def open_room(self, room: str) -> str:
        """Make a room if it is not there; return which life of it this is. Rooms are never made by a join.

        An engine that was started again has forgotten everybody: what it then makes under the same name has another life.
        """
        ...

    async def close_room(self, room: str) -> None:
        """End a room and put everybody out; nothing happens if it is not there."""
        ...

    async def rooms(self) -> list[str]:
        """Return the names of the rooms there are."""
        ...

    async def occupants(self, room: str) -> list[Occupant]:
        """Return who is in a room; empty if it is not there."""
        ...

    async def permit(self, room: str, identity: Identity, grant: MediaGrant) -> bool:
        """Set what somebody in the room may send and hear; whoever waited at the door waits no longer.

        Return whether they are there; nothing happens if they are not.
        """
        ...

    async def remove(self, room: str, identity: Identity) -> None:
        """Put somebody out of the room; nothing happens if they are not there."""
        ...

    def token(self, room: str, identity: Identity, grant: MediaGrant, lifetime: timedelta) -> str:
        """Return the signed token that lets `identity`, and nobody else, into `room` within `lifetime`."""
        ...

    def token_to_wait(self, room: str, identity: Identity, lifetime: timedelta) -> str:
        """Return one likewise, with which they wait at the door: told to nobody, with `NOTHING` granted."""
        ...

    def report(self, body: bytes, authorization: str) -> Report:
        """Return what the engine reports, after checking that it is the engine's own.

        Raises:
            RefusedError: WEBHOOK_BAD if the signature, the hash or the form is wrong.
        """
        ...
