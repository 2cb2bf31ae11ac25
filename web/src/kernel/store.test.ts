import { expect, test } from "vitest";
import { Cell, Seen } from "./store";

test("listeners are told of changes, not of sameness, and not after they left", () => {
  const cell = new Cell(1);
  let told = 0;
  const leave = cell.subscribe(() => {
    told += 1;
  });
  cell.set(1);
  expect(told).toBe(0);
  cell.set(2);
  expect([cell.get(), told]).toEqual([2, 1]);
  leave();
  cell.set(3);
  expect(told).toBe(1);
});

test("changes that are none to whoever looks are not seen, and the value stays the one that was", () => {
  const cell = new Cell({ shown: "closed", number: 1 });
  const seen = new Seen(cell, (before, after) => before.shown === after.shown);
  const told: number[] = [];
  const end = seen.subscribe(() => told.push(seen.get().number));
  const first = seen.get();
  cell.set({ shown: "closed", number: 2 });
  expect([seen.get(), told]).toEqual([first, []]);
  expect(seen.get()).toBe(first);
  cell.set({ shown: "open", number: 3 });
  cell.set({ shown: "open", number: 4 });
  expect([seen.get().number, told]).toEqual([3, [3]]);
  end();
  cell.set({ shown: "closed", number: 5 });
  expect([seen.get().number, told]).toEqual([5, [3]]);
});
