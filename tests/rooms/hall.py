"""A summit whose members join the rooms of either media engine, as their clients would."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta

from tests.fakes.clock import FakeClock
from tests.rooms.desk import Desk, Joined
from tests.summits import scene
from visavis.identity.model import Actor
from visavis.kernel.chance import SystemChance
from visavis.kernel.ids import MeetingId, MemberId
from visavis.rooms.model import MediaGrant, Room, RoomKind
from visavis.rooms.tickets import TicketDesk, Wish, take_seat, ticket
from visavis.storage.database import Database
from visavis.summits import store
from visavis.summits.model import Format, Move, Phase

LIFETIME = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Hall:
    """One meeting, its members by `party.role`, and the media engine."""

    database: Database
    desk: Desk
    clock: FakeClock
    actors: dict[str, Actor]
    meeting: MeetingId

    @property
    def chamber(self) -> Room:
        """The meeting's chamber."""
        return Room(self.meeting, RoomKind.CHAMBER)

    def caucus(self, party: str) -> Room:
        """A delegation's caucus."""
        return Room(self.meeting, RoomKind.CAUCUS, self.actors[f"{party}.chair"].party)

    async def move(self, move: Move, argument: str | None = None) -> None:
        """Let every delegation order a move."""
        for party in ("arven", "tolmar"):
            moved = await scene.ordered(self.database, self.actors[f"{party}.chair"], self.meeting, move, argument)
            if moved.done:
                return

    async def phase(self) -> Phase:
        """Where the meeting stands."""
        async with self.database.reading() as connection:
            meeting = await store.meeting(connection, self.meeting)
        assert meeting is not None
        return meeting.phase

    async def token(self, who: str, kind: RoomKind = RoomKind.CHAMBER) -> str:
        """Return the token that somebody is given now."""
        tickets = TicketDesk(self.database, self.desk.sfu, self.clock, LIFETIME)
        wish = Wish(self.meeting, kind, await self.phase())
        return (await ticket(tickets, self.actors[who], wish)).token

    async def token_to_wait(self, who: str, kind: RoomKind = RoomKind.CHAMBER) -> str:
        """Return the token with which somebody waits at the door."""
        tickets = TicketDesk(self.database, self.desk.sfu, self.clock, LIFETIME)
        wish = Wish(self.meeting, kind, await self.phase(), waits=True)
        return (await ticket(tickets, self.actors[who], wish)).token

    @asynccontextmanager
    async def waiting(self, who: str, kind: RoomKind = RoomKind.CHAMBER) -> AsyncIterator[Joined]:
        """Yield somebody who waits at the door."""
        async with self.desk.join(await self.token_to_wait(who, kind)) as joined:
            yield joined

    async def take_seat(self, who: str, phase: Phase | None = None) -> None:
        """Let somebody into the chamber who waits at its door."""
        wish = Wish(self.meeting, RoomKind.CHAMBER, phase or await self.phase())
        await take_seat(self.database, self.desk.sfu, self.actors[who], wish)

    @asynccontextmanager
    async def seated(self, who: str, kind: RoomKind = RoomKind.CHAMBER) -> AsyncIterator[Joined]:
        """Yield somebody who took a ticket and joined."""
        async with self.desk.join(await self.token(who, kind)) as joined:
            yield joined

    async def inside(self, room: Room | None = None) -> dict[str, MediaGrant]:
        """Return who the engine says is in a room (the chamber), and what it lets them do."""
        names = {actor.identity: name for name, actor in self.actors.items()}
        occupants = await self.desk.sfu.occupants((room or self.chamber).name)
        return {names[one.identity]: one.grant for one in occupants}

    async def present(self) -> dict[str, str]:
        """Return where we believe everybody to be."""
        names: dict[MemberId, str] = {actor.member: name for name, actor in self.actors.items()}
        async with self.database.reading() as connection:
            presences = await store.presences_of(connection, self.meeting)
        return {names[member]: room for member, room in presences.items()}


async def a_hall(database: Database, desk: Desk, clock: FakeClock) -> Hall:
    """Return a restricted meeting in arrival; its id is new in every run, for the engine outlives the database."""
    actors = await scene.fill(database)
    meeting = await scene.a_meeting(database, actors["arven.chair"], SystemChance(), Format.RESTRICTED)
    return Hall(database, desk, clock, actors, meeting)
