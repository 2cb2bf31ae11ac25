"""A meeting that is on, behind a host: its members by name, what each hears, and who each believes can hear them."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any, Final

import pytest
from playwright.async_api import Browser, Page

from tests.live.cast import ALL_TONES, SEATS, TONES, Chairs
from tests.live.host.hall import Hosted
from tests.live.until import becomes
from tests.live.visitor import Visitor
from tests.live.workers import Workers

INTERPRETER: Final = "tolmar interpreter"
ADVISER: Final = "arven adviser"
MAREN: Final = "arven principal"
VEY: Final = "tolmar principal"
IDENTITY: Final = """() => {
  const { snapshot } = globalThis.__visavisProbe.services.meeting.state.get();
  return snapshot.seats.find(({ member }) => member === snapshot.you).identity;
}"""
KEYS: Final = "() => globalThis.__visavisProbe.services?.keys.state.get() ?? { under: null, groups: [] }"


@dataclass(frozen=True, slots=True)
class Member:
    """A member in a page of their own."""

    name: str
    visitor: Visitor
    identity: str
    troubles: list[str]
    """What the page has written into its console."""

    async def heard(self) -> set[str]:
        """Return the names of those who are heard."""
        tones = await self.visitor.heard(ALL_TONES)
        return {name for name, tone in TONES.items() if tone in tones}

    async def group(self, kind: str = "chamber") -> dict[str, Any]:
        """Return where this member stands in the group of keys of a kind."""
        keys = await self.visitor.page.evaluate(KEYS)
        found = [group for group in keys["groups"] if group["group"] == kind]
        return found[0] if found else {"at": "nowhere", "epoch": -1, "roster": [], "code": None}

    async def roster(self, kind: str = "chamber") -> set[str]:
        """Return the identities of those who hold a group's keys, as this member's own tree has them."""
        return {holder["member"]["identity"] for holder in (await self.group(kind))["roster"]}

    async def code(self) -> str | None:
        """Return the digits that this member would read aloud."""
        code: str | None = (await self.group())["code"]
        return code

    async def under(self) -> str | None:
        """Return the kind of group under whose keys this member sends; None if nothing leaves."""
        kind: str | None = (await self.visitor.page.evaluate(KEYS))["under"]
        return kind

    async def refusals(self) -> int:
        """Return how many commits this member's rules have refused."""
        return len([line for line in self.troubles if "commit refused" in line])

    async def comes_back(self) -> None:
        """Load the page again, which takes its seat by itself."""
        await self.visitor.page.reload()
        await self.visitor.is_seated()


@dataclass(frozen=True, slots=True)
class Scene:
    """Members of one meeting, and the chairs, who order over HTTP, past the host."""

    browser: Browser
    hosted: Hosted
    chairs: Chairs

    async def arrives(self, name: str) -> Member:
        """Seat one more."""
        troubles: list[str] = []

        async def note(page: Page) -> None:
            await Workers.prepare(page)
            page.on("console", lambda line: troubles.append(line.text))

        link = self.hosted.hall.link(*SEATS[name])
        visitor = await Visitor.arrive(self.browser, link, tone=TONES[name], before=note)
        await visitor.take_seat()
        return Member(name, visitor, str(await visitor.page.evaluate(IDENTITY)), troubles)

    async def closed(self, *names: str) -> list[Member]:
        """Seat these, close the doors, and wait until the first hears all others."""
        members = [await self.arrives(name) for name in names]
        await self.chairs.alone("close_doors")
        for member in members:
            if member.name == ADVISER:
                await member.visitor.speak()
        await becomes(members[0].heard, set(names[1:]))
        return members


@pytest.fixture
async def scene(browser: Browser, behind: Hosted) -> AsyncIterator[Scene]:
    """Yield a scene without members, whose doors nobody has closed yet."""
    chairs = await Chairs.arrive(behind.hall)
    yield Scene(browser, behind, chairs)
    await chairs.leave()
