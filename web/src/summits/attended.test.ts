import { expect, test } from "vitest";
import { SILENCE } from "../contract/socket";
import { Attended, CATCHES_UP } from "./attended";

/** Hears the server at each of these; returns until when it had heard all, before the last. */
function heardAt(attended: Attended, ...times: readonly number[]): number | null | undefined {
  return times.map((time) => attended.heard(time)).at(-1);
}

test("all was heard until the last word before, once what was missed has come", () => {
  const attended = new Attended();
  expect(heardAt(attended, 0, 10_000, 20_000, CATCHES_UP - 1, CATCHES_UP)).toBeNull();
  expect(heardAt(attended, CATCHES_UP + 7)).toBe(CATCHES_UP);
  expect(heardAt(attended, CATCHES_UP + 9)).toBe(CATCHES_UP + 7);
});

test("what comes after a break may have been missed in it", () => {
  const attended = new Attended();
  heardAt(attended, 0, 15_000, CATCHES_UP);
  attended.broken();
  const back = CATCHES_UP + 1000;
  expect(heardAt(attended, back, back + 10_000, back + 20_000)).toBe(CATCHES_UP);
  expect(heardAt(attended, back + CATCHES_UP, back + CATCHES_UP + 1)).toBe(back + CATCHES_UP);
});

test("whoever hears nothing for longer than the line is silent was away", () => {
  const attended = new Attended();
  heardAt(attended, 0, 15_000, CATCHES_UP);
  const awake = CATCHES_UP + SILENCE + 1;
  expect(heardAt(attended, awake, awake + 1, awake + 2)).toBe(CATCHES_UP);
  expect(heardAt(attended, awake + SILENCE, awake + CATCHES_UP, awake + CATCHES_UP + 1)).toBe(awake + CATCHES_UP);
});
