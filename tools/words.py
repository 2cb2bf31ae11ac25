"""Keeps one word per thing: every class of a `model.py` stands, as `Code`, in docs/words.md."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tools import tree

DICTIONARY = Path("docs/words.md")


def classes(path: Path) -> Iterator[str]:
    """Yield the names of a module's public classes."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield node.name


def main() -> None:
    """Look up every class."""
    known = set(re.findall(r"`(\w+)`", DICTIONARY.read_text(encoding="utf-8")))
    found = [(path, name) for path in tree.files(".py") if path.name == "model.py" for name in classes(path)]
    tree.finish(
        "words",
        looked_at=len(found),
        faults=(f"{path}: {name} is not in {DICTIONARY}" for path, name in found if name not in known),
    )


if __name__ == "__main__":
    main()
