// @vitest-environment node
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { Replays, WINDOW } from "./replay";

const TRACK = { tag: 7, start: 9 };

test("any order of arrival: each number is taken once, and none that is a window behind the newest", () => {
  const near = fc.integer({ min: 0, max: 3 * WINDOW });
  fc.assert(
    fc.property(fc.array(near, { minLength: 1, maxLength: 60 }), (counts) => {
      const replays = new Replays();
      const taken = new Set<number>();
      let newest = -1;
      for (const count of counts) {
        const isNew = !taken.has(count) && count > newest - WINDOW;
        expect(replays.take({ ...TRACK, count })).toBe(isNew);
        taken.add(count);
        newest = Math.max(newest, count);
      }
    }),
  );
});

test("a place that comes round again is free", () => {
  const replays = new Replays();
  for (const count of [0, 1, 2, 3, WINDOW + 5]) expect(replays.take({ ...TRACK, count })).toBe(true);
  expect(replays.take({ ...TRACK, count: WINDOW + 2 })).toBe(true);
  expect(replays.take({ ...TRACK, count: WINDOW + 2 })).toBe(false);
});

test("sixty-four tracks of a sender are remembered, and the one longest unheard goes first", () => {
  const replays = new Replays();
  for (let tag = 0; tag < 64; tag += 1) replays.take({ tag, start: 1, count: 1 });
  expect(replays.take({ tag: 0, start: 1, count: 1 })).toBe(false);
  replays.take({ tag: 64, start: 1, count: 1 });
  expect(replays.take({ tag: 0, start: 1, count: 1 })).toBe(false);
  expect(replays.take({ tag: 1, start: 1, count: 1 })).toBe(true);
});
