"""Voices, by espeak-ng: a line of text becomes a WAV file."""

import asyncio
import base64
import shutil

SPEEDS = {
    "en": 150,
    "fr": 150,
}  # words a minute: the pace interpreters ask for is 100 to 120; a demonstration may hurry
VOICES = {("en", 0): "en-gb", ("en", 1): "en-gb+f3", ("fr", 0): "fr-fr", ("fr", 1): "fr-fr+f2"}


def is_installed() -> bool:
    """Whether espeak-ng can be run."""
    return shutil.which("espeak-ng") is not None


async def spoken(text: str, language: str, variant: int) -> str:
    """Return `text` spoken in `language` as a WAV file in base64.

    Raises:
        RuntimeError: if espeak-ng refuses.
    """
    voice = VOICES[language, variant % 2]
    command = ("espeak-ng", "--stdout", "-v", voice, "-s", str(SPEEDS[language]), "-a", "140", text)
    process = await asyncio.create_subprocess_exec(
        *command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL
    )
    wav, _ = await process.communicate()
    if process.returncode:
        msg = f"espeak-ng ended with {process.returncode}"
        raise RuntimeError(msg)
    return base64.b64encode(wav).decode("ascii")
