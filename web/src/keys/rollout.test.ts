import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { BEGINNING, type Fact, nextAt, type Order, type Rollout, step, type Why } from "./rollout";

const ALL = ["ANNA", "BORIS"];

/** Tells facts, and lets time do what falls due meanwhile. */
class Story {
  private rollout: Rollout = BEGINNING;
  private time = 0;
  readonly told: [number, string][] = [];

  at(ms: number, fact?: Fact): this {
    for (let due = nextAt(this.rollout); due !== null && due <= ms; due = nextAt(this.rollout)) {
      this.take({ is: "time" }, due);
    }
    this.take(fact ?? { is: "time" }, ms);
    return this;
  }

  epoch(ms: number, keyId: number, why: Why, senders: readonly string[] = ALL): this {
    return this.at(ms, { is: "epoch", keyId, senders, why });
  }

  heard(ms: number, sender: string, keyId: number): this {
    return this.at(ms, { is: "heard", sender, keyId });
  }

  /** What was ordered of a kind, and when. */
  of(kind: string): readonly [number, string][] {
    return this.told.filter(([, order]) => order.startsWith(kind));
  }

  private take(fact: Fact, now: number): void {
    if (now < this.time) throw new Error("time goes on");
    this.time = now;
    const { rollout, orders } = step(this.rollout, fact, now);
    this.rollout = rollout;
    for (const order of orders) this.told.push([now, said(order)]);
  }
}

function said(order: Order): string {
  switch (order.order) {
    case "receive":
      return `receive ${order.sender} ${order.keyId}`;
    case "send":
      return `send ${order.keyId}`;
    case "forget":
      return `forget ${order.sender} ${order.keyIds?.join(",") ?? "all"}`;
    case "forceKeyFrame":
      return "key frame";
  }
}

describe("a new epoch", () => {
  test.each<[Why, readonly [number, string][]]>([
    ["arrival", [[300, "send 1"]]],
    [
      "join",
      [
        [500, "send 1"],
        [500, "key frame"],
      ],
    ],
    ["rotation", [[500, "send 1"]]],
    ["leave", [[500, "send 1"]]],
    [
      "expulsion",
      [
        [0, "send 1"],
        [0, "key frame"],
      ],
    ],
  ])("by %s is received at once, and sent with in time", (why, sent) => {
    const story = new Story().epoch(0, 1, why).at(60_000);
    expect(story.told).toEqual([[0, "receive ANNA 1"], [0, "receive BORIS 1"], ...sent]);
  });

  test("makes everybody forget who is no longer in it, before anything is sent with it", () => {
    const story = new Story().epoch(0, 1, "arrival").at(1000).epoch(1000, 2, "expulsion", ["ANNA"]);
    expect(story.told.slice(-4)).toEqual([
      [1000, "forget BORIS all"],
      [1000, "receive ANNA 2"],
      [1000, "send 2"],
      [1000, "key frame"],
    ]);
  });

  test("by expulsion overtakes every key that waits", () => {
    const story = new Story().epoch(0, 1, "rotation").epoch(100, 2, "join").epoch(200, 3, "expulsion").at(60_000);
    expect(story.of("send")).toEqual([[200, "send 3"]]);
  });
});

describe("a storm of joins", () => {
  test("changes the sending key at most twice a second, and to keys that all had time to install", () => {
    const story = new Story();
    for (let joined = 1; joined <= 30; joined += 1) story.epoch(joined * 50, joined, "join");
    story.at(60_000);
    const sends = story.of("send");
    expect(sends.map(([at]) => at)).toEqual([550, 1050, 1550, 2050]);
    expect(sends.at(-1)?.[1]).toBe("send 30");
    for (const [at, order] of sends) expect(at - Number(order.slice(5)) * 50).toBeGreaterThanOrEqual(500);
  });
});

describe("an old key", () => {
  test("goes five seconds after its sender's first frame under the newer one", () => {
    const story = new Story().epoch(0, 1, "arrival").epoch(1000, 2, "rotation");
    story.heard(1600, "ANNA", 2).heard(3000, "ANNA", 2).at(60_000);
    expect(story.of("forget")).toEqual([
      [6600, "forget ANNA 1"],
      [11_000, "forget BORIS 1"],
    ]);
  });

  test("goes after ten seconds when its sender is silent, and no sooner for frames under itself", () => {
    const story = new Story().epoch(0, 1, "arrival").epoch(1000, 2, "rotation").heard(1600, "ANNA", 1).at(60_000);
    expect(story.of("forget ANNA")).toEqual([[11_000, "forget ANNA 1"]]);
  });

  test("is not kept longer by newer epochs", () => {
    const story = new Story();
    for (let keyId = 0; keyId < 20; keyId += 1) story.epoch(keyId * 1000, keyId, "rotation");
    expect(story.of("forget ANNA").slice(0, 2)).toEqual([
      [11_000, "forget ANNA 0"],
      [12_000, "forget ANNA 1"],
    ]);
  });

  test("whose number comes again is the new one", () => {
    const story = new Story().epoch(0, 5, "arrival").epoch(1000, 6, "rotation").epoch(2000, 5, "rotation").at(60_000);
    expect(story.of("forget ANNA")).toEqual([[12_000, "forget ANNA 6"]]);
  });
});

test("whatever happens, nothing is sent with that was not received, and only the newest is kept", () => {
  const whys = fc.constantFrom<Why>("arrival", "join", "rotation", "leave", "expulsion");
  const happenings = fc.array(fc.record({ wait: fc.nat(3000), why: whys, hears: fc.boolean() }), { maxLength: 40 });
  fc.assert(
    fc.property(happenings, (all) => {
      const story = new Story();
      let now = 0;
      for (const [keyId, { wait, why, hears }] of all.entries()) {
        now += wait;
        story.epoch(now, keyId, why);
        if (hears) story.heard(now, "BORIS", keyId);
      }
      story.at(now + 60_000);
      const received = all.map((_, keyId) => keyId);
      const forgotten = story.of("forget ANNA").map(([, order]) => order.slice("forget ANNA ".length));
      expect(forgotten.flatMap((ids) => ids.split(",")).map(Number)).toEqual(received.slice(0, -1));
      expect(story.of("send").at(-1)?.[1]).toBe(all.length === 0 ? undefined : `send ${all.length - 1}`);
    }),
  );
});
