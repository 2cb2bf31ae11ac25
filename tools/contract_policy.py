"""Prints `contract/policy.json` from the policy's tables: `python -m tools.contract_policy`."""

import json
from pathlib import Path

from visavis.summits.policy import printed

TARGET = Path(__file__).parent.parent / "contract" / "policy.json"


def text() -> str:
    """Return what the file must hold, one row a line so that a change of the table shows as a diff."""
    subjects = [
        f'  "{subject}": [\n' + ",\n".join(f"    {json.dumps(row)}" for row in rows) + "\n  ]"
        for subject, rows in printed().items()
    ]
    return "{\n" + ",\n".join(subjects) + "\n}\n"


def main() -> None:
    """Write the file."""
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(text(), encoding="utf-8")


if __name__ == "__main__":
    main()
