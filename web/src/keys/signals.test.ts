import { expect, test } from "vitest";
import type { Identity, Party } from "../kernel/ids";
import type { Member } from "./credential";
import { afterSignal, NO_SIGNALS, type Signals, SLOWING, slowingAt, withoutMember } from "./signals";

const AT = "2026-12-07T14:09:00.000Z";

function member(name: string): Member {
  const who = { party: "arven" as Party, serial: name, identity: name as Identity, name };
  return { ...who, role: "adviser", chair: false, red: true, expires: 0 };
}

const [ada, boris] = [member("ada"), member("boris")] as const;
type Plain = "raise_hand" | "lower_hand" | "slow_down";

function after(...steps: readonly (readonly [Member, Plain, number])[]): Signals {
  return steps.reduce(
    (before, [from, signal, now]) => afterSignal(before, from, { kind: "signal", at: AT, signal }, now),
    NO_SIGNALS,
  );
}

test("hands stand in the order in which they were raised, until they are lowered", () => {
  const up = after([boris, "raise_hand", 1], [ada, "raise_hand", 2], [boris, "raise_hand", 3]);
  expect([...up.hands]).toEqual([
    ["boris", 1],
    ["ada", 2],
  ]);
  const down = after([boris, "raise_hand", 1], [ada, "raise_hand", 2], [boris, "lower_hand", 3]);
  expect([...down.hands.keys()]).toEqual(["ada"]);
});

test("a word to slow down is shown for some seconds", () => {
  const slowing = after([ada, "slow_down", 0], [boris, "slow_down", 1000]);
  expect(slowingAt(slowing, 1000)).toEqual(["ada", "boris"]);
  expect(slowingAt(slowing, SLOWING)).toEqual(["boris"]);
  expect(slowingAt(slowing, SLOWING + 1000)).toEqual([]);
});

test("who leaves takes their hand with them", () => {
  const left = withoutMember(
    after([ada, "raise_hand", 0], [ada, "slow_down", 0], [boris, "raise_hand", 0]),
    ada.identity,
  );
  expect([...left.hands.keys()]).toEqual(["boris"]);
  expect(slowingAt(left, 1)).toEqual([]);
});

test("that the doors are shut is no hand, nor what somebody found", () => {
  const shut = { kind: "signal", at: AT, signal: "doors_shut", opening: 1 } as const;
  const found = { kind: "signal", at: AT, signal: "code_found", finding: "match", epoch: 1 } as const;
  for (const signal of [shut, found]) expect(afterSignal(NO_SIGNALS, ada, signal, 0)).toBe(NO_SIGNALS);
});
