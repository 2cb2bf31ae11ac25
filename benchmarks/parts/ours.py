"""The product with a meeting of many members, and one address more: `POST /burst/<n>` makes n events true at once.

They are written by one transaction, so that the disk is asked once; from there on it is the product's own path:
outbox, fanout, sockets. The media engine is one in memory: no figure of this server needs media.
"""

import asyncio
import signal
import tempfile
from pathlib import Path
from types import FrameType
from typing import Final, NoReturn

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from benchmarks.parts.events import KIND, SLICES, serve
from tests.builders import a_summit
from tests.fakes.chance import FakeChance
from tests.fakes.clock import FakeClock
from tests.fakes.sfu import FakeSfu
from visavis.app import Engine, build
from visavis.audit.store import AuditLedger
from visavis.cli.migrate import migrated
from visavis.events.outbox import NumberedOutbox
from visavis.identity.model import Role
from visavis.kernel.ids import MeetingId, Party, SummitId
from visavis.kernel.secret import Secret
from visavis.observability import logs
from visavis.settings import Settings
from visavis.storage.database import Database, open_engine
from visavis.storage.transaction import Told
from visavis.summits import meetings
from visavis.summits.agenda import Planned
from visavis.summits.model import Format, Mode

MEMBERS: Final = 200
PARTY: Final = Party("arven")  # an event goes to one party


async def peopled(address: Secret, clock: FakeClock) -> tuple[SummitId, MeetingId, list[str]]:
    """Publish a summit and call a meeting; return both, and an open session of each of its members."""
    await migrated(address)
    database = Database(open_engine(address.reveal()), clock=clock, ledger=AuditLedger(), outbox=NumberedOutbox())
    summit = a_summit(now=clock.now())
    await summit.publish(database)
    officer = await summit.enrol(database, "host", Role.PROTOCOL_OFFICER)
    wanted = meetings.Call("First", Format.PLENARY, Mode.SIMULTANEOUS, clock.now(), None, [Planned(None, "Border", 20)])
    meeting = await meetings.call(database, officer.actor, wanted, FakeChance("meeting"))
    sessions = []
    for _ in range(MEMBERS):
        member = await summit.enrol(database, PARTY, Role.ADVISER)
        sessions.append((await member.sign_in(database)).reveal())
    await database.close()
    return summit.id, meeting, sessions


def leave(_number: int, _frame: FrameType | None) -> NoReturn:
    """End by way of every `finally`."""
    raise SystemExit


def main() -> None:
    """Serve until SIGTERM."""
    clock = FakeClock()
    # uvicorn raises again, at its end, the signal that ended it; so the folder goes with the process.
    signal.signal(signal.SIGTERM, leave)
    logs.configure("console", "warning")
    with tempfile.TemporaryDirectory(prefix="visavis-bench-") as folder:
        settings = Settings(data_dir=Path(folder), log_level="warning")
        summit, meeting, sessions = asyncio.run(peopled(settings.database, clock))
        app = build(settings, Engine(FakeSfu(clock)), clock)

        async def burst(request: Request) -> Response:
            async with app.state.house.database.writing() as tx:
                for _ in range(int(request.path_params["count"])):
                    tx.tell(Told(summit, meeting, PARTY, KIND, SLICES))
            return Response(status_code=204)

        app.router.routes[:0] = [Route("/burst/{count}", burst, methods=["POST"])]
        hellos = [{"hello": {"session": session}} for session in sessions]
        serve(app, {"path": f"/api/meetings/{meeting}/socket", "hellos": hellos})


if __name__ == "__main__":
    main()
