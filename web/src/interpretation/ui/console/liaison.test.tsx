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

interface Seen {
  readonly sent?: boolean;
  readonly wished?: boolean;
  readonly given?: boolean;
  readonly phase?: "closed" | "recess";
}

function liaison({ sent = true, wished = sent, given = false, phase = "closed" }: Seen = {}): Partial<Scene> {
  const holder = given ? SEATS.sorel.member : null;
  const floor = { holder, since: given ? ago(20) : null, interprets: null, asks: [] };
  const sending = { microphone: sent, camera: false, screen: false };
  return {
    feed: { at: "live", snapshot: aSnapshot({ you: "fane", floor, meeting: { mode: "liaison", phase } }) },
    call: {
      seating: { at: "seated", room: "chamber", grant: { publish: ["microphone"], hear: true } },
      sending,
      wished: { ...sending, microphone: wished },
    },
  };
}

const light = (): readonly (string | null | undefined)[] => {
  const element = document.querySelector<HTMLElement>(".light");
  return [element?.dataset["light"], element?.querySelector(".light-words")?.textContent];
};
const microphone = () => document.querySelector('[data-function="microphone"]')?.getAttribute("data-state");
const AGAIN = "Say each sentence again after the speaker, in either direction.";

test("the light burns while one is heard, and warns while one is not", async () => {
  await show(aConsole(), liaison());
  expect([...light(), microphone()]).toEqual(["on", `You are heard by everybody${AGAIN}`, "on"]);
  await show(aConsole(), liaison({ sent: false }));
  expect([...light(), microphone()]).toEqual(["uncertain", "Your microphone is offSwitch it on to be heard.", "off"]);
  await show(aConsole(), liaison({ sent: false, wished: true }));
  expect([...light(), microphone()]).toEqual(["uncertain", "You cannot be heard now", "waiting"]);
  await show(aConsole(), liaison({ given: true }));
  expect(light()).toEqual(["on", `You are heard by everybody${SEATS.sorel.name} has the floor, and is heard too.`]);
  await show(aConsole(), liaison({ phase: "recess", sent: false }));
  expect(light()[0]).toBe("off");
});

test.each([
  ["space", true, "send microphone off"],
  ["space", false, "send microphone on"],
  ["s", true, "ask to slow down"],
  ["-", true, "raise a hand"],
  ["t", true, "call the technician"],
])("%s, while one is heard: %s", async (key, sent, asked) => {
  const services = await show(aConsole(), liaison({ sent }));
  expect(await strike(key)).toBe(true);
  expect(services.asked.at(-1)).toBe(asked);
});

test("nothing is handed on and nothing of a booth's on air is there, by button or by key", async () => {
  const services = await show(onAirFor(60), liaison());
  const before = services.asked.length;
  expect(await taken(["b", "a", "h", "x", "n", "m", "p", "l", "enter", "1"])).toEqual([]);
  expect(services.asked.slice(before)).toEqual([]);
  expect(drawn()).toEqual(ON_FLOOR);
  expect(document.querySelector(".hear-lines, .audience, .turn-ways, .direction")).toBeNull();
  expect(document.querySelector(".hear textarea")).not.toBeNull();
});

test("while the cough key is held the light goes out, and nobody is told that the microphone was off", async () => {
  const services = await show(aConsole(), liaison());
  const before = spoken("alert");
  await coughing(services, async () => {
    expect([...light(), microphone()]).toEqual(["cough", "Silent while you hold the key", "on"]);
    expect(await readAloud()).toBe("Silent while you hold the key. Karel Oru: Partner · ready");
  });
  expect(light()).toEqual(["on", `You are heard by everybody${AGAIN}`]);
  expect([services.asked.slice(-2), spoken("alert")]).toEqual([["cough", "coughed"], before]);
});

test("who does not look is told at once that they are heard no more, and at a key how things stand", async () => {
  const services = await show(aConsole(), liaison());
  const { call } = liaison({ sent: false });
  await settled(() => {
    services.cells.call.set({ ...services.cells.call.get(), ...call });
  });
  expect(spoken("alert")).toContain("Your microphone is off. Switch it on to be heard.");
  expect(await readAloud()).toBe("Your microphone is off. Switch it on to be heard. Karel Oru: Partner · ready");
});

test("whoever works in no booth has the same keys but a booth's", async () => {
  const services = await show(withoutBooth(), liaison());
  expect(drawn()).toEqual(ON_FLOOR_ALONE);
  expect([...light(), microphone()]).toEqual(["on", `You are heard by everybody${AGAIN}`, "on"]);
  expect(document.querySelector(".hear textarea")).not.toBeNull();
  await strike("space");
  expect(services.asked.at(-1)).toBe("send microphone off");
});
