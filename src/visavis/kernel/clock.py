"""Time, passed in wherever it is needed."""

from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time; the only source of it."""

    def now(self) -> datetime:
        """Return the present instant in UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the present instant in UTC, cut to whole milliseconds, as it is written down."""
        now = datetime.now(UTC)
        return now.replace(microsecond=now.microsecond // 1000 * 1000)


def written(instant: datetime) -> str:
    """Return an instant as RFC 3339 in UTC with milliseconds and `Z`."""
    return instant.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def read(text: str) -> datetime:
    """Return the instant that `text` (RFC 3339 with `Z`) names.

    Raises:
        ValueError: if the text has another form.
    """
    if not text.endswith("Z"):
        msg = "an instant is written in UTC with Z"
        raise ValueError(msg)
    return datetime.fromisoformat(text)
