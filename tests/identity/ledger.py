"""Looks at the whole database, to see that a refusal changed nothing."""

from typing import Any

from sqlalchemy import select

from visavis.storage.database import Database
from visavis.storage.schema import metadata


async def everything(database: Database) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every table."""
    async with database.reading() as connection:
        return {
            table.name: sorted((tuple(row) for row in await connection.execute(select(table))), key=repr)
            for table in metadata.sorted_tables
        }
