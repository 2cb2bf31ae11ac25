"""What a backup is: a folder with a copy of the database, the SFU's keys, and a note of what made it.

SQLite is copied while the server runs (Online Backup API); PostgreSQL by its own pg_dump and pg_restore.
"""

import json
import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import sqlalchemy

from visavis import __version__
from visavis.cli.faults import CommandError, Exit
from visavis.cli.parts import sqlite_file
from visavis.settings import Settings

NOTE: Final = "backup.json"
SQLITE_COPY: Final = "visavis.sqlite3"
DUMP: Final = "visavis.dump"
SFU_KEYS: Final = Path("sfu") / "keys.json"


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup on disk."""

    folder: Path
    kind: str
    schema: str


def copy_database(settings: Settings, folder: Path, schema: str) -> Backup:
    """Write a backup into a new folder that only its owner can read.

    Raises:
        CommandError: if the folder is there already, or a tool or the database is missing.

    """
    try:
        folder.mkdir(mode=0o700, parents=True)
    except FileExistsError as error:
        msg = f"{folder} is there already; a backup overwrites nothing"
        raise CommandError(msg) from error
    url = settings.database.reveal()
    file = sqlite_file(url)
    if file is not None:
        _copy_sqlite(file, folder / SQLITE_COPY)
    else:
        _run("pg_dump", url, "--format=custom", "--no-owner", f"--file={folder / DUMP}")
    keys = settings.data_dir / SFU_KEYS
    if keys.is_file():
        (folder / "sfu").mkdir(mode=0o700)
        shutil.copy2(keys, folder / SFU_KEYS)
    kind = "postgresql" if file is None else "sqlite"
    (folder / NOTE).write_text(json.dumps({"visavis": __version__, "database": kind, "schema": schema}) + "\n")
    return Backup(folder, kind, schema)


def read_note(folder: Path) -> Backup:
    """Return what a backup says of itself.

    Raises:
        CommandError: if the folder is no backup.

    """
    try:
        note = json.loads((folder / NOTE).read_text())
        return Backup(folder, str(note["database"]), str(note["schema"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        msg = f"{folder} is no backup of visavis"
        raise CommandError(msg) from error


def put_back(settings: Settings, backup: Backup) -> None:
    """Bring a backup back where there is nothing yet.

    Raises:
        CommandError: if something is there already, or the backup is of another kind of database.

    """
    url = settings.database.reveal()
    file = sqlite_file(url)
    if (file is None) != (backup.kind == "postgresql"):
        msg = f"this is a backup of {backup.kind}, and the settings name another kind of database"
        raise CommandError(msg)
    keys = settings.data_dir / SFU_KEYS
    taken = [path for path in (file, keys if (backup.folder / SFU_KEYS).is_file() else None) if path and path.exists()]
    if taken:
        msg = f"{taken[0]} is there already; move it away first, a restore overwrites nothing"
        raise CommandError(msg)
    if file is not None:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _copy_sqlite(backup.folder / SQLITE_COPY, file)
    else:
        _refuse_tables(url)
        _run("pg_restore", url, "--no-owner", "--exit-on-error", "--single-transaction", str(backup.folder / DUMP))
    if (backup.folder / SFU_KEYS).is_file():
        keys.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.copy2(backup.folder / SFU_KEYS, keys)


def _copy_sqlite(source: Path, target: Path) -> None:
    if not source.is_file():
        msg = f"there is no database {source}"
        raise CommandError(msg)
    os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    # Source: https://www.sqlite.org/backup.html - a consistent copy while others write.
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)
        (whole,) = new.execute("PRAGMA integrity_check").fetchone()
    if whole != "ok":
        msg = f"the copy {target} is damaged: {whole}"
        raise CommandError(msg, Exit.FOUND_WRONG)


def _refuse_tables(url: str) -> None:
    engine = sqlalchemy.create_engine(sqlalchemy.make_url(url).set(drivername="postgresql+psycopg"))
    with engine.connect() as connection:
        tables = sqlalchemy.inspect(connection).get_table_names()
    engine.dispose()
    if tables:
        msg = "the PostgreSQL database has tables already; name an empty one, a restore overwrites nothing"
        raise CommandError(msg)


def _run(program: str, url: str, *arguments: str) -> None:
    found = shutil.which(program) or _debian(program)
    if found is None:
        msg = f"{program} is missing; on Debian and Ubuntu: apt install postgresql-client"
        raise CommandError(msg)
    # The address goes through the environment: a command line can be read by everybody on the machine.
    plain = sqlalchemy.make_url(url).set(drivername="postgresql")
    password = plain.password
    shown = plain.set(password=None).render_as_string() if password else url
    more = {"PGPASSWORD": str(password)} if password else {}
    ran = subprocess.run(  # noqa: S603 - PostgreSQL's own tool
        [found, f"--dbname={shown}", *arguments],
        env={"PATH": os.defpath, **more},
        capture_output=True,
        text=True,
        check=False,
    )
    if ran.returncode:
        msg = f"{program} failed: {ran.stderr.strip()}"
        raise CommandError(msg, Exit.NO_ANSWER)


def _debian(program: str) -> str | None:
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"), key=lambda path: int(path.parts[-3]))
    return str(found[-1]) if found else None
