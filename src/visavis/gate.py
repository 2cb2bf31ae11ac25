"""The gate's process, `python -m visavis.gate <orders>`: started by the server, which may die without it.

Loads little: it stands before every join, and is to be there as soon as the media engine is.
"""

import asyncio
import signal
import socket
import sys
from contextlib import suppress
from pathlib import Path

from visavis.audit.store import AuditLedger
from visavis.events.outbox import NumberedOutbox
from visavis.kernel.clock import SystemClock
from visavis.kernel.errors import OutageError
from visavis.kernel.ids import Identity, MeetingId
from visavis.observability import logs
from visavis.rooms.child_process import DOOR
from visavis.rooms.gate import Gate, grant_now
from visavis.rooms.gate_door import opened
from visavis.rooms.gate_orders import GatePlan, read_orders
from visavis.rooms.model import Room, RoomKind
from visavis.storage.database import Database, open_engine


async def stand(plan: GatePlan) -> None:
    """Let through whoever may pass, until SIGTERM or SIGINT."""
    ended = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, ended.set)
    engine = open_engine(plan.database.reveal())
    database = Database(engine, clock=SystemClock(), ledger=AuditLedger(), outbox=NumberedOutbox())
    try:
        async with opened(Gate(database, plan.keys), plan, socket.socket(fileno=DOOR)):
            with suppress(OutageError):  # connects and prepares what the first guest would wait for
                await grant_now(database, Room(MeetingId(""), RoomKind.CHAMBER), Identity(""))
            await ended.wait()
    finally:
        await database.close()


def main() -> None:
    """Read the orders that the server wrote, and stand."""
    plan = read_orders(Path(sys.argv[1]))
    logs.configure(plan.log_format, plan.log_level)
    asyncio.run(stand(plan))


if __name__ == "__main__":
    main()
