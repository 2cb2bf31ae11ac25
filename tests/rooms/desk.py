"""One face for both media engines and for their guests, so that the fake and the real LiveKit pass the same tests."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import Protocol

import jwt

from tests.fakes.sfu import FakeGuest, FakeSfu
from tests.live import guest
from tests.live.until import becomes
from visavis.kernel.ids import Identity
from visavis.rooms.livekit_sfu import LiveKitSfu, granted
from visavis.rooms.model import MediaGrant
from visavis.rooms.sfu import Sfu


class Joined(Protocol):
    """Somebody who joined with a token."""

    async def told(self, grant: MediaGrant) -> None:
        """Wait until they are told that this is what they may do."""
        ...

    async def put_out(self) -> None:
        """Wait until they are put out."""
        ...

    async def sees(self, others: set[Identity]) -> None:
        """Wait until they have been told of these others; of nobody else."""
        ...


@dataclass(frozen=True, slots=True)
class Desk:
    """A media engine and the way in for its guests; `join` raises `PermissionError` when the engine refuses."""

    sfu: Sfu
    join: Callable[[str], AbstractAsyncContextManager[Joined]]


@dataclass(slots=True)
class _Faked:
    guest: FakeGuest

    async def told(self, grant: MediaGrant) -> None:
        assert self.guest.grant == grant

    async def put_out(self) -> None:
        assert self.guest.removed

    async def sees(self, others: set[Identity]) -> None:
        assert self.guest.sees == others


@dataclass(slots=True)
class _Real:
    guest: guest.Guest

    async def told(self, grant: MediaGrant) -> None:
        await self.guest.until(lambda one: granted(one.permission) == grant)

    async def put_out(self) -> None:
        await self.guest.until(lambda one: one.removed)

    async def sees(self, others: set[Identity]) -> None:
        await self.guest.until(lambda one: one.others >= others)
        assert self.guest.others == others


def fake_desk(sfu: FakeSfu) -> Desk:
    """Return the fake's desk."""

    @asynccontextmanager
    async def join(token: str) -> AsyncIterator[Joined]:
        yield _Faked(sfu.join(token))

    return Desk(sfu, join)


def livekit_desk(sfu: LiveKitSfu) -> Desk:
    """Return the real LiveKit's desk; its guests speak signalling and send no media."""

    @asynccontextmanager
    async def join(token: str) -> AsyncIterator[Joined]:
        async with guest.joined(sfu.public_url, token) as one:
            await _listed(sfu, token, one)
            yield _Real(one)

    return Desk(sfu, join)


async def _listed(sfu: LiveKitSfu, token: str, one: guest.Guest) -> None:
    """Wait until LiveKit lists a guest: it lets them in a moment before. Its report comes after both; here none comes."""
    room = jwt.decode(token, options={"verify_signature": False})["video"]["room"]

    async def is_listed() -> bool:
        return any(occupant.identity == one.me.identity for occupant in await sfu.occupants(room))

    await becomes(is_listed, wanted=True, looks=1)
