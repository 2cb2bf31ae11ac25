// @vitest-environment jsdom
import { describe, expect, test } from "vitest";

import { consoleWordsOf } from "../../../i18n/consoleWords";
import { english } from "../../../i18n/translator";
import type { Language } from "../../../kernel/ids";
import { aConsole, type ConsolePart, onAirFor, ORU } from "../../../testing/booth";
import { aSnapshot, NOW, SEATS } from "../../../testing/builders";
import { showConsole, spoken, strike } from "../../../testing/console";
import type { FakeServices } from "../../../testing/fakes";
import { aPage, settled } from "../../../testing/page";
import type { Incoming } from "../../model";
import { announced, readOut } from "./announced";
import type { Sees } from "./sees";

const page = aPage();
const say = consoleWordsOf(english);
const EN = "en" as Language;
const FR = "fr" as Language;
const { fane, maren, vey } = SEATS;
const relay = { hears: FR, next: FR };
const partnerOn = { holder: ORU, since: NOW - 60_000, onAir: EN };
const ROOM = { isOpen: true, isShut: false, talking: false, shown: false, own: null, level: 1, partners: [] };

const frenchIs = (carries: Incoming["carries"]) =>
  aConsole().incoming.map((line) => (line.source === FR ? { ...line, carries } : line));

/** What a console knows of a booth of two in which nothing happens. */
const sees = (part: Partial<Sees> = {}): Sees => ({
  desk: aConsole(),
  own: [EN, FR],
  signed: [],
  now: NOW,
  mayGoOnAir: true,
  slowing: false,
  handUp: false,
  whispering: false,
  spoken: null,
  speaker: null,
  ear: null,
  monitors: { own: false, partner: false },
  messages: null,
  speakerAlone: false,
  room: ROOM,
  turn: null,
  ...part,
});
const told = (before: Partial<Sees>, after: Partial<Sees>) => announced(sees(before), sees(after), say, "h");
const read = (part: Partial<Sees>): string => readOut(sees(part), say, "h");

async function become({ cells }: FakeServices, part: ConsolePart): Promise<void> {
  await settled(() => {
    cells.booth.set(aConsole(part));
  });
  await settled();
}

/** Somebody has the floor. */
async function holds({ cells }: FakeServices, { member }: { readonly member: typeof vey.member }): Promise<void> {
  const floor = { holder: member, since: null, interprets: null, asks: [] };
  await settled(() => {
    cells.feed.set({ at: "live", snapshot: aSnapshot({ you: "fane", floor }) });
  });
}

const warnings = () => document.querySelector(".console-warnings");
const light = () => document.querySelector<HTMLElement>(".light");
/** What stands small at the French booth's line. */
const detail = () => document.querySelector("[data-source=fr] small")?.textContent;
/** One's own microphone is on. */
const own = (part: ConsolePart = {}) => ({ desk: onAirFor(60, part) });

/** Whether a screen reader can hear what stands there. */
const isHeard = (element: Element | undefined): boolean => {
  for (let at = element ?? null; at !== null; at = at.parentElement) {
    if (at.getAttribute("aria-hidden") === "true" || (at instanceof HTMLElement && at.inert)) return false;
  }
  return element !== undefined;
};
const regionOf = (text: string): Element | undefined =>
  [...document.querySelectorAll("[role=alert], [role=status]")].find(({ textContent }) => textContent.includes(text));

describe("while a sheet is open", () => {
  test.each([
    ["the keys", "?"],
    ["the messages of the meeting", "j"],
  ])("what changes is heard all the same: %s", async (_sheet, key) => {
    const services = await showConsole(page, aConsole(relay));
    await strike(key);
    expect(document.querySelector("[role=dialog]")).not.toBeNull();
    expect(isHeard(document.querySelector(".console-desk") ?? undefined)).toBe(false);
    const happens: readonly (readonly [string, () => Promise<unknown>])[] = [
      ["Relay lost: the French booth is gone.", async () => become(services, { ...relay, incoming: frenchIs("gone") })],
      ["Karel Oru is on air", async () => become(services, { now: partnerOn })],
      ["You have the floor", async () => holds(services, fane)],
      [`Has the floor: ${maren.name}`, async () => holds(services, maren)],
      // The only keys of the console that work there are those that are held.
      ["You are off air.", async () => strike("c")],
    ];
    for (const [text, happen] of happens) {
      await happen();
      expect([text, isHeard(regionOf(text))]).toEqual([text, true]);
    }
    expect(isHeard(document.querySelector("[data-read-aloud]") ?? undefined)).toBe(true);
  });
});

