"""Keeps out of the tree what belongs to one machine or to one way of working.

That is: where packages were fetched from, paths of somebody's machine, keys, and numbers of a
list of tasks that the reader of the code cannot see.
"""

import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from tools import tree

EVERYWHERE = {
    "a registry's address": re.compile(
        r"files\.pythonhosted\.org|pypi\.org/simple|registry\.npmjs\.org|registry\.yarnpkg\.com"
        r"|(proxy|sum)\.golang\.org|index\.crates\.io"
    ),
    "a path of one machine": re.compile(r"(?<![\w.$}/])/(root|work|home/(?!\$)\w+|Users/\w+)/"),
    "a private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----"),
    "the number of a task": re.compile(r"\b([Ii]ssue|[Tt]icket|PR) ?#\d+"),
}
IN_LOCKS = {
    "where a package was fetched": re.compile(r'"resolved":|--(extra-)?index-url|--find-links|\bfile://'),
}
LOCKS = {"package-lock.json", "dev.txt", "runtime.txt", "bootstrap.txt", "Cargo.lock"}
# What everybody may name: the public homes of code, and this machine to itself.
HARMLESS = {"", "localhost", "github.com", "direct", "off"}


def said_by(*command: str) -> str:
    """Return what a command prints, or nothing where it is not there."""
    try:
        return subprocess.run(command, check=False, capture_output=True, text=True, timeout=20).stdout
    except OSError:
        return ""


def hosts_of_this_machine() -> set[str]:
    """Return this machine's name and the hosts it fetches packages from."""
    said = said_by(sys.executable, "-m", "pip", "config", "list") + said_by("go", "env", "GOPROXY")
    said += said_by(str(Path(sys.executable).parent / "npm"), "config", "get", "registry")
    hosts = {urlsplit(address).hostname or "" for address in re.findall(r"https?://[^\s'\",|]+", said)}
    hosts.add(socket.gethostname())
    return {host for host in hosts if host not in HARMLESS and len(host) > len("debian")}


def faults_in(path: Path, patterns: dict[str, re.Pattern[str]]) -> Iterator[str]:
    """Yield one line for each thing that should not be in a file."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return  # a picture or a sound
    for kind, pattern in patterns.items():
        for found in pattern.finditer(text):
            line = text.count("\n", 0, found.start()) + 1
            yield f"{path}:{line}: {kind}: {found.group()}"


def main() -> None:
    """Search every file."""
    hosts = "|".join(re.escape(host) for host in sorted(hosts_of_this_machine()))
    everywhere = dict(EVERYWHERE)
    if hosts:
        everywhere["a host this machine uses"] = re.compile(rf"(?<![\w.-])({hosts})(?![\w-])")
    paths = [path for path in tree.files() if path != Path("tools/leaks.py")]
    faults = [
        fault
        for path in paths
        for fault in faults_in(path, everywhere | IN_LOCKS if path.name in LOCKS else everywhere)
    ]
    tree.finish("leaks", looked_at=len(paths), faults=faults)


if __name__ == "__main__":
    main()
