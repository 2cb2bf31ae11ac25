"""What several commands build: the settings of the call, a database on the machine's clock."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import typer

from visavis.audit.store import AuditLedger
from visavis.cli.faults import CommandError
from visavis.events.outbox import NumberedOutbox
from visavis.kernel.clock import SystemClock
from visavis.kernel.secret import Secret
from visavis.settings import Settings, load
from visavis.storage.database import Database, open_engine


def settings_of(context: typer.Context, **given: Any) -> Settings:  # noqa: ANN401 - checked by the settings
    """Return the settings for this call: what was given, the environment, the file named by `--settings`."""
    return load(context.obj if isinstance(context.obj, Path) else None, **given)


@asynccontextmanager
async def opened(address: Secret) -> AsyncIterator[Database]:
    """Yield a database and close it at the end.

    Raises:
        CommandError: if the address is none, or names a SQLite file that is not there.

    """
    url = address.reveal()
    try:
        engine = open_engine(url)
    except ValueError as error:
        msg = "the database's address is written sqlite:///path or postgresql://user:password@host/name"
        raise CommandError(msg) from error
    file = sqlite_file(url)
    if file is not None and not file.exists():
        msg = f"there is no database {file}; run: visavis migrate"
        raise CommandError(msg)
    database = Database(engine, clock=SystemClock(), ledger=AuditLedger(), outbox=NumberedOutbox())
    try:
        yield database
    finally:
        await database.close()


def sqlite_file(url: str) -> Path | None:
    """Return the file of a SQLite address, None for another database."""
    return Path(url.removeprefix("sqlite:///")) if url.startswith("sqlite:///") else None
