import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Identity, Party } from "../kernel/ids";
import {
  afterFact,
  APART,
  type Chair,
  closedDoors,
  type DoorFact,
  type Doors,
  type DoorsStanding,
  LEASE,
  nextChange,
  RENEWAL,
  standingOf,
} from "./doors";

const NOW = Date.parse("2026-12-07T14:09:00.000Z");
const [arven, tolmar, ostra] = ["arven", "tolmar", "ostra"] as Party[] as [Party, Party, Party];

function chair(name: string, party: Party): Chair {
  return { party, identity: name as Identity };
}

const ada = chair("ada", arven);
const alan = chair("alan", arven);
const boris = chair("boris", tolmar);
const joan = chair("joan", "press" as Party);

/** Somebody's word at an instant, in ms from the beginning. */
function word(order: "hold" | "close", from: Chair, at: number, opening = 1): DoorFact & { is: "order" } {
  return { is: "order", from, word: { order, opening, at: new Date(NOW + at).toISOString() } };
}

function open(from: Chair, at: number, opening = 1): DoorFact {
  return word("hold", from, at, opening);
}

function close(from: Chair, at: number, opening = 1): DoorFact {
  return word("close", from, at, opening);
}

const CLOSED = closedDoors([arven, tolmar], 1);

/** How the doors stand after these, each heard at its time. */
function after(facts: readonly (readonly [number, DoorFact])[], doors: Doors = CLOSED): Doors {
  return facts.reduce((before, [at, fact]) => afterFact(before, fact, NOW + at), doors);
}

function stand(doors: Doors, ms: number): DoorsStanding {
  return standingOf(doors, NOW + ms);
}

const HELD = [
  [0, open(ada, 0)],
  [1000, open(boris, 1000)],
] as const;

describe("the doors", () => {
  test("are closed until a chair of every delegation has given the order", () => {
    expect(stand(CLOSED, 0)).toEqual({ at: "closed" });
    expect(stand(after(HELD.slice(0, 1)), 500)).toEqual({ at: "opening", by: [arven], awaited: [tolmar] });
    expect(stand(after(HELD), 1000)).toEqual({ at: "open", until: NOW + LEASE });
  });

  test("are held by an order for thirty seconds", () => {
    expect(stand(after(HELD), 29_999)).toEqual({ at: "open", until: NOW + 30_000 });
    expect(stand(after(HELD), 30_000).at).toBe("opening");
  });

  test("are not opened by two chairs of one delegation, by who is of none, nor for another opening", () => {
    const facts = [open(ada, 0), open(alan, 0), open(joan, 0), open(boris, 0, 2)];
    expect(stand(after(facts.map((fact) => [0, fact])), 0)).toEqual({ at: "opening", by: [arven], awaited: [tolmar] });
  });

  test("of three delegations need all three", () => {
    expect(stand(after(HELD, closedDoors([arven, tolmar, ostra], 1)), 1000)).toMatchObject({ awaited: [ostra] });
  });

  test("fall shut when one delegation no longer holds them", () => {
    const renewed = after([...HELD, [RENEWAL, open(ada, RENEWAL)]]);
    expect(stand(renewed, 1000 + LEASE - 1)).toMatchObject({ at: "open" });
    expect(stand(renewed, 1000 + LEASE)).toEqual({ at: "opening", by: [arven], awaited: [tolmar] });
    expect(stand(renewed, RENEWAL + LEASE)).toEqual({ at: "closed" });
    expect(nextChange(renewed)).toBe(NOW + 1000 + LEASE);
    expect(nextChange(CLOSED)).toBeNull();
  });

  test("are held by either of two chairs of a delegation", () => {
    const doors = after([...HELD, [RENEWAL, open(alan, RENEWAL)], [RENEWAL, open(boris, RENEWAL)]]);
    expect(stand(doors, LEASE + 5000)).toEqual({ at: "open", until: NOW + RENEWAL + LEASE });
    const late = after([
      ...HELD,
      [RENEWAL, open(boris, RENEWAL)],
      [RENEWAL, open(ada, RENEWAL)],
      [RENEWAL, open(alan, 0)],
    ]);
    expect(stand(late, RENEWAL)).toEqual({ at: "open", until: NOW + RENEWAL + LEASE });
  });
});

describe("one chair's word closes the doors", () => {
  test("at once, and that of who is of no delegation does not", () => {
    for (const one of [ada, alan, boris])
      expect(stand(after([...HELD, [2000, close(one, 2000)]]), 2000).at).toBe("closed");
    expect(stand(after([...HELD, [2000, close(joan, 2000)]]), 2000).at).toBe("open");
  });

  test("for good: whoever goes on holding them, or takes hold again, opens them no more", () => {
    const doors = after([
      ...HELD,
      [2000, close(boris, 2000)],
      [10_000, open(ada, 10_000)],
      [11_000, open(boris, 11_000)],
    ]);
    expect(stand(doors, 11_000)).toEqual({ at: "closed" });
    expect(doors.isShut).toBe(true);
    const next = after([[12_000, { is: "opening", opening: 2 }]], doors);
    expect(
      stand(
        after(
          [
            [12_000, open(ada, 12_000, 2)],
            [12_000, open(boris, 12_000, 2)],
          ],
          next,
        ),
        12_000,
      ).at,
    ).toBe("open");
  });

  test("however late it comes, but not when it was meant for another opening", () => {
    expect(stand(after([...HELD, [20_000, close(ada, 2000)]]), 20_000).at).toBe("closed");
    for (const other of [0, 2]) expect(stand(after([...HELD, [2000, close(ada, 2000, other)]]), 2000).at).toBe("open");
  });
});

