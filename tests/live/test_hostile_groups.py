"""A host that tampers with the groups of keys: adds somebody, tells two halves two things, says again what was said."""

from dataclasses import dataclass
from typing import Any

import pytest

from tests.live.host import stranger
from tests.live.host.fork import Fork, commit_line
from tests.live.host.meeting import ADVISER, INTERPRETER, MAREN, VEY, Member, Scene
from tests.live.host.script import Answer, Asked, EventEdit, Message
from tests.live.until import becomes, goes_on, stays
from visavis.kernel.canonical import fingerprint, from_b64u

pytestmark = pytest.mark.anyio

NOBODY: set[str] = set()


async def standing(scene: Scene) -> dict[str, Any]:
    """Return where the server says that the chamber's group stands."""
    chair, meeting = scene.chairs.arven, scene.hosted.hall.meeting
    answer = await chair.http.get(f"/api/meetings/{meeting}/groups/chamber")
    return dict(answer.raise_for_status().json())


async def added(scene: Scene) -> tuple[int, stranger.Leaf]:
    """Make the commit by which somebody whom nobody invited would be in the chamber's group; return its epoch too."""
    answer = await scene.chairs.arven.http.get(f"/api/summits/{scene.hosted.hall.summit}/descriptor")
    stands = await standing(scene)
    dh = fingerprint(from_b64u(answer.json()["descriptor"]))
    return stands["epoch"], await stranger.joins(dh, stands["group_info"])


async def announced(scene: Scene, to: tuple[Member, ...], epoch: int, commit: str) -> None:
    """Tell members of a commit that the server never had."""
    host = scene.hosted.host
    fork = Fork(host, frozenset(), epoch, "")
    for member in to:
        await host.announce(member.identity, fork.told(commit_line(host, epoch, commit)))


def without_commits(member: Member) -> EventEdit:
    """Withhold the commits to the chamber's group from a member."""

    def edit(who: str, message: Message) -> Message | None:
        commit = message.get("event", {}).get("commit")
        return None if who == member.identity and commit is not None and commit["group"] == "chamber" else message

    return edit


@dataclass(frozen=True, slots=True)
class Together:
    """Whether two are in one group with each other and nobody else, and hear each other."""

    one: Member
    other: Member

    async def look(self) -> bool:
        """Look once."""
        both = {self.one.identity, self.other.identity}
        rosters = [await member.roster() for member in (self.one, self.other)]
        codes = {await self.one.code(), await self.other.code()}
        heard = [await self.one.heard(), await self.other.heard()]
        return rosters == [both, both] and len(codes) == 1 and heard == [{self.other.name}, {self.one.name}]

    async def alone(self) -> bool:
        """Look once whether nobody else is in a group with either, who may just be coming back into it."""
        both = {self.one.identity, self.other.identity}
        return all([await member.roster() <= both for member in (self.one, self.other)])


async def test_a_leaf_that_no_delegation_has_signed_is_in_nobodys_group(scene: Scene) -> None:
    """Ghost: the host's own joins the group by a commit that is right but for its delegation's signature."""
    maren, vey = await scene.closed(MAREN, VEY)
    together = Together(maren, vey)
    await becomes(together.look, wanted=True)
    epoch, ghost = await added(scene)
    refused = [await maren.refusals(), await vey.refusals()]

    await announced(scene, (maren, vey), epoch, ghost.commit)
    for member, before in zip((maren, vey), refused, strict=True):

        async def has_refused(member: Member = member, before: int = before) -> bool:
            return await member.refusals() > before

        await becomes(has_refused, wanted=True, looks=1)
    await becomes(together.look, wanted=True)
    for member in (maren, vey):
        assert stranger.NAME not in await member.visitor.page.inner_text("body")


