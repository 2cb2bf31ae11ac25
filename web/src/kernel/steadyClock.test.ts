import { expect, test } from "vitest";
import { FakeClock } from "../testing/clock";
import { SteadyClock } from "./steadyClock";

/** A worker that waits until a test says that it has. */
class Waiter extends EventTarget {
  readonly told: unknown[] = [];

  postMessage(word: unknown): void {
    this.told.push(word);
  }

  says(number: number): void {
    this.dispatchEvent(new MessageEvent("message", { data: number }));
  }
}

function steady() {
  const clock = new FakeClock();
  const workers: Waiter[] = [];
  const made = new SteadyClock(clock, () => {
    const worker = new Waiter();
    workers.push(worker);
    return worker as unknown as Worker;
  });
  return { clock, made, workers };
}

test("calls when its worker has waited, though the page's own timers stand still; and once", () => {
  const { clock, made, workers } = steady();
  expect(workers).toEqual([]);
  const called: string[] = [];
  made.after(10_000, () => called.push("one"));
  made.after(20_000, () => called.push("two"));
  expect(workers.map(({ told }) => told)).toEqual([
    [
      { number: 1, ms: 10_000 },
      { number: 2, ms: 20_000 },
    ],
  ]);
  workers[0]?.says(1);
  expect(called).toEqual(["one"]);
  clock.pass(10_000);
  workers[0]?.says(1);
  expect(called).toEqual(["one"]);
  // Should the worker have stopped, the page's own timer calls.
  clock.pass(10_000);
  workers[0]?.says(2);
  expect(called).toEqual(["one", "two"]);
});

test("does not call what was called off", () => {
  const { clock, made, workers } = steady();
  const called: string[] = [];
  const callOff = made.after(1000, () => called.push("one"));
  callOff();
  workers[0]?.says(1);
  clock.pass(1000);
  expect(called).toEqual([]);
});