describe("an order to open", () => {
  test("that is kept back holds the doors no longer than it would have", () => {
    const doors = after([
      [0, open(ada, 0)],
      [20_000, open(boris, 0)],
    ]);
    expect(stand(doors, 20_000)).toEqual({ at: "open", until: NOW + LEASE });
  });

  test("that is older than its lease, or from a clock too far ahead, is none", () => {
    expect(stand(after([[LEASE, open(ada, 0)]]), LEASE).at).toBe("closed");
    expect(nextChange(after([[LEASE, open(ada, 0)]]))).toBeNull();
    expect(stand(after([[0, open(ada, APART + 1)]]), 0).at).toBe("closed");
    expect(stand(after([[0, open(ada, APART)]]), 0).at).toBe("opening");
  });

  test("that was given before one that was heard, and is told again, is none", () => {
    const doors = after([
      [0, close(ada, 0)],
      [1000, { is: "opening", opening: 2 }],
      [20_000, open(ada, 20_000, 2)],
    ]);
    const told = after([[20_001, open(ada, 15_000, 2)]], doors);
    expect(told).toEqual(doors);
    expect(
      after(
        [
          [20_001, { is: "opening", opening: 3 }],
          [20_002, open(ada, 19_000, 3)],
        ],
        doors,
      ).holds.size,
    ).toBe(0);
  });

  test("from a clock that is ahead holds them no longer than others'", () => {
    expect(nextChange(after([[0, open(ada, APART)]]))).toBe(NOW + LEASE);
  });
});

test("another opening begins closed; the same goes on", () => {
  expect(stand(after([...HELD, [2000, { is: "opening", opening: 2 }]]), 2000).at).toBe("closed");
  expect(stand(after([...HELD, [2000, { is: "opening", opening: 1 }]]), 2000).at).toBe("open");
});

/** A chair alone stands for their order to open, given as it comes. */
function toldOf(steps: readonly (readonly [number, DoorFact | Chair])[]): readonly (readonly [number, DoorFact])[] {
  let time = 0;
  return steps.map(([wait, each]) => {
    time += wait;
    return [time, "is" in each ? each : open(each, time)] as const;
  });
}

describe("whatever happens", () => {
  const people = [ada, alan, boris, joan];
  const moment = fc.integer({ min: -40_000, max: 200_000 });
  const someone = fc.constantFrom(...people);
  const opening = fc.constantFrom(1, 1, 1, 2);
  const fact = fc.oneof(
    fc.record({ from: someone, when: moment, opening }).map((each) => open(each.from, each.when, each.opening)),
    fc.record({ from: someone, when: moment, opening }).map((each) => close(each.from, each.when, each.opening)),
    fc.constant<DoorFact>({ is: "time" }),
    opening.map((next): DoorFact => ({ is: "opening", opening: next })),
  );
  // Orders that come as they are given, so that doors do stand open now and then; and whatever else.
  const story = fc.array(fc.tuple(fc.nat(8000), fc.oneof(fact, someone)), { maxLength: 40 });

  test("open doors are held by an order of each delegation's chair, at most a lease old, for this opening", () => {
    let opened = 0;
    const property = fc.property(story, (steps) => {
      const facts = toldOf(steps);
      const doors = after(facts);
      const now = facts.at(-1)?.[0] ?? 0;
      if (stand(doors, now).at !== "open") return true;
      opened += 1;
      return [arven, tolmar].every((party) =>
        facts.some(([heard, each]) => {
          if (each.is !== "order" || each.word.order !== "hold") return false;
          const isTheirs = each.from.party === party && each.word.opening === doors.opening;
          return isTheirs && heard > now - LEASE && Date.parse(each.word.at) > NOW + now - LEASE;
        }),
      );
    });
    expect(fc.check(property, { numRuns: 3000 })).toMatchObject({ failed: false });
    expect(opened).toBeGreaterThan(100);
  });

  test("after a chair's word they are closed, and after a lease of silence too", () => {
    const property = fc.property(story, fc.constantFrom(ada, alan, boris), (steps, from) => {
      const facts = toldOf(steps);
      const now = facts.at(-1)?.[0] ?? 0;
      const doors = after(facts);
      // Nobody's own clock runs back: a chair's last word is their newest.
      const fresh = { ...doors, last: new Map() };
      const isShut = stand(afterFact(fresh, close(from, now, doors.opening), NOW + now), now).at === "closed";
      return isShut && stand(doors, now + LEASE).at === "closed";
    });
    expect(fc.check(property, { numRuns: 3000 })).toMatchObject({ failed: false });
  });
});