async def test_nobody_joins_a_group_that_a_stranger_is_in(scene: Scene) -> None:
    """Ghost: a newcomer is led to a group in which the host's own already is. They stay out, and send nothing."""
    maren, vey = await scene.closed(MAREN, VEY)
    epoch, ghost = await added(scene)

    def led(asked: Asked, answer: Answer) -> Answer:
        is_theirs = asked.who not in {maren.identity, vey.identity} and asked.path.endswith("/groups/chamber/turn")
        if asked.method != "PUT" or not is_theirs or answer.status != 200:
            return answer
        haunted = {"epoch": epoch + 1, "group_info": ghost.group_info}
        return answer.saying({**answer.words(), "standing": haunted})

    scene.hosted.host.script.answers.append(led)
    adviser = await scene.arrives(ADVISER)
    await adviser.visitor.speak()

    async def out() -> str:
        return str((await adviser.group())["at"])

    await becomes(out, "refused")
    assert await adviser.under() is None
    await goes_on(maren.heard, {VEY})
    assert await adviser.heard() == NOBODY
    assert await maren.roster() == {maren.identity, vey.identity}

    scene.hosted.host.script.clear()
    await becomes(maren.heard, {VEY, ADVISER})
    await becomes(adviser.heard, {MAREN, VEY})


async def test_two_halves_that_are_told_two_things_do_not_hear_each_other_and_read_two_codes(scene: Scene) -> None:
    """Fork: of one epoch, half the members are told one commit, half another."""
    maren, vey = await scene.closed(MAREN, VEY)
    await becomes(Together(maren, vey).look, wanted=True)
    stands = await standing(scene)
    host = scene.hosted.host

    host.script.events.append(without_commits(vey))
    adviser = await scene.arrives(ADVISER)
    await adviser.visitor.speak()
    await becomes(maren.heard, {ADVISER})

    fork = Fork(host, frozenset({maren.identity, adviser.identity}), stands["epoch"], stands["group_info"])
    host.script.takes.append(fork.take)
    host.script.events.append(fork.withheld)
    interpreter = await scene.arrives(INTERPRETER)
    for line in fork.log:
        await host.announce(vey.identity, fork.told(line))

    halves = ((maren, adviser), (vey, interpreter))
    for half in halves:
        for member in half:
            await becomes(member.roster, {maren.identity, vey.identity, half[1].identity})
    await becomes(interpreter.heard, {VEY})
    await goes_on(maren.heard, {ADVISER})
    assert await vey.heard() == NOBODY
    codes = [[await member.code() for member in half] for half in halves]
    assert codes[0][0] == codes[0][1]
    assert codes[1][0] == codes[1][1]
    assert None not in codes[0] + codes[1]
    assert codes[0] != codes[1]


async def test_a_commit_that_is_told_again_changes_nothing(scene: Scene) -> None:
    """Replay: the commit by which one joined, told a second time, as what it was or as what ends this epoch.

    Whoever refuses what is to have ended their epoch comes back into the group, at once and unheard.
    """
    maren, vey = await scene.closed(MAREN, VEY)
    together = Together(maren, vey)
    await becomes(together.look, wanted=True)
    real = [told["event"]["commit"] for _, told in scene.hosted.host.told if "commit" in told.get("event", {})]
    joined = next(commit for commit in real if commit["group"] == "chamber")
    now = (await standing(scene))["epoch"]
    for epoch in (joined["epoch"], now):
        await announced(scene, (maren, vey), epoch, joined["commit"])
        await stays(together.alone, wanted=True)
        await becomes(together.look, wanted=True)


async def test_who_is_kept_from_a_commit_hears_nobody_until_the_next_and_then_everybody(scene: Scene) -> None:
    """Withheld commit: one member is not told that another joined; they fall silent to each other, and catch up."""
    maren, vey = await scene.closed(MAREN, VEY)
    await becomes(Together(maren, vey).look, wanted=True)
    scene.hosted.host.script.events.append(without_commits(vey))
    adviser = await scene.arrives(ADVISER)
    await adviser.visitor.speak()
    await becomes(vey.heard, NOBODY)
    await becomes(maren.heard, {ADVISER})
    assert await vey.roster() == {maren.identity, vey.identity}

    scene.hosted.host.script.clear()
    interpreter = await scene.arrives(INTERPRETER)
    await becomes(vey.heard, {MAREN, ADVISER})
    await becomes(maren.heard, {VEY, ADVISER})
    assert await vey.roster() == {member.identity for member in (maren, vey, adviser, interpreter)}
