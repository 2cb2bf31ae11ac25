"""Collects the licences of everything a wheel carries or asks for: `python -m tools.licences <folder>`.

The client's packages are those that web/package-lock.json does not keep for development;
livekit-server's modules are those that Go links into it, the MLS crate's are those that Rust links
into it; Python's packages are the runtime lock.
One folder a package holds its texts; `index.json` lists all. A module without a text stops the
collection, unless the package itself declares its licence.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

ROOT = Path(__file__).parents[1]
SERVER = "github.com/livekit/livekit-server/cmd/server"
IS_TEXT = re.compile(r"^(licen[cs]e|copying|notice|patents|authors)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Shipped:
    """One package that goes with a wheel, and the licence texts it came with."""

    kind: str
    name: str
    version: str
    declared: str
    texts: tuple[Path, ...]


def texts_in(folder: Path) -> tuple[Path, ...]:
    """Return the licence texts at the top of a package's folder."""
    return tuple(sorted(path for path in folder.iterdir() if path.is_file() and IS_TEXT.match(path.name)))


def web_packages() -> Iterator[Shipped]:
    """Yield the packages that may be in the built client."""
    lock = json.loads((ROOT / "web/package-lock.json").read_text(encoding="utf-8"))
    for path, entry in lock["packages"].items():
        folder = ROOT / "web" / path
        if not path or entry.get("dev") or entry.get("devOptional") or not folder.is_dir():
            continue
        package = json.loads((folder / "package.json").read_text(encoding="utf-8"))
        declared = str(package.get("license", ""))
        yield Shipped("web", package["name"], package["version"], declared, texts_in(folder))


def go_modules() -> Iterator[Shipped]:
    """Yield Go itself and the modules that are linked into livekit-server."""
    go = os.environ.get("GO", "go")  # noqa: TID251 - a build tool, told by make which Go built the binary
    form = "{{with .Module}}{{.Path}}\t{{.Version}}\t{{.Dir}}{{end}}"
    listed = subprocess.run(
        [go, "list", "-deps", "-f", form, SERVER], cwd=ROOT / "media", check=True, capture_output=True, text=True
    )
    for line in sorted(set(filter(None, listed.stdout.splitlines()))):
        name, version, folder = line.split("\t")
        yield Shipped("go", name, version, "", texts_in(Path(folder)))
    known = subprocess.run(
        [go, "env", "GOVERSION", "GOROOT"], cwd=ROOT / "media", check=True, capture_output=True, text=True
    )
    version, root = known.stdout.split()
    yield Shipped("go", "go", version, "BSD-3-Clause", texts_in(Path(root)))


def said_by_cargo(*words: str) -> str:
    """Return what Rust's cargo says of the MLS crate."""
    command = (str(ROOT / "tools/build_mls.sh"), "--cargo", *words)
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def rust_crates() -> Iterator[Shipped]:
    """Yield Rust's own library and the crates that are linked into the MLS crate."""
    target = "wasm32-unknown-unknown"
    edges = ("--edges", "normal,no-proc-macro", "--package", "visavis-mls", "--prefix", "none")
    tree = said_by_cargo("tree", "--locked", "--target", target, *edges)
    linked = {(words[0], words[1].removeprefix("v")) for line in tree.splitlines() if (words := line.split())}
    known = json.loads(said_by_cargo("metadata", "--locked", "--format-version", "1", "--filter-platform", target))
    for crate in known["packages"]:
        if crate["source"] and (crate["name"], crate["version"]) in linked:
            texts = texts_in(Path(crate["manifest_path"]).parent)
            yield Shipped("rust", crate["name"], crate["version"], crate["license"] or "", texts)
    yield Shipped("rust", "std", said_by_cargo("--version").split()[1], "MIT OR Apache-2.0", ())


def python_packages() -> Iterator[Shipped]:
    """Yield the packages that installing a wheel brings along."""
    lock = (ROOT / "requirements/runtime.txt").read_text(encoding="utf-8")
    for name in re.findall(r"^([a-z0-9][a-z0-9._-]*)==", lock, re.MULTILINE):
        try:
            installed = distribution(name)
        except PackageNotFoundError:
            continue  # wanted on another platform only
        meta = installed.metadata
        said = {key: meta.get_all(key) or [] for key in ("License-Expression", "Classifier", "License")}
        classes = [line.rpartition(" :: ")[2] for line in said["Classifier"] if line.startswith("License ::")]
        declared = "; ".join(said["License-Expression"] or classes or said["License"])[:80]
        paths = [Path(str(installed.locate_file(path))) for path in installed.files or [] if IS_TEXT.match(path.name)]
        texts = tuple(path for path in paths if path.is_file() and path.suffix not in {".py", ".pyc"})
        yield Shipped("python", name, installed.version, declared, texts)


def write(shipped: list[Shipped], folder: Path) -> None:
    """Copy every text, and list what is there."""
    for package in shipped:
        place = folder / package.kind / f"{package.name.replace('/', '_')}-{package.version}"
        place.mkdir(parents=True, exist_ok=True)
        for text in package.texts:
            (place / text.name).write_bytes(text.read_bytes())
    index = [
        {"kind": p.kind, "name": p.name, "version": p.version, "declared": p.declared, "texts": len(p.texts)}
        for p in shipped
    ]
    (folder / "index.json").write_text(json.dumps(index, indent=1) + "\n", encoding="utf-8")


def collect(folder: Path) -> None:
    """Collect everything into a new folder."""
    shipped = [*web_packages(), *go_modules(), *rust_crates(), *python_packages()]
    kinds = {package.kind for package in shipped}
    bare = [f"{p.kind}: {p.name} {p.version}" for p in shipped if not p.texts and not p.declared]
    if bare or kinds != {"web", "go", "rust", "python"}:
        sys.exit(f"licences: found {sorted(kinds)}; without any licence: {bare}")
    write(shipped, folder)
    print(f"licences: {len(shipped)} packages")


if __name__ == "__main__":
    collect(Path(sys.argv[1]))
