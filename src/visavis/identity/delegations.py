"""Use cases: publish the summit that the delegations agreed on, and read it as it was signed."""

from collections.abc import Mapping

from visavis.audit.actions import SummitPublished
from visavis.identity import store
from visavis.identity.accreditation import check_descriptor
from visavis.kernel.errors import Code, RefusedError
from visavis.kernel.ids import Party, SummitId
from visavis.storage.database import Database


async def publish(database: Database, descriptor: bytes, signatures: Mapping[str, bytes]) -> tuple[SummitId, bytes]:
    """Open a summit on this host; return its id and `dh`. The same descriptor again changes nothing.

    Raises:
        RefusedError: DESCRIPTOR_BAD, DESCRIPTOR_UNSIGNED, SIGNATURE_BAD, DESCRIPTOR_EXPIRED; DESCRIPTOR_PUBLISHED if
            the summit was published with another descriptor.
    """
    read = check_descriptor(descriptor, signatures)
    async with database.writing() as tx:
        if read.expires <= tx.now:
            raise RefusedError(Code.DESCRIPTOR_EXPIRED)
        before = await store.descriptor_of(tx.connection, read.summit)
        if before is None:
            await store.keep_summit(tx, read, descriptor, signatures)
            tx.record(
                read.summit,
                SummitPublished(read.dh, [side.id for side in read.delegations]),
                by=None,
            )
        elif before.dh != read.dh:
            raise RefusedError(Code.DESCRIPTOR_PUBLISHED)
    return read.summit, read.dh


async def published(database: Database, summit: SummitId) -> tuple[bytes, Mapping[Party, bytes]]:
    """Return a summit's descriptor and its signatures, as they were published.

    Raises:
        RefusedError: NOT_FOUND.
    """
    async with database.reading() as connection:
        signed = await store.published(connection, summit)
    if signed is None:
        raise RefusedError(Code.NOT_FOUND)
    return signed
