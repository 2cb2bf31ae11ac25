import { expect, test } from "vitest";
import { Cell } from "./store";

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
