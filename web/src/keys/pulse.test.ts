// @vitest-environment node
import { expect, test } from "vitest";
import { FakeClock } from "../testing/clock";
import { BEAT, Pulse } from "./pulse";

function felt(): { clock: FakeClock; pulse: Pulse; heard: string[] } {
  const clock = new FakeClock();
  const heard: string[] = [];
  const pulse = new Pulse(
    clock,
    () => heard.push("asked"),
    () => heard.push("gone"),
  );
  pulse.begin();
  return { clock, pulse, heard };
}

test("a worker that answers is there, however late within three questions it does", () => {
  const { clock, pulse, heard } = felt();
  for (let round = 0; round < 20; round += 1) {
    pulse.felt();
    clock.pass(3 * BEAT);
  }
  expect(heard).not.toContain("gone");
});

test("a worker that leaves three questions unanswered is gone, and asked nothing more", () => {
  const { clock, pulse, heard } = felt();
  pulse.felt();
  clock.pass(4 * BEAT);
  expect(heard).toEqual(["asked", "asked", "asked", "asked", "gone"]);
  clock.pass(10 * BEAT);
  expect(heard).toHaveLength(5);
});

test("a worker is asked as soon as it is started, so that one that stops before the first beat is missed too", () => {
  const { clock, pulse, heard } = felt();
  expect(heard).toEqual(["asked"]);
  pulse.felt();
  clock.pass(4 * BEAT);
  expect(heard.at(-1)).toBe("gone");
});

test("a worker that is still being fetched is waited for", () => {
  const { clock, pulse, heard } = felt();
  clock.pass(100 * BEAT);
  expect(heard).not.toContain("gone");
  pulse.felt();
  clock.pass(4 * BEAT);
  expect(heard).toContain("gone");
});

test("a worker that was ended is asked nothing more", () => {
  const { clock, pulse, heard } = felt();
  pulse.felt();
  pulse.end();
  clock.pass(100 * BEAT);
  expect(heard).toEqual(["asked"]);
});
