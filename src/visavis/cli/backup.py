"""`visavis backup`: copy the database and the SFU's keys, while the server runs."""

from pathlib import Path
from typing import Annotated

import typer

from visavis.cli.archive import copy_database
from visavis.cli.parts import settings_of
from visavis.storage.migrate import head

app = typer.Typer(pretty_exceptions_enable=False)


@app.command()
def run(
    context: typer.Context, folder: Annotated[Path, typer.Argument(help="Folder to make; it must not be there.")]
) -> None:
    """Copy the database and the SFU's keys into a new folder. The server may run meanwhile."""
    made = copy_database(settings_of(context), folder, head())
    typer.echo(f"{made.kind} backed up to {made.folder}; it holds secrets, keep it like the server's own disk")
