"""Use cases: found a group, end its epoch by one commit, read where it stands, take turns, take back a poisoned epoch.

```
             found            commit              commit
 (nothing) ────────▶ epoch 0 ────────▶ epoch 1 ────────▶ epoch 2 …
                        ▲                                   │
                        └── void(0), or founded anew ───────┘
```

The first commit for an epoch wins; the others are refused and handed what they missed. The server orders bytes: it can
delay and drop them, but neither read nor add to what is said (docs/protocol.md §8).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from visavis.audit.actions import GroupCommitted, GroupFounded, GroupVoided
from visavis.events.catalogue import Kind
from visavis.identity import store as identities
from visavis.identity.model import Actor
from visavis.kernel.canonical import b64u, fingerprint
from visavis.kernel.clock import written
from visavis.kernel.errors import Code, RefusedError
from visavis.kernel.ids import MeetingId
from visavis.keys import groups, slots, store
from visavis.keys.access import Entrance, founded, let_in
from visavis.keys.header import HeaderError, read_commit, read_info
from visavis.keys.model import (
    COMMIT_LIMIT,
    GROUP_INFO_LIMIT,
    LAST_EPOCH,
    LOG_PAGE,
    Commit,
    Group,
    GroupKey,
    GroupName,
    Offer,
    SignedVoid,
)
from visavis.keys.slots import Queue
from visavis.keys.voids import Place, VoidForm, check_void
from visavis.storage.database import Database
from visavis.storage.transaction import Transaction
from visavis.summits import policy
from visavis.summits import store as summits
from visavis.summits.access import check_standing, meeting_in
from visavis.summits.policy import Action

DORMANT: Final = timedelta(minutes=20)
"""After how long without a commit a group is taken to be empty: longer than keys are ever used, and shorter than a leaf
lasts that was in use until the end (`web/src/keys/duties.ts`)."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A member's place among those who want to commit."""

    ahead: int
    """How many are before them; at 0 it is their turn."""
    until: datetime | None
    """When the turn of the first is over."""


async def standing(database: Database, actor: Actor, wanted: MeetingId) -> list[tuple[GroupName, int | None]]:
    """Return every group that the actor may be in now, and its epoch, None for one that nobody has founded.

    Raises:
        RefusedError: MEMBER_REVOKED, MEETING_UNKNOWN.
    """
    async with database.reading() as connection:
        await check_standing(connection, actor)
        meeting = await meeting_in(connection, actor.summit, wanted)
        epochs = await store.epochs(connection, meeting.id)
    named = [name for name in groups.names(meeting, actor.party) if groups.admits(actor, meeting, name)]
    return [(name, epochs.get(name.written())) for name in named]


async def state(database: Database, actor: Actor, key: GroupKey) -> Group:
    """Return where a group stands, for whoever wants to join it.

    Raises:
        RefusedError: as `access.let_in`; GROUP_UNKNOWN if nobody has founded it.
    """
    async with database.reading() as connection:
        await let_in(connection, actor, key)
        return await founded(connection, key)


async def log(database: Database, actor: Actor, key: GroupKey, epoch: int) -> tuple[Commit, ...]:
    """Return the commits that ended `epoch` and those after it, as many as are sent at a time.

    Raises:
        RefusedError: as `access.let_in`; GROUP_UNKNOWN; EPOCH_GONE if the log has forgotten some of them;
            EPOCH_NOT_CURRENT for an epoch that has not begun.
    """
    async with database.reading() as connection:
        await let_in(connection, actor, key)
        group = await founded(connection, key)
        if epoch > group.epoch:
            raise RefusedError(Code.EPOCH_NOT_CURRENT, epoch=group.epoch)
        commits = await store.commits_from(connection, key, epoch, LOG_PAGE)
    if epoch < group.epoch and (not commits or commits[0].epoch != epoch):
        raise RefusedError(Code.EPOCH_GONE)
    return commits


