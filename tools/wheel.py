"""Packs the wheel: `python -m tools.wheel <livekit-server> [<folder>]`, after the client was built into web/dist.

The wheel is of this machine's platform, for livekit-server's sake. That is one static file, so
any Linux of the same processor will do, with glibc or with musl.
"""

import json
import platform
import shutil
import subprocess
import sys
from pathlib import Path

from tools import licences

ROOT = Path(__file__).parents[1]
STAGE = ROOT / ".cache" / "wheel"
CLIENT = ROOT / "web" / "dist"


def tag(machine: str) -> str:
    """Return the wheel's tag: which Python, and which machines."""
    linux = (f"manylinux_2_17_{machine}", f"manylinux2014_{machine}", f"musllinux_1_1_{machine}")
    return f"py3-none-{'.'.join(linux)}"


def lay_out(sfu: Path) -> None:
    """Put what the wheel carries where the build hook finds it."""
    for needed in (CLIENT / "index.html", sfu):
        if not needed.is_file():
            sys.exit(f"wheel: {needed} is missing")
    shutil.rmtree(STAGE, ignore_errors=True)
    client = STAGE / "client"
    shutil.copytree(CLIENT, client, ignore=shutil.ignore_patterns(".made-from-*"))
    licences.collect(STAGE / "licences")
    carries = {
        str(client): "visavis/_client",
        str(sfu): "visavis/_bin/livekit-server",
        str(STAGE / "licences"): "visavis/_licences",
    }
    plan = {"tag": tag(platform.machine()), "carries": carries}
    (STAGE / "plan.json").write_text(json.dumps(plan), encoding="utf-8")


def main() -> None:
    """Pack the wheel into a folder, dist/ unless another is named."""
    if platform.system() != "Linux":
        sys.exit("wheel: livekit-server is built for Linux here; pack the wheel on Linux")
    sfu, target = Path(sys.argv[1]), Path([*sys.argv, "dist"][2])
    lay_out(sfu)
    try:
        command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(target), str(ROOT)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    finally:
        shutil.rmtree(STAGE)
    newest = max(target.glob("visavis-*.whl"), key=lambda path: path.stat().st_mtime)
    print(f"wheel: {newest} ({newest.stat().st_size / 1e6:.1f} MB)")


if __name__ == "__main__":
    main()
