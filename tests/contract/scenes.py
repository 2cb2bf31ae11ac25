"""An application that is described, not served."""

import tempfile
from pathlib import Path
from typing import Any

from tests.fakes.clock import FakeClock
from tests.realtime.serving import built
from visavis.api.routes import described


def openapi() -> dict[str, Any]:
    """Return the OpenAPI description of the server."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        return described(built(f"sqlite:///{path / 'never.sqlite3'}", path, FakeClock()))