async def found(
    database: Database, actor: Actor, key: GroupKey, group_info: bytes, instead_of: bytes | None = None
) -> None:
    """Found a group, at epoch 0: the first who does it wins; or found it anew, if that harms nobody.

    Args:
        database: to change.
        actor: who founds it.
        key: which group.
        group_info: of its first epoch.
        instead_of: the fingerprint of the GroupInfo by which nobody can join; None for a group that is not there yet.

    Raises:
        RefusedError: as `access.let_in`; NOT_YOUR_ROLE for the press; BODY_TOO_LARGE; MESSAGE_BAD if the bytes are no
            GroupInfo of this group at epoch 0; GROUP_FOUNDED.
    """
    async with database.writing() as tx:
        entrance = await let_in(tx.connection, actor, key)
        policy.check(Action.FOUND_GROUP, actor, entrance.meeting.phase, entrance.meeting.format)
        _check_info(entrance, group_info, 0)
        begun = Group(key, 0, group_info, tx.now)
        before = await store.group(tx.connection, key)
        if before is None:
            await store.add_group(tx, begun)
        elif fingerprint(before.group_info) == instead_of and may_found_anew(
            before, tx.now, chair=policy.gives_orders(actor.role, chair=actor.chair)
        ):
            await store.drop_commits(tx, key, 0)
            await store.save_group(tx, begun)
        else:
            raise RefusedError(Code.GROUP_FOUNDED)
        entrance.record(tx, GroupFounded(key.meeting, entrance.name, fingerprint(group_info)))
        entrance.tell(tx, Kind.GROUP_FOUNDED, {})


async def commit(database: Database, actor: Actor, key: GroupKey, offer: Offer) -> int:
    """End a group's epoch by a commit, if it is the first for that epoch.

    Returns:
        The epoch that has begun.

    Raises:
        RefusedError: as `access.let_in`; GROUP_UNKNOWN; BODY_TOO_LARGE; MESSAGE_BAD if the bytes are no commit of this group
            and the GroupInfo of the epoch after it; EPOCH_NOT_CURRENT, with the commits that the sender has missed.
    """
    async with database.writing() as tx:
        entrance = await let_in(tx.connection, actor, key)
        group = await founded(tx.connection, key)
        ended = _ended_by(entrance, offer)
        if ended != group.epoch:
            missed = await store.commits_from(tx.connection, key, ended, LOG_PAGE)
            raise _late(group, missed if missed and missed[0].epoch == ended else ())
        begun = Group(key, ended + 1, offer.group_info, tx.now)
        await store.add_commit(tx, key, Commit(ended, offer.commit, actor.member, tx.now))
        await store.save_group(tx, begun)
        queue = await _turned(tx, key, lambda before: slots.ended(before, actor.member, tx.now))
        entrance.record(tx, GroupCommitted(key.meeting, entrance.name, ended, fingerprint(offer.commit)))
        entrance.tell(tx, Kind.GROUP_COMMIT, {"epoch": ended, "commit": b64u(offer.commit), "turn": _turn(queue)})
    return begun.epoch


async def ask_turn(database: Database, actor: Actor, key: GroupKey) -> Waiting:
    """Ask for a turn to commit, or ask again where one stands.

    Raises:
        RefusedError: as `access.let_in`; GROUP_UNKNOWN.
    """
    async with database.writing() as tx:
        await let_in(tx.connection, actor, key)
        await founded(tx.connection, key)
        queue = await _turned(tx, key, lambda before: slots.asked(before, actor.member, tx.now))
    return Waiting(slots.place_of(queue, actor.member) or 0, queue[0].until)


async def leave_turn(database: Database, actor: Actor, key: GroupKey) -> None:
    """Give a turn up; nothing happens if the actor has none.

    Raises:
        RefusedError: as `access.let_in`.
    """
    async with database.writing() as tx:
        await let_in(tx.connection, actor, key)
        await _turned(tx, key, lambda before: slots.ended(before, actor.member, tx.now))


