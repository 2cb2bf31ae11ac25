"""What a page looks like to somebody who sees badly, or has no mouse: axe's findings, the way of the Tab key, what is cut."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from playwright.async_api import Page, ViewportSize

AXE: Final = Path(__file__).parents[2] / "web/node_modules/axe-core/axe.min.js"
LAPTOP: Final[ViewportSize] = {"width": 1280, "height": 720}
PHONE: Final[ViewportSize] = {"width": 390, "height": 844}
WALL: Final[ViewportSize] = {"width": 1920, "height": 1080}
SIZES: Final = (LAPTOP, PHONE)
MOST_TABS: Final = 80

FINDINGS: Final = """async () => {
  const { violations } = await axe.run(document, { resultTypes: ["violations"] });
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
}"""
# Seen: inside the window and with nothing over it. Behind a sheet a page is inert, and hit by no point: there boxes tell.
LINES: Final = """() => {
  const hidden = [];
  for (const line of document.querySelector(".lines")?.children ?? []) {
    const { left, top, width, height, bottom } = line.getBoundingClientRect();
    const veil = document.querySelector(".veil")?.getBoundingClientRect();
    const on = document.elementFromPoint(left + width / 2, top + height / 2);
    if (top < 0 || bottom > innerHeight) hidden.push(`${line.className}: out of the window`);
    else if (veil !== undefined) { if (veil.top < bottom) hidden.push(`${line.className}: covered by a sheet`); }
    else if (line.closest("[inert]") === null && !line.contains(on)) {
      hidden.push(`${line.className}: covered by ${on?.className}`);
    }
  }
  return hidden;
}"""
CUT: Final = """() => {
  const cut = [];
  const page = document.documentElement;
  if (page.scrollWidth > innerWidth) cut.push(`the page is ${page.scrollWidth} wide`);
  for (const name of [".stage-side", ".stage-main", ".stage-controls"]) {
    const part = document.querySelector(name);
    if (part !== null && part.scrollWidth > part.clientWidth + 1) cut.push(`${name} is cut at its side`);
    const fits = innerWidth < 1024 || part === null || part.matches(".flowing");
    if (!fits && part.scrollHeight > part.clientHeight + 1) cut.push(`${name} needs scrolling`);
  }
  if (innerWidth >= 1024 && document.querySelector(".stage")?.checkVisibility() && page.scrollHeight > innerHeight) {
    cut.push("the stage needs scrolling");
  }
  return cut;
}"""
FOCUSED: Final = """() => {
  const at = document.activeElement;
  if (at === null || at === document.body) return null;
  const { outlineStyle, outlineWidth } = getComputedStyle(at);
  globalThis.__reached ??= new Set();
  globalThis.__reached.add(at);
  return {
    name: at.getAttribute("aria-label") ?? at.textContent.trim(),
    visible: outlineStyle !== "none" && parseFloat(outlineWidth) >= 2 && at.checkVisibility(),
  };
}"""
# What the page tried that its security policy forbids.
WATCH: Final = """() => {
  globalThis.violations = [];
  document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sample }) => {
    globalThis.violations.push([violatedDirective, blockedURI, sample].join(" "));
  });
}"""
FROM_THE_TOP: Final = """() => {
  globalThis.__reached = new Set();
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.removeAttribute("tabindex");
}"""
MISSED: Final = """() => [...document.querySelectorAll("button, select, input, a[href], [tabindex='0']")]
  .filter((each) => !each.disabled && each.checkVisibility() && !globalThis.__reached?.has(each))
  .map((each) => each.getAttribute("aria-label") ?? each.textContent.trim())"""


@dataclass(frozen=True, slots=True)
class Inspection:
    """Looks at screens, and keeps what is wrong with them, by screen."""

    wrong: dict[str, list[str]] = field(default_factory=dict)

    async def look(
        self,
        page: Page,
        screen: str,
        *,
        looks: tuple[str, ...] = ("dark", "light"),
        sizes: tuple[ViewportSize, ...] = SIZES,
    ) -> None:
        """Look at a screen on a laptop and on a phone, in each of its looks; the first is the one it has now."""
        # A colour half way to another is nobody's fault.
        await page.emulate_media(reduced_motion="reduce")
        if not await page.evaluate("() => 'axe' in globalThis"):
            await page.evaluate(AXE.read_text(encoding="utf-8"))
        for size in sizes:
            await page.set_viewport_size(size)
            for look in looks:
                await self._keep(page, f"{screen}, {look}, {size['width']}")
                if len(looks) > 1:
                    # At a console the key calls the technician.
                    await page.locator(".theme-switch:visible").click()
        await page.set_viewport_size(LAPTOP)

    def told(self) -> list[str]:
        """Return what is wrong, a line for each screen."""
        return [f"{screen}: {'; '.join(found)}" for screen, found in self.wrong.items()]

    async def look_both_ways(self, page: Page, screen: str) -> None:
        """Look at a screen on a wall, and then from right to left at every size, as it is for who reads Arabic."""
        await self.look(page, screen, sizes=(WALL,))
        await page.evaluate("() => { document.documentElement.dir = 'rtl'; }")
        await self.look(page, f"{screen}, from right to left", looks=("dark",), sizes=(*SIZES, WALL))
        await page.evaluate("() => { document.documentElement.dir = 'ltr'; }")

    async def _keep(self, page: Page, name: str) -> None:
        found = [*await page.evaluate(FINDINGS), *await page.evaluate(CUT), *await page.evaluate(LINES)]
        if found:
            self.wrong[name] = found


@dataclass(frozen=True, slots=True)
class TabWalk:
    """Where the Tab key led, and what it never reached."""

    names: tuple[str, ...]
    unseen: tuple[str, ...]
    missed: tuple[str, ...]


async def tab_through(page: Page) -> TabWalk:
    """Press Tab from the top of the page until it has been everywhere, or leaves the page."""
    await page.evaluate(FROM_THE_TOP)
    stops: list[dict[str, Any]] = []
    for _ in range(MOST_TABS):
        await page.keyboard.press("Tab")
        stop = await page.evaluate(FOCUSED)
        if stop is not None:
            stops.append(stop)
        # Not one step further than needed: the next would leave the page.
        if stop is None or not await page.evaluate(MISSED):
            break
    return TabWalk(
        names=tuple(stop["name"] for stop in stops),
        unseen=tuple(stop["name"] for stop in stops if not stop["visible"]),
        missed=tuple(await page.evaluate(MISSED)),
    )


async def tab_to(page: Page, name: str) -> None:
    """Press Tab from the top of the page until the control with this name has the focus.

    Raises:
        AssertionError: if it never has.
    """
    await page.evaluate(FROM_THE_TOP)
    for _ in range(MOST_TABS):
        await page.keyboard.press("Tab")
        stop = await page.evaluate(FOCUSED)
        if stop is not None and stop["name"].startswith(name):
            return
    msg = f"Tab never leads to {name}"
    raise AssertionError(msg)
