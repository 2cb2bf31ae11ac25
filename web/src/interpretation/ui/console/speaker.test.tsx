// @vitest-environment jsdom
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { LISTEN } from "../../ear/whoSpeaks";
import type { Identity } from "../../../kernel/ids";
import { aConsole } from "../../../testing/booth";
import { aSnapshot, SEATS } from "../../../testing/builders";
import { showConsole } from "../../../testing/console";
import { CLEAR } from "../../../testing/ear";
import type { FakeServices } from "../../../testing/fakes";
import { aPage, settled } from "../../../testing/page";

const page = aPage();
const { maren, vey, amsel } = SEATS;
const NOISY = { ...CLEAR, noise: -44 };

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
});
afterEach(() => {
  vi.useRealTimers();
});

const feed = (holder: typeof vey | null) => {
  const floor = { holder: holder?.member ?? null, since: null, interprets: null, asks: [] };
  return { at: "live", snapshot: aSnapshot({ you: "fane", floor }) } as const;
};

/** The console where they are so loud on the floor. */
async function show(levels: Map<Identity, number>, holder: typeof vey | null = null): Promise<FakeServices> {
  return showConsole(page, aConsole(), {
    feed: feed(holder),
    floorLevels: () => levels,
    speakers: new Map([
      [maren.identity, CLEAR],
      [vey.identity, NOISY],
    ]),
  });
}

const seconds = async (count: number): Promise<void> =>
  settled(() => {
    vi.advanceTimersByTime(count * 5 * LISTEN);
  });
const said = () => document.querySelector("[data-source=floor]")?.querySelector("small")?.textContent;
const spoken = () => document.querySelector("[data-source=floor] .line-state")?.textContent;

test("while nobody has the floor the booth reads who is heard on it, in what language, and what their sound is worth", async () => {
  const levels = new Map([
    [maren.identity, -30],
    [vey.identity, -60],
    // What an interpreter says on the floor is nobody's own word.
    [amsel.identity, -20],
  ]);
  await show(levels);
  expect([spoken(), said()]).toEqual(["", ""]);
  await seconds(1);
  expect([spoken(), said()]).toEqual(["English", `${maren.name} · full sound, -23 LUFS`]);
  levels.set(vey.identity, -25);
  await seconds(0.8);
  expect(said()).toContain(maren.name);
  await seconds(0.2);
  expect([spoken(), said()]).toEqual(["French", `${vey.name} · full sound, -23 LUFS · noise behind the voice`]);
});

test("whoever has the floor is the speaker, however loud another is; after them, whoever is heard", async () => {
  const services = await show(new Map([[maren.identity, -20]]), vey);
  await seconds(2);
  expect(said()).toContain(vey.name);
  for (const holder of [null, vey, null]) {
    await settled(() => {
      services.cells.feed.set(feed(holder));
    });
    // What was heard before they had the floor is past.
    expect(said()).toContain(holder === null ? "" : vey.name);
    expect(said()).not.toContain(maren.name);
    await seconds(1);
    expect(said()).toContain(holder === null ? maren.name : vey.name);
  }
});
