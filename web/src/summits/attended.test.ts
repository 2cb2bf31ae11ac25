import { expect, test } from "vitest";
import { SILENCE } from "../contract/socket";
import { memoryIn } from "../testing/memory";
import { Attended, CATCHES_UP } from "./attended";

/** How far the server's clock is ahead. */
const AHEAD = 3_600_000;

/** Hears the server at each of these; returns until when it had heard all, before the last, by one's own clock. */
function heardAt(attended: Attended, ...times: readonly number[]): number | null {
  const heard = times.map((time) => attended.heard(time, AHEAD)).at(-1) ?? null;
  return heard === null ? null : heard - AHEAD;
}

function attending(memory = memoryIn(), meeting = "m"): Attended {
  return new Attended(memory, meeting);
}

test("all was heard until the last word before, once what was missed has come", () => {
  const attended = attending();
  expect(heardAt(attended, 0, 10_000, 20_000, CATCHES_UP - 1, CATCHES_UP)).toBeNull();
  expect(heardAt(attended, CATCHES_UP + 7)).toBe(CATCHES_UP);
  expect(heardAt(attended, CATCHES_UP + 9)).toBe(CATCHES_UP + 7);
});

test("what comes after a break may have been missed in it", () => {
  const attended = attending();
  heardAt(attended, 0, 15_000, CATCHES_UP);
  attended.broken();
  const back = CATCHES_UP + 1000;
  expect(heardAt(attended, back, back + 10_000, back + 20_000)).toBe(CATCHES_UP);
  expect(heardAt(attended, back + CATCHES_UP, back + CATCHES_UP + 1)).toBe(back + CATCHES_UP);
});

test("whoever hears nothing for longer than the line is silent was away", () => {
  const attended = attending();
  heardAt(attended, 0, 15_000, CATCHES_UP);
  const awake = CATCHES_UP + SILENCE + 1;
  expect(heardAt(attended, awake, awake + 1, awake + 2)).toBe(CATCHES_UP);
  expect(heardAt(attended, awake + SILENCE, awake + CATCHES_UP, awake + CATCHES_UP + 1)).toBe(awake + CATCHES_UP);
});

test("a page that is loaded anew remembers it, of this meeting alone", () => {
  const memory = memoryIn();
  heardAt(attending(memory), 0, 15_000, CATCHES_UP);
  expect(heardAt(attending(memory), CATCHES_UP + 500)).toBe(CATCHES_UP);
  expect(heardAt(attending(memory, "another"), CATCHES_UP + 500)).toBeNull();
});

test("what a clock said that was set back since is of no use, before a reload and after it", () => {
  const memory = memoryIn();
  const attended = attending(memory);
  heardAt(attended, 600_000, 615_000, 600_000 + CATCHES_UP);
  expect(heardAt(attending(memory), 1000)).toBeNull();
  expect(heardAt(attended, 1000, 16_000)).toBeNull();
  expect(heardAt(attended, 1000 + CATCHES_UP, 1001 + CATCHES_UP)).toBe(1000 + CATCHES_UP);
});
