"""Every URL on one page, with what it needs. To add one: a function in `api/<subject>.py`, a line here, `make contract`.

`needs` is a `Door`, or an ability of `summits.policy`; the use case checks the ability, for it knows phase and format.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from fastapi import APIRouter, Depends

from visavis.api import audit
from visavis.api.door import Pace, acting, paced
from visavis.api.problems import RESPONSES


class Door(StrEnum):
    """What must be shown when no ability of the summit is asked for."""

    NOTHING = "nothing"
    PUBLISHING_TOKEN = "publishing token"  # noqa: S105 - a name
    ENGINE_SIGNATURE = "media engine's signature"
    SESSION = "session"


@dataclass(frozen=True, slots=True)
class Route:
    """One URL. `status` is that of a success; 204 has no body."""

    method: str
    path: str
    endpoint: Callable[..., Any]
    needs: str
    status: int = 200
    pace: Pace | None = None


ROUTES: Final[tuple[Route, ...]] = (
    # identity
    # summits
    # rooms
    # audit
    Route("GET", "/api/audit", audit.export, Door.SESSION),
)


def router() -> APIRouter:
    """Return the router of every URL above. Whatever needs more than nothing is not reached without a session."""
    made = APIRouter()
    for route in ROUTES:
        dependencies = [] if route.pace is None else [paced(route.pace, route.path)]
        if route.needs not in {Door.NOTHING, Door.PUBLISHING_TOKEN, Door.ENGINE_SIGNATURE}:
            dependencies.append(Depends(acting))
        made.add_api_route(
            route.path,
            route.endpoint,
            methods=[route.method],
            status_code=route.status,
            dependencies=dependencies,
            responses=RESPONSES,
            operation_id=f"{route.endpoint.__module__.rsplit('.', 1)[-1]}.{route.endpoint.__name__}",
        )
    return made
