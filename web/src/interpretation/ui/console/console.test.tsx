// @vitest-environment jsdom
import { describe, expect, test } from "vitest";

import { consoleWordsOf } from "../../../i18n/consoleWords";
import { english } from "../../../i18n/translator";
import type { Language } from "../../../kernel/ids";
import { aConsole, type ConsolePart, onAirFor, ORU } from "../../../testing/booth";
import { aDossier, aSnapshot, NOW, SEATS } from "../../../testing/builders";
import { written } from "../../../testing/captions";
import { event, readAloud, showConsole, spoken, strike } from "../../../testing/console";
import type { FakeServices, Scene } from "../../../testing/fakes";
import { aPage, settled } from "../../../testing/page";
import { NO_BOOTHS } from "../../model";
import { FUNCTIONS } from "./functions";
import { clashOf, FIXED, keyFor, keyOf, written as inWords } from "./keys";

const page = aPage();
const say = consoleWordsOf(english);
const EN = "en" as Language;
const FR = "fr" as Language;
const FANE = SEATS.fane.identity;
const FRENCH_GONE = aConsole().incoming.map((line) =>
  line.source === FR ? { ...line, carries: "gone" as const } : line,
);
const partnerOn = { holder: ORU, since: NOW - 60_000, onAir: EN };

const show = async (booth: Scene["booth"], part: Partial<Scene> = {}): Promise<FakeServices> =>
  showConsole(page, booth, part);

describe("the table of functions", () => {
  test("every function has a key of its own, that the rest of the page does not need", () => {
    const keys = FUNCTIONS.map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    for (const { id, key } of FUNCTIONS) expect([id, clashOf(FUNCTIONS, new Map(), id, key)]).toEqual([id, null]);
  });

  test.each([
    ["space", onAirFor(60), "off air"],
    ["space", aConsole(), "on air"],
    ["h", onAirFor(60), "ask for handover"],
    ["h", onAirFor(60, { now: { asked: { by: FANE, at: NOW } } }), "withdraw the ask for handover"],
    ["h", onAirFor(60, { now: { asked: { by: ORU, at: NOW } } }), "accept handover"],
    ["h", aConsole({ now: partnerOn }), "ask for handover"],
    ["h", aConsole({ now: { ...partnerOn, asked: { by: ORU, at: NOW } } }), "accept handover"],
    ["h", aConsole({ now: { ...partnerOn, asked: { by: FANE, at: NOW - 10_000 } } }), "take over the microphone"],
    [
      "h",
      aConsole({ now: partnerOn, partners: [{ identity: ORU, name: "Oru", present: false }] }),
      "take over the microphone",
    ],
    ["x", onAirFor(60), "turn to fr"],
    ["x", onAirFor(60, { into: FR }), "turn to en"],
    ["s", aConsole(), "ask to slow down"],
    ["n", onAirFor(60), "not interpretable"],
    ["n", onAirFor(60, { now: { notInterpretable: true } }), "interpretable"],
    ["m", aConsole(), "hear own"],
    ["p", aConsole(), "hear partner"],
    ["z", aConsole(), "be seen in the booth"],
    ["-", aConsole(), "raise a hand"],
    ["t", aConsole(), "call the technician"],
    ["t", aConsole({ technicianCalled: true }), "the technician is not needed"],
    ["l", onAirFor(60), "let go of the microphone"],
    ["2", aConsole(), "choose ahead fr"],
    ["2", aConsole({ next: FR }), "hear fr"],
    ["enter", aConsole({ next: FR }), "hear fr"],
    ["1", aConsole({ hears: FR, next: null }), "hear the floor"],
    ["arrowup", aConsole(), 'set the ear {"volume":0.85}'],
    ["arrowdown", aConsole(), 'set the ear {"volume":0.75}'],
    ["arrowright", aConsole(), "the booth at 0.75"],
    ["arrowleft", aConsole(), "the booth at 0.65"],
    [".", aConsole(), 'set the ear {"bass":1}'],
    [",", aConsole(), 'set the ear {"bass":-1}'],
    ["i", aConsole(), 'set the ear {"treble":4}'],
    ["u", aConsole(), 'set the ear {"treble":2}'],
  ] as const)("%s", async (key, booth, asked) => {
    const services = await show(booth);
    expect(await strike(key)).toBe(true);
    expect(services.asked.at(-1)).toBe(asked);
  });

  test("what is not available now does nothing, and says why", async () => {
    const services = await show(aConsole({ now: partnerOn }));
    const before = services.asked.length;
    for (const [key, why] of [
      ["space", "Karel Oru has the microphone."],
      ["c", "You are off air."],
      ["3", "You cannot take relay from the Spanish booth: it interprets from yours."],
    ] as const) {
      await strike(key);
      expect(page.text).toContain(why);
    }
    expect(services.asked.slice(before)).toEqual([]);
    const unheard = await show(aConsole(), { call: { seating: { at: "away" } } });
    await strike("space");
    expect(unheard.asked).not.toContain("on air");
  });
});

