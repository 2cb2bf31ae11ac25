"""One face for both media engines: the fake and the real LiveKit pass the same tests."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import Protocol

import pytest

from tests.fakes.clock import FakeClock
from tests.fakes.sfu import FakeGuest, FakeSfu
from tests.live import guest
from tests.live.engine import Engine, livekit
from visavis.rooms.livekit_sfu import granted
from visavis.rooms.model import MediaGrant
from visavis.rooms.sfu import Sfu

__all__ = ["livekit"]

ENGINES = ("fake", "livekit")


class Joined(Protocol):
    """Somebody who joined with a token."""

    async def told(self, grant: MediaGrant) -> None:
        """Wait until they are told that this is what they may do."""
        ...

    async def put_out(self) -> None:
        """Wait until they are put out."""
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


@dataclass(slots=True)
class _Real:
    guest: guest.Guest

    async def told(self, grant: MediaGrant) -> None:
        await self.guest.until(lambda one: granted(one.permission) == grant)

    async def put_out(self) -> None:
        await self.guest.until(lambda one: one.removed)


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Engine | None:
    """The real LiveKit, or None for the fake."""
    return None if request.param == "fake" else request.getfixturevalue("livekit")


@pytest.fixture
async def desk(engine: Engine | None, clock: FakeClock) -> AsyncIterator[Desk]:
    """Each test runs on the fake and on the real LiveKit."""
    if engine is None:
        fake = FakeSfu(clock)

        @asynccontextmanager
        async def join_fake(token: str) -> AsyncIterator[Joined]:
            yield _Faked(fake.join(token))

        yield Desk(fake, join_fake)
        return
    async with engine.sfu() as sfu:

        @asynccontextmanager
        async def join(token: str) -> AsyncIterator[Joined]:
            async with guest.joined(sfu.public_url, token) as one:
                yield _Real(one)

        yield Desk(sfu, join)
