import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Identity, Party } from "../kernel/ids";
import type { Member } from "./credential";
import {
  afterFact,
  APART,
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

function member(name: string, party: Party, chair = true): Member {
  const role = chair ? "chair" : "adviser";
  return { party, serial: name, identity: name as Identity, name, role, chair, red: true, expires: NOW + 1e9 };
}

const ada = member("ada", arven);
const alan = member("alan", arven);
const boris = member("boris", tolmar);
const cyd = member("cyd", arven, false);
const joan: Member = { ...member("joan", "press" as Party), role: "press" };

/** Somebody orders the doors open at `at`, having done so for the first time at `since`; ms from the beginning. */
function open(from: Member, at: number, { since = at, opening = 1 } = {}): DoorFact {
  const [said, first] = [at, since].map((ms) => new Date(NOW + ms).toISOString()) as [string, string];
  return { is: "order", from, order: { kind: "order", order: "open_doors", opening, at: said, since: first } };
}

function close(from: Member, at: number, opening = 1): DoorFact {
  const said = new Date(NOW + at).toISOString();
  return { is: "order", from, order: { kind: "order", order: "close_doors", opening, at: said } };
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

  test("are not opened by two chairs of one delegation, by others, by the press, nor for another opening", () => {
    const facts = [open(ada, 0), open(alan, 0), open(cyd, 0), open(joan, 0), open(boris, 0, { opening: 2 })];
    expect(stand(after(facts.map((fact) => [0, fact])), 0)).toEqual({ at: "opening", by: [arven], awaited: [tolmar] });
  });

  test("of three delegations need all three", () => {
    expect(stand(after(HELD, closedDoors([arven, tolmar, ostra], 1)), 1000)).toMatchObject({ awaited: [ostra] });
  });

  test("fall shut when one delegation no longer holds them", () => {
    const renewed = after([...HELD, [RENEWAL, open(ada, RENEWAL, { since: 0 })]]);
    expect(stand(renewed, 1000 + LEASE - 1)).toMatchObject({ at: "open" });
    expect(stand(renewed, 1000 + LEASE)).toEqual({ at: "opening", by: [arven], awaited: [tolmar] });
    expect(stand(renewed, RENEWAL + LEASE)).toEqual({ at: "closed" });
    expect(nextChange(renewed)).toBe(NOW + 1000 + LEASE);
    expect(nextChange(CLOSED)).toBeNull();
  });

  test("are held by either of two chairs of a delegation", () => {
    const doors = after([...HELD, [RENEWAL, open(alan, RENEWAL)], [RENEWAL, open(boris, RENEWAL, { since: 1000 })]]);
    expect(stand(doors, LEASE + 5000)).toEqual({ at: "open", until: NOW + RENEWAL + LEASE });
  });
});

