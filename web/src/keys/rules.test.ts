import { describe, expect, test } from "vitest";
import { canonical } from "../kernel/canonical";
import { toB64u } from "../kernel/b64u";
import type { Identity, Party } from "../kernel/ids";
import type { Role } from "../contract/parse";
import type { Member } from "./credential";
import { readGroupName, written } from "./groupName";
import type { Proposed } from "./group";
import { admits, mayRemove, personOf, rulesOf } from "./rules";

const ROLES: readonly Role[] = [
  "principal",
  "chair",
  "adviser",
  "interpreter",
  "notetaker",
  "technician",
  "press",
  "protocol_officer",
];
const DELEGATES = ROLES.slice(0, 6);
const HEARERS = ROLES.slice(0, 5);

function partyOf(role: Role, delegation: string): Party {
  const party = { press: "press", protocol_officer: "host" }[role as string] ?? delegation;
  return party as Party;
}

function aMember(role: Role, delegation = "arven", part: Partial<Member> = {}): Member {
  return {
    party: partyOf(role, delegation),
    serial: toB64u(crypto.getRandomValues(new Uint8Array(16))),
    identity: "A".repeat(26) as Identity,
    name: role,
    role,
    chair: role === "chair",
    red: true,
    expires: 0,
    ...part,
  };
}

/** A credential that says who they are, with no signature that holds: rules leave those to `check`. */
function said({ party, serial, name, role, chair }: Member): Uint8Array {
  const [none, lasting] = [toB64u(new Uint8Array(32)), { issued: at(0), expires: at(1) }];
  const word = { descriptor: none, key: none };
  const invitation = { party, serial, name, role, chair, languages: ["en"], ...word, ...lasting };
  const statements = {
    invitation: { type: "visavis invitation 1", ...invitation },
    device: { type: "visavis device 1", invitation: none, key: none, issued: at(0) },
    session: { type: "visavis session key 1", ...word, device: none, red: true, ...lasting },
  };
  const sent = Object.entries(statements).flatMap(([name_, statement]) => [
    [name_, toB64u(canonical(statement))],
    [`${name_}_signature`, ""],
  ]);
  return canonical({ type: "visavis credential 1", ...(Object.fromEntries(sent) as object) });
}

function at(second: number): string {
  return new Date(second * 1000).toISOString();
}

const key = new Uint8Array(32);

/** Rules for which these members' credentials hold. */
function rules(group: string, members: readonly Member[], revoked: readonly Member[] = []) {
  return rulesOf({
    group: readGroupName(group),
    check: (credential) => {
      const member = members.find((each) => toB64u(said(each)) === toB64u(credential));
      return member === undefined ? { fault: "form" } : { member };
    },
    isRevoked: (person) => revoked.some((each) => personOf(each) === person),
  });
}

function proposed(committer: Member, removes: readonly Member[], external = false): Proposed {
  return { received: true, external, committer: said(committer), removes: removes.map((each) => said(each)) };
}

describe("who may hold a leaf", () => {
  test.each([
    ["chamber", "arven", HEARERS],
    ["chamber", "tolmar", HEARERS],
    ["floor.1", "arven", [...HEARERS, "press"]],
    ["floor.7", "tolmar", [...HEARERS, "press"]],
    ["caucus.arven", "arven", DELEGATES],
    ["caucus.arven", "tolmar", []],
    ["caucus.tolmar", "tolmar", DELEGATES],
    ["booth.arven.en", "arven", ["interpreter"]],
    ["booth.arven.en", "tolmar", []],
    ["booth.joint.fr", "tolmar", ["interpreter"]],
  ])("of %s, from %s", (group, delegation, allowed) => {
    const admitted = ROLES.filter((role) => admits(readGroupName(group), aMember(role, delegation)));
    expect(admitted).toEqual(allowed);
  });

  test("is nobody whose credential does not hold, whatever they say", () => {
    const [known, stranger] = [aMember("adviser"), aMember("principal")];
    const { validate } = rules("chamber", [known]);
    expect(validate(said(known), key)).toBe(true);
    expect(validate(said(stranger), key)).toBe(false);
    expect(validate(new Uint8Array(), key)).toBe(false);
    const press = aMember("press");
    expect(rules("chamber", [press]).validate(said(press), key)).toBe(false);
    expect(rules("floor.1", [press]).validate(said(press), key)).toBe(true);
  });
});

describe("a person", () => {
  test("has one name in every session, and no other has it", () => {
    const [one, other] = [aMember("adviser"), aMember("adviser")];
    const { identity } = rules("chamber", [one, other]);
    const name = (member: Member) => new TextDecoder().decode(identity(said(member)));
    expect(name(one)).toBe(name({ ...one, name: "in another session" }));
    expect(name(one)).not.toBe(name(other));
    expect(name(one)).not.toBe(name({ ...one, party: "tolmar" as Party }));
    expect(identity(new Uint8Array())).toHaveLength(0);
  });

  test.each([
    ["in the same role", {}, true],
    ["in another role", { role: "interpreter" as const }, false],
    ["as a chair", { chair: true }, false],
    ["of another party", { party: "tolmar" as Party }, false],
    ["by another invitation", { serial: toB64u(new Uint8Array(16)) }, false],
  ])("takes their own place again %s: %s", (_, part, may) => {
    const before = aMember("principal");
    const next = { ...before, ...part };
    expect(rules("chamber", [before, next]).successor(said(before), key, said(next), key)).toBe(may);
    expect(rules("chamber", [before]).successor(said(before), key, said(next), key)).toBe(
      may && personOf(next) === personOf(before),
    );
  });
});

