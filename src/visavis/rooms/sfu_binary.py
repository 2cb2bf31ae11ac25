"""Finds the livekit-server to start, and refuses one that was not tested."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from visavis.rooms.child_process import NotStartedError

NAME: Final = "livekit-server"
TESTED_VERSION: Final = "1.13.5"
ANSWER_SECONDS: Final = 10

_PACKAGE: Final = Path(__file__).parents[1]


class NoSfuError(NotStartedError):
    """There is no livekit-server that can be started. The message says what to do."""


def find(given: Path | None, package: Path = _PACKAGE) -> Path:
    """Return the livekit-server to start: the one given, the package's, the checkout's, or the one on PATH.

    Args:
        given: what the setting `sfu_binary` names; nothing else is looked for then.
        package: the folder of this package; a test gives another.

    Raises:
        NoSfuError: if there is none, or the first found is of another version than the tested one.
    """
    binary = next(_places(given, package), None)
    if binary is None:
        msg = f"no {NAME} found; run `make sfu`, or name one with the setting sfu_binary"
        raise NoSfuError(msg)
    version = version_of(binary)
    if version != TESTED_VERSION:
        msg = f"{binary} is {NAME} {version}; visavis was tested with {TESTED_VERSION} and starts no other"
        raise NoSfuError(msg)
    return binary


def version_of(binary: Path) -> str:
    """Return the version that a livekit-server says it has.

    Raises:
        NoSfuError: if it cannot be run or says something else.
    """
    try:
        ran = subprocess.run(  # noqa: S603 - the operator's own choice of program
            [binary, "--version"], capture_output=True, text=True, timeout=ANSWER_SECONDS, check=True
        )
    except (OSError, subprocess.SubprocessError) as error:
        msg = f"{binary} cannot be run: {error}"
        raise NoSfuError(msg) from error
    name, _, version = ran.stdout.strip().partition(" version ")
    if name != NAME or not version:
        msg = f"{binary} is not {NAME}"
        raise NoSfuError(msg)
    return version


def _places(given: Path | None, package: Path) -> Iterator[Path]:
    if given is not None:
        yield given
        return
    carried = package / "_bin" / NAME
    if carried.is_file():
        yield carried
    built = (package.parents[1] / ".cache" / NAME).glob(f"*/{NAME}")
    yield from sorted(built, key=lambda path: path.stat().st_mtime, reverse=True)
    on_path = shutil.which(NAME)
    if on_path is not None:
        yield Path(on_path)
