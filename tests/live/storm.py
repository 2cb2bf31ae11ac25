"""Thirty members who come through the door at one moment: into the same groups, one after the other."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from tests.live.crowd import Account, Attendee, Crowd, Stands, group_of
from tests.live.desks import Desks
from tests.live.hall import Hall

GROUPS = ("chamber", "floor")


@dataclass(frozen=True, slots=True)
class Throng:
    """Members with open sessions: the two chairs, and as many advisers as it takes."""

    crowd: Crowd
    hall: Hall
    links: dict[str, str]
    attendees: dict[str, Attendee]

    @classmethod
    async def gather(cls, crowd: Crowd, hall: Hall, count: int, way: str | None = None) -> "Throng":
        """Let so many arrive, each in turn; none is in the meeting yet."""
        chairs = {f"{party} chair": hall.link(party, "chair") for party in ("arven", "tolmar")}
        advisers = (await Desks.of(hall)).advisers(count - len(chairs))
        links = chairs | {f"adviser {at}": link for at, link in enumerate(advisers)}
        return cls(crowd, hall, links, {name: await crowd.arrive(name, link, way) for name, link in links.items()})

    async def storm(self) -> float:
        """Let everybody enter at once; return how many seconds it took until all were together in both groups."""
        began = await asyncio.gather(*(one.enter(self.hall.meeting) for one in self.attendees.values()))
        return await self.together(tuple(self.attendees), min(began))

    async def together(self, names: Sequence[str], began: float = 0.0) -> float:
        """Wait until these, and nobody else, are in both groups, and each has the keys of all others, and has told so since.

        Returns:
            How many seconds after the moment `began` the last of them first was.
        """
        await self.crowd.until(lambda stands: stands["told"] > began and is_together(stands, len(names)), *names)
        since = [together_since(self.crowd.accounts[name], len(names), began) for name in names]
        return (max(since) - began) / 1000

    def seen(self, kind: str) -> set[tuple[int, str | None]]:
        """Return at which epoch of a group, and under which code, members are: of one history, one pair."""
        stood = [one.group(kind) for one in self.attendees.values()]
        return {(group["epoch"], group["code"]) for group in stood if group["at"] == "inside"}


def is_together(stands: Stands, count: int) -> bool:
    """Tell whether somebody is in both groups with so many in all, and has the keys of each of them."""
    groups = [group_of(stands, kind) for kind in GROUPS]
    return all((group["at"], group["roster"], group["opens"]) == ("inside", count, count - 1) for group in groups)


def together_since(account: Account, count: int, began: float) -> float:
    """Return the first moment after another at which somebody stood so."""
    return next(at for at, stands in account.history if at > began and is_together(stands, count))