describe("a lost relay", () => {
  test("stands there for as long as nothing is heard of it, with what brings the floor, and is announced once", async () => {
    const services = await showConsole(page, aConsole(relay));
    expect(warnings()?.textContent).toBe("");
    await become(services, { ...relay, incoming: frenchIs("gone") });
    expect(warnings()?.textContent).toBe("Relay lost: the French booth is gone. 1, then Enter: you hear the floor.");
    expect(warnings()?.querySelector("[role]")).toBeNull();
    expect(spoken("alert").split("Relay lost")).toHaveLength(2);
    await strike("1");
    await strike("enter");
    expect(services.asked.at(-1)).toBe("hear the floor");
    expect(warnings()?.textContent).toBe("");
  });

  test.each(["interpreted", "spoken"] as const)("is none while the booth can be heard: %s", async (carries) => {
    await showConsole(page, aConsole({ ...relay, incoming: frenchIs(carries) }));
    expect(warnings()?.textContent).toBe("");
  });

  test("is none where one listens to the floor", async () => {
    await showConsole(page, aConsole({ incoming: frenchIs("gone") }));
    expect(warnings()?.textContent).toBe("");
  });
});

describe("whoever whispers", () => {
  const whispers = [{ by: fane.identity, to: maren.identity, into: FR, on: true }];

  test.each([
    ["whisper", {}, "You whisper: one person hears you", "Your channels are off air"],
    ["whisper-cough", { coughing: true }, "You whisper, silent while you hold the key", "Your channels are off air"],
    ["whisper", { now: partnerOn }, "You whisper: one person hears you", "Karel Oru is on air into English"],
    ["whisper", { uncertain: true }, "You whisper: one person hears you", "It is not certain who is on air"],
  ] as const)("has a light that says so: %s", async (data, part, name, more) => {
    await showConsole(page, aConsole(part), { whispers });
    expect([light()?.dataset["light"], light()?.textContent]).toEqual([
      data,
      expect.stringContaining(`${name}${more}`),
    ]);
    expect(read({ desk: aConsole(part), whispering: true })).toContain(`${name}. ${more}. From the floor`);
  });

  test("is on air as soon as they are: that more hear them goes before", async () => {
    await showConsole(page, onAirFor(60), { whispers });
    expect(light()?.dataset["light"]).toBe("on");
  });

  test("is told so once, and once when it is over", () => {
    const onAir = { desk: onAirFor(60) };
    expect(told(onAir, { whispering: true }).urgent).toBe("You are off air. You whisper: one person hears you");
    expect(told({ whispering: true }, { whispering: true, now: NOW + 1000 }).urgent).toBe("");
    expect(told({ whispering: true }, {}).urgent).toBe("You no longer whisper");
    expect(told({ whispering: true }, onAir).urgent).toBe("You are on air into English. You no longer whisper");
  });
});

describe("on relay", () => {
  test("one is told that another speaks, and on the floor one hears it", () => {
    const desk = aConsole(relay);
    expect(told({ desk, speaker: vey.name }, { desk, speaker: maren.name }).calm).toBe(`${maren.name} speaks`);
    expect(told({ desk }, { desk, speaker: maren.name }).calm).toBe(`${maren.name} speaks`);
    expect(told({ desk, speaker: vey.name }, { desk }).calm).toBe("");
    expect(told({ desk, speaker: vey.name }, { desk, speaker: vey.name, now: NOW + 1000 }).calm).toBe("");
    expect(told({ speaker: vey.name }, { speaker: maren.name }).calm).toBe("");
    const to = told({ speaker: vey.name }, { desk, speaker: maren.name }).calm;
    expect(to).toBe(`You hear the French booth, from the floor. ${maren.name} speaks.`);
  });

  test("the line that one hears names the speaker, and no other line but the floor's", async () => {
    const services = await showConsole(page, aConsole());
    expect(detail()).not.toContain(vey.name);
    await become(services, relay);
    expect(detail()).toBe(`${vey.name} speaks · from the floor · 1 booth depends on it`);
  });
});

