"""A small summit as every party is told it: the same bytes each time, for the client's parser and its tests."""

import asyncio
import tempfile
from pathlib import Path
from typing import Any, Final

from tests.arranged import end_of
from tests.builders import Enrolled, a_summit
from tests.fakes.chance import FakeChance
from tests.fakes.clock import FakeClock
from tests.keys import messages
from tests.summits import scene
from visavis.audit.store import AuditLedger
from visavis.events import outbox
from visavis.events.catalogue import Kind
from visavis.events.outbox import NumberedOutbox
from visavis.identity.model import Role
from visavis.identity.signing import sign
from visavis.interpretation import arranging
from visavis.interpretation.model import Arrangement, Booth, Channel, ChannelKind
from visavis.interpretation.statements import ARRANGEMENT, written_out
from visavis.kernel.canonical import fingerprint
from visavis.kernel.clock import written
from visavis.kernel.ids import AgendaItemId, MeetingId
from visavis.keys import delivery, envelopes, groups
from visavis.keys.model import CHAMBER, GroupKey, Offer, SignedVoid
from visavis.keys.voids import VOID, VoidForm
from visavis.realtime.snapshot import snapshot
from visavis.rooms.model import RoomKind
from visavis.storage.database import Database, open_engine
from visavis.storage.schema import metadata
from visavis.summits import agenda, connections, doors, floor, meetings, seats
from visavis.summits.agenda import Planned
from visavis.summits.doors import DOORS, DoorsForm
from visavis.summits.model import Format, Mode, Move
from visavis.summits.views import announce_members

STEP_SECONDS: Final = 7


def events() -> dict[str, Any]:
    """Return, for each party: a snapshot at the start, every event that it is told, and the snapshot at the end."""
    return asyncio.run(_told())


async def _told() -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{Path(folder) / 'vectors.sqlite3'}")
        async with engine.begin() as connection:
            await connection.run_sync(metadata.create_all)
        clock = FakeClock()
        database = Database(engine, clock=clock, ledger=AuditLedger(), outbox=NumberedOutbox())
        try:
            return await Story(database, clock).tell()
        finally:
            await database.close()


