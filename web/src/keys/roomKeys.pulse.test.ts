import { expect, test } from "vitest";
import type { KeptSeat, Pinned } from "../identity";
import type { MeetingId } from "../kernel/ids";
import { SEATS } from "../testing/builders";
import { FakeClock } from "../testing/clock";
import { FakeLog } from "../testing/log";
import { FakeWorkers } from "../testing/workers";
import type { Ground } from "./groupKeys";
import { BEAT } from "./pulse";
import { RoomKeys } from "./roomKeys";

const CHAMBER = { kind: "chamber" } as const;
const FLOOR = { kind: "floor", opening: 1 } as const;
const MINUTE = 60_000;

function room() {
  const clock = new FakeClock();
  const workers = new FakeWorkers();
  const told: string[] = [];
  const ground: Ground = {
    seat: { identity: SEATS.maren.identity } as KeptSeat,
    pinned: {} as Pinned,
    meeting: "meeting" as MeetingId,
    server: "http://visavis",
    red: true,
    ahead: 0,
  };
  const session = { token: () => "token", renew: async () => Promise.resolve(true) };
  const needs = {
    clock,
    workers,
    session,
    log: new FakeLog(),
    changed: () => undefined,
    overheard: () => undefined,
    letter: () => undefined,
  };
  const keys = new RoomKeys({ ...needs, ended: () => told.push("ended") }, ground);
  keys.be([CHAMBER, FLOOR], undefined);
  keys.sealUnder(CHAMBER);
  keys.onEnd(() => told.push("line"));
  const [frames] = workers.framesWorkers;
  if (frames === undefined) throw new Error("no frames worker");
  return { clock, frames, keys, told, workers };
}

test.each(["frames", "chamber"])(
  "a worker that stops without a word (%s) ends all of the room's, and the line",
  (which) => {
    const { clock, frames, keys, told, workers } = room();
    clock.pass(MINUTE);
    expect([told, keys.isOver]).toEqual([[], false]);
    (which === "frames" ? frames : workers.of(which)).isStill = true;
    clock.pass(5 * BEAT);
    expect([told, keys.isOver]).toEqual([["line", "ended"], true]);
    for (const worker of [frames, ...workers.keysWorkers]) expect(worker.isOver).toBe(true);
    clock.pass(MINUTE);
    expect(told).toHaveLength(2);
  },
);

test("the next floor's worker stops alone", () => {
  const { clock, frames, keys, told, workers } = room();
  clock.pass(MINUTE);
  workers.of("floor.1").isStill = true;
  clock.pass(5 * BEAT);
  expect([told, keys.isOver, frames.words.at(-1)]).toEqual([[], false, "disconnect floor.1"]);
  expect(workers.of("chamber").isOver).toBe(false);
});
