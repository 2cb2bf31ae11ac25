"""The only place that builds things: settings in, application out.

What runs beside the requests (events to sockets, the media engine and its repair, pruning) is owned by one task group,
which lives as long as the application. A task that breaks ends the server: a summit that hears only half is worse
than one that reconnects.
"""

import asyncio
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from urllib.parse import urlsplit

import structlog
from fastapi import FastAPI, WebSocket
from starlette.middleware.cors import CORSMiddleware

from visavis import __version__
from visavis.api.door import BodyLimit, Knocks, address_of
from visavis.api.house import House
from visavis.api.pages import Fence, Pages, client_files, client_folder, fence
from visavis.api.problems import Edge, speak_problems
from visavis.api.routes import SOCKET, WEBHOOK, body_limit, routes
from visavis.audit.store import AuditLedger
from visavis.events import outbox
from visavis.events.outbox import NumberedOutbox
from visavis.interpretation import arranging
from visavis.kernel.chance import SystemChance, new_id
from visavis.kernel.clock import Clock, SystemClock, written
from visavis.kernel.errors import OutageError, RefusedError
from visavis.kernel.ids import MeetingId
from visavis.keys import delivery
from visavis.observability.logs import RequestLog
from visavis.observability.metrics import Metrics, RequestCount
from visavis.realtime.fanout import Fanout
from visavis.realtime.socket import Sockets
from visavis.realtime.wake import Notices
from visavis.rooms import sfu_binary
from visavis.rooms.child_process import ChildProcess
from visavis.rooms.gate_orders import GatePlan
from visavis.rooms.gate_process import GateProcess
from visavis.rooms.livekit_sfu import LiveKitSfu
from visavis.rooms.reconcile import reconcile
from visavis.rooms.sfu import Sfu
from visavis.rooms.sfu_config import SfuKeys, SfuPlan, kept_keys
from visavis.rooms.sfu_process import SfuProcess
from visavis.settings import Settings
from visavis.storage.database import Database, open_engine
from visavis.summits import connections, meetings

POLL_ALONE: Final = timedelta(milliseconds=200)  # SQLite: another process tells nobody of its commits
POLL_NOTIFIED: Final = timedelta(seconds=5)  # PostgreSQL: a net under NOTIFY
PRUNE_SECONDS: Final = 600.0
LAPSE_SECONDS: Final = 2.0
ATTENDANCE_SECONDS: Final = 2.0
ENVELOPES_PER_MINUTE: Final = 600  # of one member: a text is written in strokes of 150 ms
LOOPBACK: Final = "127.0.0.1"

log = structlog.get_logger("visavis.app")


@dataclass(frozen=True, slots=True)
class Engine:
    """The media engine; when it is ours, its child process and that of the gate before it."""

    sfu: Sfu
    process: SfuProcess | None = None
    gate: GateProcess | None = None
    close: Callable[[], Awaitable[None]] | None = None

    @property
    def children(self) -> list[ChildProcess]:
        """The processes that are ours to start and to end."""
        return [child for child in (self.process, self.gate) if child is not None]


def build(settings: Settings, engine: Engine | None = None, clock: Clock | None = None) -> FastAPI:
    """Return the application.

    Args:
        settings: what varies from host to host.
        engine: the media engine; without it the one the settings name.
        clock: the machine's, unless a test gives another.

    Raises:
        NoSfuError: if there is no media engine to start.
    """
    engine = engine or media_engine(settings)
    house = _house(settings, engine, clock or SystemClock())
    notices = Notices(house.database, house.fanout, house.chance)
    sockets = Sockets(house.database, house.fanout, notices, house.clock)
    app = FastAPI(
        title="visavis",
        version=__version__,
        openapi_url=None,
        lifespan=lambda _: _running(house, notices, engine),
    )
    app.state.house = house
    app.state.knocks = knocks = Knocks(settings.requests_per_minute)
    app.state.envelopes = Knocks(ENVELOPES_PER_MINUTE)
    app.router.routes.extend(routes())

    async def listen(socket: WebSocket, meeting: str) -> None:
        try:
            knocks.admit(address_of(socket), house.clock.now())
        except RefusedError:
            await socket.close()  # before it is accepted: answered with 403 (RFC 6455 §4.2.2)
        else:
            await sockets.serve(socket, MeetingId(meeting))

    app.add_api_websocket_route(SOCKET, listen)
    folder = settings.client_dir or client_folder()
    pages = Pages(client_files(folder), folder)
    app.add_route("/{path:path}", pages.show, methods=["GET"], include_in_schema=False)
    speak_problems(app)
    _fence_in(app, house)
    return app


