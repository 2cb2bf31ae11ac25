import { describe, expect, test } from "vitest";
import { type Role, ROLES } from "../contract/parse";
import type { Identity, Party } from "../kernel/ids";
import { aMeeting } from "../testing/builders";
import { AWAY, dutyOf, type Holder, READING, RENEWAL, type View } from "./duties";
import { LONGEST } from "./credential";
import { readGroupName, written } from "./groupName";
import { admits } from "./rules";
import { groupsOf, othersIn } from "./wanted";

const NOW = 1_000_000_000;

function aHolder(leaf: number, role: Role, party = "arven"): Holder {
  const [serial, identity] = [`serial ${leaf}`, `IDENTITY ${leaf}` as Identity];
  const member = { party: party as Party, serial, identity, name: role, role, chair: role === "chair" };
  return { leaf, member: { ...member, red: true, expires: NOW + LONGEST } };
}

const [booth, principal, chair, theirs, second] = [
  aHolder(0, "interpreter"),
  aHolder(1, "principal"),
  aHolder(2, "chair"),
  aHolder(3, "adviser", "tolmar"),
  aHolder(4, "chair", "tolmar"),
] as const;
const roster = [booth, principal, chair, theirs, second];

function seenBy(own: Holder, part: Partial<View> = {}): View {
  const present = new Set(roster.map(({ member }) => member.identity));
  const rest = {
    away: new Map(),
    revoked: new Set<string>(),
    keptOut: new Set<Role>(),
    isShut: false,
    began: NOW,
    paused: 0,
  };
  return { roster, own, present, ...rest, ...part };
}

function without(...gone: readonly Holder[]): ReadonlySet<Identity> {
  return new Set(roster.filter((each) => !gone.includes(each)).map(({ member }) => member.identity));
}

describe("whoever is to be put out", () => {
  const revoked = new Set(["arven/serial 0"]);
  const removes = [0];

  test.each([
    ["by the chair with the lowest leaf, at once", chair, {}, 0],
    ["by the other chair if that one does not", second, {}, 2100],
    ["by who stands above them if no chair does", principal, {}, 4100],
    ["at once by the other chair if that one is not there", second, { present: without(chair) }, 0],
  ])("is put out %s", (_, own, part, wait) => {
    expect(dutyOf(seenBy(own, { revoked, ...part }), NOW, 1 / 3)).toEqual({ what: "remove", at: NOW + wait, removes });
  });

  test("is whoever does not work in a booth, by either who does", () => {
    const members = new Set([booth.member.identity]);
    const view = seenBy(booth, { roster: [booth, theirs], members, equals: true });
    expect(dutyOf(view, NOW, 0)).toEqual({ what: "remove", at: NOW, removes: [3] });
    expect(dutyOf({ ...view, equals: false }, NOW, 0).what).not.toBe("remove");
  });

  test("is left alone by those who may not", () => {
    for (const own of [theirs, booth]) expect(dutyOf(seenBy(own, { revoked }), NOW, 0).what).not.toBe("remove");
  });

  test("is whoever is away for a minute, and not a moment before", () => {
    const away = new Map([[theirs.member.identity, NOW]]);
    expect(dutyOf(seenBy(chair, { away }), NOW + AWAY - 1, 0)).toEqual({ what: "look", at: NOW + AWAY });
    expect(dutyOf(seenBy(chair, { away }), NOW + AWAY, 0)).toEqual({ what: "remove", at: NOW + AWAY, removes: [3] });
  });

  test("is whose session's key has ended", () => {
    const old = { ...theirs, member: { ...theirs.member, expires: NOW } };
    const duty = dutyOf(seenBy(chair, { roster: [...roster.slice(0, 3), old, second] }), NOW, 0);
    expect(duty).toEqual({ what: "remove", at: NOW, removes: [3] });
  });

  test("is the press once the doors are shut, by anybody if there is no chair", () => {
    const press = aHolder(5, "press");
    const view = seenBy(booth, { roster: [booth, theirs, press], began: NOW });
    expect(dutyOf(view, NOW, 0).what).toBe("rotate");
    expect(dutyOf({ ...view, isShut: true }, NOW, 0)).toEqual({ what: "remove", at: NOW, removes: [5] });
    expect(dutyOf({ ...view, own: theirs, isShut: true }, NOW, 0)).toMatchObject({ what: "remove", at: NOW + 2000 });
  });
});

