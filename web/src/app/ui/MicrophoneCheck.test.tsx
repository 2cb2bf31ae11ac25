// @vitest-environment jsdom
import { afterEach, expect, test, vi } from "vitest";
import { type FakeSound, fakeSound } from "../../testing/audio";
import { aDossier, aSnapshot } from "../../testing/builders";
import { FakeClock } from "../../testing/clock";
import { type FakeServices, fakeServices } from "../../testing/fakes";
import { aPage, settled } from "../../testing/page";
import { aMediaTrack } from "../../testing/sfu";
import { noise, speech } from "../../testing/sounds";
import { Shell } from "../Shell";
import { keepPlace } from "./place";

const page = aPage();
const ASK = "Check the microphone";
const LISTENS = "Speak as you will in the meeting, for some seconds, with pauses. Nothing of it leaves this device.";
const GOOD = "You will be heard well.";

afterEach(() => {
  vi.unstubAllGlobals();
});

interface Shown {
  readonly services: FakeServices;
  readonly sound: FakeSound;
  /** Lets the microphone that was opened last hear this, by the sample's number, for ten seconds. */
  readonly hears: (sound: (at: number) => number) => Promise<void>;
}

const CLEAR = speech(16_000, 0.8, 0.0003);
const TELEPHONE = speech(3400, 0.8, 0.0003);
const LOUD = noise(0.6);
const SHOUT = speech(16_000, 40, 0.0003);
const CUT_OFF = (at: number): number => Math.max(-1, Math.min(1, SHOUT(at)));

const preview = (kind: "audio" | "video" = "audio") => new MediaStream([aMediaTrack(kind)]);

/** An interpreter before their seat, or a principal in it, with a microphone that is open. */
async function show({ isSeated = false, hears = true } = {}): Promise<Shown> {
  const you = isSeated ? "maren" : "fane";
  keepPlace({ meeting: "meeting", seated: isSeated });
  const sound = fakeSound({ hears });
  const clock = stoodClock();
  const services = fakeServices({
    signIn: { at: "signed-in", dossier: aDossier(you) },
    feed: { at: "live", snapshot: aSnapshot({ you }) },
    devices: { preview: preview() },
    ...(isSeated
      ? { call: { seating: { at: "seated", room: "chamber", grant: { publish: ["microphone"], hear: true } } } }
      : {}),
  });
  await page.draw(<Shell services={services} />);
  return {
    services,
    sound,
    hears: async (formula) =>
      settled(() => {
        const gauge = sound.analysers.at(-2);
        if (gauge !== undefined) gauge.plays = formula;
        for (let tenth = 0; tenth < 100; tenth += 1) {
          for (const context of sound.contexts) context.currentTime += 0.1;
          clock.pass(100);
        }
      }),
  };
}

/** The page's own, which goes on when the test says so. */
function stoodClock(): FakeClock {
  const clock = new FakeClock();
  const endings = new Map<number, () => void>();
  vi.stubGlobal("setInterval", (then: () => void, ms: number) => {
    endings.set(endings.size + 1, clock.every(ms, then));
    return endings.size;
  });
  vi.stubGlobal("clearInterval", (timer: number) => endings.get(timer)?.());
  return clock;
}

async function asked(shown: Promise<Shown>): Promise<Shown> {
  const now = await shown;
  await page.press(ASK);
  return now;
}

const found = () =>
  [...(document.querySelector('[aria-label="How you sound"]')?.querySelectorAll("p") ?? [])].map(
    ({ textContent }) => textContent,
  );

