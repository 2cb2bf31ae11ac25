import { expect, test } from "vitest";
import { FakeClock } from "../testing/clock";
import { Arriving, COMES, SETTLES } from "./arriving";

function scene() {
  const clock = new FakeClock();
  const sounding = new Set<string>();
  const changes: number[] = [];
  const arriving = new Arriving(
    clock,
    (id) => sounding.has(id),
    () => changes.push(clock.now()),
  );
  return { arriving, changes, clock, sounding };
}

test("a sound is here once it has been heard for a while, and not at what is left of one that went", () => {
  const { arriving, changes, clock, sounding } = scene();
  arriving.expect(["fane"]);
  sounding.add("fane");
  clock.pass(COMES - 1);
  sounding.delete("fane");
  clock.pass(COMES);
  expect([arriving.isAwaited("fane"), changes.length]).toEqual([true, 0]);
  sounding.add("fane");
  clock.pass(COMES);
  expect([arriving.isAwaited("fane"), changes.length]).toEqual([false, 1]);
});

test("whoever says nothing is waited for no longer; who went off air is waited for anew", () => {
  const { arriving, changes, clock } = scene();
  arriving.expect(["fane", "oru"]);
  clock.pass(SETTLES);
  expect([arriving.isAwaited("fane"), arriving.isAwaited("oru"), changes.length]).toEqual([false, false, 1]);
  arriving.expect(["fane"]);
  arriving.expect(["fane", "oru"]);
  expect([arriving.isAwaited("fane"), arriving.isAwaited("oru")]).toEqual([false, true]);
});
