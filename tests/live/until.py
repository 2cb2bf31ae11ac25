"""Waiting until something is true, and seeing that it stays so: the one place in the scenes that lets time pass."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from collections.abc import Set as AbstractSet
from typing import Final, TypeVar

T = TypeVar("T")

PATIENCE_SECONDS: Final = 90.0
"""How long anything may take on a slow and busy machine. It costs nothing where things are quick."""
LOOK_SECONDS: Final = 0.1
STEADY_LOOKS: Final = 5
STAYS_SECONDS: Final = 4.0
STAYS_LOOKS: Final = 20
"""A machine that is too busy to look as often in that time looks for longer."""


async def becomes(
    look: Callable[[], Awaitable[T]],
    wanted: T,
    *,
    patience: float = PATIENCE_SECONDS,
    looks: int = STEADY_LOOKS,
) -> None:
    """Look until what is seen is `wanted`, and then that it stays so for half a second, or for as many `looks`.

    Raises:
        AssertionError: if it is not so within `patience` seconds; says what was seen last.
    """
    end = time.monotonic() + patience
    steady = 0
    while True:
        seen = await look()
        steady = steady + 1 if seen == wanted else 0
        if steady == looks:
            return
        assert time.monotonic() < end or seen == wanted, f"seen {seen}, wanted {wanted}"
        assert time.monotonic() < end + PATIENCE_SECONDS, f"never steady: seen {seen}, wanted {wanted}"
        await asyncio.sleep(LOOK_SECONDS)


async def stays(look: Callable[[], Awaitable[T]], wanted: T) -> None:
    """See for four seconds that nothing but `wanted` is seen: long enough for a join, a subscription and a jitter buffer.

    Raises:
        AssertionError: at the first look that sees something else.
    """
    end = time.monotonic() + STAYS_SECONDS
    looks = 0
    while time.monotonic() < end or looks < STAYS_LOOKS:
        seen = await look()
        looks += 1
        assert seen == wanted, f"seen {seen}, wanted {wanted}"
        await asyncio.sleep(LOOK_SECONDS)


async def goes_on(look: Callable[[], Awaitable[AbstractSet[T]]], wanted: AbstractSet[T]) -> None:
    """See as long as `stays` that nothing besides `wanted` is there, and then that all of it is.

    For sounds that go on: a machine without time for the sender, the SFU or the listener tears a hole into what is heard,
    and none of them is to blame; but nothing is ever heard that must not be.

    Raises:
        AssertionError: at the first look that sees anything else; if not all of it is there in the end.
    """
    nothing: AbstractSet[T] = frozenset()

    async def besides() -> AbstractSet[T]:
        return await look() - wanted

    await stays(besides, nothing)
    await becomes(look, wanted)
