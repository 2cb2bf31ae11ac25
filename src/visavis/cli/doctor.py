"""`visavis doctor`: look at everything a summit needs, and say what to do."""

import asyncio
import json
from dataclasses import asdict
from typing import Annotated, Final

import typer
from rich.console import Console
from rich.text import Text

from visavis.app import media_engine
from visavis.cli import checks
from visavis.cli.faults import CommandError, Exit
from visavis.cli.parts import opened, settings_of
from visavis.cli.reach import from_a_browser
from visavis.kernel.clock import SystemClock
from visavis.observability.health import Check, State, database_answers, sfu_answers
from visavis.rooms.sfu_binary import NoSfuError
from visavis.settings import Settings

MARKS: Final = {State.GOOD: ("good", "green"), State.DOUBTFUL: ("look", "yellow"), State.BAD: ("BAD", "bold red")}

app = typer.Typer(pretty_exceptions_enable=False)


@app.command()
def run(
    context: typer.Context,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print the checks as JSON.")] = False,
) -> None:
    """Look at database, media engine, ports, certificate, clock, disk, browser. Exit code 1 if one is bad."""
    found = asyncio.run(looked(settings_of(context)))
    if as_json:
        typer.echo(json.dumps([asdict(check) for check in found]))
    else:
        _show(found)
    if any(check.state is State.BAD for check in found):
        raise typer.Exit(Exit.FOUND_WRONG)


async def looked(settings: Settings) -> list[Check]:
    """Return every check, in the order of a server's start."""
    clock = SystemClock()
    running = await checks.is_running(settings)
    return [
        checks.secure(settings),
        checks.certificate(settings, clock),
        checks.disk(settings),
        await _database(settings),
        await checks.schema(settings),
        await checks.clocks(settings, clock),
        checks.sfu_program(settings),
        *await checks.ports(settings, running=running),
        *await _engine(settings, running=running),
    ]


async def _database(settings: Settings) -> Check:
    try:
        async with opened(settings.database) as database:
            return await database_answers(database)
    except CommandError as error:
        return Check("database", State.DOUBTFUL, str(error), "visavis serve makes it, or: visavis migrate")


async def _engine(settings: Settings, *, running: bool) -> list[Check]:
    if settings.sfu_url is None and not running:
        seen = "not asked: the server, which starts LiveKit, does not run"
        return [Check("sfu", State.DOUBTFUL, seen, "start it, then ask again")]
    try:
        engine = media_engine(settings)
    except NoSfuError as error:
        return [Check("sfu", State.BAD, str(error), "see the line on the sfu program")]
    try:
        return [
            await sfu_answers(engine.sfu),
            *([] if engine.gate is None else [await checks.gate_answers(engine.gate.plan.url)]),
            checks.signalling(settings, engine.sfu.public_url),
            *await from_a_browser(settings, engine.sfu.public_url, running=running),
        ]
    finally:
        if engine.close is not None:
            await engine.close()


def _show(found: list[Check]) -> None:
    console = Console(soft_wrap=True)
    for check in found:
        mark, style = MARKS[check.state]
        console.print(Text.assemble((f"{mark:>5}", style), f"  {check.name:<17}{check.seen}"))
        if check.remedy and check.state is not State.GOOD:
            console.print(Text(f"{'':>24}→ {check.remedy}"))
