/** Booths for tests: four interpreters of three booths, and what they say. */
import type { Identity, Language, Party } from "../kernel/ids";
import { afterWord, type Booths, type BoothWord } from "../interpretation/booth";
import { boothsOf, type BoothSeat } from "../interpretation/booths";
import { type BoothNow, type BoothsNow, NO_BOOTHS } from "../interpretation/model";

/** Two of one booth, and one of each of two others. */
export const CREW = ["FANE", "ORU", "AMSEL", "VERN"] as unknown as readonly [Identity, Identity, Identity, Identity];

const SPOKEN = [["en"], ["en", "fr"], ["fr"], ["de", "en"]] as unknown as readonly Language[][];
const SIDES = ["arven", "arven", "tolmar", "tolmar"] as readonly string[] as readonly Party[];

const SEATS: readonly BoothSeat[] = CREW.map((identity, at) => ({
  identity,
  party: SIDES[at] ?? ("arven" as Party),
  role: "interpreter",
  languages: SPOKEN[at] ?? [],
}));

export const BOOTHS: Booths = {
  booths: boothsOf(SEATS, []),
  languages: new Map(SEATS.map(({ identity, languages }) => [identity, languages])),
};

type Without<Word> = Word extends BoothWord ? Omit<Word, "kind" | "at"> : never;
/** Who says what. */
export type Spoken = readonly [Identity, Without<BoothWord>];

/** An instant as words have it. */
export function says(at: string): string {
  return new Date(at).toISOString();
}

/** What a device shows that has heard these words in this order. */
export function heardAll(words: readonly Spoken[], before: BoothsNow = NO_BOOTHS): BoothsNow {
  return words.reduce((now, [from, said], at) => {
    const word = { kind: "booth", at: new Date(1_796_652_000_000 + at * 1000).toISOString(), ...said } as BoothWord;
    return afterWord(now, { from, word }, BOOTHS);
  }, before);
}

/** Who works in a booth, and how: an ask that one has missed is not shown, nor what they take as relay. */
export function aBooth(id: string, { holder, since, onAir, notInterpretable }: BoothNow): string {
  return JSON.stringify([id, holder, since, onAir, notInterpretable]);
}
