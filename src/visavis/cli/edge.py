"""Turns what a command raised into a plain sentence on standard error and an exit code."""

import sys
import traceback

from visavis.cli.faults import CommandError, Exit
from visavis.kernel.errors import TABLE, OutageError, RefusedError
from visavis.observability.logs import masked
from visavis.rooms.child_process import NotStartedError
from visavis.settings import SettingsError
from visavis.storage.migrate import SchemaError


def tell(error: Exception) -> Exit:
    """Write what went wrong and return the exit code."""
    code, sentence = judged(error)
    if code is Exit.BUG:
        sys.stderr.write(masked("".join(traceback.format_exception(error))))
    sys.stderr.write(f"visavis: {masked(sentence)}\n")
    return code


def judged(error: Exception) -> tuple[Exit, str]:
    """Return the exit code and the sentence for an error."""
    match error:
        case CommandError():
            return error.code, str(error)
        case SettingsError():
            return Exit.WRONGLY_TYPED, str(error)
        case RefusedError():
            fields = "".join(f" ({name}: {value})" for name, value in error.fields.items())
            return Exit.REFUSED, f"{TABLE[error.code].title} [{error.code.value}]{fields}"
        case OutageError():
            return Exit.NO_ANSWER, f"{TABLE[error.code].title} [{error.code.value}]"
        case SchemaError() | NotStartedError():
            return Exit.CANNOT_START, str(error)
        case _:
            return Exit.BUG, "this is a bug; please report the lines above"
