"""Use cases: keep the sealed bytes of a booth's documents, part by part. The server knows how many there are, and reads none.

Under which key a document opens, and what it is called, its interpreters say to each other in envelopes.
"""

from sqlalchemy.ext.asyncio import AsyncConnection

from visavis.identity.model import Actor
from visavis.kernel.errors import Code, RefusedError
from visavis.keys import groups, store
from visavis.keys.access import founded, let_in
from visavis.keys.model import DOCUMENT_PART, DOCUMENTS_LIMIT, DocumentId, GroupKey, PartKey
from visavis.storage.database import Database


async def keep(database: Database, actor: Actor, place: PartKey, box: bytes) -> None:
    """Keep one part of a document; what is there under its number stays.

    Raises:
        RefusedError: as `access.let_in`; GROUP_UNKNOWN if nobody has founded it, or it keeps no documents; BODY_TOO_LARGE for
            a part, with `field` "box", or for all documents of the group together, with `field` "documents".
    """
    if len(box) > DOCUMENT_PART:
        raise RefusedError(Code.BODY_TOO_LARGE, field="box")
    async with database.writing() as tx:
        await _let_in(tx.connection, actor, place.group)
        await founded(tx.connection, place.group)
        if await store.document_part(tx.connection, place) is not None:
            return
        if await store.documents_size(tx.connection, place.group) + len(box) > DOCUMENTS_LIMIT:
            raise RefusedError(Code.BODY_TOO_LARGE, field="documents")
        await store.add_document_part(tx, place, box)


async def part(database: Database, actor: Actor, place: PartKey) -> bytes:
    """Return one part of a document.

    Raises:
        RefusedError: as `access.let_in`; GROUP_UNKNOWN; NOT_FOUND without such a part.
    """
    async with database.reading() as connection:
        await _let_in(connection, actor, place.group)
        box = await store.document_part(connection, place)
    if box is None:
        raise RefusedError(Code.NOT_FOUND)
    return box


async def drop(database: Database, actor: Actor, key: GroupKey, document: DocumentId) -> None:
    """Forget a document, if there is such a one.

    Raises:
        RefusedError: as `access.let_in`; GROUP_UNKNOWN.
    """
    async with database.writing() as tx:
        await _let_in(tx.connection, actor, key)
        await store.drop_document(tx, key, document)


async def _let_in(connection: AsyncConnection, actor: Actor, key: GroupKey) -> None:
    await let_in(connection, actor, key)
    if not groups.keeps_documents(key.name):
        raise RefusedError(Code.GROUP_UNKNOWN)
