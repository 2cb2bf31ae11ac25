"""Serves the built client, and the headers that fence every answer in.

The page may run its own scripts and nothing else, connect to this server and the media engine and nothing else, and
be framed by nobody (CSP level 3; COOP, COEP and CORP of the HTML standard §7; Permissions Policy).
"""

import gzip
import hashlib
import zlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.staticfiles import NotModifiedResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from visavis.api.copies import INDEX, TYPES, Copy
from visavis.kernel.errors import Code, RefusedError

HASHED: Final = "assets/"  # the bundler puts a hash of the content into every name there
HSTS: Final = "max-age=31536000"  # RFC 6797; a year
PACKED: Final = {".png", ".ico", ".woff2"}  # compressed already
PACKINGS: Final = ".packed"
"""A folder beside the client's files, in which each lies under gzip by the SHA-256 of what is in it. No part of the client."""

PERMISSIONS: Final = (
    "camera=(self), microphone=(self), display-capture=(self), fullscreen=(self), screen-wake-lock=(self), "
    "speaker-selection=(self), autoplay=(self), geolocation=(), payment=(), usb=(), serial=(), bluetooth=()"
)


@dataclass(frozen=True)
class Page:
    """One file of the client."""

    name: str
    body: bytes
    folder: Path | None = None
    """Where the client lies that it is of."""

    @cached_property
    def packed(self) -> bytes:
        """The body under gzip: as it was packed when the client was built, or packed here at the first request.

        What was packed is not among what delegations compare, so it is sent only if the body is what it holds.
        """
        if self.folder is not None:
            with suppress(OSError, EOFError, zlib.error):
                made = (self.folder / PACKINGS / f"{self.digest}.gz").read_bytes()
                if gzip.decompress(made) == self.body:
                    return made
        return gzip.compress(self.body, compresslevel=9, mtime=0)

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of the body, in hexadecimal."""
        return hashlib.sha256(self.body).hexdigest()

    @property
    def tag(self) -> str:
        """A strong validator of the body (RFC 9110 §8.8.3)."""
        return f'"{self.digest[:32]}"'

    @property
    def kept(self) -> str:
        """How long a browser may keep it (RFC 9111 §5.2.2).

        The page itself never: some browsers hold on to the policy that came with a kept page, and the addresses in the
        policy change with the settings.
        """
        if self.suffix == ".html":
            return "no-store"
        return "public, max-age=31536000, immutable" if self.name.startswith(HASHED) else "no-cache"

    @property
    def suffix(self) -> str:
        """The end of the name, which says the type."""
        return Path(self.name).suffix


def client_folder() -> Path | None:
    """Return where the built client lies: inside the wheel, or in a checkout; None when it was not built."""
    package = Path(str(files("visavis")))
    places = (package / "_client", package.parents[1] / "web" / "dist")
    return next((place for place in places if (place / INDEX).is_file()), None)


def client_files(folder: Path | None) -> dict[str, bytes]:
    """Return what is sent of the client in a folder; nothing when it was not built."""
    return {} if folder is None else Copy.built(folder).served()


class Pages:
    """Answers `GET /<path>` from the files of the client."""

    def __init__(self, files: Mapping[str, bytes], folder: Path | None = None) -> None:
        """Take what is sent, and the folder of the client that it is of."""
        self._pages = {name: Page(name, body, folder) for name, body in files.items()}

    async def show(self, request: Request) -> Response:
        """Send one file, or say that the browser's copy is still good (RFC 9110 §15.4.5).

        Raises:
            RefusedError: NOT_FOUND for a path the client does not have.
        """
        page = self._pages.get(request.path_params["path"] or INDEX)
        if page is None:
            raise RefusedError(Code.NOT_FOUND)
        headers = {
            "Content-Type": TYPES[page.suffix],
            "Cache-Control": page.kept,
            "ETag": page.tag,
            "Vary": "Accept-Encoding",
        }
        packs = page.suffix not in PACKED and "gzip" in request.headers.get("accept-encoding", "")
        if packs:
            headers |= {"Content-Encoding": "gzip", "ETag": f"W/{page.tag}"}
        if is_held(request.headers.get("if-none-match", ""), page.tag):
            return NotModifiedResponse(Headers(headers))
        return Response(page.packed if packs else page.body, headers=headers)


def is_held(said: str, tag: str) -> bool:
    """Whether `If-None-Match` names this strong tag or its weak form, in any place (RFC 9110 §13.1.2)."""
    return said.strip() == "*" or tag in (one.strip().removeprefix("W/") for one in said.split(","))


def policy(server: str, sfu_url: str | None, *, own: bool = True) -> str:
    """Return the Content Security Policy of every answer.

    Args:
        server: origin of the host's server; not every browser counts its WebSockets under 'self'.
        sfu_url: where browsers reach the media engine.
        own: the page comes from that server, and not from a delegation's own origin.
    """
    connect = ["'self'", *([] if own else [server]), _sockets(server)]
    if sfu_url:
        connect += [
            _sockets(sfu_url),
            _pages(sfu_url),
        ]  # the SFU's client asks over HTTP why a join failed
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self' 'wasm-unsafe-eval'",  # WebAssembly alone (CSP level 3 §4.4): the keys' groups
            "style-src 'self'",
            "img-src 'self' data: blob:",
            "media-src 'self' blob:",
            "font-src 'self'",
            "worker-src 'self'",
            "manifest-src 'self'",
            f"connect-src {' '.join(connect)}",
            "frame-ancestors 'none'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _sockets(url: str) -> str:
    parts = urlsplit(url)
    return f"{'wss' if parts.scheme in {'https', 'wss'} else 'ws'}://{parts.netloc}"


def _pages(url: str) -> str:
    parts = urlsplit(url)
    return f"{'https' if parts.scheme in {'https', 'wss'} else 'http'}://{parts.netloc}"


def fence(server: str, sfu_url: str | None, *, own: bool = True) -> dict[str, str]:
    """Return the security headers of every answer; the arguments are those of `policy`."""
    headers = {
        "Content-Security-Policy": policy(server, sfu_url, own=own),
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Embedder-Policy": "require-corp",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": PERMISSIONS,
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
    }
    return {**headers, "Strict-Transport-Security": HSTS} if server.startswith("https:") else headers


class Fence:
    """Adds the security headers to every answer."""

    def __init__(self, app: ASGIApp, headers: Mapping[str, str]) -> None:
        self._app = app
        self._headers = headers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(self._headers)
            await send(message)

        await self._app(scope, receive, sending if scope["type"] == "http" else send)
