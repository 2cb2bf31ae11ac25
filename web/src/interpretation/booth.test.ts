import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Identity, Language } from "../kernel/ids";
import { aBooth, BOOTHS, CREW, heardAll, says, type Spoken } from "../testing/booths";
import {
  afterDoubt,
  afterWord,
  amongThese,
  arranged,
  audienceOf,
  type Booths,
  type BoothWord,
  QUIET,
  standsOf,
} from "./booth";
import { boothOf } from "./booths";
import { type BoothNow, type BoothsNow, NO_BOOTHS } from "./model";
import { closesCircle, dependants } from "./relays";

const [FANE, ORU, AMSEL, VERN] = CREW;
const EN = "en" as Language;
const FR = "fr" as Language;
const DE = "de" as Language;

function english(now: BoothsNow): BoothNow {
  return now.booths.get("arven.en") ?? QUIET;
}

function holderAfter(...words: readonly Spoken[]): Identity | null {
  return english(heardAll(words)).holder;
}

const air = (who: Identity, into: Language | null = EN): Spoken => [who, { does: "air", into }];
const plain = (who: Identity, does: "ask" | "withdraw" | "accept" | "take" | "leave"): Spoken => [who, { does }];
const source = (who: Identity, into: Language, from: Language | null): Spoken => [who, { does: "source", into, from }];
const refuses = (who: Identity): Spoken => [who, { does: "not_interpretable", on: true }];
const stands = (who: Identity, into: Language | null = EN): Spoken => [
  who,
  { does: "stands", since: "2026-12-07T14:00:00.000Z", into, sources: [], not_interpretable: false },
];

describe("the microphone", () => {
  test("is whoever's is first on air; the partner's word changes nothing", () => {
    expect(english(heardAll([air(ORU), air(FANE)]))).toMatchObject({ holder: ORU, onAir: EN });
    expect(english(heardAll([air(ORU), air(ORU, null)]))).toMatchObject({ holder: ORU, onAir: null });
  });

  test("goes on air into no language that its holder is not accredited for, nor for anybody outside of a booth", () => {
    expect(holderAfter(air(FANE, FR))).toBeNull();
    expect(heardAll([air("PRINCIPAL" as Identity)]).booths.size).toBe(0);
  });

  test.each([
    ["the partner asks and the holder says yes", [plain(FANE, "ask"), plain(ORU, "accept")]],
    ["the holder asks and the partner says yes", [plain(ORU, "ask"), plain(FANE, "accept")]],
    ["the partner takes it", [plain(FANE, "take")]],
  ] as const)("passes, on air as it was, when %s", (_name, words) => {
    const now = english(heardAll([air(ORU), ...words]));
    expect(now).toMatchObject({ holder: FANE, onAir: EN, asked: null, notInterpretable: false });
  });

  test.each([
    ["nobody has asked", [plain(FANE, "accept")]],
    ["who asked says yes to themselves", [plain(FANE, "ask"), plain(FANE, "accept")]],
    ["it was withdrawn", [plain(FANE, "ask"), plain(FANE, "withdraw"), plain(ORU, "accept")]],
    ["somebody else withdraws it, and nobody says yes", [plain(FANE, "ask"), plain(ORU, "withdraw")]],
    ["another booth says yes", [plain(FANE, "ask"), plain(AMSEL, "accept")]],
  ] as const)("stays when %s", (_name, words) => {
    expect(holderAfter(air(ORU), ...words)).toBe(ORU);
  });

  test("is off air in the hands of somebody who is not accredited for what was on air", () => {
    expect(english(heardAll([air(ORU, FR), plain(FANE, "take")]))).toMatchObject({ holder: FANE, onAir: null });
  });

  test("is nobody's once it is given back; a partner's word gives nothing back but what they asked", () => {
    expect(english(heardAll([air(ORU), air(ORU), plain(FANE, "ask"), plain(FANE, "leave")]))).toMatchObject({
      holder: ORU,
      asked: null,
    });
    expect(holderAfter(air(ORU), plain(ORU, "leave"))).toBeNull();
  });
});

