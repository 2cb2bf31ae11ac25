"""The closed list of metrics (Prometheus), each with what it counts and the labels it may have."""

import time
from collections.abc import Callable
from typing import Final

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CONTENT_TYPE: Final = CONTENT_TYPE_LATEST
UNKNOWN_ROUTE: Final = "(none)"
BUCKETS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)


class Metrics:
    """The figures of one server. Made by `app.py`; it shares nothing with another one in the same process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "visavis_requests_total",
            "HTTP requests answered, by route and status.",
            ["method", "route", "status"],
            registry=self.registry,
        )
        self.request_seconds = Histogram(
            "visavis_request_seconds",
            "Seconds until an HTTP request was answered, by route.",
            ["route"],
            buckets=BUCKETS,
            registry=self.registry,
        )
        self.sockets = Gauge("visavis_sockets", "WebSockets of clients that are open.", registry=self.registry)
        self.event_number = Gauge(
            "visavis_event_number", "Number of the last event that went out.", registry=self.registry
        )
        self.sfu_restarts = Counter(
            "visavis_sfu_restarts", "Times the child SFU was started again.", registry=self.registry
        )
        self.gate_restarts = Counter(
            "visavis_gate_restarts", "Times the gate before the child SFU was started again.", registry=self.registry
        )

    def watch(self, *, sockets: Callable[[], float], event_number: Callable[[], float]) -> None:
        """Ask for the figures that somebody else keeps, each time they are read."""
        self.sockets.set_function(sockets)
        self.event_number.set_function(event_number)

    def text(self) -> bytes:
        """Return all figures in Prometheus's text form."""
        return generate_latest(self.registry)


class RequestCount:
    """Counts and times every HTTP request by its route, never by its path: paths are endless."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection and count it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = time.perf_counter()
        status = 500

        async def sending(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, sending)
        finally:
            route = getattr(scope.get("route"), "path", UNKNOWN_ROUTE)
            self._metrics.requests.labels(scope["method"], route, str(status)).inc()
            self._metrics.request_seconds.labels(route).observe(time.perf_counter() - began)
