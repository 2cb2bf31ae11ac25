import { expect, test } from "vitest";
import { pauseBefore, waitBefore } from "./backoff";

test("the first try is at once, the waits double up to 0.8 s, and a fifth of each is chance", () => {
  const middle = [0, 1, 2, 3, 4, 5, 50].map((tries) => waitBefore(tries, () => 0.5));
  expect(middle).toEqual([0, 100, 200, 400, 800, 800, 800]);
  expect(waitBefore(1, () => 0)).toBe(80);
  expect(waitBefore(1, () => 1)).toBe(120);
});

test("a pause is as long, but never none", () => {
  expect([0, 1, 2, 50].map((tries) => pauseBefore(tries, () => 0.5))).toEqual([100, 100, 200, 800]);
  expect(pauseBefore(1, () => 0)).toBe(100);
});
