"""Arrangements as chairs sign them, and kept as if they had been asked for."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from tests.summits.scene import device_of
from visavis.identity.model import Actor
from visavis.identity.signing import sign
from visavis.interpretation.model import Arrangement, ArrangementConsent, SignedArrangement
from visavis.interpretation.statements import ARRANGEMENT, written_out
from visavis.interpretation.store import save_standing
from visavis.kernel.ids import MeetingId
from visavis.storage.transaction import Transaction
from visavis.summits.access import descriptor_for


def end_of(now: datetime) -> datetime:
    """Return until when an arrangement that is proposed now can come into force, as clients write it."""
    return now + timedelta(minutes=11)


def signature_of(actor: Actor, statement: bytes) -> bytes:
    """Return somebody's signature under a statement."""
    return sign(device_of(actor), ARRANGEMENT, statement)


async def keep_arranged(
    tx: Transaction, meeting: MeetingId, arrangement: Arrangement, chairs: Sequence[Actor]
) -> SignedArrangement:
    """Keep an arrangement with these chairs' signatures, whatever it says, and return it."""
    summit = chairs[0].summit
    statement = written_out((await descriptor_for(tx.connection, summit)).dh, meeting, arrangement)
    consents = tuple(ArrangementConsent(one.party, one.member, signature_of(one, statement)) for one in chairs)
    kept = SignedArrangement(arrangement, statement, consents)
    await save_standing(tx, meeting, kept)
    return kept
