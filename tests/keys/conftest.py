"""A summit on the table: people of every role, a meeting, and messages of its groups in a few words."""

from collections.abc import Awaitable
from typing import Any

import pytest

from tests.arranged import end_of
from tests.builders import Enrolled, Summit, a_summit
from tests.fakes.chance import FakeChance
from tests.fakes.clock import FakeClock
from tests.keys import messages
from tests.summits import scene
from visavis.audit import store as audits
from visavis.events import outbox
from visavis.identity.model import Role
from visavis.identity.signing import sign
from visavis.interpretation import arranging
from visavis.interpretation.model import Arrangement, Booth, Channel, ChannelKind
from visavis.interpretation.statements import ARRANGEMENT, written_out
from visavis.kernel.canonical import fingerprint
from visavis.kernel.errors import Code, RefusedError
from visavis.kernel.ids import JOINT, MeetingId, Party
from visavis.keys import delivery, groups
from visavis.keys.model import GroupKey, Offer, SignedVoid, read_name
from visavis.keys.voids import VOID, VoidForm
from visavis.storage.database import Database
from visavis.summits.model import Format, Move

PEOPLE = {
    "arven principal+": ("arven", Role.PRINCIPAL, True),
    "arven chair": ("arven", Role.CHAIR, True),
    "arven adviser": ("arven", Role.ADVISER, False),
    "arven interpreter": ("arven", Role.INTERPRETER, False),
    "arven second interpreter": ("arven", Role.INTERPRETER, False),
    "arven notetaker": ("arven", Role.NOTETAKER, False),
    "arven technician": ("arven", Role.TECHNICIAN, False),
    "tolmar principal": ("tolmar", Role.PRINCIPAL, False),
    "tolmar chair": ("tolmar", Role.CHAIR, True),
    "tolmar interpreter": ("tolmar", Role.INTERPRETER, False),
    "press press": ("press", Role.PRESS, False),
    "host protocol_officer": ("host", Role.PROTOCOL_OFFICER, False),
}
PARTIES = ("arven", "tolmar", "press", "host")


class Hall:
    """A restricted meeting, and what its people do with keys."""

    def __init__(self, database: Database, clock: FakeClock, summit: Summit, meeting: MeetingId) -> None:
        self.database = database
        self.clock = clock
        self.summit = summit
        self.meeting = meeting
        self.people: dict[str, Enrolled] = {}

    def key(self, group: str) -> GroupKey:
        """Return a group by its written name."""
        return GroupKey(self.meeting, read_name(group))

    def id(self, group: str) -> bytes:
        """Return a group's MLS name."""
        return groups.group_id(self.summit.read, self.meeting, read_name(group))

    def info(self, group: str, epoch: int, body: bytes = b"tree") -> bytes:
        """Return a GroupInfo."""
        return messages.group_info(self.id(group), epoch, body)

    def offer(self, group: str, epoch: int, body: bytes = b"path", *, leaf: int | None = 0) -> Offer:
        """Return a commit that ends an epoch, and the GroupInfo after it."""
        return Offer(messages.commit(self.id(group), epoch, body, leaf=leaf), self.info(group, epoch + 1, body))

    async def found(self, who: str, group: str = "chamber", *, instead_of: bytes | None = None) -> None:
        """Let somebody found a group, or found it anew instead of that with another GroupInfo."""
        before = None if instead_of is None else fingerprint(instead_of)
        await delivery.found(self.database, self.people[who].actor, self.key(group), self.info(group, 0), before)

    async def commit(self, who: str, epoch: int, body: bytes = b"path", group: str = "chamber") -> int:
        """Let somebody commit."""
        offer = self.offer(group, epoch, body)
        return await delivery.commit(self.database, self.people[who].actor, self.key(group), offer)

    def signed_void(self, who: str, epoch: int, commit: bytes, group: str = "chamber", **other: Any) -> SignedVoid:  # noqa: ANN401
        """Return somebody's signed void, with other words in it where a test wants them."""
        words: dict[str, Any] = {
            "descriptor": self.summit.read.dh,
            "meeting": self.meeting,
            "group": group,
            "epoch": epoch,
            "commit": fingerprint(commit),
            "issued": self.clock.now(),
        }
        raw = VoidForm(**{**words, **other}).written()
        return SignedVoid(raw, sign(self.people[who].device, VOID, raw), self.info(group, epoch))

    async def void(self, who: str, said: SignedVoid, group: str = "chamber") -> None:
        """Let somebody take an epoch back."""
        await delivery.void(self.database, self.people[who].actor, self.key(group), said)

    async def arrange(self, booth: str, *who: str, number: int = 1) -> None:
        """Let the chairs sign this booth in place of all that its delegation has, or of all joint ones; without members, none."""
        whose = booth.partition(".")[0]
        party = None if whose == JOINT else Party(whose)
        seats = tuple(self.people[one].member.identity for one in who)
        booths = (Booth(booth, party, ("en",), seats),) if seats else ()
        channels = () if party else (Channel("en", ChannelKind.SPOKEN),)
        arrangement = Arrangement(party, number, channels, booths, end_of(self.database.now()))
        statement = written_out(self.summit.read.dh, self.meeting, arrangement)
        for side in scene.SIDES if party is None else (party,):
            chair = self.people[f"{side} chair"]
            said = arranging.Said(statement, sign(chair.device, ARRANGEMENT, statement))
            if party is None:
                await arranging.propose(self.database, chair.actor, self.meeting, said)
            else:
                await arranging.put_up(self.database, chair.actor, self.meeting, party, said)

    async def order(self, move: Move, argument: str | None = None) -> None:
        """Let a chair of each side order a move, until it is done."""
        for who in ("arven chair", "tolmar chair"):
            if (await scene.ordered(self.database, self.people[who].actor, self.meeting, move, argument)).done:
                return

    async def told(self, party: str) -> list[dict[str, Any]]:
        """Return what a party was told of groups: the kind, and what it handed on."""
        async with self.database.reading() as connection:
            events = await outbox.after(connection, 0, 10_000)
        about = {"group_founded", "group_commit", "group_voided", "envelope"}
        return [
            {"kind": event.kind, **next(iter(event.body.values()))}
            for event in events
            if event.party == party and event.kind in about
        ]

    async def recorded(self) -> list[tuple[str, dict[str, Any]]]:
        """Return what was recorded of groups."""
        async with self.database.reading() as connection:
            entries = [entry async for entry in audits.read(connection, self.summit.id)]
        return [(entry.action, dict(entry.body)) for entry in entries if entry.action.startswith("group_")]

    async def refused(self, attempt: Awaitable[object]) -> RefusedError:
        """Expect a refusal that records and tells nothing; return it."""
        before = await self._all()
        with pytest.raises(RefusedError) as refused:
            await attempt
        assert await self._all() == before
        return refused.value

    async def code(self, attempt: Awaitable[object]) -> Code:
        """Expect a refusal; return its code."""
        return (await self.refused(attempt)).code

    async def _all(self) -> object:
        return await self.recorded(), [await self.told(party) for party in PARTIES]


@pytest.fixture
async def hall(database: Database, clock: FakeClock) -> Hall:
    """Publish a summit, enrol its people, call a restricted meeting."""
    summit = a_summit(now=clock.now())
    await summit.publish(database)
    enrolled = {
        who: await summit.enrol(database, party, role, chair=chair) for who, (party, role, chair) in PEOPLE.items()
    }
    officer = enrolled["host protocol_officer"].actor
    hall = Hall(
        database, clock, summit, await scene.a_meeting(database, officer, FakeChance("hall"), Format.RESTRICTED)
    )
    hall.people = enrolled
    return hall
