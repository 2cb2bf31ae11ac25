// @vitest-environment jsdom
import { expect, test } from "vitest";
import { aConsole, onAirFor, withoutBooth } from "../../../testing/booth";
import { ago, aSnapshot, SEATS } from "../../../testing/builders";
import {
  coughing,
  drawn,
  ON_FLOOR,
  ON_FLOOR_ALONE,
  readAloud,
  showConsole,
  spoken,
  strike,
  taken,
} from "../../../testing/console";
import type { FakeServices, Scene } from "../../../testing/fakes";
import { aPage, settled } from "../../../testing/page";

const page = aPage();
const show = async (booth: Scene["booth"], part: Partial<Scene> = {}): Promise<FakeServices> =>
  showConsole(page, booth, part);

const ENGLISH = SEATS.maren;

function turn(holder: "fane" | "maren" | null, microphone = true): Partial<Scene> {
  const floor = {
    holder: holder === null ? null : SEATS[holder].member,
    since: holder === null ? null : ago(192),
    interprets: holder === "fane" ? ENGLISH.member : null,
    asks: [],
  };
  const sending = { microphone: microphone && holder === "fane", camera: false, screen: false };
  return {
    feed: { at: "live", snapshot: aSnapshot({ you: "fane", floor, meeting: { mode: "consecutive" } }) },
    call: {
      seating: {
        at: "seated",
        room: "chamber",
        grant: { publish: holder === "fane" ? ["microphone"] : [], hear: true },
      },
      sending,
      wished: { ...sending, microphone },
    },
  };
}
const light = (): HTMLElement | null => document.querySelector<HTMLElement>(".light");
const notes = (): HTMLTextAreaElement | null => document.querySelector<HTMLTextAreaElement>(".hear textarea");

test.each([
  ["b", "hand the floor back vey"],
  ["a", "hand the floor back maren"],
  ["space", "send microphone off"],
  ["s", "ask to slow down"],
  ["-", "raise a hand"],
  ["t", "call the technician"],
  ["arrowup", 'set the ear {"volume":0.85}'],
  [".", 'set the ear {"bass":1}'],
  ["u", 'set the ear {"treble":2}'],
])("%s", async (key, asked) => {
  const services = await show(aConsole(), turn("fane"));
  expect(await strike(key)).toBe(true);
  expect(services.asked.at(-1)).toBe(asked);
});

test("what is a booth's on air is not there, by button or by key; its keys are nothing else's", async () => {
  const services = await show(onAirFor(60), turn("fane"));
  const before = services.asked.length;
  expect(await taken(["h", "x", "n", "m", "p", "l", "enter", "1", "2"])).toEqual([]);
  expect(services.asked.slice(before)).toEqual([]);
  expect(drawn()).toEqual(["turn", "turn.other", ...ON_FLOOR]);
  expect([document.querySelector(".hear-lines"), document.querySelector(".audience")]).toEqual([null, null]);
  expect(document.querySelectorAll(".hear .tone input")).toHaveLength(4);
  await page.press("Keys");
  expect(page.text).not.toContain("Not interpretable");
  await page.press("Change the key for Ask to slow down: S");
  const asking = page.button("Change the key for Ask to slow down: Press a key");
  if (asking !== undefined) await strike("n", {}, asking);
  expect(page.text).toContain("N is taken: Not interpretable.");
  await page.press("Close");
});

test("the light says who is heard, for how long, and burns while it is oneself", async () => {
  await show(aConsole(), turn("fane"));
  expect([light()?.dataset["light"], light()?.textContent]).toEqual([
    "on",
    `You interpret for ${ENGLISH.name}. You alone are heard.Interpretation 3:12`,
  ]);
  await show(aConsole(), turn("fane", false));
  expect([light()?.dataset["light"], light()?.textContent]).toEqual([
    "uncertain",
    `You interpret for ${ENGLISH.name}. You alone are heard.Your microphone is off: nobody hears you.Interpretation 3:12`,
  ]);
  await show(aConsole(), turn("maren"));
  expect([light()?.dataset["light"], light()?.textContent]).toEqual([
    "off",
    `${ENGLISH.name} has the floor.You are heard again when the floor comes to you.Statement 3:12`,
  ]);
  await strike("b");
  expect(page.text).toContain("You do not have the floor.");
  expect(document.querySelector('[data-function="microphone"]')?.getAttribute("data-state")).toBe("waiting");
});

