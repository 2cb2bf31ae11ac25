import { expect, test } from "vitest";
import type { Event, Snapshot } from "../contract/parse";
import { aMeeting, aSeat, aSnapshot } from "../testing/scenes";
import { applied, isShownAlike } from "./feed";

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

test("a chair's word about the doors, and an event without slices, show nothing anew; all others do", () => {
  const live = { at: "live", snapshot } as const;
  const after = (event: object) => {
    const next = applied(snapshot, { number: 14, kind: "doors_ordered", at: closing.at, ...event });
    // Seats that are not known are left out at each event anew.
    return { at: "live", snapshot: { ...next, seats: [...next.seats] } } as const;
  };
  expect(isShownAlike(live, after({}))).toBe(true);
  const word = { member: snapshot.you, order: "AA", signature: "AA" };
  expect(isShownAlike(live, after({ doors: [word] }))).toBe(true);
  expect(isShownAlike(live, after({ meeting: closing.meeting }))).toBe(false);
  expect(isShownAlike(live, after({ seats: [] }))).toBe(false);
  expect(isShownAlike(live, after({ seats: snapshot.seats.map((seat) => ({ ...seat })) }))).toBe(false);
  expect(isShownAlike(live, after({ connected: [...snapshot.connected, "another" as Snapshot["you"]] }))).toBe(false);
  expect(isShownAlike(live, { at: "opening" })).toBe(false);
  const refused = { at: "refused" } as const;
  expect([isShownAlike(refused, refused), isShownAlike(refused, { at: "refused" })]).toEqual([true, false]);
});
