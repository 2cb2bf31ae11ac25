import { expect, test } from "vitest";
import { FakeClock } from "../testing/clock";
import { codeOf, Codes, SETTLING, type Sight } from "./code";

function sightOf(epoch: bigint): Sight {
  return { authenticator: new Uint8Array(32).fill(7), group: new TextEncoder().encode("group"), epoch };
}

test("an epoch's code is worked out once it has lasted, and that of one which was over before is not", async () => {
  const clock = new FakeClock();
  const told: [number, string][] = [];
  const codes = new Codes(clock, (epoch, code) => told.push([epoch, code]));
  codes.ask(sightOf(1n));
  clock.pass(SETTLING - 1);
  codes.ask(sightOf(2n));
  clock.pass(SETTLING - 1);
  expect(told).toEqual([]);
  clock.pass(1);
  const expected = await codeOf(sightOf(2n));
  await expect.poll(() => told).toEqual([[2, expected]]);
});

test("whoever has left is told no code", async () => {
  const clock = new FakeClock();
  const told: number[] = [];
  const codes = new Codes(clock, (epoch) => told.push(epoch));
  codes.ask(sightOf(1n));
  codes.end();
  clock.pass(2 * SETTLING);
  await codeOf(sightOf(1n));
  expect(told).toEqual([]);
});
