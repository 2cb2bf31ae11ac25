"""The exit codes of every command, and the one error a command raises by itself."""

from enum import IntEnum


class Exit(IntEnum):
    """What the shell is told. 70 and 130 as in sysexits.h and bash."""

    DONE = 0
    FOUND_WRONG = 1
    WRONGLY_TYPED = 2
    REFUSED = 3
    NO_ANSWER = 4
    CANNOT_START = 5
    BUG = 70
    INTERRUPTED = 130


class CommandError(Exception):
    """A command cannot do what was asked. The message is a plain sentence that says what to do."""

    def __init__(self, message: str, code: Exit = Exit.WRONGLY_TYPED) -> None:
        super().__init__(message)
        self.code = code
