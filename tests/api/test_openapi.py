"""Whatever fits or misfits the OpenAPI description, the server never breaks: no answer is a 5xx."""

import inspect
import shutil
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error

from tests.fakes.clock import FakeClock
from tests.realtime.serving import TOKEN, built
from visavis.api.routes import ROUTES, Route, described

pytestmark = pytest.mark.long

EXAMPLES = 12
CASES = [
    (route, mode)
    for route in ROUTES
    for mode in GenerationMode
    # What asks for nothing cannot be asked wrongly.
    if mode is GenerationMode.POSITIVE or "{" in route.path or "body" in inspect.signature(route.endpoint).parameters
]


@pytest.fixture(scope="module")
def schema(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:  # noqa: ANN401 - untyped there
    """Describe a server of its own for these tests."""
    folder = tmp_path_factory.mktemp("openapi")
    path = shutil.copy(sqlite_template, folder / "visavis.sqlite3")
    app = built(f"sqlite:///{path}", folder, FakeClock(), requests_per_minute=1_000_000)
    made = schemathesis.openapi.from_dict(described(app))
    made.app = app
    return made


@pytest.mark.parametrize(("route", "mode"), CASES, ids=lambda part: getattr(part, "path", None) or part.value)
def test_no_request_breaks_the_server(schema: Any, route: Route, mode: GenerationMode) -> None:  # noqa: ANN401
    """Every URL, with what fits it and with what does not."""
    asked = 0

    @given(case=schema[route.path][route.method].as_strategy(generation_mode=mode))
    @settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck), derandomize=True, database=None)
    def ask(case: Any) -> None:  # noqa: ANN401
        nonlocal asked
        asked += 1
        answer = case.call(headers={"Authorization": f"Bearer {TOKEN}"})
        case.validate_response(answer, checks=[not_a_server_error])

    ask()
    assert asked
