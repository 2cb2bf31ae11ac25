"""The application in-process, over its own database, asked by HTTP."""

from collections.abc import AsyncIterator, Iterator, MutableMapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from structlog.testing import capture_logs

from tests.builders import Enrolled, Summit, a_summit
from tests.fakes.clock import FakeClock
from tests.realtime.serving import built
from visavis.identity.model import Role
from visavis.storage.database import Database

ORIGIN = "https://summit.lenz.example"


@asynccontextmanager
async def asking(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """Yield a client of an application."""
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url=ORIGIN) as client:
        yield client


@pytest.fixture
async def app(database_url: str, tmp_path: Path, clock: FakeClock) -> AsyncIterator[FastAPI]:
    """Yield the application, on both databases."""
    app = built(database_url, tmp_path, clock)
    yield app
    await app.state.house.database.close()


@pytest.fixture
async def http(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """Yield a client of the application."""
    async with asking(app) as client:
        yield client


@dataclass(frozen=True, slots=True)
class Guests:
    """A summit, a member, and the header that says who they are."""

    summit: Summit
    maren: Enrolled
    signed_in: dict[str, str]


@pytest.fixture
async def guests(database: Database, clock: FakeClock) -> Guests:
    """Publish a summit, and sign its principal in."""
    summit = a_summit(now=clock.now())
    await summit.publish(database)
    maren = await summit.enrol(database, "arven", Role.PRINCIPAL, chair=True)
    session = await maren.sign_in(database)
    return Guests(summit, maren, {"Authorization": f"Bearer {session.reveal()}"})


@pytest.fixture
def log_lines() -> Iterator[list[MutableMapping[str, Any]]]:
    """Every line that is logged during the test."""
    with capture_logs() as lines:
        yield lines
