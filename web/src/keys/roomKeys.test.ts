import { expect, test } from "vitest";
import type { KeptSeat, Pinned } from "../identity";
import type { MeetingId } from "../kernel/ids";
import { SEATS } from "../testing/builders";
import { FakeClock } from "../testing/clock";
import { FakeLog } from "../testing/log";
import { FakeWorkers } from "../testing/workers";
import { RoomKeys } from "./roomKeys";

test("when one of its workers fails, all end, and every group is told to have", () => {
  const workers = new FakeWorkers();
  const told: string[] = [];
  const room: RoomKeys = new RoomKeys(
    {
      clock: new FakeClock(),
      log: new FakeLog(),
      workers,
      session: { token: () => "token", renew: async () => Promise.resolve(true) },
      changed: () => {
        told.push([...room.groups.values()].map(({ standing }) => `${standing.group} ${standing.at}`).join(", "));
      },
      overheard: () => undefined,
      letter: () => undefined,
      ended: () => {
        told.push("ended");
      },
    },
    {
      seat: { identity: SEATS.maren.identity } as KeptSeat,
      pinned: {} as Pinned,
      meeting: "meeting" as MeetingId,
      server: "http://visavis",
      red: true,
      ahead: 0,
    },
  );
  room.be([{ kind: "chamber" }, { kind: "floor", opening: 1 }], undefined);
  workers.framesWorkers[0]?.fail();
  expect(told).toEqual(["chamber ended, floor joining", "chamber ended, floor ended", "ended"]);
  expect([...workers.framesWorkers, ...workers.keysWorkers].map(({ ended }) => ended > 0)).toEqual([true, true, true]);
  room.fail();
  expect(told).toHaveLength(3);
});
