"""Chance, passed in wherever something must be unpredictable or unique."""

import secrets
from typing import Protocol
from uuid import UUID


class Chance(Protocol):
    """The only source of random bytes."""

    def bytes(self, count: int) -> bytes:
        """Return `count` unpredictable bytes."""
        ...


class SystemChance:
    """The operating system's random bytes."""

    def bytes(self, count: int) -> bytes:
        """Return `count` unpredictable bytes."""
        return secrets.token_bytes(count)


def new_id(chance: Chance) -> str:
    """Return a new random identifier (RFC 9562, version 4)."""
    return str(UUID(bytes=chance.bytes(16), version=4))