class Story:
    """Brings about every kind of event."""

    def __init__(self, database: Database, clock: FakeClock) -> None:
        self._database = database
        self._clock = clock
        self._chance = FakeChance("events")
        self._summit = a_summit(now=clock.now())

    async def tell(self) -> dict[str, Any]:
        """Return what every party is told."""
        await self._summit.publish(self._database)
        maren = await self._enrol("arven", Role.PRINCIPAL, chair=True)
        tove = await self._enrol("tolmar", Role.CHAIR)
        booth = await self._enrol("arven", Role.INTERPRETER)
        press = await self._enrol("press", Role.PRESS)
        host = await self._enrol("host", Role.PROTOCOL_OFFICER)
        meeting = await self._called(maren)
        watchers = {"arven": maren, "tolmar": tove, "press": press, "host": host}
        before = {party: await self._snapshot(meeting, who) for party, who in watchers.items()}
        await self._moves(meeting, maren, tove)
        await self._holds(meeting, tove)
        await self._arranges(meeting, maren, tove, booth)
        await self._speaks(meeting, maren, booth)
        await connections.keep(self._database, "server", {one.member.id: meeting for one in (tove, press, maren)})
        await self._keys(meeting, maren)
        after = {party: await self._snapshot(meeting, who) for party, who in watchers.items()}
        return {
            "kinds": [kind.value for kind in Kind],
            "parties": [
                {
                    "party": party,
                    "you": who.member.id,
                    "snapshot": before[party],
                    "events": await self._events(meeting, who, before[party]["number"]),
                    "then": after[party],
                }
                for party, who in watchers.items()
            ],
        }

    async def _enrol(self, party: str, role: Role, *, chair: bool = False) -> Enrolled:
        if role is Role.CHAIR:
            chair = True
        return await self._summit.enrol(self._database, party, role, announce_members, chair=chair)

    async def _called(self, who: Enrolled) -> MeetingId:
        planned = [Planned(None, "The border region", 20), Planned(None, "Fisheries", 15)]
        wanted = meetings.Call("First meeting", Format.RESTRICTED, Mode.SIMULTANEOUS, self._clock.now(), None, planned)
        return await meetings.call(self._database, who.actor, wanted, self._chance)

    async def _moves(self, meeting: MeetingId, maren: Enrolled, tove: Enrolled) -> None:
        for who, move, argument in (
            (maren, Move.OPEN_DOORS, None),
            (tove, Move.OPEN_DOORS, None),
            (maren, Move.CLOSE_DOORS, None),
            (maren, Move.CHANGE_FORMAT, Format.PLENARY.value),
            (tove, Move.CHANGE_FORMAT, Format.PLENARY.value),
            (tove, Move.CHANGE_MODE, Mode.CONSECUTIVE.value),
            (maren, Move.CHANGE_MODE, Mode.CONSECUTIVE.value),
            (tove, Move.OPEN_DOORS, None),
        ):
            self._clock.advance(seconds=STEP_SECONDS)
            await scene.ordered(self._database, who.actor, meeting, move, argument)
        await meetings.withdraw(self._database, tove.actor, meeting, Move.OPEN_DOORS)

    async def _holds(self, meeting: MeetingId, tove: Enrolled) -> None:
        """A chair holds the doors for the next opening."""
        word = DoorsForm(
            descriptor=self._summit.read.dh, meeting=meeting, opening=2, order="hold", at=self._clock.now()
        ).written()
        await doors.order(self._database, tove.actor, meeting, word, sign(tove.device, DOORS, word))

    async def _arranges(self, meeting: MeetingId, maren: Enrolled, tove: Enrolled, booth: Enrolled) -> None:
        """Channels and a joint booth by consent; then the interpreter works for their own delegation alone."""
        within = (booth.member.identity,)
        joint = Booth("joint.en", None, ("en", "fr"), within)
        channels = (Channel("en", ChannelKind.SPOKEN), Channel("fr", ChannelKind.SIGNED))
        until = end_of(self._clock.now())
        withdrawn = self._said(meeting, maren, Arrangement(None, 1, channels, (joint,), until))
        await arranging.propose(self._database, maren.actor, meeting, withdrawn)
        await arranging.withdraw(self._database, maren.actor, meeting)
        kept = Arrangement(None, 1, channels, (), until)
        said = self._said(meeting, maren, kept)
        await arranging.propose(self._database, maren.actor, meeting, said)
        self._clock.advance(seconds=STEP_SECONDS)
        signature = self._said(meeting, tove, kept).signature
        await arranging.agree(self._database, tove.actor, meeting, fingerprint(said.statement), signature)
        party = maren.member.party
        own = Arrangement(party, 1, (), (Booth("arven.en", party, ("en", "fr"), within),), until)
        await arranging.put_up(self._database, maren.actor, meeting, party, self._said(meeting, maren, own))

    def _said(self, meeting: MeetingId, who: Enrolled, arrangement: Arrangement) -> arranging.Said:
        statement = written_out(self._summit.read.dh, meeting, arrangement)
        return arranging.Said(statement, sign(who.device, ARRANGEMENT, statement))

    async def _speaks(self, meeting: MeetingId, maren: Enrolled, booth: Enrolled) -> None:
        items = (await self._snapshot(meeting, maren))["agenda"]
        turned = [Planned(AgendaItemId(item["id"]), item["title"], item["minutes"]) for item in reversed(items)]
        await agenda.arrange(self._database, maren.actor, meeting, turned, self._chance)
        await agenda.take_up(self._database, maren.actor, meeting, AgendaItemId(items[1]["id"]))
        self._clock.advance(seconds=STEP_SECONDS)
        await floor.ask(self._database, maren.actor, meeting)
        await floor.withdraw_ask(self._database, maren.actor, meeting)
        await floor.ask(self._database, maren.actor, meeting)
        for who in (maren, booth):
            async with self._database.writing() as tx:
                await seats.take(tx, meeting, who.member.identity, RoomKind.CHAMBER.value)
        await floor.give(self._database, maren.actor, meeting, maren.member.id)
        self._clock.advance(seconds=STEP_SECONDS)
        await floor.pass_to_interpreter(self._database, maren.actor, meeting, booth.member.id)
        await floor.hand_back(self._database, booth.actor, meeting, maren.member.id)
        await floor.yield_floor(self._database, maren.actor, meeting)
        for kind in (RoomKind.CHAMBER, RoomKind.CAUCUS):
            async with self._database.writing() as tx:
                await seats.take(tx, meeting, booth.member.identity, kind.value)
        async with self._database.writing() as tx:
            await seats.leave(tx, meeting, booth.member.identity, RoomKind.CAUCUS.value)
        late = await self._enrol("tolmar", Role.ADVISER)
        await self._summit.revoke(self._database, late.member, announce_members)

    async def _keys(self, meeting: MeetingId, maren: Enrolled) -> None:
        """A group is founded, joined, its epoch taken back; something sealed is sent: the bytes are noise."""
        key = GroupKey(meeting, CHAMBER)
        group = groups.group_id(self._summit.read, meeting, CHAMBER)
        await delivery.found(self._database, maren.actor, key, messages.group_info(group, 0))
        commit = messages.commit(group, 0, leaf=None)
        await delivery.commit(self._database, maren.actor, key, Offer(commit, messages.group_info(group, 1)))
        form = VoidForm(
            descriptor=self._summit.read.dh,
            meeting=meeting,
            group="chamber",
            epoch=0,
            commit=fingerprint(commit),
            issued=self._clock.now(),
        )
        signature = sign(maren.device, VOID, form.written())
        said = SignedVoid(form.written(), signature, messages.group_info(group, 0))
        await delivery.void(self._database, maren.actor, key, said)
        await envelopes.send(self._database, maren.actor, key, b"sealed")

    async def _snapshot(self, meeting: MeetingId, who: Enrolled) -> dict[str, Any]:
        async with self._database.reading() as connection:
            number = await outbox.last_number(connection)
            slices = await snapshot(connection, who.actor, meeting)
        return {"number": number, "now": written(self._clock.now()), **slices}

    async def _events(self, meeting: MeetingId, who: Enrolled, number: int) -> list[dict[str, Any]]:
        async with self._database.reading() as connection:
            return [event.sent() for event in await outbox.after_for(connection, number, meeting, who.member.party)]
