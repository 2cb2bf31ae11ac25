"""Checks that the readiness endpoint and `visavis doctor` share. Each says what it saw and what to do about it."""

import asyncio
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from sqlalchemy.exc import SQLAlchemyError

from visavis.events import outbox
from visavis.kernel.errors import OutageError
from visavis.rooms.sfu import Sfu
from visavis.storage.database import Database

PATIENCE_SECONDS: Final = 5


class State(StrEnum):
    """How a check went."""

    GOOD = "good"
    DOUBTFUL = "doubtful"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Check:
    """One line of a report: what was looked at, how it is, what was seen, what to do."""

    name: str
    state: State
    seen: str
    remedy: str = ""


async def database_answers(database: Database) -> Check:
    """Look whether the database answers and has our tables."""
    kind = "PostgreSQL" if database.is_postgresql else "SQLite"
    try:
        async with asyncio.timeout(PATIENCE_SECONDS), database.reading() as connection:
            number = await outbox.last_number(connection)
    except (OutageError, TimeoutError, SQLAlchemyError, OSError) as error:
        seen = f"{kind} does not answer: {type(error.__cause__ or error).__name__}"
        return Check(
            "database", State.BAD, seen, "see that it runs and that database_url is right; then: visavis migrate"
        )
    return Check("database", State.GOOD, f"{kind} answers, last event {number}")


async def sfu_answers(sfu: Sfu) -> Check:
    """Look whether the media engine answers to our key."""
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            rooms = await sfu.rooms()
    except (OutageError, TimeoutError):
        remedy = "start the server (it starts its own LiveKit), or see that sfu_url, sfu_key and sfu_secret are right"
        return Check("sfu", State.BAD, "LiveKit does not answer", remedy)
    return Check("sfu", State.GOOD, f"LiveKit answers, {len(rooms)} rooms")