describe("one chair's word closes the doors", () => {
  test("at once, and an adviser's or the press's does not", () => {
    for (const chair of [ada, alan, boris])
      expect(stand(after([...HELD, [2000, close(chair, 2000)]]), 2000).at).toBe("closed");
    for (const other of [cyd, joan]) expect(stand(after([...HELD, [2000, close(other, 2000)]]), 2000).at).toBe("open");
  });

  test("for everybody who had held them, although they go on saying so", () => {
    const doors = after([
      ...HELD,
      [2000, close(boris, 2000)],
      [10_000, open(ada, 10_000, { since: 0 })],
      [11_000, open(boris, 11_000, { since: 1000 })],
    ]);
    expect(stand(doors, 11_000)).toEqual({ at: "closed" });
  });

  test("until each gives the order anew", () => {
    const doors = after([...HELD, [2000, close(boris, 2000)], [3000, open(ada, 3000)], [4000, open(boris, 4000)]]);
    expect(stand(doors, 4000).at).toBe("open");
  });

  test("however late it comes, also when it was meant for the opening after", () => {
    expect(stand(after([...HELD, [20_000, close(ada, 2000)]]), 20_000).at).toBe("closed");
    expect(stand(after([...HELD, [2000, close(ada, 2000, 2)]]), 2000).at).toBe("closed");
    expect(stand(after([...HELD, [2000, close(ada, 2000, 0)]]), 2000).at).toBe("open");
  });

  test("and a clock that is far ahead does not bar them for good", () => {
    const doors = after([...HELD, [2000, close(ada, 9e6)], [8000, open(ada, 8000)], [8000, open(boris, 8000)]]);
    expect(stand(doors, 8000).at).toBe("open");
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

  test("that is older than its lease, or from a clock too far ahead, or began after itself, is none", () => {
    expect(stand(after([[LEASE, open(ada, 0)]]), LEASE).at).toBe("closed");
    expect(stand(after([[0, open(ada, APART + 1)]]), 0).at).toBe("closed");
    expect(stand(after([[0, open(ada, 0, { since: 1 })]]), 0).at).toBe("closed");
    expect(stand(after([[0, open(ada, APART)]]), 0).at).toBe("opening");
  });

  test("from a clock that is ahead holds them no longer than others'", () => {
    expect(nextChange(after([[0, open(ada, APART)]]))).toBe(NOW + LEASE);
  });
});

test("doubt closes the doors, until each chair has said again that they are open", () => {
  const doubted = after([...HELD, [2000, { is: "doubt" }]]);
  expect(stand(doubted, 2000)).toEqual({ at: "closed" });
  const one = after([[RENEWAL, open(ada, RENEWAL, { since: 0 })]], doubted);
  expect(stand(one, RENEWAL).at).toBe("opening");
  expect(stand(after([[RENEWAL, open(boris, RENEWAL, { since: 1000 })]], one), RENEWAL).at).toBe("open");
});

test("another opening begins closed; the same goes on", () => {
  expect(stand(after([...HELD, [2000, { is: "opening", opening: 2 }]]), 2000).at).toBe("closed");
  expect(stand(after([...HELD, [2000, { is: "opening", opening: 1 }]]), 2000).at).toBe("open");
});

/** The facts with the instants at which they come, one after another. */
function told(steps: readonly (readonly [number, DoorFact])[]): readonly (readonly [number, DoorFact])[] {
  let time = 0;
  return steps.map(([wait, each]) => [(time += wait), each] as const);
}

describe("whatever happens", () => {
  const people = [ada, alan, boris, cyd, joan];
  const moment = fc.integer({ min: -40_000, max: 200_000 });
  const someone = fc.constantFrom(...people);
  const opening = fc.constantFrom(1, 1, 1, 2);
  const fact = fc.oneof(
    fc
      .record({ from: someone, when: moment, since: moment, opening })
      .map(({ from, when, ...more }) => open(from, when, more)),
    fc.record({ from: someone, when: moment, opening }).map((each) => close(each.from, each.when, each.opening)),
    fc.constant<DoorFact>({ is: "doubt" }),
    fc.constant<DoorFact>({ is: "time" }),
    opening.map((next): DoorFact => ({ is: "opening", opening: next })),
  );
  const story = fc.array(fc.tuple(fc.nat(8000), fact), { maxLength: 40 });

  test("open doors are held by an order of each delegation's chair, at most a lease old, for this opening", () => {
    const property = fc.property(story, (steps) => {
      const facts = told(steps);
      const doors = after(facts);
      const now = facts.at(-1)?.[0] ?? 0;
      if (stand(doors, now).at !== "open") return true;
      return [arven, tolmar].every((party) =>
        facts.some(([heard, { ...each }]) => {
          if (each.is !== "order" || each.order.order !== "open_doors") return false;
          const isTheirs = each.from.party === party && each.from.chair && each.order.opening === doors.opening;
          return isTheirs && heard > now - LEASE && Date.parse(each.order.at) > NOW + now - LEASE;
        }),
      );
    });
    expect(fc.check(property, { numRuns: 3000 })).toMatchObject({ failed: false });
  });

  test("after a chair's word, or a doubt, they are closed, and after a lease of silence too", () => {
    const last = fc.oneof(
      fc.constantFrom(ada, alan, boris).map((from) => close(from, 0, 2)),
      fc.constant<DoorFact>({ is: "doubt" }),
    );
    const property = fc.property(story, last, (steps, end) => {
      const facts = told(steps);
      const now = facts.at(-1)?.[0] ?? 0;
      const doors = after(facts);
      const isShut = stand(afterFact(doors, end, NOW + now), now).at === "closed";
      return isShut && stand(doors, now + LEASE).at === "closed";
    });
    expect(fc.check(property, { numRuns: 3000 })).toMatchObject({ failed: false });
  });
});
