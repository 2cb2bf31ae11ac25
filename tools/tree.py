"""Says which files belong to the project, and reports what a check found in them."""

import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path


def files(*suffixes: str) -> Iterator[Path]:
    """Yield the project's files with one of these suffixes: tracked, or new and not ignored."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        check=True,
        capture_output=True,
        text=True,
    )
    for name in sorted(filter(None, listed.stdout.split("\0"))):
        path = Path(name)
        if path.is_file() and (not suffixes or path.suffix in suffixes):
            yield path


def finish(check: str, *, looked_at: int, faults: Iterable[str]) -> None:
    """Print the faults and leave: with 0 if there is none, with 1 if there is one or nothing was looked at."""
    found = list(faults)
    print(*found, sep="\n", end="\n" if found else "")
    print(f"{check}: looked at {looked_at}, faults {len(found)}")
    if looked_at == 0:
        print(f"{check}: nothing was looked at, so nothing was checked")
    sys.exit(1 if found or looked_at == 0 else 0)
