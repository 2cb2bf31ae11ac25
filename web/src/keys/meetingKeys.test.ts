import { expect, test, vi } from "vitest";
import type { Event, Meeting } from "../contract/parse";
import type { KeptSeat, Pinned } from "../identity";
import { Cell } from "../kernel/store";
import type { FeedState, Handed } from "../summits";
import { aSnapshot, type MemberName, SEATS } from "../testing/builders";
import { FakeClock } from "../testing/clock";
import { FakeLog } from "../testing/log";
import { FakeWorkers } from "../testing/workers";
import { MeetingKeys } from "./meetingKeys";

const INSIDE = { told: "inside", epoch: 3, roster: [], code: "1234" };

/** A page whose workers do nothing but note what they are told. */
async function page(you: MemberName = "maren", meeting: Partial<Meeting> = {}) {
  const clock = new FakeClock();
  const workers = new FakeWorkers();
  const feed = new Cell<FeedState>({ at: "opening" });
  const listeners: ((handed: Handed) => void)[] = [];
  const session = { token: () => "token", renew: async () => Promise.resolve(true) };
  const keys = new MeetingKeys({
    clock,
    log: new FakeLog(),
    workers,
    feed,
    listen: (then) => listeners.push(then),
    session,
    server: "http://visavis",
    red: true,
    ahead: () => 0,
    pinned: () => ({}) as Pinned,
    seat: async () => Promise.resolve({ identity: SEATS[you].identity } as KeptSeat),
  });
  const stand = (part: Partial<Meeting>): void => {
    feed.set({ at: "live", snapshot: aSnapshot({ you, meeting: { openings: 0, phase: "arrival", ...part } }) });
  };
  const hand = (handed: Handed): void => {
    for (const then of listeners) then(handed);
  };
  stand(meeting);
  const sealing = await keys.sealing("chamber");
  const [frames] = workers.framesWorkers;
  if (frames === undefined) throw new Error("no frames worker");
  return { clock, feed, frames, hand, keys, sealing, session, stand, workers };
}

function event(part: Partial<Event>): Event {
  return { number: 58, kind: "group_commit", at: "2026-12-07T14:09:00.000Z", ...part };
}

const WORDS_OF_BEGINNING = ["begin", "enter"];

test("a member is in the chamber's group and the next floor's, and sends under the chamber's keys alone", async () => {
  const { frames, workers } = await page();
  expect(workers.keysWorkers.map(({ said }) => said[0]?.group)).toEqual(["chamber", "floor.1"]);
  expect(workers.of("chamber").words).toEqual([...WORDS_OF_BEGINNING, "transmit true"]);
  expect(workers.of("floor.1").words).toEqual(WORDS_OF_BEGINNING);
  expect(frames.words).toEqual(["doors false", "connect", "connect"]);
});

test("the press gets no keys of the chamber, and none are used before the doors open", async () => {
  const { frames, stand, workers } = await page("reuter");
  expect(workers.keysWorkers.map(({ said }) => said[0]?.group)).toEqual(["floor.1"]);
  expect(frames.words).toEqual(["connect"]);
  stand({ phase: "open", openings: 1 });
  expect(workers.of("floor.1").words).toEqual([...WORDS_OF_BEGINNING, "transmit true"]);
  stand({ phase: "closed", openings: 1 });
  expect(frames.words).toEqual(["connect", "doors true", "doors false", "silence", "connect"]);
});

test("when the doors close, the frames worker is told first, then who seals", async () => {
  const { clock, frames, stand, workers } = await page();
  stand({ phase: "open", openings: 1 });
  expect(frames.words.at(-1)).toBe("doors true");
  expect(workers.of("chamber").words.at(-1)).toBe("transmit false");
  const floor = workers.of("floor.1");
  expect(floor.words.at(-1)).toBe("transmit true");
  stand({ phase: "closed", openings: 1 });
  stand({ phase: "closed", openings: 1 });
  expect(frames.words.slice(-2)).toEqual(["doors false", "connect"]);
  expect(workers.of("chamber").words.at(-1)).toBe("transmit true");
  // The press is put out of it, once; later it is forgotten whole, while the next is there already.
  expect(floor.words.slice(-2)).toEqual(["transmit false", "shut"]);
  expect(workers.of("floor.2").words).toEqual(WORDS_OF_BEGINNING);
  clock.pass(10_000);
  expect(floor.words.at(-1)).toBe("end");
});

