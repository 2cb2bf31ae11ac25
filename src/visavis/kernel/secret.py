"""A type for what must never be printed."""

from typing import final

from typing_extensions import override


@final
class Secret:
    """Holds a secret text. Every way of printing it shows asterisks; `reveal` is the one way out."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """Return the secret itself. Search for this word to find every use."""
        return self._value

    @override
    def __repr__(self) -> str:
        return "Secret(****)"

    @override
    def __str__(self) -> str:
        return "****"

    @override
    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._value == self._value

    @override
    def __hash__(self) -> int:
        return hash((Secret, self._value))

    @override
    def __reduce__(self) -> str | tuple[object, ...]:
        msg = "a secret is not pickled"
        raise TypeError(msg)
