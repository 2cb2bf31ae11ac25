"""The promise to every client: the snapshot before, and the events since, give the snapshot after. For every party."""

from collections.abc import Coroutine
from contextlib import AbstractContextManager
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule
from sqlalchemy.ext.asyncio import AsyncEngine
from typing_extensions import override

from tests.fakes.chance import FakeChance
from tests.postgresql import Cluster
from tests.summits import scene
from tests.walks import Walk, on_postgresql, walk
from visavis.events import outbox
from visavis.identity import store as identities
from visavis.identity.model import Actor, Role
from visavis.kernel.errors import RefusedError
from visavis.kernel.ids import AgendaItemId, MeetingId, Party
from visavis.summits import agenda, connections, floor, meetings, seats, store, views
from visavis.summits.agenda import Planned
from visavis.summits.model import Format, Mode, Move, Order, Phase

pytestmark = [pytest.mark.long, pytest.mark.timeout(600)]  # many steps: how long they take is up to the machine

SLICES = ("meeting", "agenda", "floor", "consents", "seats", "press", "connected")
PARTIES = (*scene.SIDES, "press", "host")
EVERYBODY = sorted({f"{member.party}.{member.role.value}" for member in scene.members_of(scene.SUMMIT, scene.SIDES)})
ORDERING = [f"{side}.chair" for side in scene.SIDES]
LEADING = [*ORDERING, "host.protocol_officer"]
SPEAKING = [f"{side}.{role}" for side in scene.SIDES for role in ("principal", "chair", "adviser")]

orders = st.sampled_from(
    [(move, None) for move in (Move.OPEN_DOORS, Move.CLOSE_DOORS, Move.RECESS, Move.RESUME)]
    + [(Move.CHANGE_FORMAT, sort.value) for sort in Format]
    + [(Move.CHANGE_MODE, mode.value) for mode in Mode]
    + [(Move.CHANGE_MODE, "shouted"), (Move.RECESS, "lunch")]
)
rooms = st.sampled_from(["chamber", "caucus"])

LATE = 60
"""The event number before which nobody is revoked and nothing adjourned: much should have happened."""


def somebody(before: dict[str, Any], event: dict[str, Any]) -> str:
    """Return which kind of event the seats themselves tell of."""
    was = {seat["member"]: seat["present"] for seat in before["seats"]}
    gone = [seat for seat in event["seats"] if seat["present"] is None and was[seat["member"]] is not None]
    return "seat_left" if gone else "seat_taken"