/** Whom somebody may put out of their own delegation; a chair anybody at all. */
const BELOW: readonly (readonly [Role, readonly Role[]])[] = [
  ["principal", ["chair", "adviser", "interpreter", "notetaker", "technician"]],
  ["adviser", ["interpreter"]],
  ["notetaker", ["interpreter"]],
  ["technician", ["interpreter"]],
  ["interpreter", []],
  ["protocol_officer", []],
];

describe("who may put out whom", () => {
  test.each(BELOW)("a %s their own side's %s, and the press", (role, below) => {
    const one = aMember(role);
    const own = ROLES.filter((other) => mayRemove(one, aMember(other)));
    expect(own).toEqual([...ROLES.filter((other) => below.includes(other)), "press"]);
    const others = ROLES.filter((other) => mayRemove(one, aMember(other, "tolmar")));
    expect(others).toEqual(["press"]);
  });

  test("nobody by the press, not even their own", () => {
    const one = aMember("press");
    for (const delegation of ["arven", "tolmar"]) {
      expect(ROLES.filter((other) => mayRemove(one, aMember(other, delegation)))).toEqual([]);
    }
  });

  test.each(["chair", "principal"] as const)("a %s who is chair: anybody, but not themselves", (role) => {
    const one = aMember(role, "arven", { chair: true });
    for (const delegation of ["arven", "tolmar"]) {
      expect(ROLES.filter((other) => mayRemove(one, aMember(other, delegation)))).toEqual(ROLES);
    }
    expect(mayRemove(one, one)).toBe(false);
  });
});

test("of a booth's group anybody there may put out anybody: nobody is above them", () => {
  const [one, other] = [aMember("interpreter"), aMember("interpreter", "tolmar")];
  expect(mayRemove(one, other, true)).toBe(true);
  expect(mayRemove(one, one, true)).toBe(false);
  expect(rules("booth.joint.fr", [one, other]).permits(proposed(one, [other]))).toBe("");
  expect(rules("booth.joint.fr", [one, other]).permits(proposed(one, [other], true))).toBe(
    "who joins removes nobody else",
  );
});

describe("a commit", () => {
  const [chair, adviser, booth] = [aMember("chair"), aMember("adviser"), aMember("interpreter")];
  const everybody = [chair, adviser, booth];
  const { permits } = rules("chamber", everybody);

  test.each([
    ["renews keys", proposed(booth, []), ""],
    ["puts out those below", proposed(adviser, [booth]), ""],
    ["puts out all by a chair", proposed(chair, [adviser, booth]), ""],
    ["puts out one below and one above", proposed(adviser, [booth, chair]), "a adviser may not remove these"],
    ["puts out an equal", proposed(adviser, [aMember("notetaker")]), "a adviser may not remove these"],
    ["joins", proposed(booth, [], true), ""],
    ["comes back", proposed(booth, [booth], true), ""],
    ["joins and puts out another", proposed(chair, [booth], true), "who joins removes nobody else"],
    ["comes back and puts out another", proposed(chair, [chair, booth], true), "who joins removes nobody else"],
    ["is of nobody", { ...proposed(chair, []), committer: new Uint8Array() }, "no credential"],
    ["puts out nobody known", { ...proposed(chair, []), removes: [new Uint8Array()] }, "no credential"],
  ])("that %s", (_, commit, why) => {
    expect(permits(commit)).toBe(why);
  });

  test("of somebody revoked is not permitted, neither to join nor to stay", () => {
    const strict = rules("chamber", everybody, [chair]);
    expect(strict.permits(proposed(chair, []))).toBe("the committer is revoked");
    expect(strict.permits(proposed(chair, [chair], true))).toBe("the committer is revoked");
    expect(strict.permits(proposed(adviser, [booth]))).toBe("");
  });
});

test("a group's name is read as it is written, and nothing else is", () => {
  for (const name of ["chamber", "floor.1", "floor.999999", "caucus.arven", "booth.arven.en", "booth.joint.zh-Hant"]) {
    expect(written(readGroupName(name))).toBe(name);
  }
  for (const name of [
    "",
    "floor",
    "floor.0",
    "floor.01",
    "caucus.",
    "caucus.Arven",
    "chamber.1",
    "chamber ",
    "booth.arven",
    `booth.${"a".repeat(32)}.en`,
  ]) {
    expect(() => readGroupName(name), name).toThrow("group_unknown");
  }
});
