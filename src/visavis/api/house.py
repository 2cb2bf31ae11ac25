"""What an endpoint is given: the built parts of the server, from the one place that builds them (`app.py`)."""

import asyncio
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends
from starlette.requests import HTTPConnection

from visavis.identity.members import Announce
from visavis.kernel.chance import Chance
from visavis.kernel.clock import Clock
from visavis.observability.metrics import Metrics
from visavis.realtime.fanout import Fanout
from visavis.rooms.sfu import Sfu
from visavis.settings import Settings
from visavis.storage.database import Database


@dataclass(frozen=True, slots=True)
class House:
    """The parts an endpoint works with."""

    settings: Settings
    clock: Clock
    chance: Chance
    database: Database
    sfu: Sfu
    fanout: Fanout
    announce: Announce
    metrics: Metrics
    drift: asyncio.Event
    """Set it when a room may hold somebody who may no longer be there: the reconciler then looks at once."""


def house_of(connection: HTTPConnection) -> House:
    """Return the house that this request came to."""
    house = connection.app.state.house
    if not isinstance(house, House):
        msg = "the application was not built by app.py"
        raise TypeError(msg)
    return house


Housed = Annotated[House, Depends(house_of)]
"""An endpoint's parameter `house: Housed`."""
