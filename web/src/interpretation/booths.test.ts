import { describe, expect, test } from "vitest";
import type { Identity, Language, Party } from "../kernel/ids";
import { aSeat } from "../testing/scenes";
import { boothOf, boothsOf, inOrderFor } from "./booths";
import type { Booth } from "./model";

const fane = aSeat("fane", "interpreter", "arven", ["en"]);
const oru = aSeat("oru", "interpreter", "arven", ["en", "fr"]);
const amsel = aSeat("amsel", "interpreter", "tolmar", ["fr"]);
const maren = aSeat("maren", "principal");
const seats = [maren, fane, oru, amsel];

const booth = (id: string, party: string | null, languages: readonly [string, ...string[]], ...of: Identity[]) =>
  ({
    id,
    party: party as Party | null,
    languages: languages as readonly string[] as Booth["languages"],
    members: of,
  }) as Booth;

const english = booth("arven.en", "arven", ["en", "fr"], fane.identity, oru.identity);
const french = booth("tolmar.fr", "tolmar", ["fr"], amsel.identity);

describe("booths that nobody has arranged", () => {
  test("are the interpreters of one delegation with the same first language; further ones are the way back", () => {
    expect(boothsOf(seats, [])).toEqual([english, french]);
  });

  test("name each language once, however the interpreters are accredited", () => {
    const bilingual = { ...fane, languages: ["en", "fr", "en"] as Language[] };
    expect(boothsOf([bilingual, oru], [])[0]?.languages).toEqual(["en", "fr"]);
  });

  test("hold nobody who is accredited for no language, and nobody who is no interpreter", () => {
    expect(boothsOf([maren, { ...fane, languages: [] }], [])).toEqual([]);
  });
});

describe("booths that were arranged", () => {
  test("are all that their delegation has; another's stay as they are", () => {
    const alone = booth("english", "arven", ["en"], oru.identity);
    expect(boothsOf(seats, [alone])).toEqual([alone, french]);
  });

  test("may be joint: whoever is in one is in no other", () => {
    const joint = booth("joint", null, ["fr", "en"], amsel.identity, oru.identity);
    expect(boothsOf(seats, [joint])).toEqual([joint, booth("arven.en", "arven", ["en"], fane.identity)]);
  });

  test.each([
    ["another delegation's", amsel.identity],
    ["no interpreter", maren.identity],
    ["nobody known", "NOBODY" as Identity],
  ])("take nobody in on the server's word alone: %s", (_case, identity) => {
    expect(boothsOf(seats, [booth("x", "arven", ["fr"], identity)])).toEqual([french]);
  });

  test("take in nobody for a first language that they are not accredited for", () => {
    expect(boothsOf(seats, [booth("x", "arven", ["fr"], fane.identity, oru.identity)])).toEqual([
      booth("x", "arven", ["fr"], oru.identity),
      french,
    ]);
  });

  test("have nobody twice: the first named counts", () => {
    const one = booth("one", "arven", ["en"], fane.identity);
    expect(boothsOf(seats, [one, booth("two", "arven", ["en"], fane.identity, oru.identity)])).toEqual([
      one,
      booth("two", "arven", ["en"], oru.identity),
      french,
    ]);
  });
});

test("one's booth is the one that one is a member of", () => {
  expect(boothOf([english, french], amsel.identity)).toBe(french);
  expect(boothOf([english, french], maren.identity)).toBeUndefined();
});

test("one prefers one's own delegation's booths, then joint ones, then the others' in protocol order", () => {
  const joint = booth("joint", null, ["fr"], oru.identity);
  const protocol = ["arven", "tolmar"] as Party[];
  const order = (party: string) => inOrderFor(party as Party, [english, french, joint], protocol).map(({ id }) => id);
  expect(order("tolmar")).toEqual(["tolmar.fr", "joint", "arven.en"]);
  expect(order("arven")).toEqual(["arven.en", "joint", "tolmar.fr"]);
  expect(order("press")).toEqual(["joint", "arven.en", "tolmar.fr"]);
});