describe("what a key switches is told once, by its name", () => {
  const off = { own: false, partner: false };

  test.each([
    ["Not interpretable", own(), own({ now: { notInterpretable: true } })],
    ["Hear myself", { monitors: off }, { monitors: { ...off, own: true } }],
    ["Hear partner", { monitors: off }, { monitors: { ...off, partner: true } }],
    ["Show me to booth", { room: ROOM }, { room: { ...ROOM, shown: true } }],
  ])("%s", (name, before, after) => {
    expect(told(before, after)).toEqual({ urgent: "", calm: `${name}: on` });
    expect(told(after, before)).toEqual({ urgent: "", calm: `${name}: off` });
    expect(told(after, { ...after, now: NOW + 1000 })).toEqual({ urgent: "", calm: "" });
  });

  test("the direction, off air; on air the channel is told", () => {
    expect(told({}, { desk: aConsole({ into: FR }) })).toEqual({ urgent: "", calm: "Direction: into French" });
    const turned = own({ into: FR, now: { onAir: FR } });
    expect(told(own(), turned)).toEqual({ urgent: "You are on air into French", calm: "" });
    expect(told(own(), own({ into: FR }))).toEqual({ urgent: "", calm: "" });
  });

  test("the technician, wherever one speaks", () => {
    const called = { desk: aConsole({ technicianCalled: true }) };
    const turn = {
      mode: "liaison",
      says: "",
      means: "",
      isOwn: false,
      microphone: false,
      isHeard: false,
      clock: null,
      ways: [],
    } as const;
    for (const part of [{}, { turn }]) {
      expect(told(part, { ...called, ...part }).calm).toBe("Technician called");
      expect(told({ ...called, ...part }, part).calm).toBe("Technician no longer called");
      expect(told({ ...called, ...part }, { ...called, ...part }).calm).toBe("");
    }
  });

  test("and not what went with something else: the microphone that one gave away, the booth that was left", () => {
    const before = { ...own({ now: { notInterpretable: true } }), room: { ...ROOM, shown: true } };
    const { calm } = told(before, { desk: aConsole({ now: partnerOn }), room: { ...ROOM, isOpen: false } });
    expect(calm).toBe("Karel Oru is on air. Nobody of your booth hears you any more");
    const alone = { desk: aConsole(), monitors: null, room: { ...ROOM, isOpen: false } };
    expect(told(alone, own())).toEqual({ urgent: "You are on air into English", calm: "You can talk to your booth" });
  });
});

test("the whole state has a question that waits for one's yes, and the call for the technician", () => {
  const asks = { asked: { by: ORU, at: NOW } };
  expect(read({ desk: onAirFor(60, { now: asks }) })).toContain("Karel Oru asks for the microphone. H gives it. From");
  expect(read({ desk: aConsole({ now: { ...partnerOn, ...asks } }) })).toContain("Karel Oru hands over to you.");
  const ownAsk = onAirFor(60, { now: { asked: { by: fane.identity, at: NOW } }, technicianCalled: true });
  expect(read({ desk: ownAsk })).toBe(
    "On air into English. From the floor. At the microphone for 1:00. 4 listen. Technician called. Karel Oru: Partner · ready",
  );
});

test("the booth of the language that one works into is closed for that, and is no circle", async () => {
  const services = await showConsole(page, aConsole({ into: FR, incoming: circleOf(FR) }));
  expect(detail()).toContain("you work into it");
  expect(detail()).not.toContain("circle");
  await strike("2");
  expect(page.text).toContain("You interpret into French yourself.");
  await become(services, { incoming: circleOf(FR) });
  expect(detail()).toContain("would be a circle");
});

function circleOf(source: Language): readonly Incoming[] {
  return aConsole().incoming.map((line) => (line.source === source ? { ...line, circle: true } : line));
}
