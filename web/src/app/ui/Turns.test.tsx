// @vitest-environment jsdom
import { describe, expect, test, vi } from "vitest";
import { RefusedError } from "../../kernel/errors";
import { aDossier, ago, aSnapshot, type MemberName, SEATS, type SnapshotPart } from "../../testing/builders";
import { type FakeServices, fakeServices, type Scene } from "../../testing/fakes";
import { aPage, settled } from "../../testing/page";
import { Shell } from "../Shell";
import { keepPlace } from "./place";

const page = aPage();
const MAREN = SEATS.maren.name;
const VEY = SEATS.vey.name;
const WAITS = "You are heard again when the floor comes to you.";

interface Turn {
  readonly holder?: MemberName;
  readonly interprets?: MemberName;
  readonly asks?: readonly MemberName[];
  readonly away?: readonly MemberName[];
}

/** Who has the floor for whom, as everybody sees it. */
function at({ holder, interprets, asks = [], away = [] }: Turn): SnapshotPart {
  const isAway = (member: string) => away.some((name) => SEATS[name].member === member);
  return {
    floor: {
      holder: holder === undefined ? null : SEATS[holder].member,
      since: holder === undefined ? null : ago(192),
      interprets: interprets === undefined ? null : SEATS[interprets].member,
      asks: asks.map((name) => ({ member: SEATS[name].member, since: ago(41) })),
    },
    seats: Object.values(SEATS).map((seat) => (isAway(seat.member) ? { ...seat, present: null } : seat)),
  };
}

const SPEAKING: Turn = { holder: "maren" };
const INTERPRETING: Turn = { holder: "fane", interprets: "maren" };

async function show(you: MemberName, turn: Turn, part: Scene = {}, Drawn = Shell): Promise<FakeServices> {
  keepPlace({ meeting: "meeting", seated: true });
  const mode = "consecutive";
  const services = fakeServices({
    signIn: { at: "signed-in", dossier: aDossier(you) },
    feed: { at: "live", snapshot: aSnapshot({ ...at(turn), you, meeting: { mode } }) },
    call: {
      seating: { at: "seated", room: "chamber", grant: { publish: ["microphone"], hear: true } },
      sending: { microphone: true, camera: false, screen: false },
    },
    ...part,
  });
  await page.close();
  page.open();
  await page.draw(<Drawn services={services} />);
  return services;
}

function strike(key: string, on: Element = document.body): Promise<void> {
  return settled(() => {
    on.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true }));
  });
}

const panel = () => document.querySelector<HTMLElement>('[aria-label="Consecutive interpretation"]');
const ways = () => [...(panel()?.querySelectorAll("button") ?? [])].map(({ textContent }) => textContent);
const said = () => panel()?.querySelector('[role="status"]')?.textContent?.trim();
const clock = () => panel()?.querySelector(".turns-clock")?.textContent;
const field = () => panel()?.querySelector("textarea") ?? null;

describe("who is offered what", () => {
  const PASS = [`Let it be interpretedBy ${SEATS.fane.name}`, `By ${SEATS.amsel.name}`];
  const BACK = [`Hand the floor backTo ${VEY}, who speaks next`, `To ${MAREN}, to go on`];

  test.each([
    [SPEAKING, "maren", PASS],
    [INTERPRETING, "fane", BACK],
    [{}, null, []],
  ] as const)("%o: to %s alone", async (turn, whose, offered) => {
    for (const you of ["maren", "vey", "fane", "amsel"] as const) {
      await show(you, turn);
      expect([you, ways()]).toEqual([you, you === whose ? offered : []]);
    }
  });

  test("each way is the order it names", async () => {
    const speaker = await show("maren", SPEAKING);
    await page.press(PASS[0] ?? "");
    await page.press(PASS[1] ?? "");
    expect(speaker.asked.slice(-2)).toEqual(["pass to interpreter fane", "pass to interpreter amsel"]);
    const interpreter = await show("fane", INTERPRETING);
    await page.press(BACK[0] ?? "");
    await page.press(BACK[1] ?? "");
    expect(interpreter.asked.slice(-2)).toEqual(["hand the floor back vey", "hand the floor back maren"]);
  });

  test("who asked for the floor speaks next; the speaker who asked again is no other", async () => {
    await show("fane", { ...INTERPRETING, asks: ["maren", "vey"] });
    expect(ways()).toEqual(BACK);
    await show("fane", { ...INTERPRETING, away: ["vey"] });
    expect(ways()).toEqual([`Hand the floor backTo ${MAREN}, to go on`]);
    await show("fane", { ...INTERPRETING, away: ["maren"] });
    expect(ways()).toEqual([BACK[0]]);
  });

  test("with nobody to hand it to that is said, and nothing is offered", async () => {
    await show("maren", { ...SPEAKING, away: ["fane", "amsel"] });
    expect([ways(), panel()?.textContent.includes("No interpreter is in the room.")]).toEqual([[], true]);
    await show("fane", { ...INTERPRETING, away: ["maren", "vey"] });
    expect([ways(), panel()?.textContent.includes("Nobody who may speak is in the room.")]).toEqual([[], true]);
  });

  test("where interpretation is simultaneous there is no panel", async () => {
    const snapshot = aSnapshot({ ...at(SPEAKING), you: "maren" });
    await show("maren", SPEAKING, { feed: { at: "live", snapshot } });
    expect([page.text.includes("Border region"), panel()]).toEqual([true, null]);
  });
});