test("nothing leaves while the cough key is held, not even when the page is left with it down", async () => {
  const services = await show(onAirFor(60));
  await settled(() => document.body.dispatchEvent(event("keydown", "c")));
  await settled(() => document.body.dispatchEvent(event("keydown", "c", { repeat: true })));
  expect(page.text).toContain("On air, silent while you hold the key");
  await settled(() => document.body.dispatchEvent(event("keyup", "c")));
  await settled(() => document.body.dispatchEvent(event("keydown", "c")));
  await settled(() => window.dispatchEvent(new Event("blur")));
  expect(services.asked.slice(-4)).toEqual(["cough", "coughed", "cough", "coughed"]);
});

test("whoever presses the cough button as the console goes is not silent for ever", async () => {
  const services = await show(onAirFor(60));
  const press = new PointerEvent("pointerdown", { bubbles: true });
  await settled(() => document.querySelector("[data-function=cough]")?.dispatchEvent(press));
  expect(services.asked.at(-1)).toBe("cough");
  await settled(() => {
    services.cells.booth.set(null);
  });
  expect(services.asked.at(-1)).toBe("coughed");
});

test("keys leave alone what is written, what has a modifier, and what has the focus", async () => {
  const services = await show(onAirFor(60));
  const before = services.asked.length;
  const field = document.createElement("input");
  document.body.append(field);
  for (const key of ["s", "space", "n", "2"]) expect(await strike(key, {}, field)).toBe(false);
  field.remove();
  for (const more of [{ ctrlKey: true }, { altKey: true }, { metaKey: true }, { shiftKey: true }]) {
    expect(await strike("s", more)).toBe(false);
  }
  const button = page.button("Leave");
  expect(button).toBeDefined();
  if (button !== undefined) expect(await strike("space", {}, button)).toBe(false);
  expect(services.asked.slice(before)).toEqual([]);
  // A letter of another script is found by its place.
  expect(await strike("ы", { code: "KeyS" })).toBe(true);
  expect(services.asked.at(-1)).toBe("ask to slow down");
  // A sign that is printed over a digit is not the digit; a digit that is printed over a sign is.
  expect(keyOf(event("keydown", "=", { code: "Digit0", shiftKey: true }))).toBe("=");
  expect(keyOf(event("keydown", "à", { code: "Digit0" }))).toBe("0");
  // French has the comma where others have M, and Greek a semicolon where others have Q.
  expect([",", ";"].map((key, at) => keyOf(event("keydown", key, { code: ["KeyM", "KeyQ"][at] ?? "" })))).toEqual([
    ",",
    "q",
  ]);
});

test("keys are changed, kept on the device, and never two functions' at once", async () => {
  const services = await show(aConsole());
  await page.press("Keys");
  await page.press("Change the key for Ask to slow down: S");
  const asking = page.button("Change the key for Ask to slow down: Press a key");
  expect(asking).toBeDefined();
  if (asking === undefined) return;
  await strike("n", {}, asking);
  expect(page.text).toContain("N is taken: Not interpretable.");
  await page.press("Change the key for Ask to slow down: S");
  const again = page.button("Change the key for Ask to slow down: Press a key");
  if (again !== undefined) await strike("'", {}, again);
  await page.press("Close");
  expect(await strike("s")).toBe(false);
  await strike("'");
  expect(services.asked.at(-1)).toBe("ask to slow down");
  expect(services.memory.getItem("visavis console keys")).toBe(`{"slow":"'"}`);
  await page.press("Keys");
  await page.press("Back to the standard keys");
  expect(services.memory.getItem("visavis console keys")).toBeNull();
});

