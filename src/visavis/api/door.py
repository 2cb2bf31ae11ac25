"""The door: from a bearer token to an `Actor`; how large a body may be; how often a stranger may knock.

No cookies: a session lives in the client's memory, so no other page can make a browser act for a member.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Annotated, Final

from fastapi import Depends
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from visavis.api.house import Housed
from visavis.identity import sessions
from visavis.identity.model import Actor
from visavis.kernel.errors import Code, RefusedError
from visavis.kernel.secret import Secret

TOO_LARGE: Final = 413  # RFC 9110 §15.5.14
IPV4: Final = 4
SUBSCRIBER_BITS: Final = 64  # RFC 6177
KNOCKERS: Final = 10_000  # addresses remembered at a time

_bearer = HTTPBearer(auto_error=False, description="The session, or the publishing token.")


async def bearer(
    credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
) -> Secret:
    """Return the bearer token of a request.

    Raises:
        RefusedError: NOT_SIGNED_IN without one.
    """
    if credentials is None:
        raise RefusedError(Code.NOT_SIGNED_IN)
    return Secret(credentials.credentials)


async def acting(request: Request, house: Housed, token: Annotated[Secret, Depends(bearer)]) -> Actor:
    """Return the member whose session the request carries. Invented sessions count as knocks, and members' requests too.

    Raises:
        RefusedError: NOT_SIGNED_IN, SESSION_EXPIRED, MEMBER_REVOKED, TOO_MANY_REQUESTS.
    """
    knocks: Knocks = request.app.state.knocks
    address = address_of(request)
    knocks.check(address, house.clock.now())
    try:
        actor = await sessions.actor_for(house.database, token)
    except RefusedError:
        knocks.admit(address, house.clock.now())
        raise
    knocks.admit(actor.member, house.clock.now())
    return actor


Bearing = Annotated[Secret, Depends(bearer)]
"""An endpoint's parameter `token: Bearing`: the bearer token itself, unchecked."""

Acting = Annotated[Actor, Depends(acting)]
"""An endpoint's parameter `actor: Acting`: who is asking. Without a session the endpoint is not reached."""


class BodyLimit:
    """Refuses a body above the limit for its path, in bytes, while it comes in, its length announced or not."""

    def __init__(self, app: ASGIApp, limit_of: Callable[[str], int]) -> None:
        self._app = app
        self._limit_of = limit_of

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        taken = 0
        limit = self._limit_of(scope["path"])

        async def receiving() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > limit:
                raise HTTPException(TOO_LARGE)  # the framework passes its own exceptions through its body parser
            return message

        await self._app(scope, receiving, send)


@dataclass(slots=True)
class _Bucket:
    left: float
    since: datetime


class Knocks:
    """Counts how often each address knocks, and refuses whoever knocks too often (a token bucket for each).

    After a restart a whole delegation comes back at once from behind one address: a minute's worth may come at once.
    """

    def __init__(self, per_minute: int) -> None:
        self._burst = per_minute
        self._per_second = per_minute / 60
        self._buckets: dict[str, _Bucket] = {}

    def check(self, address: str, now: datetime) -> None:
        """Refuse who has knocked too often, without counting.

        Raises:
            RefusedError: TOO_MANY_REQUESTS.
        """
        if self._filled(address, now).left < 1:
            raise RefusedError(Code.TOO_MANY_REQUESTS)

    def admit(self, address: str, now: datetime) -> None:
        """Count one knock.

        Raises:
            RefusedError: TOO_MANY_REQUESTS.
        """
        self.check(address, now)
        self._buckets[address].left -= 1

    def _filled(self, address: str, now: datetime) -> _Bucket:
        bucket = self._buckets.pop(address, None) or _Bucket(self._burst, now)
        passed = max((now - bucket.since).total_seconds(), 0)
        bucket.left = min(self._burst, bucket.left + passed * self._per_second)
        bucket.since = now
        self._buckets[address] = bucket
        if len(self._buckets) > KNOCKERS:
            del self._buckets[next(iter(self._buckets))]
        return bucket


async def knocking(request: Request, house: Housed) -> None:
    """Count a request that nobody has to be known for.

    Raises:
        RefusedError: TOO_MANY_REQUESTS.
    """
    knocks: Knocks = request.app.state.knocks
    knocks.admit(address_of(request), house.clock.now())


def address_of(connection: HTTPConnection) -> str:
    """Return whom a connection counts for: an IPv4 address, or the /64 that one IPv6 subscriber has to themselves."""
    host = connection.client.host if connection.client else ""
    address = _numbered(host)
    if address is None or address.version == IPV4:
        return host
    return str(ip_network((address, SUBSCRIBER_BITS), strict=False))


def is_here(connection: HTTPConnection) -> bool:
    """Whether a connection comes from this machine itself."""
    address = _numbered(connection.client.host if connection.client else "")
    return address is not None and address.is_loopback


def _numbered(host: str) -> IPv4Address | IPv6Address | None:
    """Return the address that a peer's name is, None where it is none (a unix socket)."""
    try:
        return ip_address(host)
    except ValueError:
        return None
