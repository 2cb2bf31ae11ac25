"""Chance that repeats itself: the same bytes in every run."""

import hashlib


class FakeChance:
    """Bytes that look random and never repeat within a test."""

    def __init__(self, seed: str = "chance") -> None:
        self._seed = seed
        self._drawn = 0

    def bytes(self, count: int) -> bytes:
        """Return the next `count` bytes."""
        self._drawn += 1
        return hashlib.shake_256(f"{self._seed} {self._drawn}".encode()).digest(count)
