"""Whatever chairs arrange in whatever order: every party's events lead to its snapshot, and nobody is in two booths."""

from collections.abc import Coroutine
from contextlib import AbstractContextManager
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule
from sqlalchemy.ext.asyncio import AsyncEngine
from typing_extensions import override

from tests.fakes.chance import FakeChance
from tests.interpretation.conftest import PARTIES, Hall, a_hall, booth, shown
from tests.postgresql import Cluster
from tests.summits import scene
from tests.walks import Walk, on_postgresql, walk
from visavis.interpretation import arranging
from visavis.interpretation.model import Channel, ChannelKind
from visavis.kernel.errors import RefusedError

pytestmark = [pytest.mark.long, pytest.mark.timeout(600)]

SLICES = ("arranged", "arrangement")
CHAIRS = ("arven.chair", "tolmar.chair")
INTERPRETERS = tuple(f"{side}.interpreter{more}" for side in scene.SIDES for more in ("", "-2"))
TRYING = (*CHAIRS, "arven.adviser", "press.press")

chosen = st.lists(
    st.sampled_from([Channel(language, kind) for language in ("en", "fr", "de") for kind in ChannelKind]), max_size=3
)
within = st.sets(st.sampled_from(INTERPRETERS), max_size=4)
languages = st.sampled_from([("en",), ("fr",), ("en", "fr"), ("fr", "en"), ("de",)])


class Arranging(Walk):
    """Two delegations arrange one meeting; clients of every party follow by their events."""

    def __init__(self) -> None:
        super().__init__()
        self.hall: Hall
        self.digests = [bytes(32)]
        self.numbers: dict[str | None, int] = {}

    @initialize()
    def begin(self) -> None:
        """Fill the house, and let every party take its first snapshot."""
        self.hall = self.runner.run(a_hall(self.database, FakeChance()))
        self.number = self.runner.run(self.last())
        self.seen = self.runner.run(self.snapshots())

    def do(self, change: Coroutine[Any, Any, object]) -> None:
        """Run a use case; let every party's client apply what it is told; compare with a fresh snapshot."""
        try:
            self.runner.run(change)
        except RefusedError:
            assert self.runner.run(self.last()) == self.number, "a refusal told something"
        for party in PARTIES:
            for event in self.runner.run(self.hall.events(party, self.number)):
                self.seen[party].update({name: event[name] for name in SLICES if name in event})
        self.number = self.runner.run(self.last())
        assert self.runner.run(self.snapshots()) == self.seen
        if self.seen["host"]["arrangement"] is not None:
            self.digests = [*self.digests[-3:], self.runner.run(self.hall.digest())]

    # what may happen

    @rule(who=st.sampled_from(TRYING), channels=chosen, whom=within, into=languages)
    def somebody_proposes(self, who: str, channels: list[Channel], whom: set[str], into: tuple[str, ...]) -> None:
        """Any channels, with or without a joint booth of anybody."""
        joint = [booth(f"joint.{into[0]}", *self.those(whom), languages=into)] if whom else []
        self.do(self.hall.proposes(who, channels, joint))

    @rule(who=st.sampled_from(TRYING), back=st.integers(1, 3))
    def somebody_agrees(self, who: str, back: int) -> None:
        """To what waits, or to what waited once."""
        self.do(self.hall.agrees(who, self.digests[max(-back, -len(self.digests))]))

    @rule(who=st.sampled_from(TRYING))
    def somebody_withdraws(self, who: str) -> None:
        """Whether they had agreed or not."""
        self.do(self.hall.withdraws(who))

    @rule(who=st.sampled_from(TRYING), party=st.sampled_from(scene.SIDES), whom=within, into=languages)
    def somebody_puts_up(self, who: str, party: str, whom: set[str], into: tuple[str, ...]) -> None:
        """A booth, or none any more."""
        booths = [booth(f"{party}.{into[0]}", *self.those(whom), languages=into)] if whom else []
        self.do(self.hall.puts_up(who, *booths, party=party))

    @rule(minutes=st.integers(1, 6))
    def time_passes(self, minutes: int) -> None:
        """Proposals grow old."""
        self.clock.advance(minutes=minutes)
        self.do(arranging.lapse(self.database))

    @rule(who=st.sampled_from([*INTERPRETERS, "tolmar.chair"]))
    def somebody_is_revoked(self, who: str) -> None:
        """A delegation takes back an accreditation; twice changes nothing."""
        self.do(self.revoked(who))

    @invariant()
    def nobody_is_in_two_booths_that_are_believed(self) -> None:
        """And none is empty."""
        booths = self.runner.run(self.hall.booths()) if self.seen else ()
        members = [member for one in booths for member in one.members]
        assert len(set(members)) == len(members)
        assert all(1 <= len(one.members) <= 3 for one in booths)

    @invariant()
    def the_press_is_not_told_what_is_proposed_nor_who_the_chairs_are(self) -> None:
        """Chairs whom it does not see have signed whatever stands."""
        if self.seen:
            assert self.seen["press"] == {"arranged": [], "arrangement": None}

    @invariant()
    def what_stands_was_signed_by_all_and_numbers_only_grow(self) -> None:
        """Each delegation's own, and that of all."""
        if not self.seen:
            return
        for one, said in zip(self.seen["host"]["arranged"], shown(self.seen["host"]["arranged"]), strict=True):
            assert len(one["signatures"]) == (len(scene.SIDES) if said["party"] is None else 1)
            assert said["number"] >= self.numbers.get(said["party"], 1)
            self.numbers[said["party"]] = said["number"]

    @invariant()
    def what_all_agreed_to_waits_no_longer(self) -> None:
        """A proposal lacks somebody."""
        if self.seen and self.seen["host"]["arrangement"] is not None:
            assert 0 < len(self.seen["host"]["arrangement"]["parties"]) < len(scene.SIDES)

    # how it is done

    def those(self, whom: set[str]) -> list[Any]:
        """Return members by their names."""
        return [self.hall.actors[who] for who in sorted(whom)]

    async def snapshots(self) -> dict[str, dict[str, Any]]:
        """Return what every party sees."""
        return {party: await self.hall.seen(party) for party in PARTIES}

    async def revoked(self, who: str) -> None:
        """Take back an accreditation that stands."""
        if not await self.hall.is_revoked(who):
            await self.hall.revoke(who)


def test_walks_on_sqlite() -> None:
    """The promise holds on SQLite."""
    walk(Arranging, times=15, steps=25)


@pytest.mark.real
def test_walks_on_postgresql(cluster: Cluster, postgresql_template: str) -> None:
    """The promise holds on PostgreSQL."""

    class OnPostgresql(Arranging):
        """The same on PostgreSQL."""

        @override
        def fresh(self) -> AbstractContextManager[AsyncEngine]:
            return on_postgresql(cluster, postgresql_template)

    walk(OnPostgresql, times=3, steps=25)
