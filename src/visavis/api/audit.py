"""The audit log of one's own summit, for a delegation to keep and check by itself."""

from typing import Final

from fastapi.responses import Response

from visavis.api.door import Acting
from visavis.api.house import Housed
from visavis.audit import store
from visavis.audit.verify import exported
from visavis.summits.policy import Action, check

MEDIA_TYPE: Final = "application/x-ndjson"


async def export(house: Housed, actor: Acting) -> Response:
    """Send the summit's whole log, one entry a line, as it stood when the sending began.

    Raises:
        RefusedError: NOT_YOUR_ROLE.
    """
    check(Action.READ_AUDIT, actor)
    # Read to the end before the first byte goes out: a slow reader must not hold a connection of the database.
    async with house.database.reading() as connection:
        lines = [exported(entry) async for entry in store.read(connection, actor.summit)]
    return Response(b"".join(lines), media_type=MEDIA_TYPE, headers={"Cache-Control": "no-store"})
