"""The chairs of both delegations without pages: they hold the keys of the meeting's groups, and order over HTTP."""

import asyncio
from dataclasses import dataclass

from tests.live.crowd import Attendee, Crowd
from tests.live.delegate import Delegate
from tests.live.hall import Hall


@dataclass(frozen=True, slots=True)
class SeatedChairs:
    """Both chairs, inside the chamber's group. Each is one member with one session, asked in two ways."""

    crowd: Crowd
    holders: tuple[Attendee, Attendee]
    """Who hold the keys."""
    arven: Delegate
    """The first of them, over HTTP."""
    tolmar: Delegate
    meeting: str

    @classmethod
    async def arrive(cls, *halls: Hall) -> "SeatedChairs":
        """Enrol both, each at the server of their hall where there are two, and wait until each has the other's keys."""
        crowd = await Crowd.start()
        arven, tolmar = await asyncio.gather(
            *(crowd.arrive(f"{party} chair", hall.link(party, "chair"), hall.origin) for party, hall in _places(halls))
        )
        meeting = halls[0].meeting
        for chair in (arven, tolmar):
            await chair.enter(meeting)
        await arven.together("chamber", 2)
        await tolmar.together("chamber", 2)
        return cls(crowd, (arven, tolmar), arven.delegate(), tolmar.delegate(), meeting)

    async def leave(self) -> None:
        """Close their connections, and end their process."""
        await self.arven.http.aclose()
        await self.tolmar.http.aclose()
        await self.crowd.end()

    async def alone(self, move: str) -> None:
        """Order what one chair may order."""
        assert await self.arven.move(self.meeting, move)

    async def both(self, move: str, argument: str | None = None) -> None:
        """Order what needs a chair of every delegation."""
        assert not await self.arven.move(self.meeting, move, argument)
        assert await self.tolmar.move(self.meeting, move, argument)


def _places(halls: tuple[Hall, ...]) -> tuple[tuple[str, Hall], tuple[str, Hall]]:
    return ("arven", halls[0]), ("tolmar", halls[-1])
