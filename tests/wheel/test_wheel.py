"""A wheel is packed, installed into an empty virtual environment, started, and a page of it opened."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import async_playwright

from tests.live.browser import launched
from visavis.rooms import sfu_binary

ROOT = Path(__file__).parents[2]
BARE_PATH = "/usr/bin:/bin"
STOP_SECONDS = 30


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    tried = subprocess.run([ROOT / "tools/build_sfu.sh", "--which"], check=True, capture_output=True, text=True)
    subprocess.run(
        [sys.executable, "-m", "tools.wheel", str(sfu_binary.find(None)), str(folder)],
        check=True,
        cwd=ROOT,
        env={**os.environ, "GO": tried.stdout.strip()},  # noqa: TID251 - the build needs this PATH
    )
    [packed] = folder.glob("*.whl")
    return packed


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the bin folder of an environment that holds the wheel and what it asks for, nothing else."""
    folder = tmp_path_factory.mktemp("empty") / "venv"
    uv = Path(sys.executable).parent / "uv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
    into = [str(uv), "pip", "install", "--quiet", "--python", str(folder / "bin" / "python"), "--no-deps"]
    lock = [*into, "--require-hashes", "--requirement", str(ROOT / "requirements/runtime.txt")]
    # `make setup` left everything in uv's cache; only where somebody emptied that is the network asked.
    if subprocess.run([*lock, "--offline"], check=False, capture_output=True).returncode != 0:
        subprocess.run(lock, check=True)
    subprocess.run([*into, "--offline", str(wheel)], check=True)
    return folder / "bin"


@contextmanager
def demonstration(installed: Path, home: Path) -> Iterator[dict[str, Any]]:
    """Yield what `visavis demo --json` says, on a machine with neither Node nor Go."""
    with subprocess.Popen(
        [installed / "visavis", "demo", "--json"],
        stdout=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        cwd=home,
        env={"PATH": BARE_PATH, "HOME": str(home)},
    ) as demo:
        assert demo.stdout is not None
        try:
            yield json.loads(demo.stdout.readline())
        finally:
            demo.send_signal(signal.SIGINT)
            demo.wait(STOP_SECONDS)


def test_a_wheel_starts_the_livekit_server_it_carries(installed: Path) -> None:
    asked = "from visavis.rooms.sfu_binary import find; print(find(None))"
    found = subprocess.run([installed / "python", "-c", asked], check=True, capture_output=True, text=True)
    assert Path(found.stdout.strip()).is_relative_to(installed.parent)


@pytest.mark.anyio
async def test_a_wheel_is_all_that_is_needed(installed: Path, tmp_path: Path) -> None:
    with demonstration(installed, tmp_path) as told:
        async with async_playwright() as playwright, launched(playwright) as browser:
            page = await browser.new_page()
            await page.goto(told["seats"][0]["link"])
            await page.get_by_text(told["seats"][0]["delegation"]).first.wait_for()
    assert list(tmp_path.iterdir()) == []


def test_a_wheel_carries_the_licences_of_what_is_in_it(installed: Path) -> None:
    [package] = installed.parent.glob("lib/python3*/site-packages/visavis")
    listed = json.loads((package / "_licences" / "index.json").read_text(encoding="utf-8"))
    names = {(entry["kind"], entry["name"]) for entry in listed}
    assert {("web", "react"), ("web", "livekit-client"), ("go", "github.com/livekit/livekit-server")} <= names
    assert {("go", "go"), ("python", "fastapi"), ("rust", "mls-rs"), ("rust", "std")} <= names
    assert all(entry["texts"] or entry["declared"] for entry in listed)
    assert len(list((package / "_licences").rglob("LICENSE*"))) > 100
