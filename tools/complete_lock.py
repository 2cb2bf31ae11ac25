"""Name in web/package-lock.json the packages of other platforms that npm left out of it.

`npm ci` refuses a lock without them, and npm leaves out those that its registry could not
give. They are added without a hash; none is fetched on Linux with glibc, x64 or arm64, where
this project is built, and the check below keeps it so.
"""

import json
import re
import sys
from pathlib import Path

LOCK = Path("web/package-lock.json")
HERE = re.compile(r"linux-(x64|arm64)(-gnu)?$")
TARGET = re.compile(
    r"(?P<os>android|darwin|freebsd|linux|netbsd|openbsd|openharmony|sunos|wasm32|win32)"
    r"(-(?P<cpu>[a-z0-9]+))?(-(?P<libc>[a-z]+))?$"
)


def entry_for(name: str, version: str, *, is_dev: bool) -> dict[str, object]:
    """Return what the lock says of one package of another platform."""
    target = TARGET.search(name)
    if target is None or HERE.search(name):
        sys.exit(f"{name}@{version} is not in the lock, and is no package of another platform")
    entry: dict[str, object] = {"version": version, "optional": True, "os": [target["os"]]}
    if is_dev:
        entry["dev"] = True
    if target["os"] == "linux":
        entry["cpu"] = [target["cpu"]]
        entry["libc"] = ["musl" if "musl" in name else "glibc"]
    return entry


def main() -> None:
    """Rewrite the lock, sorted as npm sorts it."""
    lock = json.loads(LOCK.read_text(encoding="utf-8"))
    packages = lock["packages"]
    for package in list(packages.values()):
        for name, version in package.get("optionalDependencies", {}).items():
            path = f"node_modules/{name}"
            if path not in packages:
                packages[path] = entry_for(name, version, is_dev="dev" in package)
    lock["packages"] = dict(sorted(packages.items()))
    LOCK.write_text(json.dumps(lock, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
