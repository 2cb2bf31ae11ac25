"""What an operator or a delegation's desk types. Thin: each command asks the subject that knows.

Not here: decisions. A command's module is loaded only when it is typed, so that the shell answers at once.
Words: command, exit code.
"""

import gc
import importlib
import sys
from pathlib import Path
from typing import Annotated, Any, Final, NoReturn

import typer
from typer.core import TyperGroup
from typing_extensions import override

from visavis.cli.faults import Exit

COMMANDS: Final[dict[str, str]] = {
    "serve": "visavis.cli.serve",
    "demo": "visavis.cli.demo",
    "doctor": "visavis.cli.doctor",
    "migrate": "visavis.cli.migrate",
    "backup": "visavis.cli.backup",
    "restore": "visavis.cli.restore",
    "audit": "visavis.cli.audit",
    "delegation": "visavis.cli.delegation",
    "summit": "visavis.cli.summit",
    "press": "visavis.cli.offices:press",
    "host": "visavis.cli.offices:host",
    "client": "visavis.cli.client",
}
"""Every command, and the module whose `app` it is, or the name it has there."""


class Commands(TyperGroup):
    """The table above, each module loaded when its command is asked for."""

    @override
    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names, in the order of the table."""
        return list(COMMANDS)

    @override
    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return a command, or None if there is none of this name."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command = typer.main.get_command(getattr(importlib.import_module(module), name or "app"))
        command.name = cmd_name
        return command


# Typer's own pretty tracebacks show local variables: secrets among them.
app = typer.Typer(cls=Commands, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


@app.callback()
def visavis(
    context: typer.Context,
    settings: Annotated[
        Path | None,
        typer.Option(envvar="VISAVIS_SETTINGS", help="TOML file with settings; the environment wins over it."),
    ] = None,
) -> None:
    """Virtual summits: delegations face to face, behind closed doors, interpreted.

    Exit codes: 0 done, 1 something was found wrong, 2 wrongly typed or set, 3 refused, 4 something did not answer,
    5 cannot start, 70 a bug.
    """
    context.obj = settings


def main() -> NoReturn:
    """Run the command that was typed. One of the two edges where everything is caught."""
    try:
        app()
    except KeyboardInterrupt:
        sys.exit(Exit.INTERRUPTED)
    except Exception as error:  # noqa: BLE001 - the edge
        # Loaded late: it knows every kind of trouble, and with them most of the program.
        edge = importlib.import_module("visavis.cli.edge")
        sys.exit(edge.tell(error))
    finally:
        # The system takes all memory back at once. Python would look through it for rubbish first: half a second, which
        # a busy machine makes into many, in which everything else is long gone.
        gc.freeze()
    sys.exit(Exit.DONE)
