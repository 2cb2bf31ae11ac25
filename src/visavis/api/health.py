"""Alive, ready, and the figures for an operator's monitoring."""

from typing import Any

from fastapi.responses import JSONResponse, Response
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, generate_latest

from visavis.api.house import Housed
from visavis.events import outbox


async def live() -> dict[str, Any]:
    """Say that the process answers."""
    return {"live": True}


async def ready(house: Housed) -> Response:
    """Say that the server can serve: the database answers and the events are read from it.

    Raises:
        OutageError: STORAGE_UNAVAILABLE.
    """
    async with house.database.reading() as connection:
        number = await outbox.last_number(connection)
    started = house.fanout.started.is_set()
    return JSONResponse({"ready": started, "number": number}, 200 if started else 503)


async def figures() -> Response:
    """Send the metrics in Prometheus's text form."""
    return Response(generate_latest(REGISTRY), media_type=CONTENT_TYPE_LATEST)
