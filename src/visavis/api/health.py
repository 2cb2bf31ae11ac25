"""Alive, ready, and the figures for an operator's monitoring."""

import hmac
from typing import Any

from fastapi import Request
from fastapi.responses import JSONResponse, Response

from visavis.api.door import is_here
from visavis.api.house import Housed
from visavis.kernel.errors import Code, RefusedError
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


async def figures(house: Housed, request: Request) -> Response:
    """Send the metrics in Prometheus's text form: to this machine, or to whoever has the monitoring token.

    Raises:
        RefusedError: NOT_SIGNED_IN.
    """
    if not _may_watch(house, request):
        raise RefusedError(Code.NOT_SIGNED_IN)
    return Response(house.metrics.text(), media_type=CONTENT_TYPE)


def _may_watch(house: Housed, request: Request) -> bool:
    token = house.settings.metrics_token
    if token is None:
        return is_here(request)
    given = request.headers.get("authorization", "")
    return hmac.compare_digest(given.encode(), f"Bearer {token.reveal()}".encode())
