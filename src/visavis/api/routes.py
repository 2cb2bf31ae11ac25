"""Every URL on one page, with what it needs.

To add one: a function in `api/<subject>.py`, a line here, `make contract`.

`needs` is a `Door`, or an ability of `summits.policy`; the use case checks the ability, for it knows phase and format.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any, Final

from fastapi import APIRouter, Depends, FastAPI
from starlette.routing import BaseRoute

from visavis.api import audit, health, identity, interpretation, keys, rooms, summits
from visavis.api.door import acting, knocking
from visavis.api.problems import RESPONSES, Problem
from visavis.keys.model import COMMIT_LIMIT, GROUP_INFO_LIMIT
from visavis.summits.policy import Action


class Door(StrEnum):
    """What must be shown when no ability of the summit is asked for."""

    NOTHING = "nothing"
    PUBLISHING_TOKEN = "publishing token"  # noqa: S105 - a name
    ENGINE_SIGNATURE = "media engine's signature"
    SESSION = "session"


SOCKET: Final = "/api/meetings/{meeting}/socket"
"""The WebSocket (realtime.socket); its first message carries the session."""

CHANNELS: Final = "/api/meetings/{meeting}/channels"
"""Channels and joint booths: proposed, agreed to, withdrawn (docs/protocol.md §7)."""

GROUP: Final = "/api/meetings/{meeting}/groups/{group}"
"""A group of keys (docs/protocol.md §8); its messages may be larger than other bodies."""

DOCUMENT: Final = f"{GROUP}/documents/{{document}}"
"""A document of a booth, sealed, in parts."""

GROUP_PATH: Final = re.compile("/api/meetings/[^/]+/groups/")
GROUP_BODY_LIMIT: Final = (COMMIT_LIMIT + GROUP_INFO_LIMIT) * 4 // 3 + 4096

WEBHOOK: Final = "/api/sfu/webhook"


@dataclass(frozen=True, slots=True)
class Route:
    """One URL. `status` is that of a success; 204 has no body."""

    method: str
    path: str
    endpoint: Callable[..., Any]
    needs: Door | Action
    status: int = 200


ROUTES: Final[tuple[Route, ...]] = (
    Route("GET", "/api/health/live", health.live, Door.NOTHING),
    Route("GET", "/api/health/ready", health.ready, Door.NOTHING),
    Route("GET", "/metrics", health.figures, Door.NOTHING),
    Route("GET", "/api/summits/{summit}/descriptor", identity.descriptor, Door.NOTHING),
    Route("POST", "/api/summits", identity.publish, Door.PUBLISHING_TOKEN, status=201),
    Route("POST", "/api/enrolments", identity.enrol, Door.NOTHING, status=201),
    Route("GET", "/api/enrolments", identity.enrolments, Action.READ_ENROLMENTS),
    Route("POST", "/api/revocations", identity.revoke, Door.NOTHING, status=204),
    Route("GET", "/api/revocations", identity.revocations, Door.SESSION),
    Route("POST", "/api/challenges", identity.challenge, Door.NOTHING),
    Route("POST", "/api/sessions", identity.open_session, Door.NOTHING, status=201),
    Route("DELETE", "/api/sessions", identity.close_session, Door.SESSION, status=204),
    Route("GET", "/api/dossier", summits.dossier, Action.READ_DOSSIER),
    Route("POST", "/api/meetings", summits.call, Action.CALL_MEETING, status=201),
    Route("POST", "/api/meetings/{meeting}/moves", summits.move, Door.SESSION),  # which ability, the body says
    Route("DELETE", "/api/meetings/{meeting}/moves/{move}", summits.withdraw, Action.WITHDRAW_CONSENT, status=204),
    Route("POST", "/api/meetings/{meeting}/doors", summits.order_doors, Action.ORDER_DOORS, status=204),
    Route("PUT", "/api/meetings/{meeting}/agenda", summits.arrange, Action.ARRANGE_AGENDA, status=204),
    Route("POST", "/api/meetings/{meeting}/agenda/{item}/take-up", summits.take_up, Action.TAKE_UP_ITEM, status=204),
    Route("PUT", CHANNELS, interpretation.propose, Action.ARRANGE_CHANNELS),
    Route("DELETE", CHANNELS, interpretation.withdraw, Action.ARRANGE_CHANNELS, status=204),
    Route("POST", f"{CHANNELS}/consents", interpretation.agree, Action.ARRANGE_CHANNELS),
    Route("PUT", "/api/meetings/{meeting}/booths/{party}", interpretation.put_up, Action.ARRANGE_BOOTHS, status=204),
    Route("POST", "/api/meetings/{meeting}/floor/asks", summits.ask, Action.ASK_FOR_FLOOR, status=204),
    Route("DELETE", "/api/meetings/{meeting}/floor/asks", summits.withdraw_ask, Action.ASK_FOR_FLOOR, status=204),
    Route("PUT", "/api/meetings/{meeting}/floor", summits.give, Action.GIVE_FLOOR, status=204),
    Route("DELETE", "/api/meetings/{meeting}/floor", summits.yield_floor, Action.YIELD_FLOOR, status=204),
    Route(
        "PUT",
        "/api/meetings/{meeting}/floor/interpreter",
        summits.pass_to_interpreter,
        Action.PASS_TO_INTERPRETER,
        status=204,
    ),
    Route("PUT", "/api/meetings/{meeting}/floor/speaker", summits.hand_floor_back, Action.HAND_FLOOR_BACK, status=204),
    Route("POST", "/api/meetings/{meeting}/tickets", rooms.ticket, Door.SESSION),  # which ability, the body says
    Route("PUT", "/api/meetings/{meeting}/seat", rooms.take_seat, Door.SESSION, status=204),  # likewise
    # Which ability, the name of the group says.
    Route("GET", "/api/meetings/{meeting}/groups", keys.groups, Door.SESSION),
    Route("POST", GROUP, keys.found, Action.FOUND_GROUP, status=201),
    Route("GET", GROUP, keys.state, Door.SESSION),
    Route("POST", f"{GROUP}/commits", keys.commit, Door.SESSION, status=201),
    Route("GET", f"{GROUP}/commits", keys.commits, Door.SESSION),
    Route("PUT", f"{GROUP}/turn", keys.ask_turn, Door.SESSION),
    Route("DELETE", f"{GROUP}/turn", keys.leave_turn, Door.SESSION, status=204),
    Route("POST", f"{GROUP}/voids", keys.void, Action.VOID_EPOCH, status=204),
    Route("POST", f"{GROUP}/envelopes", keys.send, Door.SESSION, status=201),
    Route("GET", f"{GROUP}/envelopes", keys.sent, Door.SESSION),
    Route("PUT", f"{DOCUMENT}/parts/{{part}}", keys.keep_part, Door.SESSION, status=204),
    Route("GET", f"{DOCUMENT}/parts/{{part}}", keys.kept_part, Door.SESSION),
    Route("DELETE", DOCUMENT, keys.drop_document, Door.SESSION, status=204),
    Route("POST", WEBHOOK, rooms.webhook, Door.ENGINE_SIGNATURE, status=204),
    Route("GET", "/api/audit", audit.export, Action.READ_AUDIT),
)


_DOORS: Final = {
    Door.NOTHING: [Depends(knocking)],  # asked of nobody in particular, and therefore counted by address
    Door.PUBLISHING_TOKEN: [Depends(knocking)],
    Door.ENGINE_SIGNATURE: list[Any](),
}


def body_limit(path: str, usual: int) -> int:
    """Return how large a body may be at a path, in bytes: the usual, or room for a group's messages in base64url."""
    return max(usual, GROUP_BODY_LIMIT) if GROUP_PATH.match(path) else usual


@cache
def routes() -> tuple[BaseRoute, ...]:
    """Return every URL above, ready to be answered. What needs a session is not reached without one.

    The same for every application: whose house is asked, each endpoint learns from the request.
    """
    made = APIRouter()
    for route in ROUTES:
        doors = _DOORS.get(route.needs, [Depends(acting)]) if isinstance(route.needs, Door) else [Depends(acting)]
        made.add_api_route(
            route.path,
            route.endpoint,
            methods=[route.method],
            status_code=route.status,
            dependencies=doors,
            responses=RESPONSES,
            operation_id=f"{route.endpoint.__module__.rsplit('.', 1)[-1]}.{route.endpoint.__name__}",
        )
    return tuple(made.routes)


def described(app: FastAPI) -> dict[str, Any]:
    """Return the OpenAPI description of an application, with the problem document in it."""
    description = app.openapi()
    schemas = description.setdefault("components", {}).setdefault("schemas", {})
    schemas["Problem"] = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas.update(schemas["Problem"].pop("$defs", {}))
    return description
