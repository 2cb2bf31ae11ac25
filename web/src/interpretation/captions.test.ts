// @vitest-environment node
import { expect, test } from "vitest";
import type { Identity, Language } from "../kernel/ids";
import { afterCaption, type CaptionsNow, type CaptionWord, NO_CAPTIONS, readable } from "./captions";

const EN = "en" as Language;
const FR = "fr" as Language;
const FANE = "FANE" as Identity;
const AMSEL = "AMSEL" as Identity;
const START = 1_796_652_000_000;

type Written = readonly [Identity, number, string, Partial<Pick<CaptionWord, "into" | "done">>?, number?];

function writes(written: readonly Written[], before: CaptionsNow = NO_CAPTIONS): CaptionsNow {
  return written.reduce((now, [from, line, text, part, seconds], each) => {
    const at = new Date(START + (seconds ?? each) * 1000).toISOString();
    const word: CaptionWord = { kind: "caption", at, into: EN, line, text, done: false, ...part };
    return afterCaption(now, { from, word }, (who, into) => who === AMSEL || into === EN);
  }, before);
}

const texts = (now: CaptionsNow, into: Language = EN) => now.get(into)?.map(({ text }) => text) ?? [];

test("a line grows until it is done, and is corrected after that", () => {
  const now = writes([
    [FANE, 1, "We"],
    [FANE, 1, "We agree", { done: true }],
    [FANE, 2, "And"],
  ]);
  expect(now.get(EN)).toMatchObject([
    { text: "We agree", done: true },
    { text: "And", done: false },
  ]);
  expect(texts(writes([[FANE, 1, "We disagree", { done: true }]], now))).toEqual(["We disagree", "And"]);
});

test("whoever begins a line has ended the one before, and nobody else's", () => {
  const now = writes([
    [FANE, 1, "We"],
    [AMSEL, 2, "The house"],
    [FANE, 3, "And"],
  ]);
  expect(now.get(EN)?.map(({ text, done }) => [text, done])).toEqual([
    ["We", true],
    ["The house", false],
    ["And", false],
  ]);
});

test("whoever begins a line in another language has ended the one before, and no later one", () => {
  const now = writes([
    [FANE, 2, "We"],
    [AMSEL, 1, "The house"],
    [AMSEL, 3, "La salle", { into: FR }],
  ]);
  expect(now.get(EN)).toMatchObject([
    { text: "We", done: false },
    { text: "The house", done: true },
  ]);
  expect(now.get(FR)).toMatchObject([{ text: "La salle", done: false }]);
  expect(writes([[AMSEL, 2, "is"]], now).get(FR)).toMatchObject([{ done: false }]);
});

test("an empty line is taken back, and is none where there was none", () => {
  expect(
    texts(
      writes([
        [FANE, 1, "We"],
        [FANE, 1, ""],
        [FANE, 2, ""],
      ]),
    ),
  ).toEqual([]);
});

test("nobody writes in a language they are not accredited for", () => {
  expect(writes([[FANE, 1, "Nous", { into: FR }]])).toBe(NO_CAPTIONS);
  expect(texts(writes([[AMSEL, 1, "Nous", { into: FR }]]), FR)).toEqual(["Nous"]);
});

test("as many lines are kept as can be looked back at; an older one does not come back", () => {
  const now = writes(Array.from({ length: 80 }, (_, line) => [FANE, line, `${line}`] as const));
  expect([texts(now).length, texts(now).at(0), texts(now).at(-1)]).toEqual([60, "20", "79"]);
  expect(writes([[FANE, 3, "again"]], now)).toBe(now);
});

test("of two captioners of a language one is read: whom one would rather, unless they write no more", () => {
  const both = writes([
    [AMSEL, 1, "The house"],
    [FANE, 1, "The home"],
    [AMSEL, 2, "is ours"],
  ]);
  const order = (who: Identity) => (who === FANE ? 0 : 1);
  expect(readable(both.get(EN) ?? [], order).map(({ text }) => text)).toEqual(["The home"]);
  const later = writes([[AMSEL, 3, "and yours", {}, 120]], both);
  expect(readable(later.get(EN) ?? [], order).map(({ text }) => text)).toEqual(["The house", "is ours", "and yours"]);
  expect(readable([], order)).toEqual([]);
});
