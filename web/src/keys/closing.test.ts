import { beforeEach, expect, test } from "vitest";
import type { Identity } from "../kernel/ids";
import { FakeClock } from "../testing/clock";
import { settled } from "../testing/call";
import { Closing } from "./closing";

const [ada, boris, cyd] = ["ada", "boris", "cyd"] as Identity[] as [Identity, Identity, Identity];
let clock: FakeClock;
let closing: Closing;
let confirmed: number[];
let frames: number;

beforeEach(() => {
  clock = new FakeClock();
  confirmed = [];
  frames = 0;
  closing = new Closing({
    clock,
    onFloor: async () => Promise.resolve(frames),
    confirm: (opening) => {
      confirmed.push(opening);
      closing.heard(ada, opening);
    },
  });
});

function shown(): readonly [number, number] | null {
  const state = closing.state.get();
  return state === null ? null : [state.done, state.all];
}

function shut(...roster: readonly Identity[]): void {
  closing.closed(1, roster, true);
}

async function aSecond(): Promise<void> {
  await settled();
  clock.pass(1000);
  await settled();
}

test("doors that never opened are closed, and nobody has anything to confirm", () => {
  closing.closed(0, [ada, boris], true);
  expect([shown(), confirmed]).toEqual([null, []]);
});

test("closing is counted until every device has said that nothing leaves any more, and it has been silent", async () => {
  closing.open(1);
  shut(ada, boris, cyd);
  expect([shown(), confirmed]).toEqual([[1, 3], [1]]);
  closing.heard(boris, 1);
  closing.heard(cyd, 0);
  await aSecond();
  expect(shown()).toEqual([2, 3]);
  closing.heard(cyd, 1);
  await settled();
  clock.pass(999);
  await settled();
  expect(shown()).toEqual([3, 3]);
  await aSecond();
  expect(shown()).toBeNull();
  shut(ada, boris, cyd);
  expect([shown(), confirmed]).toEqual([null, [1]]);
});

test("something said outside is waited out, however many have confirmed", async () => {
  closing.open(1);
  shut(ada);
  await settled();
  frames += 1;
  await aSecond();
  expect(shown()).toEqual([1, 1]);
  await aSecond();
  expect(shown()).toBeNull();
});

test("who has left is not waited for, and who came after the doors had closed is not counted", async () => {
  closing.open(1);
  shut(ada, boris);
  shut(ada, boris, cyd);
  expect(shown()).toEqual([1, 2]);
  shut(ada, cyd);
  expect(shown()).toEqual([1, 1]);
  await aSecond();
  expect(shown()).toBeNull();
});

test("doors that open again before it is silent are closed anew, and confirmed anew", async () => {
  for (const opening of [1, 2]) {
    closing.open(1);
    shut(ada);
    await settled();
    closing.open(opening);
    if (opening === 1) await aSecond();
    closing.closed(opening, [ada, boris], true);
    await aSecond();
    expect(shown()).toEqual([1, 2]);
  }
  expect(confirmed).toEqual([1, 1, 1, 2]);
});

test("doors that may open again are shown as closing, and not confirmed", () => {
  closing.open(1);
  closing.closed(1, [ada, boris], false);
  expect([shown(), confirmed]).toEqual([[0, 2], []]);
  closing.open(1);
  expect(shown()).toBeNull();
  shut(ada, boris);
  expect([shown(), confirmed]).toEqual([[1, 2], [1]]);
});

test("what closes is the opening that one has seen, and only who is in the chamber confirms it", () => {
  closing.open(2);
  closing.closed(2, [], true);
  expect([shown(), confirmed]).toEqual([null, []]);
  shut(ada, boris);
  expect(shown()).toBeNull();
});

test("in another meeting nobody has confirmed anything", () => {
  closing.open(1);
  closing.heard(boris, 1);
  shut(ada, boris, cyd);
  expect(shown()).toEqual([2, 3]);
  closing.end();
  expect(shown()).toBeNull();
  closing.open(1);
  shut(ada, boris);
  expect(shown()).toEqual([1, 2]);
});

test("whoever comes when they have closed confirms, and counts nobody", () => {
  shut(ada, boris);
  expect([shown(), confirmed]).toEqual([null, [1]]);
});

test("what reached nobody is said again; doors that open anew are not closing", () => {
  closing.open(1);
  shut(ada, boris);
  closing.unsaid();
  shut(ada, boris);
  expect(confirmed).toEqual([1, 1]);
  closing.open(2);
  expect(shown()).toBeNull();
  closing.heard(boris, 1);
  expect(shown()).toBeNull();
});
