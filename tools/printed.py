"""Keeps contract/ and docs/reference/ as the code prints them."""

import subprocess
import sys
from pathlib import Path

from tools import tree

PRINTERS = {"contract": Path("contract"), "docs": Path("docs/reference")}


def main() -> None:
    """Ask each printer what differs."""
    faults: list[str] = []
    looked_at = 0
    for name, folder in PRINTERS.items():
        command = [sys.executable, "-m", f"tools.{name}", "--check"]
        ran = subprocess.run(command, check=False, capture_output=True, text=True)
        looked_at += sum(path.is_file() for path in folder.rglob("*"))
        if ran.returncode != 0:
            faults += [*(ran.stdout + ran.stderr).splitlines(), f"run `make {name}` and commit what it writes"]
    tree.finish("printed", looked_at=looked_at, faults=faults)


if __name__ == "__main__":
    main()