describe("the key", () => {
  test.each([
    ["maren", SPEAKING, "pass to interpreter fane"],
    ["fane", INTERPRETING, "hand the floor back vey"],
  ] as const)("of %s, who has the floor, hands it on", async (you, turn, asked) => {
    const services = await show(you, turn);
    await strike("b");
    expect(services.asked.at(-1)).toBe(asked);
  });

  test("of anybody else does nothing, and none does while notes are written", async () => {
    for (const [you, turn] of [
      ["vey", SPEAKING],
      ["fane", SPEAKING],
      ["maren", INTERPRETING],
      ["fane", {}],
    ] as const) {
      const services = await show(you, turn);
      await strike("b");
      expect([you, services.asked.filter((each) => /interpreter|floor/u.test(each))]).toEqual([you, []]);
    }
    const writer = await show("fane", INTERPRETING);
    await strike("b", field() ?? document.body);
    expect(writer.asked).not.toContain("hand the floor back vey");
  });

  test("that came too late says so", async () => {
    await show("fane", INTERPRETING, { refuses: new RefusedError("floor_taken") });
    await strike("b");
    expect(document.querySelector('.told [data-code="floor_taken"]')).not.toBeNull();
  });
});

describe("what is said", () => {
  test.each([
    [SPEAKING, "maren", "You have the floor. You alone are heard."],
    [SPEAKING, "vey", `${MAREN} has the floor. ${WAITS}`],
    [SPEAKING, "fane", `${MAREN} has the floor. ${WAITS}`],
    [INTERPRETING, "fane", `You interpret for ${MAREN}. You alone are heard.`],
    [INTERPRETING, "maren", `${SEATS.fane.name} interprets. ${WAITS}`],
    [{}, "vey", "Nobody has the floor. Delegates are heard as they switch their microphones on; interpreters wait."],
  ] as const)("%o, to %s: %s", async (turn, you, sentence) => {
    await show(you, turn);
    expect(said()).toBe(sentence);
  });

  test("for how long, and whether it is a statement or its interpretation", async () => {
    await show("vey", SPEAKING);
    expect(clock()).toBe("Statement 3:12");
    await show("vey", INTERPRETING);
    expect(clock()).toBe("Interpretation 3:12");
    await show("vey", {});
    expect(clock()).toBeUndefined();
  });

  test("whoever has the floor and is not heard is told at once, and nobody else", async () => {
    const silent: Scene = {
      call: {
        seating: { at: "seated", room: "chamber", grant: { publish: ["microphone"], hear: true } },
        sending: { microphone: false, camera: false, screen: false },
      },
    };
    for (const you of ["maren", "vey"] as const) {
      await show(you, SPEAKING, silent);
      const told = panel()?.querySelector('.notice[role="status"], .notice[role="alert"]')?.textContent ?? "";
      expect([you, told]).toEqual([you, you === "maren" ? "Your microphone is off: nobody hears you." : ""]);
    }
    await show("maren", SPEAKING);
    expect(page.text).not.toContain("nobody hears you");
  });
});

describe("an interpreter's notes", () => {
  test("are an interpreter's alone, whoever has the floor", async () => {
    for (const you of ["fane", "amsel", "maren", "vey"] as const)
      for (const turn of [SPEAKING, INTERPRETING, {}]) {
        await show(you, turn);
        expect([you, field() !== null]).toEqual([you, you === "fane" || you === "amsel"]);
      }
  });

  test("last as long as the page, and are sent nowhere and kept nowhere else", async () => {
    const keeps = vi.spyOn(Storage.prototype, "setItem");
    const services = await show("fane", SPEAKING);
    const before = services.asked.length;
    await page.fill("Notes", "14 crossings, 3 closed");
    expect(services.asked.slice(before)).toEqual([]);
    // Another screen in between, as in a recess or in the caucus.
    const again = await show("fane", INTERPRETING);
    expect(field()?.value).toBe("14 crossings, 3 closed");
    expect(keeps.mock.calls.filter((each) => each.join(" ").includes("crossings"))).toEqual([]);
    expect(JSON.stringify([services.asked, again.asked, location.href, document.cookie])).not.toContain("crossings");
    // What the stages fetch late stays this page's in the tests after this one.
    await show("maren", SPEAKING, { feed: { at: "live", snapshot: aSnapshot({ you: "maren" }) } });
    vi.resetModules();
    const reloaded = await import("../Shell");
    await show("fane", INTERPRETING, {}, reloaded.Shell);
    expect(field()?.value).toBe("");
  });

  test("are corrected and completed by nobody, and the page says what becomes of them", async () => {
    await show("fane", SPEAKING);
    const notes = field();
    expect(["spellcheck", "autocomplete", "autocorrect"].map((each) => notes?.getAttribute(each))).toEqual([
      "false",
      "off",
      "off",
    ]);
    const described = document.querySelector(`#${CSS.escape(notes?.getAttribute("aria-describedby") ?? "")}`);
    expect(described?.textContent).toContain("nothing of them is sent or stored");
  });
});
