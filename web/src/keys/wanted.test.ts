import { expect, test } from "vitest";
import { aMeeting, SEATS } from "../testing/builders";
import { written } from "./groupName";
import { floorLeft, groupsOf } from "./wanted";

type Standing = Parameters<typeof aMeeting>[0];

const names = (who: keyof typeof SEATS, meeting: Standing) =>
  groupsOf(SEATS[who], aMeeting(meeting)).map((name) => written(name));

test.each([
  ["maren", { phase: "arrival", openings: 0 }, ["chamber", "floor.1", "caucus.arven"]],
  ["maren", { phase: "closed", openings: 1 }, ["chamber", "floor.2", "caucus.arven"]],
  ["maren", { phase: "open", openings: 2 }, ["chamber", "floor.2", "caucus.arven"]],
  ["amsel", { phase: "recess", openings: 2 }, ["chamber", "floor.3", "caucus.tolmar"]],
  // One-on-one keeps advisers out of the chamber, and so out of its keys.
  ["sorel", { phase: "closed", openings: 1 }, ["caucus.arven"]],
  ["sorel", { phase: "closed", openings: 1, format: "plenary" }, ["chamber", "floor.2", "caucus.arven"]],
  // The press is never in the chamber's, and comes into the next floor's before the doors open.
  ["reuter", { phase: "closed", openings: 1 }, ["floor.2"]],
  ["reuter", { phase: "open", openings: 1 }, ["floor.1"]],
  // The host's own officer is in none.
  ["keller", { phase: "open", openings: 1 }, []],
  ["maren", { phase: "adjourned", openings: 1 }, []],
] as const)("%s in %j is in %j", (who, meeting, groups) => {
  expect(names(who, meeting)).toEqual(groups);
});

test("the floor that is left is the last one whose doors have closed", () => {
  expect(floorLeft(aMeeting({ phase: "arrival", openings: 0 }))).toBeUndefined();
  expect(floorLeft(aMeeting({ phase: "open", openings: 2 }))).toBeUndefined();
  expect(floorLeft(aMeeting({ phase: "closed", openings: 2 }))).toEqual({ kind: "floor", opening: 2 });
});
