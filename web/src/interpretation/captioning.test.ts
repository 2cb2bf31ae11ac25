// @vitest-environment node
import { expect, test } from "vitest";
import type { Said } from "../contract/parse";
import type { Language } from "../kernel/ids";
import { Cell } from "../kernel/store";
import type { EnvelopeTold } from "../keys";
import type { FeedState } from "../summits";
import { aSnapshot, type MemberName, NOW } from "../testing/builders";
import { FakeClock } from "../testing/clock";
import { FakeLog } from "../testing/log";
import { memoryIn } from "../testing/memory";
import { aHolder } from "../testing/standings";
import type { CaptionWord } from "./captions";
import { LateCaptions } from "./lateCaptions";

const EN = "en" as Language;
const FR = "fr" as Language;

function scene(kept: string | null = null) {
  const clock = new FakeClock();
  const said: CaptionWord[] = [];
  const listening: ((told: EnvelopeTold) => void)[] = [];
  const memory = new Map(kept === null ? [] : [["visavis captions", kept]]);
  const feed = new Cell<FeedState>({ at: "live", snapshot: aSnapshot() });
  const group = { isIn: true };
  let [tickets, number] = [0, 0];
  const captions = new LateCaptions({
    keys: {
      listen: (then) => {
        listening.push((told) => {
          then({ kind: "chamber" }, told);
        });
      },
      say: (_group, _ticket, word: Said) => {
        if (group.isIn) said.push(word as CaptionWord);
        return group.isIn;
      },
    },
    feed,
    clock,
    memory: memoryIn(memory),
    log: new FakeLog(),
    now: () => NOW + clock.now(),
    ticket: () => (tickets += 1),
  });
  const tell = (told: EnvelopeTold) => {
    for (const hear of listening) hear(told);
  };
  const hear = (name: MemberName, text: string, into: Language = EN) => {
    const at = new Date(NOW + number * 1000).toISOString();
    const word: CaptionWord = { kind: "caption", at, into, line: (number += 1), text, done: true };
    tell({ told: "heard", number, from: aHolder(name, 0).member, said: word });
  };
  const read = (into: Language = EN) =>
    captions.state
      .get()
      .now.get(into)
      ?.map(({ text }) => text) ?? [];
  return { captions, clock, feed, group, hear, memory, read, said, tell, texts: () => said.map(({ text }) => text) };
}

test("what was heard before the code was there is read all the same, in its order", async () => {
  const { captions, hear, read } = scene();
  hear("fane", "We agree");
  hear("fane", "on the crossing");
  expect(read()).toEqual([]);
  await captions.open();
  hear("fane", "at Hesk");
  expect(read()).toEqual(["We agree", "on the crossing", "at Hesk"]);
});

test("nobody but interpreters writes captions, and only in languages of their accreditation", async () => {
  const { captions, hear, read } = scene();
  await captions.open();
  hear("maren", "We agree");
  hear("fane", "Nous", "de" as Language);
  expect([read(), read("de" as Language)]).toEqual([[], []]);
});

test("a line that grows is told now and then, and whole when it is done", async () => {
  const { captions, clock, said, texts } = scene();
  const captioning = await captions.open();
  for (const text of ["W", "We", "We a", "We agree"]) captioning.write(EN, text);
  clock.pass(699);
  expect(texts()).toEqual(["W"]);
  clock.pass(1);
  expect(texts()).toEqual(["W", "We agree"]);
  clock.pass(700);
  captioning.write(EN, "We agree.");
  captioning.write(EN, "We agree. Yes");
  captioning.end();
  expect(texts()).toEqual(["W", "We agree", "We agree.", "We agree. Yes"]);
  expect(said.map(({ done }) => done)).toEqual([false, false, false, true]);
  expect(new Set(said.map(({ line }) => line)).size).toBe(1);
  clock.pass(5000);
  captioning.write(EN, "Next");
  expect(said.at(-1)?.line).toBeGreaterThan(said[0]?.line ?? Infinity);
});

test("another language begins another line", async () => {
  const { captions, clock, said } = scene();
  const captioning = await captions.open();
  captioning.write(EN, "We");
  clock.pass(50);
  captioning.write(FR, "Nous");
  expect(said).toMatchObject([
    { into: EN, text: "We", done: false },
    { into: EN, text: "We", done: true },
    { into: FR, text: "Nous", done: false },
  ]);
});

test("whoever writes is told what did not arrive, until something does", async () => {
  const { captions, clock, group, tell } = scene();
  const captioning = await captions.open();
  captioning.write(EN, "We");
  tell({ told: "unsent", ticket: 1, code: "no_answer" });
  expect(captions.state.get().trouble).toBe("no_answer");
  clock.pass(700);
  captioning.write(EN, "We agree");
  expect(captions.state.get().trouble).toBeNull();
  tell({ told: "unsent", ticket: 1, code: "no_answer" });
  expect(captions.state.get().trouble).toBeNull();
  group.isIn = false;
  captioning.end();
  expect(captions.state.get().trouble).toBe("group_unknown");
});

test("what one reads is remembered on this device; what was written is nobody's at another meeting", async () => {
  const { captions, feed, hear, memory, read } = scene("fr");
  expect(captions.state.get().reads).toBe(FR);
  captions.read(EN);
  captions.read(null);
  expect([captions.state.get().reads, memory.get("visavis captions")]).toEqual([null, ""]);
  await captions.open();
  hear("fane", "We agree");
  const { meeting } = aSnapshot();
  feed.set({ at: "live", snapshot: { ...aSnapshot(), meeting: { ...meeting, id: "another" as typeof meeting.id } } });
  expect(read()).toEqual([]);
});
