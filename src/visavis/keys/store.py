"""The tables of groups, and the only queries on them."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    ForeignKey,
    Integer,
    LargeBinary,
    String,
    Table,
    delete,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.dml import Delete, Insert, Update

from visavis.kernel.clock import read, written
from visavis.kernel.ids import MeetingId, MemberId
from visavis.keys.groups import is_recorded
from visavis.keys.model import NAME_LENGTH, Commit, DocumentId, Envelope, Group, GroupKey, PartKey, Turn
from visavis.keys.slots import Queue
from visavis.storage.schema import metadata
from visavis.storage.transaction import Transaction

key_groups = Table(
    "key_groups",
    metadata,
    Column("meeting", String(36), ForeignKey("meetings.id"), primary_key=True),
    Column("name", String(NAME_LENGTH), primary_key=True),
    Column("epoch", BigInteger, nullable=False),
    Column("group_info", LargeBinary, nullable=False),
    Column("since", String(24), nullable=False),
    Column("envelopes", Integer, nullable=False),
)

# The primary key is the rule itself: one commit for each epoch of a group.
group_commits = Table(
    "group_commits",
    metadata,
    Column("meeting", String(36), ForeignKey("meetings.id"), primary_key=True),
    Column("name", String(NAME_LENGTH), primary_key=True),
    Column("epoch", BigInteger, primary_key=True, autoincrement=False),
    Column("message", LargeBinary, nullable=False),
    Column("by", String(36), nullable=False),
    Column("at", String(24), nullable=False, index=True),
)

group_turns = Table(
    "group_turns",
    metadata,
    Column("meeting", String(36), ForeignKey("meetings.id"), primary_key=True),
    Column("name", String(NAME_LENGTH), primary_key=True),
    Column("member", String(36), primary_key=True),
    Column("place", Integer, nullable=False),
    Column("until", String(24)),
)

group_envelopes = Table(
    "group_envelopes",
    metadata,
    Column("meeting", String(36), ForeignKey("meetings.id"), primary_key=True),
    Column("name", String(NAME_LENGTH), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("message", LargeBinary, nullable=False),
    Column("by", String(36), nullable=False),
    Column("at", String(24), nullable=False, index=True),
)

group_documents = Table(
    "group_documents",
    metadata,
    Column("meeting", String(36), ForeignKey("meetings.id"), primary_key=True),
    Column("name", String(NAME_LENGTH), primary_key=True),
    Column("document", String(36), primary_key=True),
    Column("part", Integer, primary_key=True, autoincrement=False),
    Column("size", Integer, nullable=False),
    Column("box", LargeBinary, nullable=False),
)


# groups


async def group(connection: AsyncConnection, key: GroupKey) -> Group | None:
    """Return where a group stands, or None if nobody has founded it."""
    row = (await connection.execute(select(key_groups).where(*_of(key_groups, key)))).first()
    return None if row is None else Group(key, row.epoch, row.group_info, read(row.since))


async def epochs(connection: AsyncConnection, meeting: MeetingId) -> dict[str, int]:
    """Return the epoch of every group of a meeting that was founded, by its written name."""
    query = select(key_groups.c.name, key_groups.c.epoch).where(key_groups.c.meeting == meeting)
    return {row.name: row.epoch for row in await connection.execute(query)}


async def add_group(tx: Transaction, founded: Group) -> None:
    """Keep a new group."""
    begun = {**_place(founded), "envelopes": 0}
    await _change(tx, founded.key, insert(key_groups).values(**_names(founded.key), **begun))


async def save_group(tx: Transaction, moved: Group) -> None:
    """Keep a group at another epoch."""
    await _change(tx, moved.key, update(key_groups).where(*_of(key_groups, moved.key)).values(**_place(moved)))


# commits


async def commits_from(connection: AsyncConnection, key: GroupKey, epoch: int, limit: int) -> tuple[Commit, ...]:
    """Return at most `limit` commits, from the one that ended `epoch` on, in order."""
    table = group_commits.c
    query = select(group_commits).where(*_of(group_commits, key), table.epoch >= epoch)
    rows = await connection.execute(query.order_by(table.epoch).limit(limit))
    return tuple(Commit(row.epoch, row.message, MemberId(row.by), read(row.at)) for row in rows)


async def add_commit(tx: Transaction, key: GroupKey, accepted: Commit) -> None:
    """Keep the commit that ended an epoch."""
    said = {"epoch": accepted.epoch, "message": accepted.message, "by": accepted.by, "at": written(accepted.at)}
    await _change(tx, key, insert(group_commits).values(**_names(key), **said))


async def drop_commits(tx: Transaction, key: GroupKey, epoch: int) -> None:
    """Forget the commit that ended `epoch`, and all after it."""
    await _change(tx, key, delete(group_commits).where(*_of(group_commits, key), group_commits.c.epoch >= epoch))


# turns: no part of the record


async def turns(connection: AsyncConnection, key: GroupKey) -> Queue:
    """Return who wants to commit, in order, as it was last looked at."""
    query = select(group_turns).where(*_of(group_turns, key)).order_by(group_turns.c.place)
    rows = await connection.execute(query)
    return tuple(Turn(MemberId(row.member), None if row.until is None else read(row.until)) for row in rows)


async def save_turns(tx: Transaction, key: GroupKey, queue: Queue) -> None:
    """Keep the whole queue."""
    await tx.note(delete(group_turns).where(*_of(group_turns, key)))
    rows = [
        {
            **_names(key),
            "member": turn.member,
            "place": place,
            "until": None if turn.until is None else written(turn.until),
        }
        for place, turn in enumerate(queue)
    ]
    if rows:
        await tx.note(insert(group_turns).values(rows))


# envelopes: no part of the record


async def add_envelope(tx: Transaction, key: GroupKey, message: bytes, by: MemberId) -> Envelope:
    """Keep an envelope under the next number of its group, which was founded."""
    counted = update(key_groups).where(*_of(key_groups, key)).values(envelopes=key_groups.c.envelopes + 1)
    await tx.note(counted)
    number = (await tx.connection.execute(select(key_groups.c.envelopes).where(*_of(key_groups, key)))).scalar_one()
    said = {"number": number, "message": message, "by": by, "at": written(tx.now)}
    await tx.note(insert(group_envelopes).values(**_names(key), **said))
    return Envelope(number, message, by, tx.now)


async def envelopes_after(connection: AsyncConnection, key: GroupKey, number: int, limit: int) -> tuple[Envelope, ...]:
    """Return at most `limit` envelopes after `number`, in order."""
    table = group_envelopes.c
    query = select(group_envelopes).where(*_of(group_envelopes, key), table.number > number)
    rows = await connection.execute(query.order_by(table.number).limit(limit))
    return tuple(Envelope(row.number, row.message, MemberId(row.by), read(row.at)) for row in rows)


# documents: no part of the record


async def documents_size(connection: AsyncConnection, key: GroupKey) -> int:
    """Return how many bytes of documents a group has."""
    query = select(func.coalesce(func.sum(group_documents.c.size), 0)).where(*_of(group_documents, key))
    return int((await connection.execute(query)).scalar_one())


async def document_part(connection: AsyncConnection, place: PartKey) -> bytes | None:
    """Return one part of a document, None if there is none."""
    table = group_documents.c
    of_it = (table.document == place.document, table.part == place.number)
    query = select(table.box).where(*_of(group_documents, place.group), *of_it)
    return (await connection.execute(query)).scalar_one_or_none()


async def add_document_part(tx: Transaction, place: PartKey, box: bytes) -> None:
    """Keep one part of a document."""
    said = {"document": place.document, "part": place.number, "size": len(box), "box": box}
    await tx.note(insert(group_documents).values(**_names(place.group), **said))


async def drop_document(tx: Transaction, key: GroupKey, document: DocumentId) -> None:
    """Forget all parts of a document."""
    await tx.note(delete(group_documents).where(*_of(group_documents, key), group_documents.c.document == document))


async def prune(tx: Transaction, before: datetime, ended: list[MeetingId]) -> None:
    """Forget commits and envelopes from before an instant, and all there is of the meetings that have `ended`."""
    for table in (group_commits, group_envelopes):
        await tx.note(delete(table).where(table.c.at < written(before)))
    for table in (group_turns, group_commits, group_envelopes, group_documents, key_groups):
        await tx.note(delete(table).where(table.c.meeting.in_(ended)))


async def _change(tx: Transaction, key: GroupKey, statement: Insert | Update | Delete) -> None:
    """Run a change that must be recorded, unless it is one of a group that is kept out of the record."""
    await (tx.write if is_recorded(key.name) else tx.note)(statement)


def _place(group: Group) -> dict[str, Any]:
    return {"epoch": group.epoch, "group_info": group.group_info, "since": written(group.since)}


def _names(key: GroupKey) -> dict[str, Any]:
    return {"meeting": key.meeting, "name": key.name.written()}


def _of(table: Table, key: GroupKey) -> tuple[ColumnElement[bool], ...]:
    return table.c.meeting == key.meeting, table.c.name == key.name.written()
