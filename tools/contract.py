"""Print everything in `contract/`: what server and client must agree on. `make contract` writes, `--check` compares.

To add a file: a function that returns its value, a line in `PRINTERS`.
"""

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from tests.contract.scenes import openapi
from tests.contract.vectors import events as event_vectors
from tools import (
    contract_arrangement,
    contract_credentials,
    contract_doors,
    contract_envelopes,
    contract_frames,
    contract_policy,
    contract_revocations,
    contract_routing,
    contract_vectors,
    contract_voids,
)
from visavis.events import shapes
from visavis.kernel.errors import TABLE

FOLDER: Final = Path(__file__).parents[1] / "contract"


def errors() -> dict[str, Any]:
    """Return the closed table of codes."""
    return {code.value: {"status": trouble.status, "title": trouble.title} for code, trouble in TABLE.items()}


PRINTERS: Final[dict[str, Callable[[], Any]]] = {
    "errors.json": errors,
    "events.schema.json": shapes.schema,
    "openapi.json": openapi,
    "policy.json": contract_policy.text,
    "vectors/arrangement.json": contract_arrangement.arrangement,
    "vectors/credentials.json": contract_credentials.credentials,
    "vectors/doors.json": contract_doors.doors,
    "vectors/envelopes.json": contract_envelopes.envelopes,
    "vectors/events.json": event_vectors,
    "vectors/identity.json": contract_vectors.identity,
    "vectors/media_frames.json": contract_frames.frames,
    "vectors/revocations.json": contract_revocations.revocations,
    "vectors/routing.json": contract_routing.routing,
    "vectors/voids.json": contract_voids.voids,
}


def printed(value: object) -> str:
    """Return a value as it is kept: a text as it is, anything else as indented JSON, one newline at the end."""
    return value if isinstance(value, str) else json.dumps(value, indent=1, ensure_ascii=False) + "\n"


def differing(folder: Path, *, write: bool) -> list[str]:
    """Return the files that are not what would be printed; write them if asked to."""
    found = []
    for name, printer in PRINTERS.items():
        text = printed(printer())
        path = folder / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            found.append(name)
            if write:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
    return found


def main() -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail if something differs")
    chosen = parser.parse_args()
    for name in (found := differing(FOLDER, write=not chosen.check)):
        sys.stdout.write(f"{'differs' if chosen.check else 'written'}: contract/{name}\n")
    return 1 if chosen.check and found else 0


if __name__ == "__main__":
    sys.exit(main())
