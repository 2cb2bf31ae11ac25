"""`make check`: runs every check, two at a time, and says which one failed.

A check passes when its command succeeds *and* prints the proof that it looked at something: a
tool that finds no files often succeeds too.
"""

import asyncio
import os
import re
import sys
import time
from dataclasses import dataclass
from pathlib import Path

AT_ONCE = 2
PYTHON = sys.executable
BIN = Path(sys.executable).parent
WEB = Path("web")
WEB_BIN = Path("node_modules/.bin")
PYTHON_FOLDERS = ("src", "tests", "tools", "benchmarks")
MLS = ("--locked", "--target-dir", "../.cache/mls/check")
SOME = r"[1-9]\d*"


@dataclass(frozen=True, slots=True)
class Check:
    """One command, where it runs, and the words that show it looked at something."""

    name: str
    command: tuple[str | Path, ...]
    proof: str
    folder: Path = Path()


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one check went."""

    check: Check
    passed: bool
    seconds: float
    said: str


def web(name: str, *command: str, proof: str) -> Check:
    """Return a check by a tool of the web client."""
    return Check(name, (BIN / "node", WEB_BIN / command[0], *command[1:]), proof, WEB)


def rust(name: str, *command: str, proof: str) -> Check:
    """Return a check of the MLS crate by a tool of Rust."""
    return Check(name, ("tools/build_mls.sh", "--cargo", *command), proof)


def own(name: str) -> Check:
    """Return a check by a house tool."""
    return Check(name, (PYTHON, "-m", f"tools.{name}"), rf"{name}: looked at {SOME}")


# Slow ones first, so that the last to finish is a short one.
CHECKS = (
    rust("clippy", "clippy", *MLS, "--package", "visavis-mls", "--", "-D", "warnings", proof="Finished"),
    Check("mypy", (BIN / "mypy",), rf"in {SOME} source files"),
    web("tsc", "tsc", "--noEmit", "--listFiles", proof=r"/web/src/\S+\.tsx?"),
    web("oxlint", "oxlint", "src", proof=rf"on {SOME} files"),
    Check("printed", (PYTHON, "-m", "tools.printed"), rf"printed: looked at {SOME}"),
    web("knip", "knip", "--no-progress", "--reporter", "compact", proof=r""),
    web("arrows-web", "depcruise", "src", "--config", ".dependency-cruiser.mjs", proof=rf"\({SOME} modules"),
    Check("arrows", (BIN / "lint-imports",), rf"Analyzed {SOME} files"),
    Check("ruff", (BIN / "ruff", "check", "--output-format", "concise", *PYTHON_FOLDERS), r"\AAll checks passed"),
    Check("ruff-format", (BIN / "ruff", "format", "--check", "."), rf"{SOME} files already formatted"),
    web("oxfmt", "oxfmt", "--check", ".", proof=rf"on {SOME} files"),
    Check("deptry", (BIN / "deptry", "src"), rf"Scanning {SOME} files"),
    Check("codespell", (BIN / "codespell", "--count", "."), r""),
    # By itself: together they would be compiled with what either asks of mls-rs.
    rust("clippy-vec", "clippy", *MLS, "--package", "visavis-mls-vectors", "--", "-D", "warnings", proof="Finished"),
    rust("rustfmt", "fmt", "--all", "--", "--check", "--verbose", proof=r"Formatting \S+\.rs"),
    own("permitted"),
    own("sizes"),
    own("words"),
    own("leaks"),
    own("links"),
)


async def run(check: Check, turn: asyncio.Semaphore) -> Outcome:
    """Run one check when it is its turn."""
    async with turn:
        start = time.monotonic()
        process = await asyncio.create_subprocess_exec(
            *check.command,
            cwd=check.folder,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        printed, _ = await process.communicate()
    said = printed.decode(errors="replace")
    passed = process.returncode == 0 and re.search(check.proof, said) is not None
    return Outcome(check, passed, time.monotonic() - start, said)


def report(outcome: Outcome) -> None:
    """Print one line, and what the check said where it failed."""
    print(f"{'ok    ' if outcome.passed else 'FAILED'} {outcome.check.name:<12} {outcome.seconds:5.1f} s", flush=True)
    if not outcome.passed:
        lines = [line for line in outcome.said.splitlines() if not line.startswith(str(Path.cwd()))]
        print("\n".join(f"       {line}" for line in lines) or "       it printed nothing", flush=True)


async def main(names: list[str]) -> int:
    """Run the named checks, or all; return how many failed."""
    turn = asyncio.Semaphore(AT_ONCE)
    chosen = [check for check in CHECKS if not names or check.name in names]
    failed = [] if chosen else ["no check has that name"]
    for next_done in asyncio.as_completed([run(check, turn) for check in chosen]):
        outcome = await next_done
        report(outcome)
        if not outcome.passed:
            failed.append(outcome.check.name)
    print(f"check: {len(chosen)} checks, failed: {', '.join(failed) or 'none'}")
    return 1 if failed else 0


if __name__ == "__main__":
    os.chdir(Path(__file__).parents[1])
    sys.exit(asyncio.run(main(sys.argv[1:])))
