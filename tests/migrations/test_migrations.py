"""From an empty database to the tables the stores expect, on both kinds; a schema nobody knows is refused."""

from collections.abc import AsyncIterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from tests.tables import metadata
from visavis.storage.database import open_engine
from visavis.storage.migrate import SchemaError, Standing, check, head, migrate, standing

pytestmark = pytest.mark.anyio


@pytest.fixture
async def engine(empty_database_url: str) -> AsyncIterator[AsyncEngine]:
    """Yield a database without any table."""
    engine = open_engine(empty_database_url)
    yield engine
    await engine.dispose()


async def test_from_empty_to_the_tables_that_the_stores_expect(engine: AsyncEngine) -> None:
    assert await standing(engine) is Standing.EMPTY
    with pytest.raises(SchemaError, match="visavis migrate"):
        await check(engine)
    assert await migrate(engine)
    assert await standing(engine) is Standing.CURRENT
    await check(engine)
    assert not await migrate(engine)
    async with engine.connect() as connection:
        differences = await connection.run_sync(
            lambda sync: compare_metadata(MigrationContext.configure(sync, opts={"compare_type": True}), metadata)
        )
    assert not differences


async def test_a_database_of_the_first_schema_is_older_and_is_brought_up(engine: AsyncEngine) -> None:
    """What stands in it stays; doors that are open were opened once."""
    await migrate(engine, "0001")
    assert await standing(engine) is Standing.OLDER
    with pytest.raises(SchemaError, match="visavis migrate"):
        await check(engine)
    names = "id, summit, title, format, phase, mode, scheduled, phase_since"
    async with engine.begin() as connection:
        for phase in ("open", "closed"):
            row = f"'{phase}', 's', 'First', 'plenary', '{phase}', 'simultaneous', 'then', 'then'"
            await connection.execute(text(f"INSERT INTO meetings ({names}) VALUES ({row})"))  # noqa: S608 - two words
    assert await migrate(engine)
    async with engine.connect() as connection:
        rows = await connection.execute(text("SELECT phase, openings FROM meetings ORDER BY phase"))
        assert [tuple(row) for row in rows] == [("closed", 0), ("open", 1)]


async def test_a_group_of_the_second_schema_has_stood_for_long(engine: AsyncEngine) -> None:
    await migrate(engine, "0002")
    names = "id, summit, title, format, phase, mode, scheduled, phase_since"
    meeting = "'m', 's', 'First', 'plenary', 'closed', 'simultaneous', 'then', 'then'"
    async with engine.begin() as connection:
        await connection.execute(text(f"INSERT INTO meetings ({names}) VALUES ({meeting})"))  # noqa: S608 - fixed words
        group = (
            "INSERT INTO key_groups (meeting, name, epoch, group_info, envelopes) VALUES ('m', 'chamber', 7, :info, 0)"
        )
        await connection.execute(text(group), {"info": b"tree"})
    assert await migrate(engine)
    async with engine.connect() as connection:
        rows = await connection.execute(text("SELECT epoch, since FROM key_groups"))
        assert [tuple(row) for row in rows] == [(7, "1970-01-01T00:00:00.000Z")]


async def test_a_schema_nobody_knows_is_refused_and_left_alone(engine: AsyncEngine) -> None:
    await migrate(engine)
    async with engine.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    assert await standing(engine) is Standing.UNKNOWN
    for refuse in (check, migrate):
        with pytest.raises(SchemaError, match="newer version"):
            await refuse(engine)


def test_the_head_has_a_number() -> None:
    assert head().isdigit()
