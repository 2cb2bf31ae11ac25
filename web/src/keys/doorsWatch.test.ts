import { expect, test } from "vitest";
import type { Said } from "../contract/parse";
import { SEATS } from "../testing/builders";
import { FakeClock } from "../testing/clock";
import { aHolder } from "../testing/standings";
import { DoorsWatch } from "./doorsWatch";
import { NAMED } from "./overheard";

const AT = "2026-12-07T14:09:00.000Z";
const [OWN, VEY] = [SEATS.maren.identity, SEATS.vey.identity];

function watching() {
  const clock = new FakeClock();
  const done = { mended: 0, said: [] as Said[] };
  const watch = new DoorsWatch({
    clock,
    time: () => AT,
    counts: async () => Promise.resolve(undefined),
    say: (_ticket, said) => {
      done.said.push(said);
      return true;
    },
    changed: () => undefined,
    mend: () => {
      done.mended += 1;
    },
  });
  const hear = (from: "maren" | "vey", signal: Extract<Said, { readonly opening: number }>): void => {
    watch.hear({ told: "heard", number: 1, from: aHolder(from, 0).member, said: signal }, OWN);
  };
  const close = (openings: number): void => {
    watch.stand({ openings, areDoorsOpen: false, isOver: true });
    watch.look([OWN, VEY]);
  };
  return { clock, close, done, hear, watch };
}

test("whoever is warned for nothing again and again begins anew three times for an opening, and no more", () => {
  const { clock, close, done, hear, watch } = watching();
  const warn = (opening: number): void => {
    hear("vey", { kind: "signal", at: AT, signal: "heard_outside", opening, of: OWN });
    hear("maren", { kind: "signal", at: AT, signal: "doors_shut", opening });
    clock.pass(NAMED);
  };
  close(1);
  for (let time = 0; time < 5; time += 1) warn(1);
  expect([done.mended, watch.named]).toEqual([3, []]);
  close(2);
  warn(1);
  expect(done.mended).toBe(3);
  warn(2);
  expect(done.mended).toBe(4);
});

test("while doors are closed for a doubt alone, nobody is named", () => {
  const { clock, close, done, hear, watch } = watching();
  const shut = { kind: "signal", at: AT, signal: "doors_shut", opening: 1 } as const;
  watch.stand({ openings: 1, areDoorsOpen: false, isOver: false });
  watch.look([OWN, VEY]);
  hear("vey", shut);
  clock.pass(5000);
  watch.found(VEY, 1);
  expect(watch.named).toEqual([]);
  // What they have said meanwhile holds as soon as it is over here too.
  close(1);
  expect(watch.named).toEqual([]);
  watch.found(VEY, 1);
  expect(watch.named).toEqual([VEY]);
  expect(done.said.at(-1)).toMatchObject({ signal: "heard_outside", opening: 1, of: VEY });
  watch.end();
  expect(watch.named).toEqual([]);
});
