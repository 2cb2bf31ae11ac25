import { expect, test } from "vitest";
import { FakeClock } from "../testing/clock";
import { aHolder } from "../testing/standings";
import { AWAY } from "./duties";
import type { Membership } from "./membership";
import { personOf } from "./rules";
import { Watch } from "./watch";

const [maren, vey, sorel] = [aHolder("maren", 0), aHolder("vey", 1), aHolder("sorel", 2)] as const;
const roster = [maren, vey, sorel];
const membership = { epoch: 3, roster, own: maren } as unknown as Membership;

/** Somebody who sees three in the group, of whom these are connected. */
function watch(...there: readonly (typeof maren)[]) {
  const clock = new FakeClock();
  const watching = new Watch(clock, () => 0);
  watching.meet(membership);
  const say = (...connected: readonly (typeof maren)[]): void => {
    watching.others({ connected: connected.map(({ member }) => member.identity), keptOut: [] });
  };
  say(...there);
  return { clock, say, watching };
}

test("who has been away for long need not be waited for, unless there is worse to be said of them", () => {
  const { clock, watching } = watch(maren);
  clock.pass(AWAY - 1);
  expect(watching.isGone(vey.member)).toBe(false);
  clock.pass(1);
  expect([watching.isGone(vey.member), watching.isOnlyAway(vey.member)]).toEqual([true, true]);
  watching.revoke([personOf(vey.member)]);
  expect([watching.isGone(vey.member), watching.isOnlyAway(vey.member)]).toEqual([true, false]);
  watching.others({ connected: [], keptOut: ["adviser"] });
  expect([watching.isGone(sorel.member), watching.isOnlyAway(sorel.member)]).toEqual([true, false]);
});

test("nobody is away while it is not known who is connected; then a minute begins anew", () => {
  const { clock, say, watching } = watch(maren, vey);
  clock.pass(AWAY - 1);
  watching.others({ connected: null, keptOut: [] });
  clock.pass(AWAY);
  expect(watching.isGone(sorel.member)).toBe(false);
  say(maren, vey);
  clock.pass(AWAY - 1);
  expect(watching.isGone(sorel.member)).toBe(false);
  clock.pass(1);
  expect(watching.isGone(sorel.member)).toBe(true);
  expect(watching.duty(membership)).toMatchObject({ what: "remove", removes: [2] });
});

test("who is kept out is gone at once, and explains why a group was made without them", () => {
  const { watching } = watch(maren, vey, sorel);
  const without = { roster: [maren, vey] } as unknown as Membership;
  expect(watching.explains(membership, without)).toBe(false);
  watching.others({ connected: null, keptOut: ["adviser"] });
  expect(watching.explains(membership, without)).toBe(true);
});