test("while the cough key is held the light goes out, and nobody is told that the microphone was off", async () => {
  const services = await show(aConsole(), turn("fane"));
  const before = spoken("alert");
  await coughing(services, async () => {
    expect([light()?.dataset["light"], light()?.textContent]).toEqual([
      "cough",
      "Silent while you hold the keyInterpretation 3:12",
    ]);
    expect(document.querySelector("[data-function=cough]")?.getAttribute("aria-pressed")).toBe("true");
    expect(await readAloud()).toBe("Silent while you hold the key. Interpretation: 3:12. Karel Oru: Partner · ready");
  });
  expect(light()?.dataset["light"]).toBe("on");
  expect([services.asked.slice(-2), spoken("alert")]).toEqual([["cough", "coughed"], before]);
});

test("only a microphone that is on has something to cough into: on the floor, or ready for it", async () => {
  const off = await show(aConsole(), turn("fane", false));
  await strike("c");
  expect([off.asked.includes("cough"), page.text.includes("Your microphone is off.")]).toEqual([false, true]);
  const waits = await show(aConsole(), turn("maren"));
  await coughing(waits, async () => {
    expect(light()?.dataset["light"]).toBe("off");
    return Promise.resolve();
  });
  expect(waits.asked.slice(-2)).toEqual(["cough", "coughed"]);
});

test("a microphone can be made ready before the floor comes", async () => {
  const services = await show(aConsole(), turn("maren", false));
  await strike("space");
  expect(services.asked.at(-1)).toBe("send microphone on");
});

test("who does not look is told that the floor has come, and at a key how things stand", async () => {
  const services = await show(aConsole(), turn("maren"));
  const { feed, call } = turn("fane");
  await settled(() => {
    if (feed !== undefined) services.cells.feed.set(feed);
    services.cells.call.set({ ...services.cells.call.get(), ...call });
  });
  expect(spoken("alert")).toContain(`You interpret for ${ENGLISH.name}. You alone are heard.`);
  expect(await readAloud()).toBe(
    `You interpret for ${ENGLISH.name}. You alone are heard. Interpretation: 3:12. Karel Oru: Partner · ready`,
  );
});

test("notes are written beside what one hears, and no key acts while they are", async () => {
  const services = await show(aConsole(), turn("fane"));
  const before = services.asked.length;
  const field = notes();
  expect(field).not.toBeNull();
  if (field !== null) for (const key of ["b", "space", "s"]) expect(await strike(key, {}, field)).toBe(false);
  expect(services.asked.slice(before)).toEqual([]);
  await show(aConsole());
  expect(notes()).toBeNull();
});

test("whoever works in no booth has the same keys but a booth's, and is told nothing of booths", async () => {
  const services = await show(withoutBooth(), turn("fane"));
  const before = services.asked.length;
  expect(await taken(["e", "g", "=", "q", "z", "h", "x"])).toEqual([]);
  expect(services.asked.slice(before)).toEqual([]);
  expect(drawn()).toEqual(["turn", "turn.other", ...ON_FLOOR_ALONE]);
  expect([light()?.dataset["light"], notes() === null]).toEqual(["on", false]);
  expect(document.querySelector(".shift")).toBeNull();
  expect(page.text).not.toMatch(/your booth/iu);
  await strike("b");
  await coughing(services, async () => {
    expect(light()?.dataset["light"]).toBe("cough");
    return Promise.resolve();
  });
  await strike("t");
  expect(services.asked.slice(before)).toEqual(["hand the floor back vey", "cough", "coughed", "call the technician"]);
  expect(await readAloud()).toBe(
    `You interpret for ${ENGLISH.name}. You alone are heard. Interpretation: 3:12. Technician called`,
  );
});

test("until the console is there one has the stage of everybody, and is told nothing of booths", async () => {
  await show(null, turn("fane"));
  expect(document.querySelector(".in-turn")).not.toBeNull();
  expect([document.querySelector(".console"), page.text.includes("booth")]).toEqual([null, false]);
});
