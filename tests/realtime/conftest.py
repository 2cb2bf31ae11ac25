"""What the tests of the sockets share."""

from collections.abc import Iterator, MutableMapping
from typing import Any

import pytest
from structlog.testing import capture_logs


@pytest.fixture
def log_lines() -> Iterator[list[MutableMapping[str, Any]]]:
    """Every line that is logged during the test."""
    with capture_logs() as lines:
        yield lines
