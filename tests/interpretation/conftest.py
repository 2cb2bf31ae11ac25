"""A summit of two sides with two interpreters each, and the means to look at what is arranged."""

from collections.abc import Awaitable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest

from tests.arranged import end_of, signature_of
from tests.fakes.chance import FakeChance
from tests.summits import scene
from visavis.audit import store as audits
from visavis.events import outbox
from visavis.identity import store as identities
from visavis.identity.model import Actor, Descriptor, Member, Role
from visavis.interpretation import arranging, views
from visavis.interpretation import store as interpretation
from visavis.interpretation.model import Booth, Channel, ChannelKind, SignedArrangement
from visavis.interpretation.rules import believed, without_the_revoked
from visavis.interpretation.statements import ARRANGEMENT
from visavis.kernel.canonical import b64u, canonical, from_b64u, parsed
from visavis.kernel.clock import written
from visavis.kernel.errors import Code, RefusedError
from visavis.kernel.ids import MeetingId, Party
from visavis.storage.database import Database
from visavis.summits import store
from visavis.summits.access import descriptor_for

SPOKEN = tuple(Channel(language, ChannelKind.SPOKEN) for language in ("en", "fr"))
SIGNED = (SPOKEN[0], Channel("fr", ChannelKind.SIGNED))
PARTIES = ("arven", "tolmar", "press", "host")


def interpreters(spoken: tuple[str, ...] = ("en", "fr")) -> list[Member]:
    """Return a second interpreter for each side, of one language alone where a test wants that."""
    made = [scene.member(scene.SUMMIT, Party(side), Role.INTERPRETER, 2) for side in scene.SIDES]
    return [replace(one, languages=spoken) for one in made]


def booth(name: str, *members: Actor, languages: tuple[str, ...] = ("en", "fr")) -> Booth:
    """Return a booth, whose party its name begins with."""
    party = name.split(".", maxsplit=1)[0]
    return Booth(name, None if party == "joint" else Party(party), languages, tuple(one.identity for one in members))


