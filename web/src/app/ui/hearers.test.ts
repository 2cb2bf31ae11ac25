import { expect, test } from "vitest";
import { aStanding, sealedUnder } from "../../testing/standings";
import { holdsChamber } from "./hearers";

test.each([
  ["inside", "chamber", true],
  ["joining", "chamber", false],
  ["inside", "caucus", false],
] as const)("one who is %s the group of the %s holds the chamber's keys: %s", (at, group, holds) => {
  expect(holdsChamber(sealedUnder(aStanding(group, [], { at })))).toBe(holds);
});
