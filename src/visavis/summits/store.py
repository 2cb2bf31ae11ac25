"""The tables of meetings, and the only queries on them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, String, Table, delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from visavis.kernel.clock import read, written
from visavis.kernel.ids import AgendaItemId, MeetingId, MemberId, Party, SummitId
from visavis.storage.schema import metadata
from visavis.storage.transaction import Transaction
from visavis.summits.model import (
    AgendaItem,
    Ask,
    Connection,
    Consent,
    DoorsOrder,
    DoorsWord,
    Floor,
    Format,
    ItemState,
    Meeting,
    Mode,
    Move,
    Phase,
)

meetings = Table(
    "meetings",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("summit", String(36), nullable=False, index=True),
    Column("title", String(200), nullable=False),
    Column("format", String(20), nullable=False),
    Column("phase", String(20), nullable=False),
    Column("mode", String(20), nullable=False),
    Column("scheduled", String(24), nullable=False),
    Column("began", String(24)),
    Column("phase_since", String(24), nullable=False),
    Column("follows", String(36), ForeignKey("meetings.id")),
    Column("openings", Integer, nullable=False),
)

agenda_items = Table(
    "agenda_items",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("meeting", String(36), ForeignKey("meetings.id"), nullable=False, index=True),
    Column("place", Integer, nullable=False),
    Column("title", String(200), nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("state", String(10), nullable=False),
    Column("seconds", Integer, nullable=False),
    Column("since", String(24)),
)

consents = Table(
    "consents",
    metadata,
    Column("meeting", String(36), ForeignKey("meetings.id"), primary_key=True),
    Column("move", String(20), primary_key=True),
    Column("party", String(40), primary_key=True),
    Column("argument", String(20)),
    Column("by", String(36), nullable=False),
    Column("since", String(24), nullable=False),
)

floors = Table(
    "floors",
    metadata,
    Column("meeting", String(36), ForeignKey("meetings.id"), primary_key=True),
    Column("holder", String(36)),
    Column("since", String(24)),
    Column("interprets", String(36)),
)

floor_asks = Table(
    "floor_asks",
    metadata,
    Column("meeting", String(36), ForeignKey("meetings.id"), primary_key=True),
    Column("member", String(36), primary_key=True),
    Column("turn", Integer, nullable=False),
    Column("since", String(24), nullable=False),
)

doors_words = Table(
    "doors_words",
    metadata,
    Column("meeting", String(36), ForeignKey("meetings.id"), primary_key=True),
    Column("member", String(36), primary_key=True),
    Column("party", String(40), nullable=False),
    Column("word", String(10), nullable=False),
    Column("opening", Integer, nullable=False),
    Column("at", String(24), nullable=False),
    Column("statement", LargeBinary, nullable=False),
    Column("signature", LargeBinary, nullable=False),
)

presences = Table(
    "presences",
    metadata,
    Column("meeting", String(36), ForeignKey("meetings.id"), primary_key=True),
    Column("member", String(36), primary_key=True),
    Column("room", String(10), nullable=False),
    Column("since", String(24), nullable=False),
)

connections = Table(
    "connections",
    metadata,
    Column("member", String(36), primary_key=True),
    Column("meeting", String(36), ForeignKey("meetings.id"), nullable=False),
    Column("server", String(36), nullable=False),
    Column("until", String(24), nullable=False),
)


# meetings


async def meeting(connection: AsyncConnection, wanted: MeetingId) -> Meeting | None:
    """Return a meeting of any summit, for whoever has no actor to check (the media engine's reports)."""
    row = (await connection.execute(select(meetings).where(meetings.c.id == wanted))).first()
    return _meeting(row) if row else None


async def meetings_of(connection: AsyncConnection, summit: SummitId) -> list[Meeting]:
    """Return a summit's meetings, in the order of their schedule."""
    query = select(meetings).where(meetings.c.summit == summit).order_by(meetings.c.scheduled, meetings.c.id)
    return [_meeting(row) for row in await connection.execute(query)]


async def unfinished(connection: AsyncConnection) -> list[Meeting]:
    """Return the meetings of all summits that are not adjourned."""
    query = select(meetings).where(meetings.c.phase != Phase.ADJOURNED.value).order_by(meetings.c.id)
    return [_meeting(row) for row in await connection.execute(query)]


async def adjourned_before(connection: AsyncConnection, instant: datetime) -> list[MeetingId]:
    """Return the meetings of all summits that were adjourned before `instant`."""
    table = meetings.c
    query = select(table.id).where(table.phase == Phase.ADJOURNED.value, table.phase_since < written(instant))
    return [MeetingId(row.id) for row in await connection.execute(query)]


async def sat_in(connection: AsyncConnection) -> set[MeetingId]:
    """Return the meetings of all summits, adjourned ones too, in which somebody is believed to be."""
    found = await connection.execute(select(presences.c.meeting).distinct())
    return {MeetingId(row.meeting) for row in found}


async def add_meeting(tx: Transaction, called: Meeting) -> None:
    """Keep a new meeting, with nobody on the floor."""
    fixed = {"id": called.id, "summit": called.summit, "title": called.title, "follows": called.follows}
    await tx.write(insert(meetings).values(**fixed, scheduled=written(called.scheduled), **_movable(called)))
    await tx.write(insert(floors).values(meeting=called.id, holder=None, since=None))


async def save_meeting(tx: Transaction, moved: Meeting) -> None:
    """Keep what moves can change: phase, format, mode, their instants, how often the doors were opened."""
    await tx.write(update(meetings).where(meetings.c.id == moved.id).values(**_movable(moved)))


def _movable(kept: Meeting) -> dict[str, str | int | None]:
    return {
        "format": kept.format.value,
        "phase": kept.phase.value,
        "mode": kept.mode.value,
        "began": _written(kept.began),
        "phase_since": written(kept.phase_since),
        "openings": kept.openings,
    }


def _meeting(row: Any) -> Meeting:  # noqa: ANN401 - a row of the table above
    return Meeting(
        id=MeetingId(row.id),
        summit=SummitId(row.summit),
        title=row.title,
        format=Format(row.format),
        phase=Phase(row.phase),
        mode=Mode(row.mode),
        scheduled=read(row.scheduled),
        began=_read(row.began),
        phase_since=read(row.phase_since),
        follows=row.follows,
        openings=row.openings,
    )


# agenda


async def agenda(connection: AsyncConnection, of: MeetingId) -> tuple[AgendaItem, ...]:
    """Return a meeting's agenda in its order."""
    query = select(agenda_items).where(agenda_items.c.meeting == of).order_by(agenda_items.c.place)
    return tuple(_item(row) for row in await connection.execute(query))


async def save_agenda(tx: Transaction, of: MeetingId, items: Sequence[AgendaItem]) -> None:
    """Keep the whole agenda in the order given."""
    await tx.write(delete(agenda_items).where(agenda_items.c.meeting == of))
    for place, item in enumerate(items):
        row = {"id": item.id, "meeting": of, "place": place, "title": item.title, "minutes": item.minutes}
        clock = {"state": item.state.value, "seconds": item.seconds, "since": _written(item.since)}
        await tx.write(insert(agenda_items).values(**row, **clock))


def _item(row: Any) -> AgendaItem:  # noqa: ANN401 - a row of the table above
    state = ItemState(row.state)
    return AgendaItem(AgendaItemId(row.id), row.title, row.minutes, state, row.seconds, _read(row.since))


# consents


async def consents_of(connection: AsyncConnection, of: MeetingId) -> tuple[Consent, ...]:
    """Return the consents that wait for others, oldest first."""
    table = consents.c
    query = select(consents).where(table.meeting == of).order_by(table.since, table.move, table.party)
    return tuple(_consent(row) for row in await connection.execute(query))


async def consented_until(connection: AsyncConnection, instant: datetime) -> list[MeetingId]:
    """Return the meetings in which a consent waits that was given at `instant` or before."""
    query = select(consents.c.meeting).where(consents.c.since <= written(instant)).distinct()
    return [MeetingId(row.meeting) for row in await connection.execute(query)]


async def save_consents(tx: Transaction, of: MeetingId, kept: Sequence[Consent]) -> None:
    """Keep these consents and no others."""
    await tx.write(delete(consents).where(consents.c.meeting == of))
    for consent in kept:
        wish = {"move": consent.move.value, "argument": consent.argument, "since": written(consent.since)}
        await tx.write(insert(consents).values(meeting=of, party=consent.party, by=consent.by, **wish))


def _consent(row: Any) -> Consent:  # noqa: ANN401 - a row of the table above
    return Consent(Move(row.move), row.argument, Party(row.party), MemberId(row.by), read(row.since))


# floor


async def floor(connection: AsyncConnection, of: MeetingId) -> Floor:
    """Return who has the floor and who asked for it."""
    holding = (await connection.execute(select(floors).where(floors.c.meeting == of))).one()
    query = select(floor_asks).where(floor_asks.c.meeting == of).order_by(floor_asks.c.turn)
    asks = tuple(Ask(MemberId(row.member), read(row.since)) for row in await connection.execute(query))
    return Floor(holding.holder, _read(holding.since), asks, holding.interprets)


async def save_floor(tx: Transaction, of: MeetingId, kept: Floor) -> None:
    """Keep the floor as it is now."""
    holding = {"holder": kept.holder, "since": _written(kept.since), "interprets": kept.interprets}
    await tx.write(update(floors).where(floors.c.meeting == of).values(**holding))
    await tx.write(delete(floor_asks).where(floor_asks.c.meeting == of))
    for turn, ask in enumerate(kept.asks):
        row = {"meeting": of, "member": ask.member, "turn": turn, "since": written(ask.since)}
        await tx.write(insert(floor_asks).values(**row))


# doors


async def doors_orders(connection: AsyncConnection, of: MeetingId) -> tuple[DoorsOrder, ...]:
    """Return every chair's last word about the doors, oldest first."""
    table = doors_words.c
    query = select(doors_words).where(table.meeting == of).order_by(table.at, table.member)
    return tuple(_doors_order(row) for row in await connection.execute(query))


async def save_doors_order(tx: Transaction, of: MeetingId, given: DoorsOrder) -> None:
    """Keep a chair's word about the doors in place of their last. Whether it is recorded is the use case's affair (`doors`)."""
    await tx.note(delete(doors_words).where(doors_words.c.meeting == of, doors_words.c.member == given.by))
    said = {"word": given.word.value, "opening": given.opening, "at": written(given.at)}
    signed = {"statement": given.statement, "signature": given.signature}
    await tx.note(insert(doors_words).values(meeting=of, member=given.by, party=given.party, **said, **signed))


def _doors_order(row: Any) -> DoorsOrder:  # noqa: ANN401 - a row of the table above
    return DoorsOrder(
        by=MemberId(row.member),
        party=Party(row.party),
        word=DoorsWord(row.word),
        opening=row.opening,
        at=read(row.at),
        statement=row.statement,
        signature=row.signature,
    )


# presences


async def presences_of(connection: AsyncConnection, of: MeetingId) -> dict[MemberId, str]:
    """Return who is in which kind of room: member → `chamber` or `caucus`."""
    query = select(presences).where(presences.c.meeting == of)
    return {MemberId(row.member): row.room for row in await connection.execute(query)}


async def save_presence(tx: Transaction, of: MeetingId, member: MemberId, room: str | None) -> None:
    """Keep where a member is; None is nowhere. Whether that is recorded is the use case's affair (`seats`)."""
    await tx.note(delete(presences).where(presences.c.meeting == of, presences.c.member == member))
    if room is not None:
        row = {"meeting": of, "member": member, "room": room, "since": written(tx.now)}
        await tx.note(insert(presences).values(**row))


# connections


async def connections_kept(connection: AsyncConnection) -> dict[MemberId, Connection]:
    """Return the connections of all members of all summits, at every server."""
    return {MemberId(row.member): _connection(row) for row in await connection.execute(select(connections))}


async def connected_in(connection: AsyncConnection, of: MeetingId) -> frozenset[MemberId]:
    """Return who is connected to a meeting."""
    query = select(connections.c.member).where(connections.c.meeting == of)
    return frozenset(MemberId(row.member) for row in await connection.execute(query))


async def save_connections(tx: Transaction, gone: Sequence[MemberId], kept: Sequence[Connection]) -> None:
    """Forget members' connections, then keep these. They are no part of the record."""
    if gone:
        await tx.note(delete(connections).where(connections.c.member.in_(gone)))
    for one in kept:
        row = {"meeting": one.meeting, "server": one.server, "until": written(one.until)}
        await tx.note(insert(connections).values(member=one.member, **row))


def _connection(row: Any) -> Connection:  # noqa: ANN401 - a row of the table above
    return Connection(MemberId(row.member), MeetingId(row.meeting), row.server, read(row.until))


def _read(text: str | None) -> datetime | None:
    return None if text is None else read(text)


def _written(instant: datetime | None) -> str | None:
    return None if instant is None else written(instant)
