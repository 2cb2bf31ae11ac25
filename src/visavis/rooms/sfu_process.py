"""The child livekit-server."""

import signal
from pathlib import Path
from typing import Final

import psutil
from typing_extensions import override

from visavis.kernel.errors import OutageError
from visavis.rooms.child_process import STOP_SECONDS, ChildProcess, Orders
from visavis.rooms.sfu import Sfu
from visavis.rooms.sfu_config import SfuKeys, SfuPlan, config

# The first signal makes LiveKit wait for everybody to leave, a second one makes it go; one that comes in its first
# tenth of a second is lost, and so is one that comes before the one ahead of it was looked at: on a busy machine too.
ENDINGS: Final = (
    (signal.SIGTERM, 0.3),
    (signal.SIGINT, 1.0),
    (signal.SIGINT, 1.0),
    (signal.SIGINT, float(STOP_SECONDS)),
)


class SfuProcess(ChildProcess):
    """One livekit-server."""

    def __init__(self, binary: Path, folder: Path, plan: SfuPlan, keys: SfuKeys, sfu: Sfu) -> None:
        """Take what to start and where it keeps its files; `sfu` is asked whether the child answers to our key."""
        command = (str(binary.absolute()), "--config")
        super().__init__(Orders("livekit", command, config(plan, keys), endings=ENDINGS), folder)
        self._sfu = sfu

    @override
    async def answers(self, process: psutil.Process) -> bool:
        """Whether it answers to our key."""
        try:
            await self._sfu.rooms()
        except OutageError:
            return False
        return True
