// @vitest-environment jsdom
import { expect, test } from "vitest";
import { aDossier, ago, aSnapshot, type MemberName, SEATS } from "../../testing/builders";
import { fakeServices } from "../../testing/fakes";
import { aPage } from "../../testing/page";
import { Shell } from "../Shell";
import { keepPlace } from "./place";

const page = aPage();
const SPEAK = "Speak in short sentences. The interpreter says each one again, for everybody.";
const AGAIN = "Say each sentence again after the speaker, in either direction.";
const LISTEN = "Principals and the interpreter speak in turn. The interpreter says each sentence again, for everybody.";
const HELD = "Your microphone is held until you are given the floor.";
const OFF = "Your microphone is off: nobody hears you.";
const SOREL = `${SEATS.sorel.name} has the floor, and is heard too.`;

interface Seen {
  readonly holder?: MemberName | null;
  readonly microphone?: boolean;
  readonly phase?: "arrival" | "closed" | "open" | "recess";
  readonly mode?: "liaison" | "simultaneous";
}

async function show(you: MemberName, part: Seen = {}): Promise<void> {
  const { holder = null, microphone = true, phase = "closed", mode = "liaison" } = part;
  keepPlace({ meeting: "meeting", seated: true });
  const floor = {
    holder: holder === null ? null : SEATS[holder].member,
    since: holder === null ? null : ago(20),
    interprets: null,
    asks: [],
  };
  const meeting = { mode, phase, format: "plenary" } as const;
  const seats = Object.values(SEATS).map((seat) => ({ ...seat, present: "chamber" as const }));
  const services = fakeServices({
    signIn: { at: "signed-in", dossier: aDossier(you) },
    feed: { at: "live", snapshot: aSnapshot({ you, floor, meeting, seats }) },
    call: {
      seating: { at: "seated", room: "chamber", grant: { publish: microphone ? ["microphone"] : [], hear: true } },
      sending: { microphone, camera: false, screen: false },
    },
  });
  await page.close();
  page.open();
  await page.draw(<Shell services={services} />);
}

const panel = () => document.querySelector<HTMLElement>('[aria-label="Liaison interpretation"]');
const said = () => panel()?.querySelector('p[role="status"]')?.textContent?.trim();
const warned = () => panel()?.querySelector(".notice")?.textContent;

test.each([
  ["maren", null, SPEAK],
  ["vey", "maren", SPEAK],
  ["maren", "sorel", `${SPEAK} ${SOREL}`],
  ["fane", null, AGAIN],
  ["fane", "sorel", `${AGAIN} ${SOREL}`],
  ["sorel", null, `${LISTEN} ${HELD}`],
  ["sorel", "sorel", `${LISTEN} You have the floor: you are heard too.`],
  ["dorn", "sorel", `${LISTEN} ${SOREL} ${HELD}`],
  ["brandt", "maren", `${LISTEN} ${HELD}`],
  ["lund", null, LISTEN],
] as const)("%s, while %s has the floor, reads: %s", async (you, holder, sentence) => {
  await show(you, { holder });
  expect(said()).toBe(sentence);
});

test("whoever would be heard and is not is told at once; whoever is held is not told that of their own microphone", async () => {
  for (const [you, holder, text] of [
    ["maren", null, OFF],
    ["fane", null, OFF],
    ["sorel", "sorel", OFF],
    ["sorel", null, undefined],
    ["lund", null, undefined],
  ] as const) {
    await show(you, { holder, microphone: false });
    expect([you, warned()]).toEqual([you, text]);
    await show(you, { holder });
    expect([you, warned()]).toEqual([you, undefined]);
  }
});

test("while nobody speaks nothing is said of it, and in the open session advisers are not said to be held", async () => {
  for (const phase of ["arrival", "recess"] as const) {
    await show("maren", { phase, microphone: false });
    expect([panel() !== null, said(), warned()]).toEqual([true, undefined, undefined]);
  }
  await show("sorel", { phase: "open", microphone: false });
  expect(said()).toBe(LISTEN);
});

test("there is no floor to hand on, no language to choose and nobody to whisper; an interpreter has notes", async () => {
  for (const you of ["maren", "fane", "sorel"] as const) {
    await show(you, { holder: "sorel" });
    expect(panel()?.querySelectorAll("button")).toHaveLength(0);
    expect([you, panel()?.querySelector("textarea") !== null]).toEqual([you, you === "fane"]);
    expect(page.text).not.toMatch(/Listen|hand the floor|whisper/iu);
    expect([you, page.button("Microphone") !== undefined]).toEqual([you, true]);
  }
  await show("maren", { mode: "simultaneous" });
  expect(panel()).toBeNull();
});
