"""`make check` believes a tool only if it says that it looked at something."""

import asyncio
import sys
from pathlib import Path

import pytest

from tools import gate

ROOT = Path(__file__).parents[2]


def outcome_of(command: tuple[str | Path, ...], proof: str, folder: Path) -> gate.Outcome:
    async def ran() -> gate.Outcome:
        return await gate.run(gate.Check("tried", command, proof, folder), asyncio.Semaphore(1))

    return asyncio.run(ran())


@pytest.mark.parametrize(
    ("program", "passes"),
    [
        ("print('looked at 3')", True),
        ("print('looked at 0')", False),
        ("print('all is well')", False),
        ("print('looked at 3'); raise SystemExit(1)", False),
    ],
)
def test_a_check_needs_success_and_proof(program: str, *, passes: bool, tmp_path: Path) -> None:
    outcome = outcome_of((sys.executable, "-c", program), rf"looked at {gate.SOME}", tmp_path)
    assert outcome.passed is passes


@pytest.mark.parametrize("name", ["mypy", "ruff", "ruff-format", "oxlint", "arrows-web"])
def test_a_tool_without_files_does_not_pass(name: str, tmp_path: Path) -> None:
    for folder in gate.PYTHON_FOLDERS:
        (tmp_path / folder).mkdir()
    (tmp_path / "pyproject.toml").write_text("[tool.mypy]\nfiles = []\n", encoding="utf-8")
    [known] = [check for check in gate.CHECKS if check.name == name]
    command = tuple(ROOT / "web" / part if "node_modules" in str(part) else part for part in known.command)
    assert not outcome_of(command, known.proof, tmp_path).passed
