"""`visavis migrate`: bring the database to the schema of this version."""

import asyncio

import typer

from visavis.cli.parts import settings_of, sqlite_file
from visavis.kernel.secret import Secret
from visavis.storage.database import open_engine
from visavis.storage.migrate import head, migrate

app = typer.Typer(pretty_exceptions_enable=False)


@app.command()
def run(context: typer.Context) -> None:
    """Bring the database to the schema of this version; stop other servers and back up first."""
    made = asyncio.run(migrated(settings_of(context).database))
    typer.echo(f"the schema is at {head()}" + ("" if made else " already"))


async def migrated(address: Secret) -> bool:
    """Make the missing steps, and the database's folder if it is a file; return whether there were any."""
    file = sqlite_file(address.reveal())
    if file is not None:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    engine = open_engine(address.reveal())
    try:
        return await migrate(engine)
    finally:
        await engine.dispose()
