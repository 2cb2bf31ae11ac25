import { expect, test } from "vitest";
import type { Event } from "../contract/parse";
import { aMeeting, aSeat, aSnapshot } from "../testing/scenes";
import { applied } from "./feed";

const snapshot = aSnapshot([aSeat("maren", "principal")], { phase: "open" });
const closing: Event = {
  number: 14,
  kind: "phase_moved",
  at: "2026-03-01T09:05:00.000Z",
  meeting: aMeeting({ phase: "closed" }),
  consents: [],
};

test("slices replace, everything else stays, and gaps in the numbers are others' events", () => {
  const after = applied(snapshot, closing);
  expect(after.meeting.phase).toBe("closed");
  expect(after.number).toBe(14);
  expect(after.seats).toBe(snapshot.seats);
  expect(Object.keys(after).toSorted()).toEqual(Object.keys(snapshot).toSorted());
});

test("an event heard twice or too late changes nothing", () => {
  const after = applied(snapshot, closing);
  expect(applied(after, { ...closing, meeting: aMeeting({ phase: "recess" }) })).toBe(after);
  expect(applied(after, { ...closing, number: 13 })).toBe(after);
});