test.each([
  ["a clear voice", CLEAR, [GOOD]],
  [
    "a voice of up to 3.4 kHz",
    TELEPHONE,
    ["This microphone sends telephone quality. A headset with a cable would be heard better."],
  ],
  [
    "a voice that is cut off",
    CUT_OFF,
    ["Your voice is cut off at its loudest. Turn the microphone down, or speak from further away."],
  ],
  ["silence", () => 0, [LISTENS]],
  ["a soft voice", speech(16_000, 0.15, 0.0003), ["You are very soft. Come closer to the microphone, or turn it up."]],
  [
    "a voice with noise around it",
    speech(16_000, 0.9, 0.01),
    ["There is noise around you. Close doors and windows, or come closer to the microphone."],
  ],
] as const)(
  "of %s it is said what to do; whoever is told so takes the seat as everybody does",
  async (_, sound, sentences) => {
    const { services, hears } = await asked(show());
    expect(found()).toEqual([LISTENS]);
    const before = services.asked.length;
    await hears(sound);
    expect(found()).toEqual(sentences);
    expect(services.asked.slice(before)).toEqual([]);
    expect(page.button("Take your seat")?.disabled).toBe(false);
    await page.press("Take your seat");
    expect(services.asked).toContain("enter chamber");
  },
);

test("a browser that cannot measure says so, and keeps nobody out either", async () => {
  const { services, sound } = await asked(show({ hears: false }));
  expect(found()).toEqual(["This browser cannot measure how you sound. You can be heard all the same."]);
  expect(sound.contexts.map(({ closed }) => closed)).toEqual([true]);
  await page.press("Take your seat");
  expect(services.asked).toContain("enter chamber");
});

test("what was found changes with the voice, and is nothing of another microphone", async () => {
  const { services, sound, hears } = await asked(show());
  await hears(LOUD);
  expect(found()).toEqual(["You are very loud. Turn the microphone down a little."]);
  await hears(CLEAR);
  expect(found()).toEqual([GOOD]);
  await settled(() => {
    services.cells.devices.set({ ...services.cells.devices.get(), preview: preview() });
  });
  expect(found()).toEqual([LISTENS]);
  expect(sound.contexts.map(({ closed }) => closed)).toEqual([true, false]);
  await hears(TELEPHONE);
  expect(found()[0]).toContain("telephone quality");
});

test("nothing is listened to before it is asked for, nor once one has gone on", async () => {
  const { sound } = await show();
  expect(sound.contexts).toEqual([]);
  await page.press(ASK);
  expect(sound.contexts.map(({ closed }) => closed)).toEqual([false]);
  await page.press("All meetings");
  expect(sound.contexts.map(({ closed }) => closed)).toEqual([true]);
});

test("one's own voice is measured and not played", async () => {
  const { sound } = await asked(show());
  const unheard = sound.analysers[0]?.to.find(({ name }) => name === "gain");
  expect([unheard?.way(), unheard?.gain.value]).toEqual([["gain", "speakers"], 0]);
});

test("in the meeting it is behind the devices, and waits to be asked there too", async () => {
  const { services, sound, hears } = await show({ isSeated: true });
  await page.press("Devices");
  expect([sound.contexts, found()]).toEqual([[], []]);
  await page.press("Check how you sound");
  await hears(CLEAR);
  expect(found()).toEqual([GOOD]);
  await settled(() => {
    services.cells.devices.set({ ...services.cells.devices.get(), preview: preview("video") });
  });
  expect([found(), page.button("I wear a headset")]).toEqual([[], undefined]);
  expect(sound.contexts.map(({ closed }) => closed)).toEqual([true]);
});

test("a headset is said to be worn, and what is done to the voice for it", async () => {
  const { services } = await asked(show());
  expect(page.text).toContain("Echo is cancelled and noise is reduced");
  await page.press("I wear a headset");
  expect(services.asked.at(-1)).toBe("wear a headset: true");
  await settled(() => {
    services.cells.devices.set({ ...services.cells.devices.get(), headset: true });
  });
  expect(page.button("I wear a headset")?.getAttribute("aria-pressed")).toBe("true");
  expect(page.text).toContain("Your voice is sent as it is.");
  expect(page.text).not.toContain("Echo is cancelled");
});
