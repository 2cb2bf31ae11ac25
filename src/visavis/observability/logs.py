"""Structured logging in which no secret can appear: masked by name, by form, and by type, as the last step of all.

Everything goes this way, also what libraries log. One line for each request, without its query and its headers.
"""

import logging
import re
import sys
import time
from collections.abc import Mapping
from typing import Any, Final, TextIO

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.typing import EventDict, Processor, WrappedLogger

from visavis.kernel.secret import Secret

MASK: Final = "****"

SECRET_NAMES: Final = re.compile(
    r"(?i)(authorization|bearer|cookie|password|passwd|secret|session|seed|signature|token|private|credential|api_?key)"
)
"""Fields of such names are never written. `session` is a bearer token in this protocol."""

SECRET_FORMS: Final[tuple[tuple[re.Pattern[str], str], ...]] = (
    (re.compile(r"(?i)\b(bearer|basic)\s+[^\s\"',}]+"), rf"\1 {MASK}"),
    # A JSON Web Token (RFC 7519), cut or whole: LiveKit's tickets.
    (re.compile(r"\beyJ[\w-]{6,}(?:\.[\w-]*){0,2}"), MASK),
    # Names with their values in texts that libraries made, quoted or not.
    (
        re.compile(
            r"(?i)([\"']?\b\w*(?:token|secret|password|passwd|session|signature|authorization)\w*[\"']?\s*[=:]\s*[\"']?)"
            r"(?!\*{4})[^\s\"'&,;}\]]+"
        ),
        rf"\1{MASK}",
    ),
    # The password in an address.
    (re.compile(r"(://[^\s/:@]*:)[^\s/@]+@"), rf"\1{MASK}@"),
    (re.compile(r"/#/join/[\w-]+"), f"/#/join/{MASK}"),
    # Long and mixed like a key, a session or a seal: 32 bytes in base64url are 43 characters.
    (re.compile(r"(?<![\w-])(?=[\w-]*[A-Z])(?=[\w-]*[a-z])(?=[\w-]*\d)[\w-]{40,}(?![\w-])"), MASK),
)

CHATTY: Final = {
    "alembic": "WARNING",
    "uvicorn.error": "INFO",  # below that it writes every frame of every socket
    "aiosqlite": "WARNING",
    "aiohttp": "WARNING",
    "httpx": "WARNING",
    "httpcore": "WARNING",
    "asyncio": "WARNING",
}


def masked(text: str) -> str:
    """Return a text with everything that looks like a secret replaced by asterisks."""
    for form, mask in SECRET_FORMS:
        text = form.sub(mask, text)
    return text


def mask_names(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Replace secret values and the values of fields that are named like secrets, however deep."""
    return {name: _covered(name, value) for name, value in event.items()}


def _covered(name: str, value: object) -> object:
    if isinstance(value, Secret) or (
        SECRET_NAMES.search(name) and value is not None and not isinstance(value, bool | int)
    ):
        return MASK
    if isinstance(value, Mapping):
        return {str(key): _covered(str(key), inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_covered(name, inner) for inner in value]
    if isinstance(value, str):
        return masked(value)  # before a renderer escapes quotes, by which the forms are known
    return MASK if isinstance(value, bytes | bytearray | memoryview) else value


class _Masking:
    """Renders a line, then masks it: nothing comes after."""

    def __init__(self, render: Processor) -> None:
        self._render = render

    def __call__(self, logger: WrappedLogger, method: str, event: EventDict) -> str:
        return masked(str(self._render(logger, method, event)))


def configure(form: str, level: str, stream: TextIO | None = None) -> None:
    """Send everything that is logged in this process through the mask to `stream` (standard error).

    Args:
        form: `json`, one object a line, or `console`, for people.
        level: `debug`, `info`, `warning` or `error`: the least weight that is written.
        stream: where to.

    """
    target = stream or sys.stderr
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.processors.format_exc_info,
        mask_names,
    ]
    render: Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False, default=str)
        if form == "json"
        else structlog.dev.ConsoleRenderer(colors=target.isatty())
    )
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    sink = logging.StreamHandler(target)
    sink.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, _Masking(render)],
        )
    )
    root = logging.getLogger()
    for old in root.handlers[:]:
        if isinstance(old.formatter, structlog.stdlib.ProcessorFormatter):
            root.removeHandler(old)
    root.addHandler(sink)
    root.setLevel(level.upper())
    for name, weight in CHATTY.items():
        logging.getLogger(name).setLevel(max(root.level, logging.getLevelNamesMapping()[weight]))
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).propagate = name != "uvicorn.access"


class RequestLog:
    """Writes one line for each request: method, path, status, time; neither query nor headers nor body."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._log = structlog.get_logger("visavis.requests")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection and log it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = time.perf_counter()
        status = 0

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, sending)
        finally:
            spent = round((time.perf_counter() - began) * 1000, 1)
            place: dict[str, Any] = {"method": scope["method"], "path": scope["path"]}
            weight = (
                "debug" if status and scope["path"] in {"/metrics", "/api/health/live", "/api/health/ready"} else "info"
            )
            getattr(self._log, weight)("request", **place, status=status, milliseconds=spent)
