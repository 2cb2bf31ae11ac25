// @vitest-environment jsdom
import { describe, expect, test } from "vitest";
import { aConsole, onAirFor, ORU } from "../../../testing/booth";
import type { Identity, Language } from "../../../kernel/ids";
import { NOW, SEATS } from "../../../testing/builders";
import { event, showConsole } from "../../../testing/console";
import type { FakeServices } from "../../../testing/fakes";
import { aPage, settled } from "../../../testing/page";

const page = aPage();

const HELD = [
  { what: "cough", key: "c", ended: "coughed", console: onAirFor(60) },
  { what: "room.talk", key: "q", ended: "talk no more", console: aConsole() },
];

describe.each(HELD)("$what", ({ what, key, ended, console }) => {
  /** The console with what holds the function, and whether it has ended since. */
  async function show() {
    const services: FakeServices = await showConsole(page, console);
    const button = document.querySelector(`[data-function="${what}"]`);
    const point = async (type: string, pointerId = 1): Promise<void> =>
      settled(() => {
        const at = { bubbles: true, pointerId, relatedTarget: document.body };
        button?.dispatchEvent(new PointerEvent(type, at));
      });
    const strike = async (type: "keydown" | "keyup", by = key): Promise<void> =>
      settled(() => {
        (by === " " ? button : document.body)?.dispatchEvent(event(type, by));
      });
    const ends = (): number => services.asked.filter((each) => each === ended).length;
    return { services, button, point, strike, ends };
  }

  test("goes on by its key, wherever the pointer goes and whatever is let go of", async () => {
    const { button, point, strike, ends } = await show();
    await strike("keydown");
    expect(button?.getAttribute("aria-pressed")).toBe("true");
    for (const type of ["pointerout", "pointerup", "pointercancel", "lostpointercapture"]) await point(type);
    await settled(() => button?.dispatchEvent(new FocusEvent("focusout", { bubbles: true })));
    expect([ends(), button?.getAttribute("aria-pressed")]).toEqual([0, "true"]);
    await strike("keyup");
    expect([ends(), button?.getAttribute("aria-pressed")]).toEqual([1, "false"]);
  });

  test("ends with the last of key and pointer, in either order", async () => {
    const { point, strike, ends } = await show();
    await strike("keydown");
    await point("pointerdown");
    await point("pointerup");
    expect(ends()).toBe(0);
    await strike("keyup");
    expect(ends()).toBe(1);
    await point("pointerdown");
    await strike("keydown");
    await strike("keyup");
    expect(ends()).toBe(1);
    await point("pointerout");
    expect(ends()).toBe(1);
    await point("lostpointercapture");
    expect(ends()).toBe(2);
  });

  test("ends with the last of two fingers, and of the button's own key", async () => {
    const { button, point, strike, ends } = await show();
    await point("pointerdown", 1);
    await point("pointerdown", 2);
    await strike("keydown", " ");
    await point("pointerup", 1);
    await point("pointerup", 2);
    expect(ends()).toBe(0);
    await settled(() => button?.dispatchEvent(new FocusEvent("focusout", { bubbles: true })));
    expect(ends()).toBe(1);
  });

  test("is begun by no other button of a pointer than the first", async () => {
    const { services, button, ends } = await show();
    const before = services.asked.length;
    await settled(() => button?.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true, button: 2 })));
    expect([services.asked.length - before, ends()]).toEqual([0, 0]);
  });

  test("ends when Meta goes up: of what went up before it, a Mac tells nobody", async () => {
    const { strike, ends } = await show();
    await strike("keydown");
    await strike("keyup", "Meta");
    expect(ends()).toBe(1);
  });

  test("ends when the page is no longer looked at, whatever holds it", async () => {
    const { point, ends } = await show();
    await point("pointerdown");
    await settled(() => window.dispatchEvent(new Event("blur")));
    expect(ends()).toBe(1);
  });

  test("ends with its button, if a pointer holds it", async () => {
    const { services, point, ends } = await show();
    await point("pointerdown");
    await settled(() => {
      services.cells.booth.set(aConsole({ booth: null, partners: [] }));
    });
    // Without a booth one can cough, and talk to nobody.
    expect([document.querySelector(`[data-function="${what}"]`) === null, ends()]).toEqual(
      what === "cough" ? [false, 0] : [true, 1],
    );
  });
});

const asks = (holder: Identity, by: Identity) => aConsole({ now: { holder, asked: { by, at: NOW } } });

test.each([
  ["before it comes, once one has asked for it", asks(ORU, SEATS.fane.identity), ["cough", "coughed"]],
  ["no more than off air when a partner is asked to take it", asks(SEATS.fane.identity, SEATS.fane.identity), []],
  ["no more than off air when a partner offers it", asks(ORU, ORU), []],
])("one can keep the microphone silent %s", async (_when, console, asked) => {
  const services = await showConsole(page, console);
  const before = services.asked.length;
  await settled(() => document.body.dispatchEvent(event("keydown", "c")));
  await settled(() => document.body.dispatchEvent(event("keyup", "c")));
  expect(services.asked.slice(before)).toEqual(asked);
});

test("one can cough into nobody's ear while one whispers, too", async () => {
  const whispers = [{ by: SEATS.fane.identity, to: SEATS.maren.identity, into: "en" as Language, on: true }];
  const services = await showConsole(page, aConsole(), { whispers });
  await settled(() => document.body.dispatchEvent(event("keydown", "c")));
  await settled(() => document.body.dispatchEvent(event("keyup", "c")));
  expect(services.asked.slice(-2)).toEqual(["cough", "coughed"]);
});
