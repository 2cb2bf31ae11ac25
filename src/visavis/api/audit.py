"""The audit log of one's own summit, for a delegation to keep and check by itself."""

import json
from collections.abc import AsyncIterator
from typing import Final

from fastapi.responses import StreamingResponse

from visavis.api.door import Acting
from visavis.api.house import Housed
from visavis.audit import store
from visavis.summits.policy import Action, check

MEDIA_TYPE: Final = "application/x-ndjson"


async def export(house: Housed, actor: Acting) -> StreamingResponse:
    """Send the summit's whole log, one entry a line, as it stood when the sending began.

    Raises:
        RefusedError: NOT_YOUR_ROLE.
    """
    check(Action.READ_AUDIT, actor)

    async def lines() -> AsyncIterator[bytes]:
        async with house.database.reading() as connection:
            async for entry in store.read(connection, actor.summit):
                yield (json.dumps(entry.exported(), separators=(",", ":"), ensure_ascii=False).encode() + b"\n")

    return StreamingResponse(lines(), media_type=MEDIA_TYPE, headers={"Cache-Control": "no-store"})
