import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Language } from "../../kernel/ids";
import {
  afterTerms,
  faultOf,
  inParts,
  MOST_TERMS,
  nameOf,
  NO_TERMS,
  putting,
  standing,
  takingAway,
  type Term,
  type Written,
} from "./glossary";
import { fold, found } from "./search";

const [EN, FR] = ["en" as Language, "fr" as Language];
const COLLATOR = new Intl.Collator("en");

function written(term: string, means: string, note = ""): Written {
  return { from: EN, to: FR, term, means, note };
}

function glossaryOf(...all: readonly Written[]) {
  return afterTerms(NO_TERMS, putting(NO_TERMS, all));
}

const hear = (all: readonly { readonly terms: readonly Term[] }[]) =>
  all.reduce((glossary, { terms }) => afterTerms(glossary, terms), NO_TERMS);
const finds = (all: readonly Written[], text: string) =>
  found(standing(glossaryOf(...all)), text, (one, other) => COLLATOR.compare(one, other)).map(({ term }) => term);

describe("two devices", () => {
  const aTerm = fc.record({
    from: fc.constant(EN),
    to: fc.constant(FR),
    term: fc.constantFrom("ceasefire", "border"),
    means: fc.constantFrom("cessez-le-feu", "frontière"),
    note: fc.constantFrom("", "not: trêve"),
    version: fc.integer({ min: 1, max: 3 }),
    gone: fc.boolean(),
  });

  test("come to one glossary, in whichever order and however often they hear the same words", () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(aTerm, { maxLength: 4 }), { maxLength: 6 }),
        fc.infiniteStream(fc.nat()),
        (said, draws) => {
          const places = said.map((terms) => ({ terms, place: Number(draws.next().value) }));
          const shuffled = [...places, ...places.toSorted((one, other) => one.place - other.place)];
          const [one, other] = [hear(places), hear(shuffled)];
          expect(other).toEqual(one);
        },
      ),
    );
  });
});

describe("a term", () => {
  const border = written("border", "frontière");

  test("is said once, and again only when its note is another", () => {
    const glossary = glossaryOf(border);
    expect(putting(glossary, [border])).toEqual([]);
    expect(putting(glossary, [{ ...border, note: "of the state" }])).toMatchObject([{ version: 2, gone: false }]);
  });

  test("that was taken away stays away for who hears of it late, until somebody puts it in anew", () => {
    const first = putting(NO_TERMS, [border]);
    const gone = takingAway(first[0] as Term);
    const late = afterTerms(afterTerms(NO_TERMS, gone), first);
    expect(standing(late)).toEqual([]);
    expect(standing(afterTerms(late, putting(late, [border])))).toMatchObject([{ version: 3 }]);
  });

  test("has as many meanings as it has", () => {
    expect(standing(glossaryOf(written("bank", "banque"), written("bank", "rive")))).toHaveLength(2);
  });

  test("is kept composed, on one line, and in the order of its letters", () => {
    const [put] = putting(NO_TERMS, [written(" frontie\u0300re\r\n ", "\u202Eborder", "two\nlines")]);
    expect(put).toMatchObject({ term: "frontière", means: "border", note: "two lines" });
  });

  test.each([
    [written("", "rive"), "empty"],
    [written("bank", " \u202E "), "empty"],
    [written("b".repeat(201), "rive"), "long"],
    [written("bank", "rive", "n".repeat(501)), "long"],
    [written("b".repeat(200), "r".repeat(200), "n".repeat(500)), null],
  ] as const)("with a fault is told (%#)", (term, fault) => {
    expect(faultOf(term)).toBe(fault);
  });
});

test("there is an end to terms, and what is known can be changed all the same", () => {
  const many = Array.from({ length: MOST_TERMS }, (_, at) => written(`term ${at}`, "terme"));
  const first = written("term 0", "terme");
  const full = glossaryOf(...many);
  const more = afterTerms(full, putting(full, [written("one more", "un de plus"), { ...first, note: "changed" }]));
  expect(more.size).toBe(MOST_TERMS);
  expect(more.get(nameOf(first))?.note).toBe("changed");
});

test("much is said in parts, each of which fits an envelope, and nothing of it is lost", () => {
  const long = Array.from({ length: 300 }, (_, at) =>
    written(`${at} ${"é".repeat(150)}`, "ü".repeat(200), "ñ".repeat(300)),
  );
  const terms = putting(NO_TERMS, long);
  const parts = inParts(terms);
  expect(parts.flat()).toEqual(terms);
  for (const part of parts) expect(new TextEncoder().encode(JSON.stringify(part)).length).toBeLessThan(32_000);
  expect(
    inParts(
      putting(
        NO_TERMS,
        Array.from({ length: 450 }, (_, at) => written(`${at}`, "x")),
      ),
    ),
  ).toHaveLength(3);
});

describe("a search", () => {
  const all = [
    written("state border", "frontière d'État"),
    written("border", "frontière"),
    written("re-border", "x", "see État"),
    written("Straße", "rue"),
  ];

  test("knows neither accents nor case", () => {
    expect(fold("FRONTIÈRE")).toBe("frontiere");
    expect(finds(all, "frontiere d'e")).toEqual(["state border"]);
    expect(finds(all, "STRASSE")).toEqual(["Straße"]);
  });

  test("finds what begins so first, then words, then parts, then notes", () => {
    expect(finds(all, "border")).toEqual(["border", "state border", "re-border"]);
    expect(finds(all, "etat")).toEqual(["state border", "re-border"]);
    expect(finds(all, "")).toHaveLength(4);
    expect(finds(all, "treaty")).toEqual([]);
  });
});
