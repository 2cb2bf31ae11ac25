"""The client is the same bytes wherever and whenever it is built, and none of them tells where that was."""

import shutil
import subprocess
from pathlib import Path

import pytest

from visavis.api.copies import Copy

pytestmark = [pytest.mark.real, pytest.mark.timeout(300)]

ROOT = Path(__file__).parents[2]


def laid_out(folder: Path) -> Path:
    """Copy what the client is built from, as new files of another time; return the folder."""
    words = ("git", "ls-files", "-co", "--exclude-standard", "web", "contract")
    listed = subprocess.run(words, cwd=ROOT, check=True, capture_output=True, text=True).stdout.splitlines()
    for name in filter(lambda name: (ROOT / name).is_file(), listed):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes((ROOT / name).read_bytes())
    shutil.copytree(ROOT / "web" / "mls", folder / "web" / "mls")
    return folder


def built(folder: Path, **world: str) -> Copy:
    """Build the client that is laid out in a folder; return what came of it."""
    web = folder / "web"
    (web / "node_modules").symlink_to(ROOT / "web" / "node_modules")
    command = (ROOT / ".venv" / "bin" / "node", "node_modules/.bin/vite", "build", "--logLevel", "warn")
    subprocess.run(command, cwd=web, env=world, check=True)
    return Copy.built(web / "dist")


def test_two_builds_in_two_places_are_the_same_bytes(tmp_path: Path) -> None:
    """Another folder, another home, another clock's zone and language: the hash is one, and names no place."""
    one = laid_out(tmp_path / "a")
    two = Path(shutil.copytree(one, tmp_path / "another folder" / "further down"))
    first = built(one, TZ="Pacific/Auckland", LANG="C", HOME=str(tmp_path))
    second = built(two, TZ="America/Lima", LANG="tr_TR.UTF-8", HOME="/")
    assert second.listed == first.listed
    places = {str(place).encode() for place in (ROOT, tmp_path, Path.home())} - {b"/"}
    for name, body in first.files.items():
        assert not [place for place in places if place in body], name
    assert {Path(name).suffix for name in first.files} >= {".html", ".js", ".css", ".woff2"}


def test_the_webassembly_names_no_place_where_it_was_built() -> None:
    """What the compiler writes down of its folders, and of those of the crates, is replaced."""
    module = (ROOT / "web" / "mls" / "visavis_mls_bg.wasm").read_bytes()
    for place in {str(ROOT), str(Path.home() / ".cargo"), "/usr/lib/rustlib"}:
        assert place.encode() not in module