class Hall:
    """A meeting, and what can be arranged in it in a few words."""

    def __init__(self, database: Database, actors: dict[str, Actor], meeting: MeetingId) -> None:
        self.database = database
        self.actors = actors
        self.meeting = meeting
        self.until: datetime | None = None
        """When what is said from now on ends, if not when clients would let it end."""

    async def proposes(
        self, who: str, channels: Sequence[Channel] = SPOKEN, booths: Sequence[Booth] = (), number: int | None = None
    ) -> bool:
        """Propose; return whether it is fixed."""
        said = await self.said(who, None, channels, booths, number)
        return await arranging.propose(self.database, self.actors[who], self.meeting, said)

    async def agrees(self, who: str, digest: bytes | None = None, signature: bytes | None = None) -> bool:
        """Agree, to what waits if no digest is given; return whether it is fixed."""
        waiting = await self.waiting()
        signed = b"" if waiting is None else signature_of(self.actors[who], waiting.statement)
        digest = (b"" if waiting is None else waiting.digest) if digest is None else digest
        return await arranging.agree(self.database, self.actors[who], self.meeting, digest, signature or signed)

    async def puts_up(self, who: str, *booths: Booth, party: str = "arven", number: int | None = None) -> None:
        """Put up a delegation's booths."""
        said = await self.said(who, party, (), booths, number)
        await arranging.put_up(self.database, self.actors[who], self.meeting, Party(party), said)

    async def said(
        self,
        who: str,
        party: str | None,
        channels: Sequence[Channel],
        booths: Sequence[Booth],
        number: int | None = None,
    ) -> arranging.Said:
        """Return an arrangement as somebody signs it, whether or not a statement can say it; of the next number."""
        form = {
            "type": ARRANGEMENT,
            "descriptor": b64u((await self.descriptor()).dh),
            "meeting": self.meeting,
            "number": await self.next_number(party) if number is None else number,
            "party": party,
            "channels": [{"language": one.language, "kind": one.kind.value} for one in channels],
            "booths": [{"id": one.id, "languages": [*one.languages], "members": [*one.members]} for one in booths],
            "until": written(self.until or end_of(self.database.now())),
        }
        return arranging.Said(canonical(form), signature_of(self.actors[who], canonical(form)))

    async def next_number(self, party: str | None) -> int:
        """Return the number that follows what stands."""
        async with self.database.reading() as connection:
            standing = await interpretation.standing_in(connection, self.meeting)
        return 1 + max((one.arrangement.number for one in standing if one.arrangement.party == party), default=0)

    async def descriptor(self) -> Descriptor:
        """Return what the delegations signed."""
        async with self.database.reading() as connection:
            return await descriptor_for(connection, scene.SUMMIT)

    async def withdraws(self, who: str) -> None:
        """Take a consent back."""
        await arranging.withdraw(self.database, self.actors[who], self.meeting)

    async def revoke(self, who: str) -> None:
        """Take back an accreditation, and tell it as the application does."""
        actor = self.actors[who]
        async with self.database.writing() as tx:
            held = await identities.member(tx.connection, actor.summit, actor.member)
            assert held is not None
            await identities.keep_revocation(tx, actor.summit, (held.party, held.serial), (b"revocation", bytes(64)))
            tx.record(actor.summit, scene.Filled(), by=None)
            await arranging.announce_members(tx, held, "member_revoked")

    async def is_revoked(self, who: str) -> bool:
        """Whether an accreditation was taken back."""
        async with self.database.reading() as connection:
            held = await identities.member(connection, scene.SUMMIT, self.actors[who].member)
        return held is None or held.revoked is not None

    async def digest(self) -> bytes:
        """Return the digest of what waits."""
        waiting = await self.waiting()
        assert waiting is not None
        return waiting.digest

    async def waiting(self) -> SignedArrangement | None:
        """Return what waits."""
        async with self.database.reading() as connection:
            proposed = await interpretation.proposed_in(connection, self.meeting)
        return None if proposed is None else proposed.signed

    async def believed(self) -> list[str]:
        """Return the ids of the booths that clients believe in."""
        return [one.id for one in await self.booths()]

    async def booths(self) -> Sequence[Booth]:
        """Return the booths that clients believe in."""
        async with self.database.reading() as connection:
            members = await identities.members(connection, scene.SUMMIT)
            standing = await interpretation.standing_in(connection, self.meeting)
        sides = [side.id for side in (await self.descriptor()).delegations]
        return without_the_revoked(believed(standing, members, sides), members)

    async def seen(self, party: str = "host") -> dict[str, Any]:
        """Return the slices as a party sees them."""
        async with self.database.reading() as connection:
            meeting = await store.meeting(connection, self.meeting)
            assert meeting is not None
            return views.slices(await views.arranged_in(connection, meeting), Party(party))

    async def told(self, party: str) -> list[str]:
        """Return the kinds of the events a party was told about the interpretation."""
        async with self.database.reading() as connection:
            events = await outbox.after(connection, 0, 1000)
        ours = {"arrangement_proposed", "arrangement_withdrawn", "channels_changed", "booths_changed"}
        return [event.kind for event in events if event.party == party and event.kind in ours]

    async def events(self, party: str, after: int = 0) -> list[dict[str, Any]]:
        """Return the events a party was told."""
        async with self.database.reading() as connection:
            return [one.sent() for one in await outbox.after_for(connection, after, self.meeting, Party(party))]

    async def entries(self) -> list[tuple[str, dict[str, Any]]]:
        """Return the audit log but for how the scene was set: action and body."""
        async with self.database.reading() as connection:
            kept = [(entry.action, dict(entry.body)) async for entry in audits.read(connection, scene.SUMMIT)]
        return [one for one in kept if "meeting" in one[1] and one[0].startswith(("arrangement", "booths"))]

    async def refused(self, code: Code, attempt: Awaitable[object]) -> None:
        """Expect a refusal that changes, records and tells nothing."""
        before = await self._all()
        with pytest.raises(RefusedError) as refused:
            await attempt
        assert refused.value.code is code
        assert await self._all() == before

    async def _all(self) -> tuple[object, ...]:
        return (
            [await self.seen(party) for party in PARTIES],
            await self.entries(),
            [await self.told(party) for party in PARTIES],
        )


async def a_hall(database: Database, chance: FakeChance, spoken: tuple[str, ...] = ("en", "fr")) -> Hall:
    """Return a hall with a meeting in arrival; the second interpreters are `arven.interpreter-2`, `tolmar.interpreter-2`."""
    actors = await scene.fill(database)
    async with database.writing() as tx:
        for one in interpreters(spoken):
            await identities.keep_member(tx, one)
            actors[f"{one.party}.interpreter-2"] = scene.actor_of(one)
        tx.record(scene.SUMMIT, scene.Filled(), by=None)
    return Hall(database, actors, await scene.a_meeting(database, actors["host.protocol_officer"], chance))


@pytest.fixture
async def hall(database: Database, chance: FakeChance) -> Hall:
    """Return a hall in which everybody interprets both ways."""
    return await a_hall(database, chance)


def shown(slice_: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return what the statements of the slice `arranged` say, without where they say it."""
    read = [parsed(from_b64u(one["statement"])) for one in slice_]
    return [{name: one[name] for name in ("number", "party", "channels", "booths")} for one in read]