def media_engine(settings: Settings) -> Engine:
    """Return the media engine that the settings name: somebody's LiveKit, or a child of ours.

    Raises:
        NoSfuError: if there is no livekit-server to start.
    """
    folder = settings.data_dir / "sfu"
    if settings.sfu_key is not None and settings.sfu_secret is not None:
        keys = SfuKeys(settings.sfu_key, settings.sfu_secret)
    else:
        keys = kept_keys(folder, SystemChance())
    if settings.sfu_url is not None:
        theirs = LiveKitSfu(settings.sfu_url, settings.sfu_public_url or settings.sfu_url, keys.key, keys.secret)
        return Engine(theirs, close=theirs.close)
    plan = SfuPlan(
        host=LOOPBACK,
        port=settings.sfu_inner_port,
        udp_port=settings.sfu_udp_port,
        tcp_port=settings.sfu_tcp_port,
        node_ip=settings.sfu_node_ip,
        webhook_url=f"{_own_address(settings)}{WEBHOOK}",
    )
    gate = _gate_plan(settings, plan, keys)
    sfu = LiveKitSfu(plan.url, settings.sfu_public_url or _public_address(settings, gate), keys.key, keys.secret)
    process = SfuProcess(sfu_binary.find(settings.sfu_binary), folder, plan, keys, sfu)
    return Engine(sfu, process, GateProcess(folder, gate), sfu.close)


def _gate_plan(settings: Settings, plan: SfuPlan, keys: SfuKeys) -> GatePlan:
    """Return where the gate stands: where browsers come for signalling, before a LiveKit that only it can reach."""
    certificate, certificate_key = settings.tls_certificate, settings.tls_key
    return GatePlan(
        host=settings.listen_host,
        port=settings.sfu_port,
        engine=plan.url,
        database=settings.database,
        keys=keys,
        certificate=None if certificate is None else str(certificate.absolute()),
        certificate_key=None if certificate_key is None else str(certificate_key.absolute()),
        log_format=settings.log_format,
        log_level=settings.log_level,
    )


def _public_address(settings: Settings, gate: GatePlan) -> str:
    """Return where browsers reach the gate: by the name that the certificate is for, or on this machine."""
    if gate.certificate is None:
        return gate.url.replace("http", "ws", 1)
    host = urlsplit(settings.origin).hostname or ""
    return f"wss://{f'[{host}]' if ':' in host else host}:{gate.port}"


def _own_address(settings: Settings) -> str:
    """Return where a child on this machine reaches this server: without TLS, for no name leads to a certificate here."""
    if settings.tls_certificate is not None:
        return f"http://{LOOPBACK}:{settings.sfu_report_port}"
    host = LOOPBACK if settings.listen_host in {"0.0.0.0", "::"} else settings.listen_host  # noqa: S104 - compared
    return f"http://{host}:{settings.listen_port}"


def _house(settings: Settings, engine: Engine, clock: Clock) -> House:
    database = Database(
        open_engine(settings.database.reveal()), clock=clock, ledger=AuditLedger(), outbox=NumberedOutbox()
    )
    fanout = Fanout(database, POLL_NOTIFIED if database.is_postgresql else POLL_ALONE)
    database.call_after_events(fanout.wake)
    metrics = Metrics()
    metrics.watch(sockets=lambda: fanout.sockets, event_number=lambda: fanout.number)
    return House(
        settings=settings,
        clock=clock,
        chance=SystemChance(),
        database=database,
        sfu=engine.sfu,
        fanout=fanout,
        announce=arranging.announce_members,
        metrics=metrics,
        drift=asyncio.Event(),
    )


