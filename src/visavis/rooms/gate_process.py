"""The child that is the gate, as its parent sees it."""

import sys
from pathlib import Path
from typing import Final

import psutil
from typing_extensions import override

from visavis import __version__
from visavis.rooms.child_process import ChildProcess, Orders
from visavis.rooms.gate_orders import GatePlan, orders

LONGEST_LINE: Final = 64 * 1024
"""Bytes of a request's first line: an offer of many tracks is in it. The library's own bound is an eighth of it."""


class GateProcess(ChildProcess):
    """One gate: `python -m visavis.gate`, in the interpreter that runs us."""

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

    @override
    async def answers(self, process: psutil.Process) -> bool:
        """Whether it is this very process that takes connections there."""
        try:
            taken = process.net_connections("tcp")
        except psutil.Error:
            return False
        return any(one.status == psutil.CONN_LISTEN and one.laddr.port == self.plan.port for one in taken)
