"""Ports for a child process that binds them a moment later, and must still find them free then."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Final

from visavis.kernel.chance import Chance

# Below what Linux and IANA (RFC 6335 §6) give to outgoing connections: any of those could take a port in between.
LOWEST: Final = 20_000
COUNT: Final = 12_000
TRIES: Final = 200


def free_ports(chance: Chance, kind: socket.SocketKind, count: int, host: str = "127.0.0.1") -> list[int]:
    """Return `count` different ports of `host` that nobody uses at this moment.

    Raises:
        OSError: if none can be found.
    """
    found: list[int] = []
    with ExitStack() as held:  # all at once, so that none is given twice
        for port in _drawn(chance):
            probe = held.enter_context(socket.socket(socket.AF_INET, kind))
            try:
                probe.bind((host, port))
            except OSError:
                continue
            found.append(port)
            if len(found) == count:
                return found
    msg = "no free port"
    raise OSError(msg)


def _drawn(chance: Chance) -> Iterator[int]:
    for _ in range(TRIES):
        yield LOWEST + int.from_bytes(chance.bytes(4)) % COUNT
