import { expect, test, vi } from "vitest";
import type { Event, Meeting, Snapshot } from "../contract/parse";
import type { KeptSeat, Pinned } from "../identity";
import type { Party } from "../kernel/ids";
import { Cell } from "../kernel/store";
import type { FeedState, Handed } from "../summits";
import { aSnapshot, type MemberName, SEATS } from "../testing/builders";
import { FakeClock } from "../testing/clock";
import { FakeDoors, HELD, NOT_HELD, SHUT } from "../testing/doors";
import { FakeLog } from "../testing/log";
import { aHolder } from "../testing/standings";
import { FakeWorkers } from "../testing/workers";
import { MeetingKeys } from "./meetingKeys";

const GO_ON = new AbortController().signal;
const INSIDE = { told: "inside", epoch: 3, roster: [], code: "1234" };

/** A page whose workers do nothing but note what they are told. */
async function page(you: MemberName = "maren", meeting: Partial<Meeting> = {}) {
  const clock = new FakeClock();
  const doors = new FakeDoors();
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
    pinned: () => ({ descriptor: { delegations: [{ id: "arven" }, { id: "tolmar" }] } }) as unknown as Pinned,
    hang: () => doors,
    seat: async () => Promise.resolve({ identity: SEATS[you].identity } as KeptSeat),
  });
  /** The meeting stands so by the server's word, and the chairs hold the doors while it says that they are open. */
  const stand = (part: Partial<Meeting>): void => {
    doors.state.set(part.phase === "open" ? HELD : NOT_HELD);
    feed.set({ at: "live", snapshot: aSnapshot({ you, meeting: { openings: 0, phase: "arrival", ...part } }) });
  };
  const hand = (handed: Handed): void => {
    for (const then of listeners) then(handed);
  };
  stand(meeting);
  const sealing = await keys.sealing("chamber", GO_ON);
  const [frames] = workers.framesWorkers;
  if (frames === undefined) throw new Error("no frames worker");
  return { clock, doors, feed, frames, hand, keys, sealing, session, stand, workers };
}

function event(part: Partial<Event>): Event {
  return { number: 58, kind: "group_commit", at: "2026-12-07T14:09:00.000Z", ...part };
}

const WORDS_OF_BEGINNING = ["begin", "enter", "others"];

test("a member is in the chamber's group and the next floor's, and sends under the chamber's keys alone", async () => {
  const { frames, workers } = await page();
  expect(workers.keysWorkers.map(({ said }) => said[0]?.group)).toEqual(["chamber", "floor.1"]);
  for (const { words } of workers.keysWorkers) expect(words).toEqual(WORDS_OF_BEGINNING);
  expect(frames.words).toEqual(["under chamber", "connect chamber", "connect floor.1"]);
});

test("the press gets no keys of the chamber, and none are used before the doors open", async () => {
  const { clock, frames, stand, workers } = await page("reuter");
  expect(workers.keysWorkers.map(({ said }) => said[0]?.group)).toEqual(["floor.1"]);
  expect(frames.words).toEqual(["connect floor.1"]);
  stand({ phase: "open", openings: 1 });
  expect(frames.words.slice(1)).toEqual(["under floor.1"]);
  stand({ phase: "closed", openings: 1 });
  // Its own page keeps the floor no longer than a frame may be under way; the delegations' seal nothing for it.
  expect(frames.words.slice(2)).toEqual(["under null"]);
  clock.pass(10_000);
  expect(frames.words.slice(3)).toEqual(["disconnect floor.1", "connect floor.2"]);
});

test("when the doors close, the frames worker is told first; the floor is forgotten some seconds later", async () => {
  const { clock, frames, stand, workers } = await page();
  stand({ phase: "open", openings: 1 });
  expect(frames.words.at(-1)).toBe("under floor.1");
  stand({ phase: "closed", openings: 1 });
  stand({ phase: "closed", openings: 1 });
  expect(frames.words.slice(-2)).toEqual(["under floor.1", "under chamber"]);
  const floor = workers.of("floor.1");
  // The press is put out of it, once.
  expect(floor.words).toEqual([...WORDS_OF_BEGINNING, "shut", "others"]);
  expect(floor.isOver).toBe(false);
  clock.pass(10_000);
  // The next one is built when there is nothing better to do.
  expect(frames.words.slice(-2)).toEqual(["disconnect floor.1", "connect floor.2"]);
  expect(floor.isOver).toBe(true);
});

test("doors are open only while one hears that they are, and nothing leaves while one's own seat is not known", async () => {
  const { feed, frames, stand } = await page();
  stand({ phase: "open", openings: 1 });
  const open = feed.get();
  if (open.at !== "live") throw new Error("not live");
  feed.set({ at: "returning", snapshot: open.snapshot, since: 0 });
  expect(frames.words.at(-1)).toBe("under chamber");
  feed.set(open);
  expect(frames.words.at(-1)).toBe("under floor.1");
  feed.set({ at: "live", snapshot: { ...open.snapshot, seats: open.snapshot.seats.slice(1) } });
  expect(frames.words.at(-1)).toBe("under null");
});

