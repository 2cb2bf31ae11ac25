"""Keeps contract/ and docs/reference/ as the code prints them: printing anew must change nothing."""

import subprocess
import sys
from pathlib import Path

from tools import tree

PRINTERS = {"tools.contract": Path("contract"), "tools.docs": Path("docs/reference")}


def contents(folder: Path) -> dict[Path, bytes]:
    """Return every file below a folder."""
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def main() -> None:
    """Print anew, and name what changed."""
    faults: list[str] = []
    looked_at = 0
    for printer, folder in PRINTERS.items():
        before = contents(folder)
        subprocess.run([sys.executable, "-m", printer], check=True, stdout=subprocess.DEVNULL)
        after = contents(folder)
        looked_at += len(after)
        changed = sorted(path for path in before.keys() | after.keys() if before.get(path) != after.get(path))
        faults += [f"{path} was not as the code prints it; it is now, so commit it" for path in changed]
    tree.finish("printed", looked_at=looked_at, faults=faults)


if __name__ == "__main__":
    main()
