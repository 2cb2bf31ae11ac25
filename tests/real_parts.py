"""Says which tests need a real part that takes its time: a browser, livekit-server, PostgreSQL.

They are marked `real`, and `make test-quick` leaves them out. Nobody marks a test by hand: a test
is known by its folder, by the fixtures it asks for, by the part it is run with, and by its module
using what `tests/live` starts.
"""

from pathlib import Path

import pytest

FOLDERS = {"live", "wheel", "demo", "journeys"}
FIXTURES = {"cluster", "postgresql_template", "livekit", "browser"}
PARTS = {"postgresql", "livekit", "chromium"}


def is_real(item: pytest.Item) -> bool:
    """Tell whether a test needs a real part."""
    below = Path(item.path).relative_to(Path(__file__).parent).parts
    fixtures = set(getattr(item, "fixturenames", ()))
    call = getattr(item, "callspec", None)
    run_with = {value for value in call.params.values() if isinstance(value, str)} if call else set()
    return starts_something(item) or bool(FOLDERS.intersection(below) or FIXTURES & fixtures or PARTS & run_with)


def starts_something(item: pytest.Item) -> bool:
    """Tell whether the module of a test takes anything from `tests/live`."""
    module = getattr(item, "module", None)
    return module is not None and any(
        str(getattr(named, "__module__", "")).startswith("tests.live") for named in vars(module).values()
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test that needs a real part."""
    for item in items:
        if is_real(item):
            item.add_marker(pytest.mark.real)
