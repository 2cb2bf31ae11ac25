"""`visavis restore`: bring a backup back where there is nothing yet."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from visavis.cli.archive import put_back, read_note
from visavis.cli.migrate import migrated
from visavis.cli.parts import settings_of
from visavis.storage.migrate import head

app = typer.Typer(pretty_exceptions_enable=False)


@app.command()
def run(context: typer.Context, folder: Annotated[Path, typer.Argument(help="What `visavis backup` made.")]) -> None:
    """Bring a backup back. Overwrites nothing; stop the server first."""
    settings = settings_of(context)
    backup = read_note(folder)
    put_back(settings, backup)
    made = asyncio.run(migrated(settings.database))
    typer.echo(f"restored; the schema is at {head()}" + (" (brought there now)" if made else ""))
    typer.echo("next: visavis audit verify, then visavis serve")
