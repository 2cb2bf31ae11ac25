"""Each house check is run on a small tree of its own, with and without a fault."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

Plant = Callable[[str, str], None]


@pytest.fixture
def plant(tmp_path: Path) -> Plant:
    """Make an empty project; what is returned writes a file into it."""
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True)

    def write(name: str, text: str) -> None:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    return write


def check(name: str, folder: Path) -> tuple[int, str]:
    """Run a house check on a folder; return its exit code and what it said."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}  # noqa: TID251 - the check needs the same PATH
    ran = subprocess.run(
        [sys.executable, "-m", f"tools.{name}"],
        check=False,
        capture_output=True,
        text=True,
        cwd=folder,
        env=environment,
    )
    return ran.returncode, ran.stdout + ran.stderr


@pytest.mark.parametrize("name", ["sizes", "words", "leaks", "links"])
def test_a_check_that_looked_at_nothing_fails(name: str, plant: Plant, tmp_path: Path) -> None:
    if name == "words":
        plant("docs/words.md", "no code yet")
    code, said = check(name, tmp_path)
    assert code == 1
    assert "looked at 0" in said


def test_sizes_finds_what_is_too_long_and_takes_too_much(plant: Plant, tmp_path: Path) -> None:
    plant("small.py", "def small(a, b):\n    return a, b\n")
    assert check("sizes", tmp_path)[0] == 0
    plant("long.py", "\n" * 401)
    plant("long_function.py", "def tall():\n" + "    pass\n" * 60)
    plant("greedy.py", "class Greedy:\n    def take(self, a, b, c, d, *, e, f): ...\n")
    plant("web/long.ts", "// a line\n" * 401)
    code, said = check("sizes", tmp_path)
    assert code == 1
    assert "long.py: 401 lines" in said
    assert "web/long.ts: 401 lines" in said
    assert "tall has 61 lines" in said
    assert "take has 6 parameters" in said


def test_words_finds_a_class_that_the_dictionary_lacks(plant: Plant, tmp_path: Path) -> None:
    plant("docs/words.md", "| seat (`Seat`) | a place |")
    plant("rooms/model.py", "class Seat: ...\nclass _Kept: ...\n")
    assert check("words", tmp_path)[0] == 0
    plant("summits/model.py", "class Chair: ...\n")
    code, said = check("words", tmp_path)
    assert code == 1
    assert "summits/model.py: Chair" in said


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("notes.md", "see /root" + "/project/file"),
        ("web/package-lock.json", '{"resolved": "somewhere"}'),
        ("requirements/dev.txt", "--index-url somewhere"),
        ("key.pem", "-----BEGIN EC PRIVATE" + " KEY-----"),
        ("code.py", "# see Issue" + " #12"),
    ],
)
def test_leaks_finds_what_belongs_to_one_machine(name: str, text: str, plant: Plant, tmp_path: Path) -> None:
    plant("README.md", "Nothing of the kind.")
    assert check("leaks", tmp_path)[0] == 0
    plant(name, text)
    code, said = check("leaks", tmp_path)
    assert code == 1
    assert name in said


def test_links_finds_a_page_that_is_not_there(plant: Plant, tmp_path: Path) -> None:
    plant("README.md", "[words](docs/words.md#floor) and [elsewhere](https://example.org/none)")
    plant("docs/words.md", "[back](../README.md)")
    assert check("links", tmp_path)[0] == 0
    plant("docs/lost.md", "![a picture](pictures/none.png)")
    code, said = check("links", tmp_path)
    assert code == 1
    assert "docs/lost.md: pictures/none.png is not there" in said


def test_links_finds_a_test_that_is_not_there(plant: Plant, tmp_path: Path) -> None:
    plant("tests/live/test_doors.py", "")
    plant("web/src/keys/doors.test.ts", "")
    plant(
        "docs/proofs.md",
        "`tests/live/test_doors.py`, `tests/live/`, `web/src/keys/*.test.ts`, not `tests` or `other/none`",
    )
    assert check("links", tmp_path)[0] == 0
    plant("docs/lost.md", "`tests/live/test_windows.py` and `web/src/keys/win*.test.ts`")
    code, said = check("links", tmp_path)
    assert code == 1
    assert "docs/lost.md: tests/live/test_windows.py is not there" in said
    assert "docs/lost.md: web/src/keys/win*.test.ts is not there" in said
