import { expect, test } from "vitest";
import type { Identity, Party } from "../kernel/ids";
import type { Finding } from "./ceremony";
import type { Member } from "./credential";
import { afterFound, afterOwnMatch, afterStep, type Findings, warnerOf } from "./findings";

function member(name: string, part: Partial<Member> = {}): Member {
  const who = { party: "tolmar" as Party, serial: name, identity: name as Identity, name };
  return { ...who, role: "principal", chair: false, red: true, expires: 0, ...part };
}

const [vey, chair, lund] = [
  member("vey"),
  member("sorel", { role: "chair", chair: true }),
  member("lund", { role: "interpreter" }),
];
const EPOCH = 7;

/** What is known in epoch 7 when these have spoken. */
function known(...said: readonly (readonly [Member, Finding, number?])[]): Findings {
  return said.reduce<Findings>(
    (before, [from, finding, epoch = EPOCH]) => afterFound(before, { from, finding, epoch, at: 1 }, EPOCH),
    [],
  );
}

const told = (findings: Findings) => findings.map(({ from, finding }) => `${from.name} ${finding}`);
const roster = (...members: readonly Member[]) => members.map((each, leaf) => ({ leaf, member: each }));

test("that it matches is shown of principals and chairs, each by their last word", () => {
  const said = known([vey, "match"], [lund, "match"], [chair, "match"], [vey, "match"]);
  expect(told(said)).toEqual(["sorel match", "vey match"]);
});

test.each([EPOCH - 1, EPOCH + 1])("that the code of epoch %i matches counts for no other", (epoch) => {
  expect(known([vey, "match", epoch])).toEqual([]);
  expect(told(known([vey, "match"], [vey, "match", epoch]))).toEqual([]);
});

test("nothing matches for whoever is outside", () => {
  expect(afterFound([], { from: vey, finding: "match", epoch: EPOCH, at: 1 }, null)).toEqual([]);
});

test("a difference counts whoever finds it, and whichever code it was", () => {
  expect(warnerOf(known([lund, "mismatch", 3]))).toBe(lund);
  expect(warnerOf(afterFound([], { from: lund, finding: "mismatch", epoch: 3, at: 1 }, null))).toBe(lund);
  expect(warnerOf(known([vey, "match"], [lund, "mismatch"], [chair, "mismatch"]))).toBe(lund);
});

test("a difference is taken back by whoever found it, and by nobody else", () => {
  const differs = [lund, "mismatch"] as const;
  expect(warnerOf(known(differs, [vey, "match"], [chair, "match"]))).toBe(lund);
  expect(warnerOf(known(differs, [lund, "match"]))).toBeNull();
  const onAnotherDevice = { ...lund, identity: "OTHER" as Identity };
  expect(warnerOf(known(differs, [onAnotherDevice, "match", 9]))).toBeNull();
});

test("a match is kept over commits that one follows, while whoever found it is there; a difference always", () => {
  const said = known([vey, "match"], [chair, "match"], [lund, "mismatch"]);
  expect(afterStep(said, "stayed", roster(vey, chair, lund))).toBe(said);
  expect(told(afterStep(said, "followed", roster(vey)))).toEqual(["vey match", "lund mismatch"]);
  for (const step of ["entered", "outside"] as const)
    expect(told(afterStep(said, step, roster(vey, chair, lund)))).toEqual(["lund mismatch"]);
});

test("one's own match ends the warning of whoever is gone, not of whoever is there", () => {
  const said = known([chair, "match"], [lund, "mismatch"], [vey, "mismatch"]);
  expect(told(afterOwnMatch(said, roster(vey)))).toEqual(["sorel match", "vey mismatch"]);
});
