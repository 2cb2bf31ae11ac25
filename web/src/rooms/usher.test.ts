import { describe, expect, test } from "vitest";
import type { ErrorCode } from "../contract/codes";
import type { Ticket } from "../contract/parse";
import { OutageError, RefusedError } from "../kernel/errors";
import type { Identity } from "../kernel/ids";
import { FakeClock } from "../testing/clock";
import { FakeSealing } from "../testing/sealing";
import { FakeLog } from "../testing/log";
import { aSeat, aSnapshot } from "../testing/scenes";
import { aMediaTrack, FakeSfu } from "../testing/sfu";
import type { Situation } from "./situation";
import { Usher } from "./usher";

const own = aSeat("maren", "principal");
const open: Situation = { own, snapshot: aSnapshot([own], { phase: "open" }) };

function scene(situation: Situation | null = open) {
  const sfu = new FakeSfu(own.identity);
  const clock = new FakeClock();
  const told: string[] = [];
  const takes: number[] = [];
  const answers: (Error | "a ticket")[] = [];
  const sealings: FakeSealing[] = [];
  const tell = (word: string) => () => {
    told.push(word);
  };
  const usher = new Usher(
    {
      engine: sfu,
      tickets: {
        async take(_door, identity: Identity): Promise<Ticket> {
          takes.push(clock.now());
          const answer = answers.shift() ?? "a ticket";
          if (answer !== "a ticket") throw answer;
          const grant = { publish: [], hear: true };
          return Promise.resolve({ url: "ws://sfu", token: "t", room: "r", identity, expires: "", grant, life: "1" });
        },
        takeToWait: async () => Promise.reject(new OutageError("sfu_unavailable")),
        enter: async () => Promise.resolve(),
      },
      sealing: async () => Promise.resolve(sealings.shift() ?? new FakeSealing("MAREN")),
      tab: { claim: async () => Promise.resolve(true) },
      studio: {
        copy: async () => Promise.resolve(aMediaTrack("audio")),
        close: () => undefined,
        warm: async () => Promise.resolve(),
        shareScreen: async () => Promise.resolve(aMediaTrack("video")),
      },
      clock,
      log: new FakeLog(),
      situation: () => situation,
      mark: tell("mark"),
    },
    {
      changed: tell("changed"),
      restored: tell("restored"),
      ended: tell("ended"),
      struggling: tell("struggling"),
    },
  );
  return { answers, clock, sealings, sfu, takes, told, usher };
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
}

describe("an usher", () => {
  test("marks each moment", async () => {
    const { told, usher } = scene();
    const ushered = await usher.bring("chamber", new AbortController().signal);
    expect(ushered?.at).toBe("seated");
    expect(told).toEqual(["mark", "mark", "mark"]);
  });

  test("waits for the meeting's next event while nothing is known", async () => {
    const { sfu, usher } = scene(null);
    expect(await usher.bring("chamber", new AbortController().signal)).toEqual({ at: "waiting" });
    expect(sfu.rooms).toEqual([]);
  });

  test("asks for no ticket where the table admits nobody", async () => {
    const { sfu, usher } = scene({ own, snapshot: aSnapshot([own], { phase: "adjourned" }) });
    const ushered = await usher.bring("chamber", new AbortController().signal);
    expect(ushered).toEqual({ at: "shut-out", why: "adjourned" });
    expect(sfu.rooms).toEqual([]);
  });

  test.each(["not_in_this_format", "member_revoked", "ticket_refused"] as const)(
    "does not try again after %s",
    async (code: ErrorCode) => {
      const { answers, usher } = scene();
      answers.push(new RefusedError(code));
      const ushered = await usher.bring("chamber", new AbortController().signal);
      expect(ushered?.at).toBe("shut-out");
    },
  );

  test("seats nobody over what seals no more, and tries again", async () => {
    const { clock, sealings, sfu, takes, usher } = scene();
    const dead = new FakeSealing("MAREN");
    dead.fail();
    sealings.push(dead);
    const bringing = usher.bring("chamber", new AbortController().signal);
    for (let step = 0; step < 20; step += 1) {
      await settled();
      clock.pass(10);
    }
    expect((await bringing)?.at).toBe("seated");
    expect(takes).toHaveLength(2);
    expect(sfu.rooms.map(({ ended }) => ended)).toEqual([true, false]);
  });

  test("tries again after an outage, longer each time, and says so once", async () => {
    const { answers, clock, takes, told, usher } = scene();
    answers.push(...Array.from({ length: 5 }, () => new OutageError("internal")));
    const bringing = usher.bring("chamber", new AbortController().signal);
    for (let step = 0; step < 400; step += 1) {
      await settled();
      clock.pass(10);
    }
    expect((await bringing)?.at).toBe("seated");
    expect(told.filter((word) => word === "struggling")).toHaveLength(1);
    const waits = takes.slice(1).map((at, before) => at - (takes[before] ?? 0));
    expect(waits).toHaveLength(5);
    expect(waits.slice(0, 4)).toEqual(waits.slice(0, 4).toSorted((one, other) => one - other));
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(80);
  });

  test("called off, brings nobody", async () => {
    const { answers, clock, sfu, usher } = scene();
    answers.push(new OutageError("internal"));
    const stop = new AbortController();
    const bringing = usher.bring("chamber", stop.signal);
    await settled();
    stop.abort();
    clock.pass(1000);
    expect(await bringing).toBeNull();
    expect(sfu.rooms).toEqual([]);
  });

  test("a connection that fails is closed, with what it sent", async () => {
    const { clock, sfu, usher } = scene();
    sfu.down = true;
    const bringing = usher.bring("chamber", new AbortController().signal);
    await settled();
    expect(sfu.room.ended).toBe(true);
    sfu.down = false;
    clock.pass(1000);
    expect((await bringing)?.at).toBe("seated");
    expect(sfu.rooms).toHaveLength(2);
  });
});