describe("what is interpreted from", () => {
  test("is chosen by whoever has the microphone, into a language of theirs", () => {
    expect(english(heardAll([air(ORU), source(ORU, EN, FR)])).sources).toEqual(new Map([[EN, FR]]));
    expect(english(heardAll([air(ORU), source(FANE, EN, FR)])).sources.size).toBe(0);
    expect(english(heardAll([air(FANE), source(FANE, FR, EN)])).sources.size).toBe(0);
    expect(english(heardAll([source(ORU, EN, FR)])).sources.size).toBe(0);
  });

  test("is never, by way of others, one's own channel", () => {
    const all = [air(FANE), air(AMSEL, FR), air(VERN, DE), source(AMSEL, FR, DE)];
    const now = heardAll([...all, source(VERN, DE, EN), source(FANE, EN, FR), source(FANE, EN, EN)]);
    expect(english(now).sources.size).toBe(0);
    const undone = heardAll([...all, source(AMSEL, FR, null), source(VERN, DE, FR)]);
    expect(undone.booths.get("tolmar.de")?.sources).toEqual(new Map([[DE, FR]]));
  });
});

describe("how a booth stands", () => {
  test("is told to whoever came later, by whoever has the microphone", () => {
    const before = heardAll([air(ORU), [ORU, { does: "source", into: EN, from: FR }]]);
    const word = standsOf(english(before), "2026-12-07T14:00:00.000Z");
    const after = afterWord(NO_BOOTHS, { from: ORU, word }, BOOTHS);
    expect(english(after)).toEqual(english(before));
  });

  test("is uncertain while a word is missing, and when two say that they have the microphone", () => {
    const missed = afterDoubt(heardAll([air(ORU), air(ORU)]), FANE, BOOTHS);
    expect([...missed.uncertain]).toEqual(["arven.en"]);
    expect([...heardAll([stands(ORU)], missed).uncertain]).toEqual([]);
    const two = heardAll([air(ORU), air(ORU), stands(FANE)]);
    expect([english(two).holder, [...two.uncertain]]).toEqual([ORU, ["arven.en"]]);
    expect(english(heardAll([stands(FANE)], two)).holder).toBe(FANE);
    expect(afterDoubt(NO_BOOTHS, "PRINCIPAL" as Identity, BOOTHS)).toBe(NO_BOOTHS);
  });

  test("cannot be interpreted only by the word of whoever has the microphone", () => {
    expect(english(heardAll([air(ORU), refuses(FANE)])).notInterpretable).toBe(false);
    expect(english(heardAll([air(ORU), refuses(ORU)])).notInterpretable).toBe(true);
    expect(english(heardAll([air(ORU), refuses(ORU), plain(FANE, "take")])).notInterpretable).toBe(false);
  });
});

function without(...gone: readonly Identity[]): Booths {
  const left = BOOTHS.booths.map((booth) => ({
    ...booth,
    members: booth.members.filter((member) => !gone.includes(member)),
  }));
  return { ...BOOTHS, booths: left.filter(({ members }) => members.length > 0) };
}

describe("booths that are arranged anew", () => {
  const worked = heardAll([air(ORU), air(ORU), plain(FANE, "ask"), air(AMSEL, FR), source(AMSEL, FR, EN)]);

  test("keep what was said in those that are as they were", () => {
    expect(arranged(worked, BOOTHS)).toBe(worked);
    expect(english(arranged(worked, without(AMSEL)))).toBe(english(worked));
  });

  test("lose whoever is moved: the microphone is nobody's, and nothing is asked for", () => {
    expect(english(arranged(worked, without(ORU)))).toEqual(QUIET);
    expect(english(arranged(worked, without(FANE)))).toMatchObject({ holder: ORU, onAir: EN, asked: null });
  });

  test("count for no relay any more when they are gone, nor are they in doubt", () => {
    const now = arranged(afterDoubt(worked, AMSEL, BOOTHS), without(AMSEL));
    expect([[...now.booths.keys()], [...now.uncertain]]).toEqual([["arven.en"], []]);
    expect(dependants(now.booths, EN, "arven.en")).toBe(0);
  });
});

