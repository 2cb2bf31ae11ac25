import { describe, expect, test } from "vitest";
import type { Identity, Language, Party } from "../kernel/ids";
import { heardAll, type Spoken } from "../testing/booths";
import { dependentsOf, type Gathering, listenersOf } from "./audience";
import { QUIET } from "./booth";
import type { Booth, BoothNow, BoothsNow, Source } from "./model";

const [ARVEN, TOLMAR] = ["arven", "tolmar"] as unknown as readonly [Party, Party];
const [EN, FR, DE] = ["en", "fr", "de"] as unknown as readonly [Language, Language, Language];
const [MAREN, VEY, FANE, AMSEL, VERN] = ["maren", "vey", "fane", "amsel", "vern"] as unknown as readonly [
  Identity,
  Identity,
  Identity,
  Identity,
  Identity,
];

function booth(id: string, party: Party | null, who: Identity, language = EN): Booth {
  return { id, party, languages: [language], members: [who] };
}

const OURS = booth("arven.en", ARVEN, FANE);
const THEIRS = booth("tolmar.en", TOLMAR, AMSEL);
const FRENCH = booth("tolmar.fr", TOLMAR, VERN, FR);

/** Who hears what, and the booths that are on air. */
function gathering(heard: readonly Spoken[], on: readonly (readonly [Booth, Partial<BoothNow>])[] = []): Gathering {
  const parties = { maren: ARVEN, vey: TOLMAR, fane: ARVEN, amsel: TOLMAR, vern: TOLMAR };
  const working = on.map(([{ id, members, languages }, part]) => {
    const works = { ...QUIET, holder: members[0] ?? null, onAir: languages[0], ...part };
    return [id, works] as const;
  });
  const now: BoothsNow = { ...heardAll(heard), booths: new Map(working) };
  return {
    seats: Object.entries(parties).map(([identity, party]) => ({ identity: identity as Identity, party })),
    booths: [THEIRS, OURS, FRENCH],
    delegations: [ARVEN, TOLMAR],
    now,
  };
}

/** What is taken into French, and what into German. */
const taken = (french: Source, german: Source): BoothNow["sources"] =>
  new Map([
    [FR, french],
    [DE, german],
  ]);
const listens = (who: Identity): Spoken => [who, { does: "listen", to: EN, signs: [] }];

describe("who hears a booth", () => {
  test("is everybody of its channel while no other is on air in it, and nobody of another's", () => {
    const all = gathering([listens(MAREN), listens(VEY)], [[OURS, {}]]);
    expect([listenersOf(all, OURS, EN), listenersOf(all, OURS, FR)]).toEqual([2, 0]);
  });

  test("is of two booths in one channel whoever is of the delegation first, on air or not", () => {
    const all = gathering(
      [listens(MAREN), listens(VEY)],
      [
        [OURS, {}],
        [THEIRS, {}],
      ],
    );
    expect([listenersOf(all, OURS, EN), listenersOf(all, THEIRS, EN)]).toEqual([1, 1]);
    const alone = gathering([listens(MAREN), listens(VEY)], [[OURS, {}]]);
    expect([listenersOf(alone, OURS, EN), listenersOf(alone, THEIRS, EN)]).toEqual([2, 1]);
  });

  test("is whoever watches it too, and no member of it", () => {
    const all = gathering([[MAREN, { does: "listen", to: FR, signs: [EN] }], listens(FANE)]);
    expect(listenersOf(all, OURS, EN)).toBe(1);
  });
});

test("what interprets from a booth is counted where it is heard: of two booths in one channel, from one's own delegation's", () => {
  const relay: readonly [Booth, Partial<BoothNow>] = [FRENCH, { sources: new Map([[FR, EN]]) }];
  const both = gathering([], [[OURS, {}], [THEIRS, {}], relay]);
  expect([dependentsOf(both, OURS, EN), dependentsOf(both, THEIRS, EN), dependentsOf(both, FRENCH, EN)]).toEqual([
    0, 1, 0,
  ]);
  expect(dependentsOf(gathering([], [[OURS, {}], relay]), OURS, EN)).toBe(1);
});

test.each<[string, number, Partial<BoothNow>, readonly Spoken[]]>([
  ["in its direction, though it takes the floor in the other", 1, { onAir: FR, sources: taken(EN, null) }, []],
  ["not in its direction, though it did in the other", 0, { onAir: FR, sources: taken(null, EN) }, []],
  ["off air, before it begins", 1, { onAir: null, sources: taken(EN, null) }, [listens(VERN)]],
  ["not off air either, while it hears the floor", 0, { onAir: null, sources: taken(EN, null) }, []],
  ["not while nobody has its microphone", 0, { holder: null, onAir: null }, [listens(VERN)]],
])("a booth works from another %s", (_case, count, works, heard) => {
  expect(
    dependentsOf(
      gathering(heard, [
        [OURS, {}],
        [FRENCH, works],
      ]),
      OURS,
      EN,
    ),
  ).toBe(count);
});
