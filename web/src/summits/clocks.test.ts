import { expect, test } from "vitest";
import type { AgendaItem } from "../contract/parse";
import type { AgendaItemId, MemberId } from "../kernel/ids";
import { aMeeting } from "../testing/scenes";
import { betterTime, floorSeconds, itemSeconds, meetingSeconds, serverNow } from "./clocks";

const now = Date.parse("2026-03-01T09:01:00.000Z");
const since = "2026-03-01T09:00:20.000Z";
const item: AgendaItem = {
  id: "one" as AgendaItemId,
  title: "Borders",
  minutes: 20,
  state: "current",
  seconds: 43,
  since,
};

test("an item counts what was spent before and, while current, the time since", () => {
  expect(itemSeconds(item, now)).toBe(83);
  expect(itemSeconds({ ...item, state: "done", since: null }, now)).toBe(43);
});

test("meeting and floor have a clock only while there is something to count", () => {
  expect(meetingSeconds(aMeeting(), now)).toBeNull();
  expect(meetingSeconds(aMeeting({ began: since }), now)).toBe(40);
  expect(floorSeconds({ holder: null, since: null, interprets: null, asks: [] }, now)).toBeNull();
  expect(floorSeconds({ holder: "maren" as MemberId, since, interprets: null, asks: [] }, now)).toBe(40);
});

test("server time is kept from the message that was quickest, and renewed after ten minutes", () => {
  const quick = { said: 5000, heard: 1000 };
  const slow = { said: 6000, heard: 2500 };
  expect(betterTime(quick, slow)).toBe(quick);
  expect(betterTime(slow, { said: 7000, heard: 3000 })).toEqual({ said: 7000, heard: 3000 });
  const late = { said: 605_000, heard: 602_000 };
  expect(betterTime(quick, late)).toBe(late);
  expect(serverNow(quick, 1500)).toBe(5500);
  expect(serverNow(null, 1500)).toBe(1500);
});