test("who hears what, and who calls the technician, is what they said last; whoever is gone counts no more", () => {
  const listener = "PRINCIPAL" as Identity;
  const now = heardAll([
    [listener, { does: "listen", to: FR, signs: [] }],
    [listener, { does: "listen", to: EN, signs: [DE] }],
    [FANE, { does: "listen", to: DE, signs: [] }],
    [FANE, { does: "call_technician", on: true }],
  ]);
  expect(now.listening.get(listener)).toEqual({ to: EN, signs: [DE] });
  expect([EN, FR, DE].map((channel) => audienceOf(now, channel))).toEqual([1, 0, 2]);
  expect([...now.calling]).toEqual([FANE]);
  expect([...amongThese(now, new Set([FANE])).listening.keys()]).toEqual([FANE]);
  expect(amongThese(now, new Set([FANE, listener]))).toBe(now);
  expect(heardAll([[FANE, { does: "call_technician", on: false }]], now).calling.size).toBe(0);
});

test("whoever is gone asks for the microphone no more; whoever has it, and is gone, has it until a partner takes it", () => {
  const now = heardAll([air(ORU), plain(FANE, "ask")]);
  expect(english(amongThese(now, new Set([FANE]))).asked?.by).toBe(FANE);
  expect(english(amongThese(now, new Set([ORU])))).toMatchObject({ holder: ORU, onAir: EN, asked: null });
});

const person = fc.constantFrom(...CREW);
const language = fc.constantFrom(EN, FR, DE);
const anySource = fc.option(language);
const does = fc.oneof(
  fc.record({ does: fc.constantFrom("ask" as const, "withdraw" as const, "accept" as const, "take" as const) }),
  fc.record({ does: fc.constant("leave" as const) }),
  fc.record({ does: fc.constant("air" as const), into: anySource }),
  fc.record({ does: fc.constant("source" as const), into: language, from: anySource }),
  fc.record({ does: fc.constant("not_interpretable" as const), on: fc.boolean() }),
  fc.record({
    does: fc.constant("stands" as const),
    since: fc.constant("2026-12-07T14:00:00.000Z"),
    into: anySource,
    sources: fc.array(fc.record({ into: language, from: anySource }), { maxLength: 4 }),
    not_interpretable: fc.boolean(),
  }),
);
const words: fc.Arbitrary<Spoken[]> = fc.array(fc.tuple(person, does), { maxLength: 40 });

test("whatever is said, no relay closes a circle, and who is on air belongs to the booth and may interpret into it", () => {
  fc.assert(
    fc.property(words, (all) => {
      const { booths } = heardAll(all);
      for (const [id, { holder, onAir, sources }] of booths) {
        if (holder !== null) expect(boothOf(BOOTHS.booths, holder)?.id).toBe(id);
        if (onAir !== null) expect(holder !== null && BOOTHS.languages.get(holder)?.includes(onAir)).toBe(true);
        for (const [into, from] of sources) expect(closesCircle(booths, id, into, from)).toBe(false);
      }
    }),
  );
});

test("whoever came in between sees the same at work once every holder has said twice how their booth stands", () => {
  fc.assert(
    fc.property(words, fc.nat(40), (all, from) => {
      const first = heardAll(all);
      const told = [...first.booths.values()].flatMap((booth): BoothWord[] => {
        return booth.holder === null ? [] : [standsOf(booth, says("2026-12-07T14:00:01.000Z"))];
      });
      const holders = [...first.booths.values()].flatMap(({ holder }) => (holder === null ? [] : [holder]));
      const both = [NO_BOOTHS, first].map((start, device) => {
        const until = device === 0 ? heardAll(all.slice(from), start) : start;
        const again = [...told, ...told].map((word, at) => ({ from: holders[at % holders.length], word }));
        return again.reduce((now, { from: who, word }) => {
          return who === undefined ? now : afterWord(now, { from: who, word }, BOOTHS);
        }, until);
      });
      const shown = both.map((now) =>
        [...now.booths]
          .filter(([, { holder }]) => holder !== null)
          .map(([id, now_]) => aBooth(id, now_))
          .toSorted(),
      );
      for (const booth of shown[1] ?? []) expect(shown[0]).toContain(booth);
    }),
  );
});
