"""A copy of the client: its files, the list of them, and the one hash that a descriptor may name. Pure, but for reading.

The list is a file as `sha256sum` writes and checks it (GNU coreutils), by name; the hash of a copy is SHA-256 of the list.
A copy that a delegation serves from its own origin names the host's server in one line of its page. That line is data,
of one exact form, and no part of the client: it is taken out before anything is hashed or compared.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from visavis.kernel.canonical import fingerprint

INDEX: Final = "index.html"
LIST: Final = "sha256sums.txt"
TYPES: Final = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
    ".wasm": "application/wasm",
    ".txt": "text/plain; charset=utf-8",
    ".wav": "audio/wav",
}
"""What is served, by the end of the name; nothing else in a folder is."""
HEAD: Final = b"<head>\n"
SERVER: Final = (
    # As a browser writes an origin: without the port that goes without saying.
    r"https://(?:[a-z0-9-]+(?:\.[a-z0-9-]+)*|\[[0-9a-f:]+\])(?:(?!:443\b):[1-9][0-9]{0,4})?"
    r"|http://(?:localhost|127\.0\.0\.1|\[::1\])(?:(?!:80\b):[1-9][0-9]{0,4})?"  # this machine
)
NAMING: Final = re.compile(rf'<head>\n    <meta name="visavis-server" content="({SERVER})" />\n'.encode())
LISTED: Final = re.compile(r"([0-9a-f]{64})  ([A-Za-z0-9_-][A-Za-z0-9._-]*(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)*)")


@dataclass(frozen=True)
class Copy:
    """The client as it is for everybody, and the server that this copy asks; None is the one it comes from."""

    files: Mapping[str, bytes]
    server: str | None = None

    @classmethod
    def of(cls, files: Mapping[str, bytes]) -> "Copy":
        """Return what served files are a copy of."""
        client = {name: body for name, body in files.items() if name != LIST}
        named = NAMING.search(client.get(INDEX, b""))
        if named is None:
            return cls(client)
        page = client[INDEX]
        client[INDEX] = page[: named.start()] + HEAD + page[named.end() :]
        return cls(client, named[1].decode())

    @classmethod
    def built(cls, folder: Path) -> "Copy":
        """Return the client in the folder where it was built: of its files those that are served.

        Raises:
            OSError: if something cannot be read.
        """
        return cls.of({name: body for name, body in _files(folder) if Path(name).suffix in TYPES})

    @classmethod
    def found(cls, folder: Path) -> "Copy":
        """Return the copy in a folder: every file, served or not.

        Raises:
            OSError: if something cannot be read.
        """
        return cls.of(dict(_files(folder)))

    @cached_property
    def listed(self) -> bytes:
        """The list: for each file its SHA-256 in hexadecimal, two spaces, its name."""
        return written({name: hashlib.sha256(body).hexdigest() for name, body in self.files.items()})

    @property
    def hash(self) -> bytes:
        """What a descriptor names."""
        return fingerprint(self.listed)

    def asking(self, server: str) -> "Copy":
        """Return this copy for another origin than that of `server`.

        Raises:
            ValueError: if the server's address is not of the form that the page takes, or there is no page to name it.
        """
        if not is_origin(server) or HEAD not in self.files.get(INDEX, b""):
            msg = "a server is named by its origin: https://name"
            raise ValueError(msg)
        return Copy(self.files, server)

    def served(self) -> dict[str, bytes]:
        """Return the files as they are sent, the list among them."""
        files = {**self.files, LIST: self.listed}
        if self.server is not None:
            line = f'    <meta name="visavis-server" content="{self.server}" />\n'.encode()
            files[INDEX] = files[INDEX].replace(HEAD, HEAD + line, 1)
        return files

    def differences(self, expected: Mapping[str, str]) -> Iterator[str]:
        """Yield a line for each file that is not as a list says: missing, another, or not in the list."""
        for name in sorted({*expected, *self.files}):
            body = self.files.get(name)
            if body is None:
                yield f"missing: {name}"
            elif name not in expected:
                yield f"not of the client: {name}"
            elif hashlib.sha256(body).hexdigest() != expected[name]:
                yield f"differs: {name}"


def is_origin(text: str) -> bool:
    """Whether this is an origin that a page may name: https, or http of this machine; nothing but letters, digits and dots."""
    return re.fullmatch(SERVER, text) is not None


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of every file whose name and folders do not begin with a dot."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder)
        if path.is_file() and not any(part.startswith(".") for part in name.parts):
            yield name.as_posix(), path.read_bytes()


def written(sums: Mapping[str, str]) -> bytes:
    """Return the list of files with these sums."""
    return "".join(f"{sums[name]}  {name}\n" for name in sorted(sums)).encode()


def read_list(listed: bytes) -> dict[str, str]:
    """Return the sum of each file in a list.

    Raises:
        ValueError: if it is not exactly what `written` would write.
    """
    found = [LISTED.fullmatch(line) for line in listed.decode(errors="replace").splitlines()]
    sums = {line[2]: line[1] for line in found if line is not None}
    if written(sums) != listed:
        msg = "no list of a client's files"
        raise ValueError(msg)
    return sums
