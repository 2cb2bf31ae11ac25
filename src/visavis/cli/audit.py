"""`visavis audit`: check a log, live or exported; export one."""

import asyncio
import json
import sys
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import event

from visavis.audit import store, verify
from visavis.audit.chain import GENESIS
from visavis.audit.verify import Verdict
from visavis.cli.faults import CommandError, Exit
from visavis.cli.parts import opened, settings_of
from visavis.kernel.canonical import b64u, from_b64u
from visavis.kernel.ids import SummitId
from visavis.kernel.secret import Secret
from visavis.storage.database import Database

app = typer.Typer(
    no_args_is_help=True, pretty_exceptions_enable=False, help="Check the log of what was done, or export it."
)

SummitOption = Annotated[str | None, typer.Option(help="The summit's id; needed when the database has several.")]


@app.command("verify")
def check(
    context: typer.Context,
    *,
    file: Annotated[Path | None, typer.Option(help="An exported log (NDJSON) instead of a database.")] = None,
    database: Annotated[str | None, typer.Option(help="Another database than the settings name.")] = None,
    summit: SummitOption = None,
    head: Annotated[str | None, typer.Option(help="A seal you noted earlier: it must be in the log.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
) -> None:
    """Check that nothing in a log was altered, taken out, moved or cut off. Exit code 1 if something was."""
    known = _seal(head)
    if file is not None:
        verdicts = [_judged_file(file, known)]
    else:
        address = Secret(database) if database else settings_of(context).database
        verdicts = asyncio.run(_judged(address, summit, known))
    if as_json:
        typer.echo(json.dumps([_as_json(verdict) for verdict in verdicts]))
    else:
        for verdict in verdicts:
            _say(verdict)
    if not all(verdict.is_whole for verdict in verdicts):
        raise typer.Exit(Exit.FOUND_WRONG)


@app.command()
def export(
    context: typer.Context,
    *,
    database: Annotated[str | None, typer.Option(help="Another database than the settings name.")] = None,
    summit: SummitOption = None,
) -> None:
    """Write a summit's log to standard output, one entry a line (NDJSON)."""
    address = Secret(database) if database else settings_of(context).database
    asyncio.run(_export(address, summit))


def _judged_file(file: Path, known: bytes | None) -> Verdict:
    try:
        with file.open("rb") as lines:
            return verify.judge(verify.read_export(lines), known)
    except OSError as error:
        msg = f"cannot read {file}: {error.strerror}"
        raise CommandError(msg) from error


async def _judged(address: Secret, summit: str | None, known: bytes | None) -> list[Verdict]:
    async with opened(address) as database:
        _forgive(database)
        async with database.reading() as connection:
            listed = await store.summits(connection)
            wanted = [SummitId(summit)] if summit else listed
            if known is not None and len(wanted) > 1:
                msg = "the database has several summits; name the one whose seal you know with --summit"
                raise CommandError(msg)
            if not wanted:
                return [verify.judge([], known)]
            return [await verify.judge_live(store.suspects(connection, one), known) for one in wanted]


def _forgive(database: Database) -> None:
    """Read damaged text as damaged text: a flipped bit in it must be found, not end the search."""
    if database.is_postgresql:
        return  # it keeps no text that is not UTF-8

    def decode(connection: object, _record: object) -> None:
        connection.driver_connection.text_factory = lambda raw: raw.decode(errors="replace")  # type: ignore[attr-defined]

    event.listen(database.engine.sync_engine, "connect", decode)


async def _export(address: Secret, summit: str | None) -> None:
    async with opened(address) as database, database.reading() as connection:
        listed = await store.summits(connection)
        if summit is None and len(listed) != 1:
            msg = "name one of these summits with --summit: " + (", ".join(listed) or "there is none")
            raise CommandError(msg)
        async for entry in store.read(connection, SummitId(summit) if summit else listed[0]):
            sys.stdout.buffer.write(verify.exported(entry))
        sys.stdout.buffer.flush()


def _seal(text: str | None) -> bytes | None:
    msg = "a seal is 43 characters of base64url, as `visavis audit verify` prints it"
    try:
        seal = None if text is None else from_b64u(text)
    except ValueError as error:
        raise CommandError(msg) from error
    if seal is not None and len(seal) != len(GENESIS):
        raise CommandError(msg)
    return seal


def _as_json(verdict: Verdict) -> dict[str, object]:
    findings = [{"number": found.number, "fault": found.fault.value} for found in verdict.findings]
    return {"summit": verdict.summit, "entries": verdict.entries, "head": b64u(verdict.head), "findings": findings}


def _say(verdict: Verdict) -> None:
    typer.echo(f"summit {verdict.summit or '(none)'}: {verdict.entries} entries, head {b64u(verdict.head)}")
    for finding in verdict.findings:
        typer.echo(f"  {verify.told(finding)}")
    typer.echo("  nothing was altered, taken out or moved" if verdict.is_whole else "  DO NOT RELY ON THIS LOG")