async def void(database: Database, actor: Actor, key: GroupKey, said: SignedVoid) -> None:
    """Take a commit and all after it out of the log, by a chair's signed word; the group is at the epoch before it again.

    Raises:
        RefusedError: as `access.let_in`; NOT_YOUR_ROLE for who is no chair; GROUP_UNKNOWN; MESSAGE_BAD for a void of another
            group or form, or bytes that are no GroupInfo of the epoch before; SIGNATURE_BAD; COMMIT_UNKNOWN.
    """
    async with database.writing() as tx:
        entrance = await let_in(tx.connection, actor, key)
        policy.check(Action.VOID_EPOCH, actor, entrance.meeting.phase, entrance.meeting.format)
        await founded(tx.connection, key)
        form = await _said_by(tx, entrance, said)
        _check_info(entrance, said.group_info, form.epoch)
        poisoned = await store.commits_from(tx.connection, key, form.epoch, 1)
        if [(one.epoch, fingerprint(one.message)) for one in poisoned] != [(form.epoch, form.commit)]:
            raise RefusedError(Code.COMMIT_UNKNOWN)
        await store.drop_commits(tx, key, form.epoch)
        await store.save_group(tx, Group(key, form.epoch, said.group_info, tx.now))
        entrance.record(tx, GroupVoided(key.meeting, entrance.name, form.epoch, form.commit, fingerprint(said.void)))
        signed = {"void": b64u(said.void), "signature": b64u(said.signature)}
        entrance.tell(tx, Kind.GROUP_VOIDED, {"epoch": form.epoch, "commit": b64u(form.commit), **signed})


async def prune(tx: Transaction, before: datetime) -> None:
    """Forget commits and envelopes from before an instant, and the groups of meetings that had ended by then."""
    await store.prune(tx, before, await summits.adjourned_before(tx.connection, before))


def may_found_anew(group: Group, now: datetime, *, chair: bool) -> bool:
    """Whether a group that was founded may be begun again: nobody is in it to be harmed. Pure.

    Members renew the keys every ten minutes, and put out whoever leaves; so a group in which nothing happens for longer has
    nobody inside. At epoch 0 its founder is alone in it: should nobody be able to join them, a chair decides.
    """
    return now - group.since >= DORMANT or (chair and group.epoch == 0)


def commit_view(commit_: Commit) -> dict[str, Any]:
    """Return a commit as a client reads it."""
    return {"epoch": commit_.epoch, "commit": b64u(commit_.message), "by": commit_.by, "at": written(commit_.at)}


def _ended_by(entrance: Entrance, offer: Offer) -> int:
    """Return the epoch that an offered commit ends."""
    if len(offer.commit) > COMMIT_LIMIT:
        raise RefusedError(Code.BODY_TOO_LARGE, field="commit")
    try:
        head = read_commit(offer.commit)
    except HeaderError:
        raise RefusedError(Code.MESSAGE_BAD, field="commit") from None
    if head.group_id != entrance.group_id or head.epoch >= LAST_EPOCH:
        raise RefusedError(Code.MESSAGE_BAD, field="commit")
    _check_info(entrance, offer.group_info, head.epoch + 1)
    return head.epoch


def _check_info(entrance: Entrance, group_info: bytes, epoch: int) -> None:
    if len(group_info) > GROUP_INFO_LIMIT:
        raise RefusedError(Code.BODY_TOO_LARGE, field="group_info")
    try:
        head = read_info(group_info)
    except HeaderError:
        raise RefusedError(Code.MESSAGE_BAD, field="group_info") from None
    if (head.group_id, head.epoch) != (entrance.group_id, epoch):
        raise RefusedError(Code.MESSAGE_BAD, field="group_info")


async def _said_by(tx: Transaction, entrance: Entrance, said: SignedVoid) -> VoidForm:
    """Return what a void says that the actor has signed."""
    member = await identities.member(tx.connection, entrance.actor.summit, entrance.actor.member)
    if member is None:
        raise RefusedError(Code.SIGNATURE_BAD)
    place = Place(entrance.descriptor.dh, entrance.meeting.id, entrance.name)
    return check_void(said.void, said.signature, member.device_key, place)


def _late(group: Group, missed: tuple[Commit, ...]) -> RefusedError:
    error = RefusedError(Code.EPOCH_NOT_CURRENT, epoch=group.epoch)
    error.members["missed"] = [commit_view(one) for one in missed]
    return error


async def _turned(tx: Transaction, key: GroupKey, change: Callable[[Queue], Queue]) -> Queue:
    """Return the queue after a change, and keep it if it is another."""
    before = await store.turns(tx.connection, key)
    queue = change(before)
    if queue != before:
        await store.save_turns(tx, key, queue)
    return queue


def _turn(queue: Queue) -> dict[str, Any] | None:
    """Return whose turn it is now, as a client reads it."""
    if not queue or queue[0].until is None:
        return None
    return {"member": queue[0].member, "until": written(queue[0].until)}
