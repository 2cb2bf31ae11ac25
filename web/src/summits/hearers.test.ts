import { describe, expect, test } from "vitest";
import type { PhaseName, Seat } from "../contract/parse";
import { aSeat, aSnapshot } from "../testing/scenes";
import { connectedIn, hearersOf } from "./hearers";
import { grantFor, mayAsk } from "./policy";

const maren = aSeat("maren", "principal");
const seats = [
  maren,
  aSeat("doran", "principal", "tolmar"),
  aSeat("okafor", "interpreter", "tolmar", ["en", "fr"]),
  aSeat("lind", "adviser"),
  aSeat("tech", "technician"),
  aSeat("hale", "press", "press"),
  aSeat("officer", "protocol_officer", "host"),
];

function names(room: "chamber" | "caucus", phase: PhaseName, format: "one-on-one" | "plenary"): readonly string[] {
  const hearers = new Set(hearersOf(maren, seats, room, { phase, format }));
  return seats.filter(({ identity }) => hearers.has(identity)).map(({ name }) => name);
}

describe("who may hear a principal", () => {
  test.each([
    ["arrival", "one-on-one", []],
    ["open", "one-on-one", ["doran", "okafor", "hale"]],
    ["closed", "one-on-one", ["doran", "okafor"]],
    ["closed", "plenary", ["doran", "okafor", "lind"]],
    ["recess", "plenary", []],
    ["adjourned", "plenary", []],
  ] as const)("in the chamber, %s, %s", (phase, format, expected) => {
    expect(names("chamber", phase, format)).toEqual(expected);
  });

  test("in the caucus only one's own, whatever the phase", () => {
    expect(names("caucus", "closed", "one-on-one")).toEqual(["lind", "tech"]);
    expect(names("caucus", "adjourned", "one-on-one")).toEqual([]);
  });
});

test("orders are for chairs, and for a principal who is one", () => {
  const standing = { phase: "open", format: "one-on-one" } as const;
  expect(mayAsk("close_doors", { role: "chair", chair: true }, standing)).toBe(true);
  expect(mayAsk("close_doors", { role: "principal", chair: true }, standing)).toBe(true);
  expect(mayAsk("close_doors", { role: "principal", chair: false }, standing)).toBe(false);
  expect(mayAsk("close_doors", { role: "adviser", chair: true }, standing)).toBe(false);
  expect(mayAsk("close_doors", { role: "chair", chair: true }, { ...standing, phase: "recess" })).toBe(false);
  expect(mayAsk("no_such_thing", { role: "chair", chair: true }, standing)).toBe(false);
});

test("what the table does not list is not granted", () => {
  expect(grantFor("chamber", "protocol_officer", { phase: "open", format: "plenary" })).toBeUndefined();
  expect(grantFor("chamber", "adviser", { phase: "closed", format: "one-on-one" })).toBeUndefined();
});

test("who is connected is whoever the server says, and oneself; the press knows of nobody", () => {
  const [own, doran] = seats;
  if (own === undefined || doran === undefined) throw new Error("nobody is here");
  const connected = (you: Seat, ...there: readonly Seat[]) =>
    connectedIn({ ...aSnapshot(seats), you: you.member, connected: there.map(({ member }) => member) });
  expect(connected(own)).toEqual(new Set([own.identity]));
  expect(connected(own, doran)).toEqual(new Set([own.identity, doran.identity]));
  expect(connected(aSeat("hale", "press", "press"), doran)).toBeNull();
  expect(connected(aSeat("nobody", "adviser"), doran)).toBeNull();
});
