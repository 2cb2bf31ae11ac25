"""Every relative link of the project's pages leads to a file that is there, and so does every test that they name."""

import re
from pathlib import Path
from typing import Final

from tools import tree

LINK: Final = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
TEST: Final = re.compile(r"`((?:tests|benchmarks|web/src|mls/src)/[^`\s]+)`")
"""A test as a page names it: a file, a folder, or all that a pattern fits."""


def missing(page: Path) -> list[str]:
    """Return the targets of a page's relative links that are not there."""
    targets = (found for found in LINK.findall(page.read_text(encoding="utf-8")) if ":" not in found)
    return [target for target in targets if not (page.parent / target).exists()]


def nameless(page: Path) -> list[str]:
    """Return the tests that a page names, from the project's root, and that nothing has the name of."""
    named = dict.fromkeys(TEST.findall(page.read_text(encoding="utf-8")))
    return [test for test in named if next(Path().glob(test), None) is None]


def main() -> None:
    """Follow every link, and look for every test."""
    pages = list(tree.files(".md"))
    found = [(page, target) for page in pages for target in (*missing(page), *nameless(page))]
    tree.finish("links", looked_at=len(pages), faults=(f"{page}: {target} is not there" for page, target in found))


if __name__ == "__main__":
    main()
