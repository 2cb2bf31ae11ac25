import { expect, test } from "vitest";
import type { Seat } from "../contract/parse";
import type { Language } from "../kernel/ids";
import { SEATS } from "../testing/builders";
import { BOOTHS, CREW, heardAll, type Spoken } from "../testing/booths";
import { type BoothsNow, NO_BOOTHS } from "./model";
import { type Known, rotaOf } from "./rota";

const [FANE, ORU, AMSEL, VERN] = CREW;
const [EN, FR, DE] = ["en", "fr", "de"] as unknown as readonly [Language, Language, Language];

const seats: readonly Seat[] = CREW.map((identity, at) => ({
  ...SEATS.fane,
  identity,
  name: ["Fane", "Oru", "Amsel", "Vern"][at] ?? "",
}));

function known(now: BoothsNow, part: Partial<Known> = {}): Known {
  return {
    seats,
    channels: [EN, FR].map((language) => ({ language, kind: "spoken" as const })),
    now,
    heard: BOOTHS.booths.map((booth) => ({ booth, onAir: null, lost: false })),
    carries: new Map([[EN, "interpreted"]]),
    ...part,
  };
}

function lineOf(id: string, now: BoothsNow, part: Partial<Known> = {}) {
  const line = rotaOf(known(now, part)).booths.find(({ booth }) => booth.id === id);
  if (line === undefined) throw new Error(`no booth ${id}`);
  return line;
}

const onAir: readonly Spoken[] = [[FANE, { does: "air", into: EN }]];

test("a booth shows who has its microphone, into what and since when, by its own words", () => {
  const line = lineOf("arven.en", heardAll([...onAir, [ORU, { does: "ask" }]]));
  expect(line).toMatchObject({ onAir: EN, since: 1_796_652_000_000, asked: "Oru", uncertain: false });
  expect(line.members.map(({ name, holds }) => [name, holds])).toEqual([
    ["Fane", true],
    ["Oru", false],
  ]);
});

test("of a booth without a word it shows who is heard, and no shift", () => {
  const heard = BOOTHS.booths.map((booth) => ({
    booth,
    onAir: booth.id === "tolmar.fr" ? { into: FR, who: AMSEL } : null,
    lost: false,
  }));
  const line = lineOf("tolmar.fr", NO_BOOTHS, { heard });
  expect([line.onAir, line.since, line.members[0]?.holds]).toEqual([FR, null, true]);
});

test("a booth in doubt is shown as such, and whoever is away", () => {
  const away = seats.map((seat) => (seat.identity === FANE ? { ...seat, present: null } : seat));
  const line = lineOf("arven.en", { ...heardAll(onAir), uncertain: new Set(["arven.en"]) }, { seats: away });
  expect([line.uncertain, line.members[0]?.present]).toEqual([true, false]);
});

test("relays are named by who takes from whom, and as broken when nothing comes", () => {
  const now = heardAll([
    [AMSEL, { does: "air", into: FR }],
    [AMSEL, { does: "source", into: FR, from: EN }],
    [VERN, { does: "air", into: DE }],
    [VERN, { does: "source", into: DE, from: FR }],
  ]);
  const { relays } = rotaOf(known(now));
  expect(relays.map(({ booth, into, from, broken }) => [booth.id, into, from, broken])).toEqual([
    ["tolmar.fr", FR, EN, false],
    ["tolmar.de", DE, FR, true],
  ]);
});

test("channels say what they carry, that nobody works into them, and how many listen", () => {
  const now = heardAll([
    [AMSEL, { does: "listen", to: EN, signs: [] }],
    [FANE, { does: "listen", to: EN, signs: [] }],
    [VERN, { does: "listen", to: null, signs: [DE] }],
  ]);
  const es = "es" as Language;
  const channels = [
    { language: EN, kind: "spoken" as const },
    { language: DE, kind: "signed" as const },
    { language: es, kind: "spoken" as const },
  ];
  expect(rotaOf(known(now, { channels })).channels).toEqual([
    { language: EN, kind: "spoken", carries: "interpreted", listeners: 2 },
    { language: DE, kind: "signed", carries: null, listeners: 1 },
    { language: es, kind: "spoken", carries: "no_booth", listeners: 0 },
  ]);
});