test("the keys of the page stand there too, cannot be given away, and each has its control", async () => {
  const { fane, maren } = SEATS;
  const floor = { holder: fane.member, since: null, interprets: null, asks: [] };
  await show(aConsole(), {
    feed: { at: "live", snapshot: aSnapshot({ you: "fane", floor }) },
    captions: { now: written },
    listening: { signs: [{ language: "bfi" as Language, carries: "silent", picture: null }] },
    whispers: [{ by: fane.identity, to: maren.identity, into: FR, on: false }],
  });
  const controls = document.querySelectorAll("[aria-keyshortcuts]:not([data-function])");
  const keys = [...controls].map((each) => each.getAttribute("aria-keyshortcuts"));
  expect(new Set(keys)).toEqual(new Set(FIXED.map(([key]) => key)));
  await page.press("Keys");
  const lines = [...document.querySelectorAll("section > .console-keys kbd")].map(({ textContent }) => textContent);
  expect(lines).toEqual(FIXED.map(([key]) => inWords(key, say)));
  for (const [key] of FIXED) {
    await page.press("Change the key for Ask to slow down: S");
    const asking = page.button("Change the key for Ask to slow down: Press a key");
    if (asking !== undefined) await strike(key, {}, asking);
    expect(page.text).toContain(`${inWords(key, say)} is kept for the rest of the page.`);
  }
});

test("who does not look is told: on and off air at once, handover asked, relay lost, the pivot's speaker", async () => {
  const services = await show(aConsole({ now: partnerOn }));
  const become = async (booth: Scene["booth"]): Promise<void> => {
    await settled(() => {
      services.cells.booth.set(booth ?? null);
    });
  };
  await become(aConsole({ now: { ...partnerOn, asked: { by: ORU, at: NOW } } }));
  expect(spoken("alert")).toContain("Karel Oru hands over to you. H takes it.");
  await become(onAirFor(1));
  expect(spoken("alert")).toContain("You are on air into English");
  await become(onAirFor(1, { hears: FR, next: FR }));
  expect(spoken("status")).toContain("You hear the French booth, from the floor. Prime Minister Odran Vey speaks.");
  await become(onAirFor(1, { hears: FR, next: FR, incoming: FRENCH_GONE }));
  expect(spoken("alert")).toContain("Relay lost: the French booth is gone.");
  await become(aConsole({ now: partnerOn }));
  expect(spoken("alert")).toContain("You are off air");
});

test.each([
  ["alert", "Relay lost: the French booth is gone.", { incoming: FRENCH_GONE }],
  ["status", "Karel Oru is on air", { now: partnerOn }],
] as const)("what happens again is said again: %s, %s", async (role, text, happens) => {
  const hearing = { hears: FR, next: FR };
  const services = await show(aConsole(hearing));
  const become = async (part: ConsolePart): Promise<void> => {
    await settled(() => {
      services.cells.booth.set(aConsole({ ...hearing, ...part }));
    });
    await settled();
  };
  await become(happens);
  await become({});
  const region = document.querySelector(`.console > .unseen[role=${role}]`);
  const said: (string | null | undefined)[] = [region?.textContent];
  const watch = new MutationObserver(() => said.push(region?.textContent));
  if (region !== null) watch.observe(region, { childList: true, characterData: true, subtree: true });
  await become(happens);
  watch.disconnect();
  expect(said).toEqual([text, "", text]);
});

test("the whole state is read aloud at a key", async () => {
  await show(onAirFor(1102, { dependants: 1 }));
  expect(await readAloud()).toBe(
    "On air into English. From French · the floor. At the microphone for 18:22. 4 listen. 1 booth depends on you. Karel Oru: Partner · ready",
  );
});

test("with the single keys switched off none acts, and every function still has its button or its line", async () => {
  const services = await show(aConsole());
  await page.press("Keys");
  await settled(() => document.querySelector<HTMLInputElement>(".key-switch input")?.click());
  await page.press("Close");
  const before = services.asked.length;
  for (const what of FUNCTIONS) await strike(keyFor(what, new Map()));
  expect(services.asked.slice(before)).toEqual([]);
  expect(inWords("space", say)).toBe("Space");
  // One must not stay without keys for the tests after this one.
  await page.press("Keys");
  await settled(() => document.querySelector<HTMLInputElement>(".key-switch input")?.click());
});

test("whoever is in no booth has the stage of everybody", async () => {
  await show(null);
  expect(document.querySelector(".console")).toBeNull();
  expect(document.querySelector(".stage .hall")).not.toBeNull();
});

test("whoever can help reads who calls for the technician, and principals do not", async () => {
  const calling = { ...NO_BOOTHS, calling: new Set([FANE]) };
  for (const [you, isTold] of [
    ["sorel", true],
    ["maren", false],
    ["dorn", false],
  ] as const) {
    await show(null, {
      signIn: { at: "signed-in", dossier: aDossier(you) },
      feed: { at: "live", snapshot: aSnapshot({ you, meeting: { format: "plenary" } }) },
      booths: calling,
    });
    expect([you, page.text.includes("Call for the technician: Lena Fane")]).toEqual([you, isTold]);
    await page.close();
    page.open();
  }
});
