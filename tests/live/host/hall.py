"""The product behind a host: server and SFU are real and honest, what stands before them is as its script says."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from tests.live.engine import Engine
from tests.live.hall import Hall
from tests.live.host.host import Host, hosting
from tests.live.operated import operated


@dataclass(frozen=True, slots=True)
class Hosted:
    """A hall whose links lead to the host; `hall.origin` is the server itself, `engine` the SFU itself."""

    host: Host
    hall: Hall
    engine: Engine

    @property
    def room(self) -> str:
        """What the SFU calls the chamber."""
        return f"chamber.{self.hall.meeting}"


@asynccontextmanager
async def hosted(folder: Path, engine: Engine) -> AsyncIterator[Hosted]:
    """Yield a hall behind a host that does nothing yet: the server, too, asks the SFU through it."""
    async with hosting() as host:
        host.sfu = engine.plan.url
        more: dict[str, str | int] = {
            "origin": host.origin,
            "sfu_url": host.origin,
            "sfu_public_url": host.signalling,
            "sfu_key": engine.keys.key,
            "sfu_secret": engine.keys.secret.reveal(),
        }
        async with operated(folder, more=more) as (server, hall):
            host.server = server.origin
            moved = tuple({**seat, "link": seat["link"].replace(server.origin, host.origin)} for seat in hall.seats)
            yield Hosted(host, replace(hall, origin=server.origin, seats=moved), engine)


@pytest.fixture
async def behind(tmp_path: Path, livekit: Engine) -> AsyncIterator[Hosted]:
    """Yield a hall of this scene's own, behind a host."""
    async with hosted(tmp_path, livekit) as hall:
        yield hall
