import { expect, test } from "vitest";
import type { Identity, Party } from "../kernel/ids";
import { afterFact, type Ceremony, type Finding, NOTHING_COMPARED, sinceCompared, turnsOf } from "./ceremony";
import type { Holder } from "./duties";
import type { GroupStanding } from "./standing";

const OWN = "MAREN" as Identity;

function holder(leaf: number, serial: string, part: Partial<Holder["member"]> = {}): Holder {
  const member = { party: "arven" as Party, serial, identity: serial.toUpperCase() as Identity, name: serial };
  return { leaf, member: { ...member, role: "principal", chair: false, red: true, expires: 1000, ...part } };
}

const PAIR = [holder(0, "maren"), holder(1, "vey", { party: "tolmar" as Party })];

function standing(epoch: number, part: Partial<GroupStanding> = {}): GroupStanding {
  return { group: "chamber", at: "inside", epoch, roster: PAIR, code: null, ...part };
}

function seen(before: Ceremony, at: GroupStanding | undefined): Ceremony {
  return at === undefined ? look(before) : look(before, at);
}

function look(before: Ceremony, ...groups: readonly GroupStanding[]): Ceremony {
  return afterFact(before, { fact: "stands", groups, own: OWN });
}

function found(finding: Finding, epoch: number): Ceremony {
  const inside = seen(NOTHING_COMPARED, standing(epoch));
  return afterFact(inside, { fact: "found", finding, epoch, at: 7, roster: PAIR });
}

test("what was compared is kept with its epoch, its time and who was there", () => {
  expect(found("match", 4).compared).toMatchObject({ finding: "match", epoch: 4, at: 7 });
  expect(found("match", 4).compared?.holders.get("tolmar/vey")).toBe("VEY");
});

const ELSEWHERE: readonly Holder[] = [holder(2, "maren"), ...PAIR.slice(1)];
const ANEW: readonly Holder[] = [holder(0, "maren", { expires: 2000 }), ...PAIR.slice(1)];

test.each([
  ["the same epoch, with its code worked out", standing(4, { code: "0000" }), true, true],
  ["the next epoch", standing(5), true, true],
  ["an epoch after one that was missed", standing(6), false, true],
  ["an epoch from before", standing(3), false, true],
  ["the next epoch, in another place of the tree", standing(5, { roster: ELSEWHERE }), false, true],
  ["the next epoch, in a new session", standing(5, { roster: ANEW }), false, true],
  ["the same epoch, with no place of one's own", standing(4, { roster: PAIR.slice(1) }), false, true],
  ["on the way back in", standing(4, { at: "joining", roster: [] }), false, true],
  ["a refused epoch", standing(4, { at: "stuck", roster: [] }), false, true],
  ["put out", standing(4, { at: "removed", roster: [] }), false, true],
  ["a worker that has failed", standing(4, { at: "ended", roster: [] }), false, true],
  ["no group at all", undefined, false, true],
])("%s", (_, after, isMatchKept, isMismatchKept) => {
  expect(seen(found("match", 4), after).compared !== null).toBe(isMatchKept);
  expect(seen(found("mismatch", 4), after).compared !== null).toBe(isMismatchKept);
});

test("a match counts over many epochs, one after the other", () => {
  const after = [5, 6, 7].reduce((before, epoch) => seen(before, standing(epoch)), found("match", 4));
  expect(after.compared).toMatchObject({ finding: "match", epoch: 4 });
});

test("that sealing has failed is remembered for each group, until one is inside of it again", () => {
  const ended = (group: GroupStanding["group"]) => standing(4, { group, at: "ended", roster: [] });
  const both = look(NOTHING_COMPARED, ended("chamber"), ended("caucus"));
  expect(both.failed).toEqual(["chamber", "caucus"]);
  expect(look(look(both), ended("chamber")).failed).toEqual(["chamber", "caucus"]);
  expect(look(both, standing(1), standing(4, { group: "caucus", at: "joining" })).failed).toEqual(["caucus"]);
});

test("an answer to a code that is over is not taken for the one that is shown", () => {
  const inside = seen(seen(NOTHING_COMPARED, standing(4)), standing(5));
  expect(afterFact(inside, { fact: "found", finding: "match", epoch: 4, at: 7, roster: PAIR })).toBe(inside);
});

test("nobody who is not inside has compared anything", () => {
  const late = afterFact(NOTHING_COMPARED, { fact: "found", finding: "match", epoch: 0, at: 7, roster: PAIR });
  expect(late.compared).toBeNull();
});

test("after a mismatch only a match makes good", () => {
  const again = seen(seen(found("mismatch", 4), undefined), standing(9));
  const good = afterFact(again, { fact: "found", finding: "match", epoch: 9, at: 8, roster: PAIR });
  expect([again.compared?.finding, good.compared?.finding]).toEqual(["mismatch", "match"]);
});

test("it is remembered that one has been inside", () => {
  expect(seen(NOTHING_COMPARED, standing(1, { at: "joining", roster: [] })).wasInside).toBe(false);
  expect(seen(found("match", 4), undefined).wasInside).toBe(true);
});

test("newcomers and new devices since a match are told apart; without a match nobody is new", () => {
  const fane = holder(2, "fane").member;
  const moved = holder(1, "vey", { party: "tolmar" as Party, identity: "OTHER" as Identity }).member;
  const namesake = holder(1, "vey").member;
  const sinces = [fane, moved, namesake, ...PAIR.map(({ member }) => member)].map((member) =>
    sinceCompared(found("match", 4), member),
  );
  expect(sinces).toEqual(["newcomer", "newDevice", "newcomer", null, null]);
  expect([NOTHING_COMPARED, found("mismatch", 4)].map((before) => sinceCompared(before, fane))).toEqual([null, null]);
});

const CODE = "0123 4567 8901 2345 6789 0123";

test.each([
  [["a"], [6]],
  [
    ["a", "b"],
    [3, 3],
  ],
  [
    ["a", "b", "c"],
    [2, 2, 2],
  ],
  [
    ["a", "b", "c", "d"],
    [1, 2, 1, 2],
  ],
  [
    ["a", "b", "c", "d", "e", "f", "g"],
    [1, 1, 1, 1, 1, 1],
  ],
])("the code is shared out among %j, all of it and in order", (sides, lengths) => {
  const turns = turnsOf(CODE, sides);
  expect(turns.map(({ groups }) => groups.length)).toEqual(lengths);
  expect(turns.map(({ side }) => side)).toEqual(sides.slice(0, 6));
  expect(turns.flatMap(({ groups }) => groups).join(" ")).toBe(CODE);
});
