"""From trouble to one shape: a problem document (RFC 9457) with a code of the closed table; logged once, here.

The first of the two edges that may catch everything (the other is the command line). Nothing that came in is
echoed, nothing of a bug leaves the house.
"""

import re
from contextlib import suppress
from typing import Any, Final

import structlog
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from visavis.kernel.errors import (
    TABLE,
    Code,
    OutageError,
    RefusedError,
    VisavisError,
    problem,
)

MEDIA_TYPE: Final = "application/problem+json"
CLOSE_BROKEN: Final = 1011  # RFC 6455 §7.4.1: an unexpected condition
SHOWN_ERRORS: Final = 10
OWN_NAME: Final = re.compile("[a-z_]{1,40}")

log = structlog.get_logger("visavis.api")


class Problem(BaseModel):
    """A problem document (RFC 9457 §3), as OpenAPI shows it."""

    type: str
    title: str
    status: int
    code: Code
    detail: str | None = None
    fields: dict[str, str | int] | None = None
    missed: list[dict[str, str | int]] | None = None
    """The commits that the sender of one for an earlier epoch has missed (docs/protocol.md §8)."""


RESPONSES: Final[dict[int | str, dict[str, Any]]] = {
    "default": {
        "description": "Refused, or out of order: a problem document.",
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
}


def answer(error: VisavisError, headers: dict[str, str] | None = None) -> Response:
    """Return the HTTP answer to a trouble."""
    status = TABLE[error.code].status
    more = {**(headers or {}), "Cache-Control": "no-store"}
    if status == TABLE[Code.NOT_SIGNED_IN].status:
        more["WWW-Authenticate"] = "Bearer"  # RFC 9110 §15.5.2
    return JSONResponse(problem(error), status, more, MEDIA_TYPE)


def told(error: VisavisError, scope: Scope) -> None:
    """Log a trouble, once: what was refused, never what was sent."""
    route = scope.get("route")
    place = getattr(route, "path", None) or "(no route)"
    words = {
        "code": error.code.value,
        "route": place,
        "method": scope.get("method", "SOCKET"),
    }
    if isinstance(error, OutageError):
        log.warning("outage", reason=type(error.__cause__).__name__, **words)
    else:
        log.info("refused", **words, fields=error.fields)


async def _troubled(request: Request, error: Exception) -> Response:
    """Answer what a use case raised, or what the framework refused by itself."""
    headers: dict[str, str] = {}
    if isinstance(error, VisavisError):
        ours = error
    elif isinstance(error, RequestValidationError):
        ours = malformed(error)
    elif isinstance(error, HTTPException):
        ours = RefusedError(_code_for(error.status_code))
        headers = dict(error.headers or {})
    else:
        raise error
    told(ours, request.scope)
    return answer(ours, headers)


def _code_for(status: int) -> Code:
    match status:
        case 404 | 405:
            return Code.NOT_FOUND
        case 413:
            return Code.BODY_TOO_LARGE
        case _:
            return Code.BAD_REQUEST


def malformed(error: RequestValidationError) -> RefusedError:
    """Return the refusal of a request of a wrong form: where it is wrong and which rule it broke, never its values."""
    fields: dict[str, str | int] = {}
    for fault in error.errors()[:SHOWN_ERRORS]:
        unknown = fault["type"] == "extra_forbidden"
        place = fault["loc"][:-1] if unknown else fault["loc"]  # an unknown field's name is the sender's own words
        fields[".".join(_step(step) for step in place) or "body"] = fault["type"]
    return RefusedError(Code.BAD_REQUEST, **fields)


def _step(step: str | int) -> str:
    """Return one step of the way to a fault: our own fields by name, the sender's own keys as a star."""
    return str(step) if isinstance(step, int) or OWN_NAME.fullmatch(step) else "*"


def speak_problems(app: FastAPI) -> None:
    """Make an application answer every trouble with a problem document."""
    for kind in (VisavisError, RequestValidationError, HTTPException):
        app.add_exception_handler(kind, _troubled)


class Edge:
    """The outermost layer: whatever got this far is a bug; it is logged with its trace and answered `internal`."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        started = False

        async def sending(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._app(scope, receive, sending if scope["type"] == "http" else send)
        except Exception as error:
            if scope["type"] == "lifespan":
                raise
            ours = error if isinstance(error, VisavisError) else RefusedError(Code.INTERNAL)
            if ours is error:
                told(ours, scope)
            else:
                log.exception("bug")
            if not started:
                await _end(ours, scope, receive, send)


async def _end(error: VisavisError, scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        with suppress(OSError, RuntimeError):  # the client may be gone, or the socket closed already
            await send({"type": "websocket.close", "code": CLOSE_BROKEN})
    else:
        await answer(error)(scope, receive, send)