test("the server's word opens nothing while the chairs do not hold the doors; the press, which sends nothing, believes it", async () => {
  const { doors, frames, keys, stand } = await page();
  stand({ phase: "open", openings: 1 });
  doors.state.set(NOT_HELD);
  expect(frames.words.at(-1)).toBe("under chamber");
  expect(keys.state.get().doors).toEqual({ at: "closed" });
  doors.state.set(HELD);
  expect(frames.words.at(-1)).toBe("under floor.1");
  const press = await page("reuter");
  press.stand({ phase: "open", openings: 1 });
  press.doors.state.set(NOT_HELD);
  expect(press.frames.words.at(-1)).toBe("under floor.1");
});

test("what a chair has closed is closed, and the press put out of it, though the server says that it is open", async () => {
  const { doors, stand, workers } = await page();
  stand({ phase: "open", openings: 1 });
  doors.state.set(NOT_HELD);
  expect(workers.of("floor.1").words).not.toContain("shut");
  doors.state.set(SHUT);
  expect(workers.of("floor.1").words).toContain("shut");
});

test("a device that has closed says so once to the chamber, again when that reached nobody, and counts the others", async () => {
  const { keys, stand, workers } = await page();
  const chamber = workers.of("chamber");
  const roster = [aHolder("maren", 0), aHolder("vey", 1)];
  const said = (): number => chamber.words.filter((word) => word === "say").length;
  chamber.tell({ ...INSIDE, roster });
  stand({ phase: "open", openings: 1 });
  expect(said()).toBe(0);
  stand({ phase: "closed", openings: 1 });
  stand({ phase: "closed", openings: 1 });
  expect(said()).toBe(1);
  expect(chamber.said.at(-1)).toMatchObject({ said: { kind: "signal", signal: "doors_shut", opening: 1 } });
  expect(keys.state.get().closing).toEqual({ done: 0, all: 2 });
  const shut = { kind: "signal", at: "2026-12-07T14:09:00.000Z", signal: "doors_shut", opening: 1 } as const;
  chamber.tell({ told: "letter", letter: { told: "heard", number: 1, from: aHolder("vey", 1).member, said: shut } });
  expect(keys.state.get().closing).toEqual({ done: 1, all: 2 });
  // Whoever leaves is not waited for, whatever else the feed says or does not.
  chamber.tell({ ...INSIDE, roster: roster.slice(1) });
  expect(keys.state.get().closing).toEqual({ done: 1, all: 1 });
  chamber.tell({ ...INSIDE, roster });
  chamber.tell({ told: "letter", letter: { told: "unsent", ticket: -1, code: null } });
  stand({ phase: "closed", openings: 1 });
  expect(said()).toBe(2);
});

test("doors that have not opened yet, or of which nothing is heard, are not confirmed to have closed", async () => {
  const { doors, feed, stand, workers } = await page();
  const chamber = workers.of("chamber");
  chamber.tell({ ...INSIDE, roster: [aHolder("maren", 0), aHolder("vey", 1)] });
  stand({ phase: "open", openings: 1 });
  doors.state.set(NOT_HELD);
  doors.state.set(HELD);
  const open = feed.get();
  if (open.at !== "live") throw new Error("not live");
  feed.set({ at: "returning", snapshot: open.snapshot, since: 0 });
  expect(chamber.words).not.toContain("say");
  feed.set(open);
  doors.state.set(SHUT);
  expect(chamber.said.at(-1)).toMatchObject({ said: { signal: "doors_shut", opening: 1 } });
});