class Replay(Walk):
    """Clients of every party follow one meeting by its events, whatever is done by whomever."""

    def __init__(self) -> None:
        super().__init__()
        self.chance = FakeChance()
        self.actors: dict[str, Actor] = {}
        self.meeting = MeetingId("")

    @initialize(sort=st.sampled_from(Format), doors=st.sampled_from([None, Move.OPEN_DOORS, Move.CLOSE_DOORS]))
    def begin(self, sort: Format, doors: Move | None) -> None:
        """Fill the house, call a meeting, let every party take its first snapshot; mostly, begin to sit."""
        self.actors = self.runner.run(scene.fill(self.database))
        officer = self.actors["host.protocol_officer"]
        self.meeting = self.runner.run(scene.a_meeting(self.database, officer, self.chance, sort))
        self.number = self.runner.run(self.last())
        self.seen = self.runner.run(self.snapshots())
        if doors is not None:
            self.every_chair_orders((doors, None))

    def do(self, change: Coroutine[Any, Any, object]) -> None:
        """Run a use case; let every party's client apply what it is told; compare with a fresh snapshot."""
        number = self.number
        try:
            self.runner.run(change)
        except RefusedError:
            assert self.runner.run(self.last()) == number, "a refusal told something"
        for party in PARTIES:
            for event in self.runner.run(self.events(party)):
                assert event["number"] > number
                if event["kind"] in ("seat_taken", "seat_left"):
                    assert somebody(self.seen[party], event) == event["kind"], "another word tells of another change"
                self.seen[party].update({name: event[name] for name in SLICES if name in event})
        self.number = self.runner.run(self.last())
        assert self.runner.run(self.snapshots()) == self.seen
        self.clock.advance(seconds=1.5)

    # what may happen

    @rule(who=st.sampled_from(EVERYBODY), order=orders)
    def somebody_orders(self, who: str, order: tuple[Move, str | None]) -> None:
        """Anybody may try."""
        self.do(scene.ordered(self.database, self.actors[who], self.meeting, *order))

    @rule(who=st.sampled_from(ORDERING), order=orders)
    def a_chair_orders(self, who: str, order: tuple[Move, str | None]) -> None:
        """One chair asks."""
        self.do(scene.ordered(self.database, self.actors[who], self.meeting, *order))

    @rule(order=orders)
    def every_chair(self, order: tuple[Move, str | None]) -> None:
        """Every chair asks for the same."""
        self.every_chair_orders(order)

    def every_chair_orders(self, order: tuple[Move, str | None]) -> None:
        """Every chair asks for the same."""
        for who in ORDERING:
            self.do(scene.ordered(self.database, self.actors[who], self.meeting, *order))

    @rule(who=st.sampled_from(ORDERING), order=orders, phase=st.sampled_from(Phase), sort=st.sampled_from(Format))
    def an_order_comes_late(self, who: str, order: tuple[Move, str | None], phase: Phase, sort: Format) -> None:
        """An order was meant for how the meeting stood once, or by chance for how it stands."""
        self.do(meetings.move(self.database, self.actors[who], self.meeting, Order(*order, phase, sort)))

    @rule()
    def time_passes(self) -> None:
        """Wishes grow old."""
        self.clock.advance(minutes=6)
        self.do(meetings.lapse_consents(self.database))

    @rule(who=st.sampled_from(ORDERING), move=st.sampled_from(Move))
    def a_chair_withdraws(self, who: str, move: Move) -> None:
        """A chair thinks again."""
        self.do(meetings.withdraw(self.database, self.actors[who], self.meeting, move))

    @rule(who=st.sampled_from(LEADING), chosen=st.randoms(use_true_random=False), more=st.booleans())
    def somebody_arranges(self, who: str, chosen: Any, more: bool) -> None:  # noqa: ANN401 - hypothesis' own
        """Items change places, come and go."""
        items = self.runner.run(self.agenda())
        plans = [Planned(item, f"Item {chosen.randint(1, 9)}", 5) for item in items if chosen.random() < 0.9]
        chosen.shuffle(plans)
        plans += [Planned(None, "Any other business", 10)] * more
        self.do(agenda.arrange(self.database, self.actors[who], self.meeting, plans, self.chance))

    @rule(who=st.sampled_from(LEADING), place=st.integers(0, 3))
    def somebody_takes_up(self, who: str, place: int) -> None:
        """An item becomes the current one, or there is none such."""
        items = [*self.runner.run(self.agenda()), AgendaItemId("no such item")]
        self.do(agenda.take_up(self.database, self.actors[who], self.meeting, items[min(place, len(items) - 1)]))

    @rule(who=st.sampled_from(SPEAKING))
    def somebody_asks(self, who: str) -> None:
        """Somebody wants to speak."""
        self.do(floor.ask(self.database, self.actors[who], self.meeting))

    @rule(who=st.sampled_from(SPEAKING))
    def somebody_withdraws(self, who: str) -> None:
        """Somebody no longer wants to speak."""
        self.do(floor.withdraw_ask(self.database, self.actors[who], self.meeting))

    @rule(who=st.sampled_from(LEADING), whom=st.sampled_from(SPEAKING))
    def somebody_gives(self, who: str, whom: str) -> None:
        """Somebody is given the floor, whether they asked or not."""
        self.do(floor.give(self.database, self.actors[who], self.meeting, self.actors[whom].member))

    @rule(whom=st.sampled_from(SPEAKING), then=st.sampled_from(SPEAKING))
    def somebody_speaks(self, whom: str, then: str) -> None:
        """Somebody asks and gets the floor; somebody else asks."""
        officer = self.actors["host.protocol_officer"]
        self.do(floor.yield_floor(self.database, officer, self.meeting))
        self.do(floor.ask(self.database, self.actors[whom], self.meeting))
        self.do(floor.give(self.database, officer, self.meeting, self.actors[whom].member))
        self.do(floor.ask(self.database, self.actors[then], self.meeting))

    @rule(who=st.sampled_from([*SPEAKING, "host.protocol_officer"]))
    def somebody_yields(self, who: str) -> None:
        """The floor is yielded or taken back."""
        self.do(floor.yield_floor(self.database, self.actors[who], self.meeting))

    @rule(who=st.sampled_from(EVERYBODY), room=rooms)
    def somebody_comes(self, who: str, room: str) -> None:
        """The media engine reports a coming."""
        self.do(self.seated(self.actors[who], room))

    @rule(who=st.sampled_from(EVERYBODY), room=rooms)
    def somebody_goes(self, who: str, room: str) -> None:
        """The media engine reports a going."""
        self.do(self.left(self.actors[who], room))

    @rule(server=st.sampled_from(["first", "second"]), here=st.sets(st.sampled_from(EVERYBODY)))
    def pages_are_opened_and_closed(self, server: str, here: set[str]) -> None:
        """A server says who has a feed there; whoever had one there, and anybody nobody speaks of, goes in time."""
        there = {self.actors[who].member: self.meeting for who in here}
        self.do(connections.keep(self.database, server, there))
        self.clock.advance(seconds=12)

    @rule(number=st.integers(3, 9))
    def the_press_grows(self, number: int) -> None:
        """A member enrols."""
        self.do(self.enrolled(number))

    @precondition(lambda self: self.number > LATE)
    @rule(who=st.sampled_from([*SPEAKING, "press.press"]))
    def somebody_is_revoked(self, who: str) -> None:
        """A party takes back an accreditation."""
        self.do(self.revoked(self.actors[who]))

    @rule()
    def another_meeting_is_called(self) -> None:
        """What happens in another meeting is not told in this one."""
        actor = self.actors["arven.chair"]
        self.do(scene.a_meeting(self.database, actor, self.chance, follows=self.meeting))

    @precondition(lambda self: self.number > LATE)
    @rule(who=st.sampled_from(ORDERING))
    def somebody_adjourns(self, who: str) -> None:
        """It is late."""
        self.do(scene.ordered(self.database, self.actors[who], self.meeting, Move.ADJOURN))

    @invariant()
    def nobody_looks_into_a_caucus(self) -> None:
        """Whatever was sent, a caucus is seen only by its own delegation."""
        for party, seen in self.seen.items():
            assert {seat["party"] for seat in seen["seats"] if seat["present"] == "caucus"} <= {party}

    @invariant()
    def the_press_is_told_what_it_may_know(self) -> None:
        """No agenda, no consents, no asks, no advisers."""
        press = self.seen.get("press")
        if press:
            assert press["agenda"] == press["consents"] == press["floor"]["asks"] == press["connected"] == []
            assert {seat["role"] for seat in press["seats"]} <= {"principal", "interpreter", "press"}
            if press["meeting"]["phase"] != "open":
                assert press["floor"]["holder"] is None
                assert {seat["party"] for seat in press["seats"] if seat["present"]} <= {"press"}

    @invariant()
    def the_floor_is_empty_when_nobody_sits(self) -> None:
        """Nobody has or wants the floor before, in a recess or after the end."""
        seen = self.seen.get("host")
        if seen and seen["meeting"]["phase"] not in {"open", "closed"}:
            assert (seen["floor"]["holder"], seen["floor"]["asks"]) == (None, [])
            assert all(item["since"] is None for item in seen["agenda"])

    # how it is done

    async def snapshots(self) -> dict[str, dict[str, Any]]:
        """Return what every party sees."""
        async with self.database.reading() as connection:
            meeting = await store.meeting(connection, self.meeting)
            assert meeting is not None
            shown = await views.scene_of(connection, meeting)
        return {party: views.slices(shown, Party(party)) for party in PARTIES}

    async def events(self, party: str) -> list[dict[str, Any]]:
        """Return what a party was told since."""
        async with self.database.reading() as connection:
            told = await outbox.after_for(connection, self.number, self.meeting, Party(party))
        return [event.sent() for event in told]

    async def agenda(self) -> list[AgendaItemId]:
        """Return the ids on the agenda."""
        async with self.database.reading() as connection:
            return [item.id for item in await store.agenda(connection, self.meeting)]

    async def seated(self, actor: Actor, room: str) -> None:
        """Report a coming."""
        async with self.database.writing() as tx:
            await seats.take(tx, self.meeting, actor.identity, room)

    async def left(self, actor: Actor, room: str) -> None:
        """Report a going."""
        async with self.database.writing() as tx:
            await seats.leave(tx, self.meeting, actor.identity, room)

    async def enrolled(self, number: int) -> None:
        """Enrol one more of the press."""
        member = scene.member(scene.SUMMIT, Party("press"), Role.PRESS, number)
        async with self.database.writing() as tx:
            if await identities.member(tx.connection, scene.SUMMIT, member.id) is None:
                await identities.keep_member(tx, member)
                tx.record(scene.SUMMIT, scene.Filled(), by=None)
                await views.announce_members(tx, member, "member_enrolled")

    async def revoked(self, actor: Actor) -> None:
        """Revoke a member."""
        await scene.revoke(self.database, actor)


def test_replay_on_sqlite() -> None:
    """The promise holds on SQLite."""
    walk(Replay, times=25, steps=30)


@pytest.mark.real
def test_replay_on_postgresql(cluster: Cluster, postgresql_template: str) -> None:
    """The promise holds on PostgreSQL."""

    class OnPostgresql(Replay):
        """The same on PostgreSQL."""

        @override
        def fresh(self) -> AbstractContextManager[AsyncEngine]:
            return on_postgresql(cluster, postgresql_template)

    walk(OnPostgresql, times=5, steps=30)
