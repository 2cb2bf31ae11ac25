import { beforeEach, expect, test } from "vitest";
import type { Identity } from "../kernel/ids";
import { FakeClock } from "../testing/clock";
import { NAMED, Overheard } from "./overheard";

const [ada, boris] = ["ada", "boris"] as Identity[] as [Identity, Identity];
let clock: FakeClock;
let warned: (readonly [Identity, number])[];
let overheard: Overheard;

beforeEach(() => {
  clock = new FakeClock();
  warned = [];
  overheard = new Overheard({ clock, warn: (...of) => void warned.push(of) });
});

function named(): readonly Identity[] {
  return overheard.state.get();
}

function shut(): void {
  overheard.closed(1);
  overheard.hasShut(ada, 1);
  overheard.hasShut(boris, 1);
  clock.pass(1000);
}

test("whoever has closed and goes on outside is named, and everybody warned once", () => {
  shut();
  overheard.found(ada, 1);
  overheard.found(ada, 1);
  expect([named(), warned]).toEqual([[ada], [[ada, 1]]]);
  overheard.found(boris, 1);
  expect([named(), warned]).toEqual([
    [ada, boris],
    [
      [ada, 1],
      [boris, 1],
    ],
  ]);
});

test("what may have been under way, what was not closed yet, and another opening's is nothing", () => {
  overheard.closed(1);
  overheard.found(ada, 1);
  overheard.hasShut(ada, 1);
  clock.pass(999);
  overheard.found(ada, 1);
  clock.pass(1);
  overheard.found(ada, 2);
  overheard.warnedOf(ada, 2);
  expect([named(), warned]).toEqual([[], []]);
  overheard.closed(2);
  overheard.hasShut(ada, 1);
  clock.pass(1000);
  overheard.found(ada, 2);
  expect(named()).toEqual([]);
});

test("a word of having closed that came before one has heard of it oneself holds, whatever else was said", () => {
  overheard.hasShut(ada, 999_999);
  overheard.hasShut(ada, 2);
  overheard.hasShut(ada, 999_999);
  overheard.hasShut(ada, 1);
  overheard.open();
  overheard.closed(2);
  clock.pass(1000);
  overheard.found(ada, 2);
  expect([named(), warned]).toEqual([[ada], [[ada, 2]]]);
  overheard.open();
  overheard.closed(3);
  clock.pass(5000);
  overheard.found(ada, 3);
  expect(named()).toEqual([]);
});

test("nothing of another meeting holds", () => {
  overheard.hasShut(ada, 1);
  overheard.end();
  overheard.closed(1);
  clock.pass(5000);
  overheard.found(ada, 1);
  expect(named()).toEqual([]);
});

test("who was warned by another does not warn as well", () => {
  shut();
  overheard.warnedOf(ada, 1);
  overheard.found(ada, 1);
  expect([named(), warned]).toEqual([[ada], []]);
});

test("whoever closes anew is named until all can have read it, and warned of again when it goes on", () => {
  shut();
  overheard.found(ada, 1);
  clock.pass(NAMED);
  expect(named()).toEqual([ada]);
  clock.pass(1000);
  overheard.found(ada, 1);
  overheard.hasShut(ada, 1);
  clock.pass(NAMED - 1);
  expect(named()).toEqual([ada]);
  clock.pass(1);
  expect(named()).toEqual([]);
  overheard.found(ada, 1);
  expect([named(), warned]).toEqual([
    [ada],
    [
      [ada, 1],
      [ada, 1],
    ],
  ]);
});

test("nobody is named who is gone, nor once the doors are open", () => {
  shut();
  overheard.found(ada, 1);
  overheard.found(boris, 1);
  overheard.there([boris]);
  expect(named()).toEqual([boris]);
  overheard.end();
  expect(named()).toEqual([]);
  overheard.found(boris, 1);
  expect(named()).toEqual([]);
});