test("who goes on outside is named and warned of; whoever is warned begins anew, and says so when that stands", async () => {
  const { clock, frames, keys, stand, workers } = await page();
  const roster = [aHolder("maren", 0), aHolder("vey", 1)];
  const [own, vey] = [SEATS.maren.identity, SEATS.vey.identity];
  const at = "2026-12-07T14:09:00.000Z";
  const tell = (signal: object, from: number): void => {
    const member = (roster[from] ?? aHolder("vey", 1)).member;
    const said = { kind: "signal", at, opening: 1, ...signal };
    workers.of("chamber").tell({ told: "letter", letter: { told: "heard", number: 1, from: member, said } });
  };
  const warnings = () => workers.of("chamber").said.filter((word) => JSON.stringify(word).includes("heard_outside"));
  workers.of("chamber").tell({ ...INSIDE, roster });
  stand({ phase: "open", openings: 1 });
  stand({ phase: "closed", openings: 1 });
  tell({ signal: "doors_shut" }, 1);
  clock.pass(1000);
  frames.tell({ told: "overheard", sender: vey, group: "floor.1" });
  frames.tell({ told: "overheard", sender: vey, group: "floor.1" });
  expect(keys.state.get().overheard).toEqual([vey]);
  expect(warnings()).toMatchObject([{ said: { signal: "heard_outside", opening: 1, of: vey } }]);
  expect(frames.isOver).toBe(false);
  tell({ signal: "heard_outside", of: own }, 1);
  expect([keys.state.get().overheard, frames.isOver]).toEqual([[vey, own], true]);
  clock.pass(1000);
  workers.of("chamber").tell({ ...INSIDE, roster });
  expect(workers.of("chamber").said.at(-1)).toMatchObject({ said: { signal: "doors_shut", opening: 1 } });
  // Said again by another, it is the same: one does not begin anew for each of them.
  tell({ signal: "heard_outside", of: own }, 1);
  expect(workers.framesWorkers.at(-1)?.isOver).toBe(false);
  stand({ phase: "open", openings: 2 });
  expect(keys.state.get().overheard).toEqual([]);
});

test("what events hand on goes to the group that it is of; after a gap all look in their logs", async () => {
  const { hand, keys, workers } = await page();
  const [chamber, floor] = [workers.of("chamber"), workers.of("floor.1")];
  hand(event({ commit: { group: "chamber", epoch: 4, commit: "AA", by: SEATS.vey.member, turn: null } }));
  expect(chamber.said.at(-1)).toEqual({ do: "commit", epoch: 4, commit: "AA" });
  hand(event({ kind: "group_founded", founding: { group: "floor.1", by: SEATS.vey.member } }));
  expect(floor.words.at(-1)).toBe("enter");
  hand("snapshot");
  for (const { words } of [chamber, floor]) expect(words.slice(-3)).toEqual(["enter", "revoked", "look"]);
  chamber.tell(INSIDE);
  expect(keys.state.get()).toMatchObject({ under: "chamber" });
  for (const kind of ["format_changed", "channels_changed", "booths_changed"] as const) {
    const before = floor.words.length;
    hand(event({ kind }));
    expect([chamber.words.at(-1), ...floor.words.slice(before)]).toEqual(["look", "enter"]);
  }
});

test("every group is told who is connected and whom the meeting keeps out, when that changes and while one hears of it", async () => {
  const { feed, stand, workers } = await page();
  const told = (group: string) => workers.of(group).said.filter((word) => word.do === "others");
  const all = Object.values(SEATS).map(({ identity }) => identity);
  const keptOut = ["chair", "adviser", "notetaker", "technician", "press", "protocol_officer"];
  stand({});
  expect(told("chamber")).toEqual([{ do: "others", connected: all, keptOut }]);
  expect(told("floor.1")).toEqual([
    { do: "others", connected: all, keptOut: keptOut.filter((role) => role !== "press") },
  ]);
  const { snapshot } = feed.get() as { readonly snapshot: Snapshot };
  feed.set({ at: "live", snapshot: { ...snapshot, connected: [SEATS.vey.member] } });
  const two = [SEATS.maren.identity, SEATS.vey.identity];
  expect(told("chamber").at(-1)).toEqual({ do: "others", connected: two, keptOut });
  feed.set({ at: "returning", snapshot, since: 0 });
  expect(told("chamber").at(-1)).toEqual({ do: "others", connected: null, keptOut });
  stand({ format: "plenary" });
  expect(told("chamber").at(-1)).toEqual({ do: "others", connected: all, keptOut: keptOut.slice(3) });
});

test("an envelope is handed to its group alone, and what is told of it comes back under the group's name", async () => {
  const { hand, keys, workers } = await page();
  const [chamber, floor] = [workers.of("chamber"), workers.of("floor.1")];
  const told: unknown[] = [];
  keys.listen((group, letter) => told.push([group.kind, letter]));
  const before = floor.said.length;
  hand(event({ kind: "envelope", envelope: { group: "chamber", number: 7, envelope: "AQI", by: SEATS.vey.member } }));
  expect(chamber.said.at(-1)).toEqual({ do: "envelope", number: 7, envelope: "AQI" });
  const said = { kind: "signal", at: "2026-12-07T14:09:00.000Z", signal: "raise_hand" } as const;
  expect(keys.say({ kind: "chamber" }, 3, said)).toBe(true);
  expect(chamber.said.at(-1)).toEqual({ do: "say", ticket: 3, said });
  expect(keys.say({ kind: "floor", opening: 9 }, 4, said)).toBe(false);
  expect(floor.said).toHaveLength(before);
  chamber.tell({ told: "letter", letter: { told: "sent", ticket: 3, number: 8 } });
  expect(told).toEqual([["chamber", { told: "sent", ticket: 3, number: 8 }]]);
});

