import { describe, expect, test } from "vitest";
import type { Language } from "../kernel/ids";
import { type Audible, gains, mayListenTo, onAir } from "./routing";

const en = "en" as Language;
const fr = "fr" as Language;
const floor: Audible = { id: "floor", channel: null, muted: false };
const booth = (channel: Language, muted: boolean): Audible => ({ id: `int:${channel}`, channel, muted });

describe("what a listener hears (docs/protocol.md §7)", () => {
  test.each([
    ["the floor chosen, a booth on air", null, [floor, booth(fr, false)], { floor: 1, "int:fr": 0 }],
    ["a language chosen, its booth on air", fr, [floor, booth(fr, false)], { floor: 0.2, "int:fr": 1 }],
    ["a language chosen, its booth silent", fr, [floor, booth(fr, true)], { floor: 1, "int:fr": 0 }],
    ["a language chosen, only another booth on air", fr, [floor, booth(en, false)], { floor: 1, "int:en": 0 }],
    ["a language chosen, no booth at all", fr, [floor], { floor: 1 }],
  ])("%s", (_name, channel, audibles, expected) => {
    expect(Object.fromEntries(gains(audibles, { channel, originalLevel: 0.2 }))).toEqual(expected);
  });

  test("the original stays between silent and full", () => {
    const audibles = [floor, booth(fr, false)];
    expect(gains(audibles, { channel: fr, originalLevel: 7 }).get("floor")).toBe(1);
    expect(gains(audibles, { channel: fr, originalLevel: -1 }).get("floor")).toBe(0);
    expect(gains(audibles, { channel: fr, originalLevel: Number.NaN }).get("floor")).toBe(0.2);
  });
});

test("a language is on air once, however many booths speak it", () => {
  expect(onAir([floor, booth(fr, false), { ...booth(fr, false), id: "second" }, booth(en, true)])).toEqual([fr]);
});

test("an interpreter takes the floor or another channel as relay, never their own", () => {
  expect(mayListenTo(null, fr)).toBe(true);
  expect(mayListenTo(en, fr)).toBe(true);
  expect(mayListenTo(fr, fr)).toBe(false);
});
