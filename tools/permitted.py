"""Keeps out packages whose licence is none that the project may pass on: `python -m tools.permitted`.

Looked at are the Rust crates, those that only build included, and the client's packages: they declare their licences as SPDX
expressions. A package from elsewhere than the public registry is refused too: nobody could look at it there.
"""

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass

from tools import licences

PERMITTED = {"0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT", "OFL-1.1", "Unicode-3.0", "Zlib"}
CRATES = "registry+https://github.com/rust-lang/crates.io-index"


@dataclass(frozen=True, slots=True)
class Package:
    """One package: `declared` is its SPDX expression, `source` where it came from as its lock says."""

    name: str
    declared: str
    source: str


def is_permitted(expression: str) -> bool:
    """Tell whether every part of an SPDX expression leaves the choice of a licence that is permitted.

    `A/B` is an older way to write `A OR B`. Where `AND` and `OR` stand beside each other without parentheses, more is asked than
    the expression does.
    """
    parts = re.split(r"\s+AND\s+", expression.replace("/", " OR "))
    choices = (re.split(r"\s+OR\s+", part.replace("(", " ").replace(")", " ").strip()) for part in parts)
    return all(any(choice.strip() in PERMITTED for choice in part) for part in choices)


def faults(packages: list[Package]) -> Iterator[str]:
    """Yield one line for each package that may not be used."""
    for package in packages:
        if not is_permitted(package.declared):
            yield f"{package.name}: its licence is {package.declared or 'not declared'}"
        if package.source not in {"", CRATES}:
            yield f"{package.name}: it comes from {package.source}"


def crates() -> list[Package]:
    """Return every crate that the lock names, whatever it is for; our own are not among them."""
    told = json.loads(licences.said_by_cargo("metadata", "--locked", "--format-version", "1"))
    ours = set(told["workspace_members"])
    return [
        Package(f"{crate['name']} {crate['version']}", crate["license"] or "", crate["source"] or "a folder")
        for crate in told["packages"]
        if crate["id"] not in ours
    ]


def main() -> int:
    """Look at every package; return 1 if one may not be used."""
    packages = crates()
    packages += [Package(f"{one.name} {one.version}", one.declared, "") for one in licences.web_packages()]
    found = list(faults(packages))
    print("\n".join(found), end="\n" if found else "")
    print(f"permitted: looked at {len(packages)} packages")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