test("nothing is shown anew where nothing is otherwise, such as until when the doors are held", async () => {
  const { doors, keys, stand } = await page();
  stand({ phase: "open", openings: 1 });
  const before = keys.state.get();
  stand({ phase: "open", openings: 1 });
  doors.state.set({ ...HELD, doors: { at: "open", until: 7 } });
  expect(keys.state.get()).toBe(before);
  doors.state.set({ ...HELD, doors: { at: "opening", by: ["arven" as Party], awaited: ["tolmar" as Party] } });
  const opening = keys.state.get();
  expect(opening.doors.at).toBe("opening");
  doors.state.set({ ...HELD, doors: { at: "opening", by: ["tolmar" as Party], awaited: ["arven" as Party] } });
  expect(keys.state.get()).not.toBe(opening);
  doors.state.set({ ...NOT_HELD, fallen: ["arven" as Party] });
  expect(keys.state.get().fallen).toEqual(["arven"]);
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
  "when a worker in use fails (%s), every worker of the room ends, the line is told, and all is begun anew",
  async (which) => {
    const { clock, frames, keys, sealing, workers } = await page();
    const told: string[] = [];
    sealing.onEnd(() => told.push("ended"));
    const failing = which.startsWith("frames") ? frames : workers.of("chamber");
    if (which.endsWith("words")) failing.tell({ told: "ended" });
    else failing.fail();
    expect([frames, ...workers.keysWorkers].map(({ isOver }) => isOver)).toEqual([true, true, true]);
    expect([told, sealing.isOver]).toEqual([["ended"], true]);
    expect(keys.state.get()).toMatchObject({ under: null, groups: [] });
    const next = keys.sealing("chamber", GO_ON);
    clock.pass(5000);
    expect((await next).worker).not.toBe(sealing.worker);
    expect(workers.framesWorkers.at(-1)?.words[0]).toBe("under chamber");
  },
);

test("what fails again and again is begun anew less and less often", async () => {
  const { clock, workers } = await page();
  for (let second = 0; second < 60; second += 1) {
    workers.framesWorkers.at(-1)?.fail();
    clock.pass(1000);
  }
  expect(workers.framesWorkers.length).toBeGreaterThan(3);
  expect(workers.framesWorkers.length).toBeLessThan(30);
});

test("the next floor's worker fails alone", async () => {
  const { frames, sealing, stand, workers } = await page();
  workers.of("floor.1").fail();
  expect(sealing.isOver).toBe(false);
  expect(frames.words.at(-1)).toBe("disconnect floor.1");
  stand({});
  expect(workers.of("floor.1").isOver).toBe(false);
});

test("whoever waits for keys in vain is let go", async () => {
  const { keys, sealing } = await page();
  sealing.fail();
  const stop = new AbortController();
  const waiting = keys.sealing("chamber", stop.signal);
  stop.abort();
  await expect(waiting).rejects.toThrow("aborted");
});

test("the caucus has workers of its own, from when one first goes there", async () => {
  const { frames, keys, stand, workers } = await page();
  const caucus = await keys.sealing("caucus", GO_ON);
  expect(caucus.worker).not.toBe(frames);
  expect(workers.framesWorkers[1]?.words).toEqual(["under caucus.arven", "connect caucus.arven"]);
  workers.of("caucus.arven").tell(INSIDE);
  workers.of("chamber").tell(INSIDE);
  expect(keys.state.get().under).toBe("caucus");
  await keys.sealing("chamber", GO_ON);
  expect(keys.state.get().under).toBe("chamber");
  stand({ phase: "adjourned" });
  expect(workers.keysWorkers.every(({ isOver }) => isOver)).toBe(true);
});

test("one is in the caucus' group without ever going there, once something is to be said in it; nothing is sent under it", async () => {
  const { keys, workers } = await page();
  keys.joinCaucus();
  keys.joinCaucus();
  expect(workers.keysWorkers.map(({ said }) => said[0]?.group)).toEqual(["chamber", "floor.1", "caucus.arven"]);
  workers.of("caucus.arven").tell(INSIDE);
  workers.of("chamber").tell(INSIDE);
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

test("a chair's word goes to the groups that are stuck, and that the code is read to the chamber's alone", async () => {
  const { keys, workers } = await page();
  keys.pause(7);
  keys.takeBack();
  expect(workers.of("chamber").words.slice(-1)).toEqual(["pause"]);
  workers.of("floor.1").tell({ told: "outside", why: "stuck", code: null });
  keys.takeBack();
  expect(workers.of("chamber").words.slice(-1)).toEqual(["pause"]);
  expect(workers.of("floor.1").words.slice(-1)).toEqual(["void"]);
});
