// @vitest-environment jsdom
import { expect, test } from "vitest";
import { onAirFor } from "../../../testing/booth";
import { event, showConsole, strike } from "../../../testing/console";
import { aPage, settled } from "../../../testing/page";

const page = aPage();

/** The console on air, and the button of the page that this key presses. */
async function show(key: string) {
  const services = await showConsole(page, onAirFor(60));
  const control = () => document.querySelector<HTMLElement>(`[aria-keyshortcuts="${key}"]`);
  const wentOff = () => services.asked.filter((each) => each === "off air").length;
  return { control, wentOff };
}

test("what a key of the page pressed leaves the space bar to the microphone, until one goes there with Tab", async () => {
  const { control, wentOff } = await show("?");
  await strike("?");
  expect(document.activeElement?.closest('[role="dialog"]')).not.toBeNull();
  await page.press("Close");
  await settled(() => control()?.focus());
  expect([await strike("space", {}, control() ?? document.body), wentOff()]).toEqual([true, 1]);

  await strike("Tab");
  expect([await strike("space", {}, control() ?? document.body), wentOff()]).toEqual([false, 1]);
});

test("walking in what was opened takes nothing back", async () => {
  const { control, wentOff } = await show("?");
  await strike("?");
  const close = page.button("Close");
  expect(close).toBeDefined();
  await strike("Tab", {}, close);
  await page.press("Close");
  await settled(() => control()?.focus());
  expect([await strike("space", {}, control() ?? document.body), wentOff()]).toEqual([true, 1]);
});

test("what a pointer pressed leaves the space bar to the microphone, too, and no button takes it when the key goes up", async () => {
  const { control, wentOff } = await show("?");
  await settled(() => control()?.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true })));
  await settled(() => control()?.focus());
  const up = event("keyup", "space");
  await settled(() => {
    control()?.dispatchEvent(event("keydown", "space"));
    control()?.dispatchEvent(up);
  });
  expect([up.defaultPrevented, wentOff()]).toEqual([true, 1]);
});

test("a button that is drawn anew is the one that it was by its key", async () => {
  const { control, wentOff } = await show("?");
  await settled(() => control()?.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true })));
  await settled(() => control()?.focus());
  const anew = document.createElement("button");
  anew.setAttribute("aria-keyshortcuts", "?");
  document.body.append(anew);
  expect([await strike("space", {}, anew), wentOff()]).toEqual([true, 1]);
  anew.removeAttribute("aria-keyshortcuts");
  expect(await strike("space", {}, anew)).toBe(false);
  anew.remove();
});

test("a key that is asked for is an answer, and holds nothing", async () => {
  await show("?");
  await page.press("Keys");
  await page.press("Change the key for Ask to slow down: S");
  const asking = page.button("Change the key for Ask to slow down: Press a key");
  await strike("AltGraph", {}, asking);
  expect(page.button("Change the key for Ask to slow down: Press a key")).toBeDefined();
  await strike("c", {}, asking);
  expect(page.text).toContain("C is taken: Cough.");
  expect(document.querySelector("[data-function=cough]")?.getAttribute("aria-pressed")).toBe("false");
});