def _fence_in(app: FastAPI, house: House) -> None:
    """Put the layers around the application; the last one is the outermost."""
    settings = house.settings
    app.add_middleware(BodyLimit, limit_of=lambda path: body_limit(path, settings.body_limit_kilobytes * 1024))
    if settings.client_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=settings.client_origins,
            allow_methods=["GET", "POST", "PUT", "DELETE"],
            allow_headers=["Authorization", "Content-Type"],
            max_age=600,
        )
    app.add_middleware(Edge)
    app.add_middleware(RequestCount, metrics=house.metrics)
    app.add_middleware(RequestLog)
    app.add_middleware(Fence, headers=fence(settings.origin, house.sfu.public_url))


@asynccontextmanager
async def _running(house: House, notices: Notices, engine: Engine) -> AsyncIterator[None]:
    """Own what runs beside the requests, from the start of the application to its end."""
    try:
        await _started(engine.children)
        async with _owned(_tasks(house, notices, engine)):
            yield
    finally:
        await asyncio.gather(*(child.stop() for child in engine.children))
        if engine.close is not None:
            await engine.close()
        await house.database.close()


async def _started(children: list[ChildProcess]) -> None:
    """Start children side by side.

    Raises:
        NotStartedError: the first, if one does not start.
    """
    try:
        async with asyncio.TaskGroup() as tasks:
            for child in children:
                tasks.create_task(child.start())
    except ExceptionGroup as failed:  # not `except*`: what is raised in there is wrapped in a group again
        raise failed.exceptions[0] from None


@asynccontextmanager
async def _owned(running: list[Coroutine[Any, Any, None]]) -> AsyncIterator[None]:
    """Run tasks until the block ends; if one of them breaks, end the server."""
    try:
        async with asyncio.TaskGroup() as tasks:
            owned = [tasks.create_task(task) for task in running]
            yield
            for task in owned:
                task.cancel()
    except* Exception:
        log.exception("bug")
        signal.raise_signal(signal.SIGTERM)


def _tasks(house: House, notices: Notices, engine: Engine) -> list[Coroutine[Any, Any, None]]:
    """Return everything that runs beside the requests."""

    async def repair() -> None:
        await reconcile(house.database, house.sfu)

    async def prune() -> None:
        oldest = house.clock.now() - timedelta(hours=house.settings.event_log_hours)
        async with house.database.writing() as transaction:
            await outbox.prune(transaction, written(oldest))
            await delivery.prune(transaction, oldest)

    server = new_id(house.chance)

    async def attend() -> None:
        await connections.keep(house.database, server, house.fanout.connected)

    running = [
        house.fanout.run(),
        notices.run(),
        _every(PRUNE_SECONDS, prune, asyncio.Event()),
        _every(LAPSE_SECONDS, lambda: _lapse(house), asyncio.Event()),
        _every(ATTENDANCE_SECONDS, attend, house.fanout.changed),
        _every(house.settings.reconcile_seconds, repair, house.drift),
    ]

    def restarted() -> None:
        house.metrics.sfu_restarts.inc()
        house.drift.set()

    if engine.process is not None:
        running.append(engine.process.run(restarted))
    if engine.gate is not None:
        running.append(engine.gate.run(house.metrics.gate_restarts.inc))
    return running


async def _lapse(house: House) -> None:
    """Take away what has waited too long, and close the doors that nobody holds."""
    await meetings.lapse_consents(house.database)
    await arranging.lapse(house.database)
    if await meetings.fall_shut(house.database):
        house.drift.set()


async def _every(seconds: float, do: Callable[[], Awaitable[None]], sooner: asyncio.Event) -> None:
    """Do something at once and then again and again, or `sooner`; an outage is told and waited out."""
    while True:
        sooner.clear()
        try:
            await do()
        except OutageError as outage:
            log.warning("outage", code=outage.code.value, reason=type(outage.__cause__).__name__)
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await sooner.wait()
