// @vitest-environment jsdom
import { expect, test } from "vitest";
import { RefusedError } from "../../kernel/errors";
import { aConsole } from "../../testing/booth";
import { aDossier, aSnapshot, type MemberName, SEATS } from "../../testing/builders";
import { fakeServices, type Scene } from "../../testing/fakes";
import { aPage, settled } from "../../testing/page";
import { Shell } from "../Shell";
import { keepPlace } from "./place";

const page = aPage();
const FANE = [SEATS.fane.identity];

async function show(you: MemberName, part: Partial<Scene> = {}, holder: MemberName | null = null) {
  keepPlace({ meeting: "meeting", seated: true });
  const floor = { holder: holder === null ? null : SEATS[holder].member, since: null, interprets: null, asks: [] };
  const services = fakeServices({
    signIn: { at: "signed-in", dossier: aDossier(you) },
    feed: { at: "live", snapshot: aSnapshot({ you, floor }) },
    call: {
      seating: { at: "seated", room: "chamber", grant: { publish: ["microphone"], hear: true } },
      sending: { microphone: true, camera: false, screen: false },
    },
    ...part,
  });
  await page.draw(<Shell services={services} />);
  return services;
}

async function strike(key: string): Promise<void> {
  await settled(() => {
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  });
}

const hand = () => document.querySelector("[data-function=hand]");
const listed = () => [...document.querySelectorAll(".hands li")].map((each) => each.textContent);

test("a hand goes up and down by its button and its key, and is shown on its tile and in its order", async () => {
  const services = await show("maren");
  expect(listed()).toEqual([]);
  await page.press("Raise your hand");
  await settled(() => {
    services.cells.gestures.set({ hands: [SEATS.vey.identity, SEATS.maren.identity], slowing: [], findings: [] });
  });
  expect(listed()).toEqual(["Prime Minister Odran Vey, Kingdom of Tolmar", "President Ilse Maren · You"]);
  expect(document.querySelector('[data-tile="vey"]')?.textContent).toContain("Hand raised");
  await strike("h");
  expect(services.asked.slice(-2)).toEqual(["raise a hand", "lower the hand"]);
});

test("whoever has no tile has a hand too; a hand that was not raised says why", async () => {
  const services = await show("fane", { refuses: new RefusedError("group_unknown") });
  await strike("h");
  expect(services.asked.at(-1)).toBe("raise a hand");
  expect(page.text).toContain("Nobody has set up the keys for this room yet.");
});

test.each(["simultaneous", "consecutive", "liaison"] as const)("in %s mode a console has a hand too", async (mode) => {
  const booth = aConsole();
  const feed = { at: "live", snapshot: aSnapshot({ you: "fane", meeting: { mode } }) } as const;
  const services = await show("fane", { booth, feed });
  await settled();
  await strike("-");
  expect([services.asked.at(-1), hand()?.getAttribute("data-state")]).toEqual(["raise a hand", "off"]);
  await settled(() => {
    services.cells.gestures.set({ hands: FANE, slowing: [], findings: [] });
  });
  expect([listed(), hand()?.getAttribute("data-state")]).toEqual([["Lena Fane · You"], "waiting"]);
  expect(hand()?.textContent).toContain("Lower your hand");
  await strike("-");
  expect(services.asked.at(-1)).toBe("lower the hand");
});

test("whoever speaks is shown that an interpreter cannot follow, and nobody else", async () => {
  const words = "Please slow down — the interpreters cannot follow";
  for (const [you, holder, isShown] of [
    ["maren", null, true],
    ["maren", "maren", true],
    ["maren", "vey", false],
    ["amsel", null, false],
  ] as const) {
    await show(you, { gestures: { slowing: FANE } }, holder);
    expect([you, holder, page.text.includes(words)]).toEqual([you, holder, isShown]);
  }
  await show("maren", { gestures: { slowing: FANE }, call: { seating: { at: "away" } } });
  expect(page.text).not.toContain(words);
});

test("interpreters alone ask to slow down, and not again while it is shown", async () => {
  const services = await show("fane", { booth: aConsole() });
  await settled();
  await strike("s");
  expect(services.asked.at(-1)).toBe("ask to slow down");
  expect(page.text).toContain("The speaker is asked to slow down.");
  await settled(() => {
    services.cells.gestures.set({ hands: [], slowing: FANE, findings: [] });
  });
  await strike("s");
  expect(services.asked.filter((each) => each === "ask to slow down")).toHaveLength(1);
  expect(document.querySelector("[data-function=slow]")?.getAttribute("data-state")).toBe("waiting");
  await page.close();
  page.open();
  await show("maren");
  expect(document.querySelector("[data-function=slow]")).toBeNull();
});
