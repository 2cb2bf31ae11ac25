"""Channels and booths of a meeting. Each endpoint calls one use case."""

from visavis.api.door import Acting
from visavis.api.forms import B64u, Form, Id
from visavis.api.house import Housed
from visavis.interpretation import arranging
from visavis.kernel.ids import MeetingId, Party


class ArrangementSaid(Form):
    """A statement of what is to be arranged, and the signature of the device of the chair who brings it."""

    statement: B64u
    signature: B64u

    @property
    def said(self) -> arranging.Said:
        """What was said."""
        return arranging.Said(self.statement, self.signature)


class ArrangementConsentForm(Form):
    """The SHA-256 of the statement that waits, and the signature under it."""

    digest: B64u
    signature: B64u


class Arranged(Form):
    """Whether the arrangement is fixed, or waits for other delegations."""

    done: bool


async def propose(house: Housed, actor: Acting, meeting: Id, body: ArrangementSaid) -> Arranged:
    """Propose channels and joint booths."""
    return Arranged(done=await arranging.propose(house.database, actor, MeetingId(meeting), body.said))


async def agree(house: Housed, actor: Acting, meeting: Id, body: ArrangementConsentForm) -> Arranged:
    """Agree to what is proposed."""
    wanted = MeetingId(meeting)
    return Arranged(done=await arranging.agree(house.database, actor, wanted, body.digest, body.signature))


async def withdraw(house: Housed, actor: Acting, meeting: Id) -> None:
    """Take back the own delegation's proposal or consent."""
    await arranging.withdraw(house.database, actor, MeetingId(meeting))


async def put_up(house: Housed, actor: Acting, meeting: Id, party: str, body: ArrangementSaid) -> None:
    """Put up a delegation's own booths."""
    await arranging.put_up(house.database, actor, MeetingId(meeting), Party(party), body.said)
