"""Every relative link of the project's pages leads to a file that is there."""

import re
from pathlib import Path
from typing import Final

from tools import tree

LINK: Final = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


def missing(page: Path) -> list[str]:
    """Return the targets of a page's relative links that are not there."""
    targets = (found for found in LINK.findall(page.read_text(encoding="utf-8")) if ":" not in found)
    return [target for target in targets if not (page.parent / target).exists()]


def main() -> None:
    """Follow every link."""
    pages = list(tree.files(".md"))
    found = [(page, target) for page in pages for target in missing(page)]
    tree.finish("links", looked_at=len(pages), faults=(f"{page}: {target} is not there" for page, target in found))


if __name__ == "__main__":
    main()
