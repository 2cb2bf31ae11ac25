"""Alive, ready, and the figures for an operator's monitoring."""

from typing import Any

from fastapi.responses import JSONResponse, Response

from visavis.api.house import Housed
from visavis.observability.health import State, database_answers, sfu_answers
from visavis.observability.metrics import CONTENT_TYPE


async def live() -> dict[str, Any]:
    """Say that the process answers."""
    return {"live": True}


async def ready(house: Housed) -> Response:
    """Say whether the server can serve: the database and the media engine answer, and events go out. 503 if not."""
    checks = [await database_answers(house.database), await sfu_answers(house.sfu)]
    seen = {check.name: check.state.value for check in checks}
    is_ready = house.fanout.started.is_set() and all(check.state is not State.BAD for check in checks)
    return JSONResponse({"ready": is_ready, "checks": seen}, 200 if is_ready else 503)


async def figures(house: Housed) -> Response:
    """Send the metrics in Prometheus's text form."""
    return Response(house.metrics.text(), media_type=CONTENT_TYPE)
