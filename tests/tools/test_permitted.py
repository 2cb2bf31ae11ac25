"""Which licences of packages are permitted, and which packages are not."""

import pytest

from tools.permitted import CRATES, Package, faults, is_permitted


@pytest.mark.parametrize(
    ("expression", "permitted"),
    [
        ("MIT", True),
        ("MIT OR Apache-2.0", True),
        ("MIT/Apache-2.0", True),
        ("Apache-2.0 / MIT", True),
        ("(MIT OR Apache-2.0) AND Unicode-3.0", True),
        ("MIT OR Apache-2.0 OR LGPL-2.1-or-later", True),
        ("", False),
        ("GPL-3.0-only", False),
        ("MIT AND GPL-3.0-only", False),
        ("(MIT OR Apache-2.0) AND (GPL-2.0-only OR LGPL-2.1-or-later)", False),
        ("MITRE", False),
        ("SEE LICENSE IN terms.txt", False),
    ],
)
def test_every_part_of_a_licence_must_leave_a_choice_that_is_permitted(expression: str, permitted: bool) -> None:
    assert is_permitted(expression) == permitted


def test_a_package_is_refused_for_its_licence_and_for_where_it_comes_from() -> None:
    packages = [
        Package("good 1", "MIT", CRATES),
        Package("good 2", "MIT", ""),
        Package("bare 1", "", CRATES),
        Package("strange 1", "MIT", "git+https://example.org/strange"),
    ]
    assert list(faults(packages)) == [
        "bare 1: its licence is not declared",
        "strange 1: it comes from git+https://example.org/strange",
    ]
