"""Looks for words and bytes wherever a server keeps any: its database, its files, what it prints, its memory."""

import os
import sqlite3
import subprocess
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

PIECE: Final = 16 * 1024 * 1024


def forms(needle: bytes) -> set[bytes]:
    """Return the forms in which bytes may lie: as they are, in hexadecimal, in Base64 however they fall into its groups.

    A line's end within them parts what is looked for; of such bytes it is the longest line.
    """
    found = {max(needle.split(b"\n"), key=len), needle.hex().encode(), needle.hex().upper().encode()}
    for lead in range(3):
        whole = (lead + len(needle)) // 3 * 3 - lead
        for written in (b64encode, urlsafe_b64encode):
            found.add(written(bytes(lead) + needle[:whole])[4 if lead else 0 :])
    return found | ({needle.decode().encode("utf-16-le")} if needle.isascii() else set())


def found(pieces: Iterable[bytes], needles: Mapping[str, bytes]) -> set[str]:
    """Return the names of those that are there, in whatever form."""
    names = {form: name for name, needle in needles.items() for form in forms(needle)}
    with TemporaryDirectory() as folder:
        wanted, there = Path(folder) / "wanted", Path(folder) / "there"
        wanted.write_bytes(b"\n".join(names))
        command = ("grep", "--text", "--only-matching", "--fixed-strings", "--file", wanted)
        with there.open("wb") as out:
            grep = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=out, env={"LC_ALL": "C"})
            with grep:
                assert grep.stdin is not None
                for piece in pieces:
                    grep.stdin.write(piece)
        assert grep.returncode in {0, 1}
        return {names[form] for form in there.read_bytes().split(b"\n")[:-1]}


def rows(database: Path) -> Iterator[bytes]:
    """Yield every value of every table of a SQLite database."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            for row in connection.execute(f'SELECT * FROM "{table}"'):  # noqa: S608 - the database's own names
                yield from (value if isinstance(value, bytes) else str(value).encode() for value in row)


def files(folder: Path) -> Iterator[bytes]:
    """Yield every file below a folder, as it lies there."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.read_bytes()


def memory(process: int) -> Iterator[bytes]:
    """Yield all that a process of one's own can read of itself; proc(5), `/proc/pid/maps` and `mem`."""
    lines = Path(f"/proc/{process}/maps").read_text(encoding="utf-8").splitlines()
    with Path(f"/proc/{process}/mem").open("rb", buffering=0) as whole:
        for line in lines:
            place, may, *_ = line.split()
            if may.startswith("r"):
                first, end = (int(bound, 16) for bound in place.split("-"))
                yield from _region(whole.fileno(), first, end)


def _region(file: int, first: int, end: int) -> Iterator[bytes]:
    for at in range(first, end, PIECE):
        try:
            yield os.pread(file, min(PIECE, end - at), at)
        except OSError:
            return  # the kernel's own, or given back meanwhile
