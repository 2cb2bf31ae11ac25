"""Says which tests need a real part that takes its time: a browser, livekit-server, PostgreSQL.

They are marked `real`, and `make test-quick` leaves them out. Those of them that hold a meeting in
a browser are `scene`, `screen` or `alone`. Nobody marks a test by hand: a test is known by its folder, by the
fixtures it asks for, by the part it is run with, and by its module using what `tests/live` starts.
"""

from pathlib import Path
from typing import Final

import pytest

FOLDERS = {"live", "wheel", "demo", "journeys"}
FIXTURES = {"cluster", "postgresql_template", "livekit", "browser"}
PARTS = {"postgresql", "livekit", "chromium"}
ALONE = (
    "cli/test_demo",
    "demo/",
    "live/test_demo_live",
    "live/test_accreditation",
    "live/test_booth.py",
    "live/test_doors",
    "live/test_hours",
    "live/test_interpretation",
    "live/test_recovery",
    "live/test_robots",
    "live/test_six",
    "live/test_storm",
)
"""The tests that want the machine to themselves: they ask how long something took, how much a page holds, which ports are
free, or start more than all others do."""
SCREENS = (
    "live/test_arranging",
    "live/test_code",
    "live/test_hostile_host",
    "live/test_hostile_words",
    "live/test_inlets",
    "live/test_looks",
    "live/test_officer",
    "live/test_own_copy",
    "live/test_policy",
    "live/test_screens",
    "live/test_two_servers",
)
"""Few pages, and more is read in them than heard: one of these beside one of the scenes disturbs neither."""
SCENES = "live/"
"""One after the other, beside tests without a browser: a page in a meeting takes a quarter of a core for as long as it is
open, sound and picture being what they are, so that two scenes of five pages at once want more than there is."""

MINUTES_ENOUGH: Final = 10
"""For a meeting in a browser: what hangs ends there. How long it takes is up to the machine."""


def is_real(item: pytest.Item) -> bool:
    """Tell whether a test needs a real part."""
    fixtures = set(getattr(item, "fixturenames", ()))
    call = getattr(item, "callspec", None)
    run_with = {value for value in call.params.values() if isinstance(value, str)} if call else set()
    return starts_something(item) or bool(
        FOLDERS.intersection(folders_of(item)) or FIXTURES & fixtures or PARTS & run_with
    )


def folders_of(item: pytest.Item) -> tuple[str, ...]:
    """Return the folders below `tests` in which a test lies."""
    return Path(item.path).relative_to(Path(__file__).parent).parts


def starts_something(item: pytest.Item) -> bool:
    """Tell whether the module of a test takes anything from `tests/live`."""
    module = getattr(item, "module", None)
    return module is not None and any(
        str(getattr(named, "__module__", "")).startswith("tests.live") for named in vars(module).values()
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test that needs a real part, and those of them that run one after the other."""
    for item in items:
        if is_real(item) or item.get_closest_marker("real"):
            item.add_marker(pytest.mark.real)
            where = "/".join(folders_of(item))
            if where.startswith(ALONE):
                item.add_marker(pytest.mark.alone)
            elif where.startswith(SCREENS):
                item.add_marker(pytest.mark.screen)
            elif where.startswith(SCENES):
                item.add_marker(pytest.mark.scene)
            if where.startswith((*ALONE, SCENES)):
                item.add_marker(pytest.mark.timeout(60 * MINUTES_ENOUGH))