describe("the keys", () => {
  test.each([
    ["the first chair", chair, 0],
    ["the second, some minutes later", second, READING + 2000],
    ["then by leaf", booth, READING + 4000],
  ])("are renewed after ten minutes by %s", (_, own, wait) => {
    expect(dutyOf(seenBy(own), NOW, 0)).toEqual({ what: "rotate", at: NOW + RENEWAL + wait });
  });

  test("are not renewed while the code is read aloud, for some minutes at most", () => {
    const at = (paused: number) => dutyOf(seenBy(chair, { paused }), NOW, 0).at;
    expect(at(NOW + RENEWAL - 1)).toBe(NOW + RENEWAL);
    expect(at(NOW + RENEWAL + 60_000)).toBe(NOW + RENEWAL + 60_000);
    expect(at(NOW + RENEWAL + 10 * READING)).toBe(NOW + RENEWAL + READING);
    const gone = { paused: NOW + RENEWAL + 60_000, present: without(chair, second, principal) };
    expect(dutyOf(seenBy(booth, gone), NOW, 0).at).toBe(NOW + RENEWAL + 60_000);
  });

  test("of an own session that is about to end are replaced before", () => {
    const duty = dutyOf(seenBy(chair, { began: NOW + LONGEST }), NOW, 0);
    expect(duty).toEqual({ what: "look", at: NOW + LONGEST - 1_800_000 });
    expect(dutyOf(seenBy(chair), duty.at, 0).what).toBe("return");
  });
});

const FORMATS = ["one-on-one", "restricted", "plenary"] as const;
const PHASES = ["arrival", "open", "closed", "recess"] as const;
const EVERYBODY = ROLES.flatMap((role, at) => [aHolder(2 * at, role), aHolder(2 * at + 1, role, "tolmar")]);

describe.each(FORMATS)("in a group of %s", (format) => {
  test.each(PHASES)("whoever the table keeps out while the phase is %s comes due at once, and nobody else", (phase) => {
    const meeting = aMeeting({ format, phase, openings: 1 });
    for (const name of ["chamber", "floor.1", "floor.2", "caucus.arven"]) {
      const group = readGroupName(name);
      if (phase === "open" && name === "floor.2") continue;
      const members = EVERYBODY.filter(({ member }) => admits(group, member));
      const keptOut = new Set(othersIn(group, meeting, null).keptOut);
      const stay = members.filter(
        ({ member }) =>
          groupsOf(member, meeting).some((each) => written(each) === name) ||
          (name === "floor.1" && phase !== "open" && groupsOf(member, meeting).some(({ kind }) => kind === "chamber")),
      );
      expect(members.filter(({ member }) => !keptOut.has(member.role))).toEqual(stay);
      expect(withoutDue(members, keptOut).map(({ leaf }) => leaf)).toEqual(stay.map(({ leaf }) => leaf));
    }
  });
});

/** Who is left once each of those who stay has done at once what was to be done at once. */
function withoutDue(members: readonly Holder[], keptOut: ReadonlySet<Role>): readonly Holder[] {
  const present = new Set(members.map(({ member }) => member.identity));
  let left = members;
  for (;;) {
    const duties = left
      .filter(({ member }) => !keptOut.has(member.role))
      .map((own) => dutyOf(seenBy(own, { roster: left, present, keptOut }), NOW, 0));
    const now = duties.find(({ what, at }) => what === "remove" && at === NOW);
    if (now === undefined || !("removes" in now)) return left;
    left = left.filter(({ leaf }) => !now.removes.includes(leaf));
  }
}

test("whoever is kept out is waited for by nobody", () => {
  const keptOut = new Set<Role>(["chair", "adviser"]);
  const own = aHolder(5, "principal", "tolmar");
  const view = seenBy(own, { roster: [...roster, own], keptOut });
  expect(dutyOf(view, NOW, 0)).toEqual({ what: "remove", at: NOW, removes: [3, 4] });
  const alone = dutyOf(seenBy(principal, { keptOut, roster: [principal, second] }), NOW, 0);
  expect(alone).toEqual({ what: "rotate", at: NOW + RENEWAL });
});