test("what events hand on goes to the group that it is of; after a gap all look in their logs", async () => {
  const { hand, keys, workers } = await page();
  const [chamber, floor] = [workers.of("chamber"), workers.of("floor.1")];
  hand(event({ commit: { group: "chamber", epoch: 4, commit: "AA", by: SEATS.vey.member, turn: null } }));
  expect(chamber.said.at(-1)).toEqual({ do: "commit", epoch: 4, commit: "AA" });
  hand(event({ kind: "group_founded", founding: { group: "floor.1", by: SEATS.vey.member } }));
  expect(floor.words.at(-1)).toBe("enter");
  hand("snapshot");
  expect([chamber, floor].map(({ words }) => words.at(-1))).toEqual(["look", "look"]);
  chamber.tell(INSIDE);
  expect(keys.state.get()).toMatchObject({ sealed: true, under: "chamber" });
  hand(event({ kind: "format_changed" }));
  expect([chamber, floor].map(({ words }) => words.at(-1))).toEqual(["look", "enter"]);
});

test("one sends under nobody's keys until one is inside, and is so shown", async () => {
  const { keys, workers } = await page();
  expect(keys.state.get().under).toBeNull();
  workers.of("floor.1").tell(INSIDE);
  expect(keys.state.get().under).toBeNull();
  workers.of("chamber").tell(INSIDE);
  expect(keys.state.get().under).toBe("chamber");
  workers.of("chamber").tell({ told: "outside", why: "removed", code: null });
  expect(keys.state.get().under).toBeNull();
});

test.each(["frames", "keys", "keys in words", "frames in words"])(
  "when a worker fails (%s), every worker of the room ends, the line is told, and all is begun anew",
  async (which) => {
    const { clock, frames, keys, sealing, workers } = await page();
    const told: string[] = [];
    sealing.onEnd(() => told.push("ended"));
    const failing = which.startsWith("frames") ? frames : workers.of("floor.1");
    if (which.endsWith("words")) failing.tell({ told: "ended" });
    else failing.fail();
    expect([frames, ...workers.keysWorkers].map(({ isOver }) => isOver)).toEqual([true, true, true]);
    expect(told).toEqual(["ended"]);
    expect(keys.state.get()).toMatchObject({ under: null, groups: [] });
    const next = keys.sealing("chamber");
    clock.pass(500);
    expect((await next).worker).not.toBe(sealing.worker);
    expect(workers.of("chamber").words).toContain("transmit true");
  },
);

test("the caucus has workers of its own, from when one first goes there", async () => {
  const { frames, keys, workers } = await page();
  const caucus = await keys.sealing("caucus");
  expect(caucus.worker).not.toBe(frames);
  expect(workers.of("caucus.arven").words).toEqual([...WORDS_OF_BEGINNING, "transmit true"]);
  workers.of("caucus.arven").tell(INSIDE);
  workers.of("chamber").tell(INSIDE);
  expect(keys.state.get().under).toBe("caucus");
  await keys.sealing("chamber");
  expect(keys.state.get().under).toBe("chamber");
});

test("a worker whose session is over gets the new one, or learns that there is none", async () => {
  const { session, workers } = await page();
  const chamber = workers.of("chamber");
  chamber.tell({ told: "sessionOver" });
  await vi.waitFor(() => {
    expect(chamber.said.at(-1)).toEqual({ do: "token", token: "token" });
  });
  session.renew = async () => Promise.reject(new Error("out of reach"));
  chamber.tell({ told: "sessionOver" });
  await vi.waitFor(() => {
    expect(chamber.said.at(-1)).toEqual({ do: "token", token: null });
  });
});

test("who is refused, or loses the seat to another tab, keeps no key", async () => {
  const { feed, frames, keys, workers } = await page();
  feed.set({ at: "refused", code: "taken_over" });
  expect([frames, ...workers.keysWorkers].map(({ isOver }) => isOver)).toEqual([true, true, true]);
  expect(keys.state.get().groups).toEqual([]);
});
