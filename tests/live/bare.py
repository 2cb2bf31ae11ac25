"""A page with nothing but livekit-client: what somebody with a ticket and no conscience would use."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from playwright.async_api import Browser, Page

LIBRARY: Final = Path(__file__).parents[2] / "web/node_modules/livekit-client/dist/livekit-client.umd.js"
SCRIPT: Final = Path(__file__).parent / "bare.js"


@dataclass(frozen=True, slots=True)
class BarePage:
    """A page that joins the SFU by hand."""

    page: Page

    @classmethod
    async def open(cls, browser: Browser, origin: str) -> "BarePage":
        """Open the product's front page and put a client of our own into it, past its content security policy."""
        context = await browser.new_context(bypass_csp=True)
        page = await context.new_page()
        await page.goto(origin)
        await page.add_script_tag(path=LIBRARY)
        await page.add_script_tag(path=SCRIPT)
        return cls(page)

    async def join(self, url: str, token: str) -> str:
        """Join with `token` and take every track; return why the SFU did not let us in, empty if it did."""
        return str(await self.page.evaluate("([url, token]) => bare.join(url, token)", [url, token]))

    async def is_in(self) -> bool:
        """Whether the SFU has this page in a room."""
        return bool(await self.page.evaluate("() => bare.isIn()"))

    async def token(self) -> str:
        """Return the newest token that the SFU gave this page (it refreshes tokens by itself)."""
        return str(await self.page.evaluate("() => bare.token()"))

    async def flows(self) -> bool:
        """Whether the SFU forwards sound to this page, sealed as it is."""
        return bool(await self.page.evaluate("() => bare.flows()"))
