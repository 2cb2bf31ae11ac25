"""The child that is the gate, as its parent sees it."""

import asyncio
import socket
import ssl
import sys
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import psutil
from typing_extensions import override

from visavis import __version__
from visavis.rooms.child_process import ChildProcess, NotStartedError, Orders
from visavis.rooms.gate_orders import GatePlan, orders

LONGEST_LINE: Final = 64 * 1024
"""Bytes of a request's first line: an offer of many tracks is in it. The library's own bound is an eighth of it."""

WAITING: Final = 512
ANSWER_SECONDS: Final = 1


class GateProcess(ChildProcess):
    """One gate: `python -m visavis.gate`, in the interpreter that runs us.

    The socket is ours: when the gate dies, browsers that come back wait in its queue for the next one, and resume
    instead of being turned away. An adopted gate has a socket of a server that is gone; the next gate gets ours.
    """

    def __init__(self, folder: Path, plan: GatePlan) -> None:
        """Take where it keeps its files and what it is told."""
        certificate = Path(plan.certificate).read_text() if plan.certificate else ""
        ordered = Orders(
            "gate",
            (sys.executable, "-P", "-m", "visavis.gate"),
            orders(plan),
            environment={"WEBSOCKETS_MAX_LINE_LENGTH": str(LONGEST_LINE)},
            marks=(__version__, certificate),
        )
        super().__init__(ordered, folder)
        self.plan = plan
        self._door: socket.socket | None = None

    @override
    def door(self) -> socket.socket:
        """Return the socket on which browsers come, bound at the first call.

        Raises:
            NotStartedError: if the address cannot be had.
        """
        if self._door is None:
            door = socket.socket(socket.AF_INET6 if ":" in self.plan.host else socket.AF_INET, socket.SOCK_STREAM)
            door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                door.bind((self.plan.host, self.plan.port))
                door.listen(WAITING)
            except OSError as error:
                door.close()
                msg = (
                    f"the gate cannot listen on {self.plan.host} port {self.plan.port}: {error.strerror}; set sfu_port"
                )
                raise NotStartedError(msg) from error
            self._door = door
        return self._door

    @override
    async def stop(self) -> None:
        """End it, and let nobody wait for it any longer."""
        await super().stop()
        if self._door is not None:
            self._door.close()
            self._door = None

    @override
    async def answers(self, process: psutil.Process) -> bool:
        """Whether it speaks HTTP, whatever it says."""
        address = urlsplit(self.plan.url)
        context = None
        if address.scheme == "https":
            context = ssl.create_default_context()
            context.check_hostname = False  # this machine is not the name that the certificate is for
            context.verify_mode = ssl.CERT_NONE
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                reader, writer = await asyncio.open_connection(address.hostname, address.port, ssl=context)
                try:
                    writer.write(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
                    return (await reader.readline()).startswith(b"HTTP/1.1 404")
                finally:
                    writer.transport.abort()
        except (OSError, TimeoutError):
            return False
