"""A real PostgreSQL, thrown away after the tests: its own cluster in a temporary folder, reached by a socket file."""

import getpass
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

CARELESS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60", "shared_buffers=16MB")
COPYING = sql.SQL(" STRATEGY FILE_COPY")
CHOOSES = 15_00_00  # the first version that can be told; until then it had that one alone
MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of a random name is made in it
ROOM = 2**30
"""In bytes: what hundreds of small databases, one after the other, and their log want."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """A running PostgreSQL."""

    folder: Path
    owner: str

    def url(self, name: str) -> str:
        """Return the address of one of its databases."""
        return f"postgresql://{self.owner}@/{name}?host={quote(str(self.folder))}"

    def create(self, name: str, template: str = "template0") -> str:
        """Make a database as a copy of `template`; return its address."""
        command = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            # Its files copied as they are: an eighth of the time, in a cluster that waits for no disk.
            connection.execute(command + (COPYING if connection.info.server_version >= CHOOSES else sql.SQL("")))
        return self.url(name)

    def drop(self, name: str) -> None:
        """Remove a database, whoever is still connected."""
        command = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(command)


@contextmanager
def running() -> Iterator[Cluster]:
    """Yield a new cluster; stop it and remove its folder at the end."""
    # PostgreSQL refuses to run as root: then it runs as the user that Debian's package made for it.
    owner = "postgres" if os.geteuid() == 0 else getpass.getuser()
    # A socket's path has at most 107 bytes: pytest's own temporary folders are too deep.
    folder = Path(tempfile.mkdtemp(prefix="visavis-pg-", dir=_quickest()))
    try:
        account = pwd.getpwnam(owner)
        os.chown(folder, account.pw_uid, account.pw_gid)
        cluster = Cluster(folder, owner)
        _run(cluster, "initdb", "--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C", "-D", f"{folder}/kept")
        options = " ".join(
            f"-c {option}" for option in (*CARELESS, "listen_addresses=''", f"unix_socket_directories={folder}")
        )
        _run(cluster, "pg_ctl", "start", "-w", "-D", f"{folder}/kept", "-l", f"{folder}/log", "-o", options)
        try:
            yield cluster
        finally:
            _run(cluster, "pg_ctl", "stop", "-m", "immediate", "-D", f"{folder}/kept")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _quickest() -> Path | None:
    """Return a folder in memory, if there is one with enough room: a new database is some thousand files."""
    return MEMORY if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM else None


def program(name: str) -> Path:
    """Return the newest PostgreSQL program of this name."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which(name)
    if not found and on_path is None:
        msg = "these tests need PostgreSQL; on Debian and Ubuntu: apt install postgresql"
        raise RuntimeError(msg)
    return found[-1] if found else Path(str(on_path))


def _run(cluster: Cluster, name: str, *arguments: str) -> None:
    account = cluster.owner if os.geteuid() == 0 else None
    # The log is a file: a server that inherits a pipe would keep the caller waiting for its end.
    with (cluster.folder / f"{name}.out").open("wb") as out:
        done = subprocess.run(  # noqa: PLW1510
            [program(name), *arguments],
            user=account,
            cwd=cluster.folder,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
        )
    if done.returncode:
        raise RuntimeError((cluster.folder / f"{name}.out").read_text())
