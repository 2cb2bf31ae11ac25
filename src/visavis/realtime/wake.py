"""PostgreSQL's NOTIFY: what one server says to the others that share its database.

Two things are said: "there are new events" (by the transaction that wrote them, storage.database) and "this member has
a newer socket here". A lost connection is made again; meanwhile the fanout's poll carries the events.
"""

import asyncio
from collections.abc import AsyncIterator
from typing import Final

import psycopg
import structlog
from psycopg import sql
from sqlalchemy import text

from visavis.kernel.chance import Chance, new_id
from visavis.kernel.ids import MemberId
from visavis.realtime.fanout import Fanout
from visavis.storage.database import NOTIFY_CHANNEL, Database, translated

SEATS_CHANNEL: Final = "visavis_seats"
FIRST_RETRY_SECONDS: Final = 0.2
LAST_RETRY_SECONDS: Final = 10.0

log = structlog.get_logger("visavis.realtime")


class Notices:
    """Hears the other servers. `run` is a task of the application; on SQLite there are no other servers."""

    def __init__(self, database: Database, fanout: Fanout, chance: Chance) -> None:
        self._database = database
        self._fanout = fanout
        self._me = new_id(chance)
        self.listening = asyncio.Event()
        """Set once other servers are heard; on SQLite at once, for there are none."""

    async def run(self) -> None:
        """Listen until cancelled, over as many connections as it takes."""
        if not self._database.is_postgresql:
            self.listening.set()
            return
        retry = FIRST_RETRY_SECONDS
        while True:
            try:
                async for notice in self._notices():
                    retry = FIRST_RETRY_SECONDS
                    self._hear(notice)
            except psycopg.OperationalError as error:
                log.warning(
                    "outage",
                    code="storage_unavailable",
                    during="listen",
                    reason=type(error).__name__,
                )
            await asyncio.sleep(retry)
            retry = min(retry * 2, LAST_RETRY_SECONDS)

    async def _notices(self) -> AsyncIterator[psycopg.Notify]:
        engine = self._database.engine
        _, known = engine.dialect.create_connect_args(engine.url)
        async with await psycopg.AsyncConnection.connect(**known, autocommit=True) as connection:
            for channel in (NOTIFY_CHANNEL, SEATS_CHANNEL):
                await connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(channel)))
            self.listening.set()
            self._fanout.wake()  # for what was said while nobody listened
            async for notice in connection.notifies():
                yield notice

    def _hear(self, notice: psycopg.Notify) -> None:
        if notice.channel == NOTIFY_CHANNEL:
            self._fanout.wake()
            return
        server, _, member = notice.payload.partition(" ")
        if server != self._me:
            self._fanout.take_over(MemberId(member))

    async def say_newer(self, member: MemberId) -> None:
        """Tell the other servers that a member's newest socket is here."""
        if not self._database.is_postgresql:
            return
        with translated():
            async with self._database.engine.begin() as connection:
                said = {"channel": SEATS_CHANNEL, "said": f"{self._me} {member}"}
                await connection.execute(text("SELECT pg_notify(:channel, :said)"), said)
