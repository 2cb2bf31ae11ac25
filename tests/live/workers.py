"""The workers of a member's page, which no scene sees otherwise: what the frames worker counts; killed; misled."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from playwright.async_api import Page

SCRIPT: Final = (Path(__file__).parent / "workers.js").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Workers:
    """Those of one page that was prepared before it opened its link."""

    page: Page

    @staticmethod
    async def prepare(page: Page) -> None:
        """Let the page keep its workers."""
        await page.add_init_script(SCRIPT)

    async def counts(self) -> dict[str, Any]:
        """Return what the newest frames worker has counted."""
        return dict(await self.page.evaluate("() => workers.counts()"))

    async def mislead(self, group: str) -> None:
        """Give the frames worker a wrong key of a group for whoever was heard."""
        await self.page.evaluate("group => workers.mislead(group)", group)

    async def go_on_under(self, group: str) -> None:
        """Have the frames worker go on under a group's keys, once, when the page tells it to seal for the chamber."""
        await self.page.evaluate("group => workers.goOnUnder(group)", group)

    async def kill(self, name: str) -> None:
        """Let the newest frames worker (`frames`), or keys worker of a group, die without a word."""
        await self.page.evaluate("name => workers.kill(name)", name)
