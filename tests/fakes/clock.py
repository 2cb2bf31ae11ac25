"""Time that stands still until a test moves it."""

from datetime import UTC, datetime, timedelta


class FakeClock:
    """A clock a test sets."""

    def __init__(self, now: datetime = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)) -> None:
        self._now = now

    def now(self) -> datetime:
        """Return the instant the clock stands at."""
        return self._now

    def advance(self, **span: float) -> None:
        """Move the clock on by `timedelta(**span)`."""
        self._now += timedelta(**span)
