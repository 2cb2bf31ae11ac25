"""Brings a database to the schema this version knows, and refuses one it does not know.

empty, older ──migrate──▶ current ──▶ serve          unknown (newer) ──▶ refused, nothing is touched
"""

from enum import StrEnum
from importlib.resources import files
from typing import Final

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from visavis.storage.database import WRITER_LOCK, translated

_FOLDER: Final = str(files("visavis.storage") / "migrations")


class Standing(StrEnum):
    """How a database's schema stands to the one this version knows."""

    EMPTY = "empty"
    OLDER = "older"
    CURRENT = "current"
    UNKNOWN = "unknown"


REMEDY: Final[dict[Standing, str]] = {
    Standing.EMPTY: "the database is empty; run: visavis migrate",
    Standing.OLDER: "the database is older than this version of visavis; back it up, then run: visavis migrate",
    Standing.UNKNOWN: "the database was made by a newer version of visavis; install that one, or restore a backup",
}


class SchemaError(RuntimeError):
    """The schema is not the one this version knows. The message says what to do."""


def head() -> str:
    """Return the name of the last step this version knows."""
    return str(ScriptDirectory(_FOLDER).get_current_head())


async def standing(engine: AsyncEngine) -> Standing:
    """Return how the database's schema stands. Changes nothing.

    Raises:
        OutageError: if the database does not answer.
    """
    with translated():
        async with engine.connect() as connection:
            return await connection.run_sync(_standing)


async def check(engine: AsyncEngine) -> None:
    """Refuse every schema but the current one.

    Raises:
        SchemaError: if it is another.
        OutageError: if the database does not answer.
    """
    found = await standing(engine)
    if found is not Standing.CURRENT:
        raise SchemaError(REMEDY[found])


async def migrate(engine: AsyncEngine, to: str = "head") -> bool:
    """Make every step that is missing, all or none, one migrating server at a time; return whether there was any.

    Args:
        engine: of the database.
        to: the last step to make; a test may stop earlier.

    Raises:
        SchemaError: if the schema is one this version does not know.
        OutageError: if the database does not answer or its disk is full.
    """
    with translated():
        async with engine.connect() as connection:
            await _alone(connection)
            found = await connection.run_sync(_standing)
            if found is Standing.UNKNOWN:
                raise SchemaError(REMEDY[found])
            if found is not Standing.CURRENT:
                await connection.run_sync(_upgrade, to)
            await connection.commit()
            return found is not Standing.CURRENT


async def _alone(connection: AsyncConnection) -> None:
    if connection.dialect.name == "postgresql":
        await connection.execute(text(f"SELECT pg_advisory_xact_lock({WRITER_LOCK})"))
    else:
        await connection.exec_driver_sql("BEGIN IMMEDIATE")


def _standing(connection: Connection) -> Standing:
    made = MigrationContext.configure(connection).get_current_revision()
    if made is None:
        return Standing.EMPTY
    known = ScriptDirectory(_FOLDER)
    if made == known.get_current_head():
        return Standing.CURRENT
    return Standing.OLDER if made in {step.revision for step in known.walk_revisions()} else Standing.UNKNOWN


def _upgrade(connection: Connection, to: str) -> None:
    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", _FOLDER)
    config.set_main_option("path_separator", "os")
    command.upgrade(config, to)
