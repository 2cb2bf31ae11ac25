"""The six members of most scenes, each with a tone of their own, and the two chairs who move the meeting."""

import asyncio
from dataclasses import dataclass
from typing import Final

import httpx
from playwright.async_api import Browser

from tests.live.delegate import Delegate
from tests.live.hall import Hall
from tests.live.visitor import Visitor

# Far apart, none a multiple of another, all within what Opus keeps.
TONES: Final = {
    "arven principal": 440,
    "tolmar principal": 1030,
    "arven interpreter": 1570,
    "tolmar interpreter": 2210,
    "arven adviser": 2750,
    "press": 3410,
}
SEATS: Final = {
    "arven principal": ("arven", "principal"),
    "tolmar principal": ("tolmar", "principal"),
    "arven interpreter": ("arven", "interpreter"),
    "tolmar interpreter": ("tolmar", "interpreter"),
    "arven adviser": ("arven", "adviser"),
    "press": ("press", "press"),
}
ALL_TONES: Final = sorted(TONES.values())


@dataclass(frozen=True, slots=True)
class Chairs:
    """The chairs of both delegations, who have no page: they order over HTTP, and sign what they say of the doors."""

    arven: Delegate
    tolmar: Delegate
    meeting: str

    @classmethod
    async def arrive(cls, hall: Hall) -> "Chairs":
        """Enrol both."""
        arven = await Delegate.arrive(hall.origin, hall.link("arven", "chair"))
        tolmar = await Delegate.arrive(hall.origin, hall.link("tolmar", "chair"))
        return cls(arven, tolmar, hall.meeting)

    async def leave(self) -> None:
        """Let the doors go, and close their connections."""
        self.let_go()
        await self.arven.http.aclose()
        await self.tolmar.http.aclose()

    async def alone(self, move: str) -> None:
        """Order what one chair may order."""
        if move == "close_doors" and self.arven.held:
            self.let_go()
            assert await self.arven.order_doors(self.meeting, "close") == httpx.codes.NO_CONTENT
        assert await self.arven.move(self.meeting, move)

    async def both(self, move: str, argument: str | None = None) -> None:
        """Order what needs a chair of every delegation."""
        assert not await self.arven.move(self.meeting, move, argument)
        assert await self.tolmar.move(self.meeting, move, argument)
        if move == "open_doors":
            await self.arven.hold_doors(self.meeting)
            await self.tolmar.hold_doors(self.meeting)

    async def give_floor(self, speaker: Visitor) -> None:
        """Give the floor to whoever asked."""
        member = await speaker.page.evaluate(
            "() => globalThis.__visavisProbe.services.meeting.state.get().snapshot.you"
        )
        answer = await self.arven.http.put(f"/api/meetings/{self.meeting}/floor", json={"member": member})
        assert answer.is_success, answer.text

    def let_go(self) -> None:
        """Say nothing more of the doors: they fall shut when the last word has held them for its time."""
        self.arven.let_go()
        self.tolmar.let_go()


async def seated(browser: Browser, hall: Hall, *names: str) -> dict[str, Visitor]:
    """Return members in their seats, by name. The press has none before the doors open."""

    async def one(name: str) -> Visitor:
        visitor = await Visitor.arrive(browser, hall.link(*SEATS[name]), tone=TONES[name])
        await (visitor.go_in() if name == "press" else visitor.take_seat())
        return visitor

    return {name: await one(name) for name in names}


async def heard_by_all(visitors: dict[str, Visitor]) -> dict[str, set[int]]:
    """Return what each member hears now."""
    heard = await asyncio.gather(*(visitor.heard(ALL_TONES) for visitor in visitors.values()))
    return dict(zip(visitors, heard, strict=True))
