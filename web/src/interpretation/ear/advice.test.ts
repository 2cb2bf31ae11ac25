import { expect, test } from "vitest";
import { CLEAR } from "../../testing/ear";
import { adviceOn } from "./advice";

test.each([
  [{}, ["good"]],
  [{ heard: 2.9 }, null],
  [{ bandwidth: "telephone" }, ["telephone"]],
  [{ bandwidth: "wide", noise: -44 }, ["wide", "noisy"]],
  [{ bandwidth: "super_wide" }, ["good"]],
  [{ clipping: 0.02, loudness: -9 }, ["clipped"]],
  [{ loudness: -9 }, ["loud"]],
  [{ loudness: -44, noise: null }, ["soft"]],
] as const)("of %o it is said: %o", (part, advice) => {
  expect(adviceOn({ ...CLEAR, ...part })).toEqual(advice);
});
