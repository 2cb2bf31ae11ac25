import { expect, test } from "vitest";
import type { Pinned, KeptSeat } from "../identity";
import { Cell } from "../kernel/store";
import type { FeedState } from "../summits";
import { aSnapshot, type MemberName, SEATS } from "../testing/builders";
import { FakeClock } from "../testing/clock";
import { FakeDoors, NOT_HELD } from "../testing/doors";
import { FakeLog } from "../testing/log";
import { FakeWorkers } from "../testing/workers";
import { MeetingKeys } from "./meetingKeys";

const WORDS_OF_BEGINNING = ["begin", "enter", "others"];

/** A page at a closed meeting, whose workers do nothing but note what they are told. */
async function page(you: MemberName) {
  const [doors, workers] = [new FakeDoors(), new FakeWorkers()];
  doors.state.set(NOT_HELD);
  const snapshot = aSnapshot({ you, meeting: { openings: 0, phase: "closed" } });
  const feed = new Cell<FeedState>({ at: "live", snapshot });
  const keys = new MeetingKeys({
    clock: new FakeClock(),
    log: new FakeLog(),
    workers,
    feed,
    listen: () => undefined,
    session: { token: () => "token", renew: async () => Promise.resolve(true) },
    server: "http://visavis",
    red: true,
    ahead: () => 0,
    pinned: () => ({ descriptor: { delegations: [{ id: "arven" }, { id: "tolmar" }] } }) as unknown as Pinned,
    hang: () => doors,
    seat: async () => Promise.resolve({ identity: SEATS[you].identity } as KeptSeat),
  });
  await keys.sealing("chamber", new AbortController().signal);
  return { feed, frames: workers.framesWorkers[0], keys, workers };
}

test("an interpreter is in the group of the booth that they sit in, and is told who works there; it seals its own room, and nothing else", async () => {
  const { frames, keys, workers } = await page("fane");
  const members = [SEATS.fane.identity, SEATS.sorel.identity];
  keys.sitInBooth({ id: "arven.en", members });
  const booth = workers.of("booth.arven.en");
  expect(booth.words).toEqual(WORDS_OF_BEGINNING);
  expect(booth.said.at(-1)).toMatchObject({ do: "others", members });
  expect(frames?.words.join()).not.toContain("booth");
  expect((await keys.sealing("booth", new AbortController().signal)).worker).toBe(workers.framesWorkers[1]);
  expect(workers.framesWorkers[1]?.words).toEqual(["under booth.arven.en", "connect booth.arven.en"]);
  keys.sitInBooth({ id: "arven.en", members: members.slice(0, 1) });
  expect(booth.said.at(-1)).toMatchObject({ do: "others", members: members.slice(0, 1) });
  keys.sitInBooth({ id: "joint.fr", members });
  expect(booth.isOver).toBe(true);
  expect(workers.of("booth.joint.fr").words).toEqual(WORDS_OF_BEGINNING);
  expect(workers.framesWorkers[1]?.words).toContain("under booth.joint.fr");
  keys.sitInBooth(null);
  expect(workers.of("booth.joint.fr").isOver).toBe(true);
  expect(workers.framesWorkers[1]?.words.slice(-2)).toEqual(["under null", "disconnect booth.joint.fr"]);
});

test.each([
  ["maren", "arven.en"],
  ["fane", "tolmar.fr"],
  ["fane", `arven.${"x".repeat(30)}`],
] as const)("%s gets no keys of the booth %s", async (who, id) => {
  const { keys, workers } = await page(who);
  keys.sitInBooth({ id, members: [SEATS[who].identity] });
  expect(workers.keysWorkers.map(({ said }) => String(said[0]?.group)).join()).not.toContain("booth");
});

test("while one does not know who one is, nothing leaves a booth either", async () => {
  const { feed, keys, workers } = await page("fane");
  keys.sitInBooth({ id: "arven.en", members: [SEATS.fane.identity] });
  feed.set({ at: "returning", snapshot: null } as unknown as FeedState);
  expect(workers.framesWorkers[1]?.words.at(-1)).toBe("under null");
});

test("a line to the booth leaves what one sends in the chamber as it is", async () => {
  const { keys, workers } = await page("fane");
  workers.of("chamber").tell({ told: "inside", epoch: 1, roster: [], code: null });
  keys.sitInBooth({ id: "arven.en", members: [SEATS.fane.identity] });
  await keys.sealing("booth", new AbortController().signal);
  keys.sitInBooth({ id: "arven.en", members: [] });
  expect(keys.state.get().under).toBe("chamber");
});
