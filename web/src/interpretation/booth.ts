/**
 * The booths by the sealed words of their interpreters (docs/protocol.md §8): who has the microphone, into what and from what
 * they interpret. Whoever hears the same words in the same order comes to the same. Pure.
 */
import type { Said, Snapshot } from "../contract/parse";
import type { Identity, Language } from "../kernel/ids";
import { boothOf, boothsOf } from "./booths";
import type { Booth, BoothNow, BoothsNow, Source } from "./model";
import { closesCircle } from "./relays";

export type BoothWord = Extract<Said, { kind: "booth" }>;

/** A word, and who said it by the leaf that signed it. */
export interface HeardWord {
  readonly from: Identity;
  readonly word: BoothWord;
}

/** Which booths there are, and what everybody in them is accredited for. */
export interface Booths {
  readonly booths: readonly Booth[];
  readonly languages: ReadonlyMap<Identity, readonly Language[]>;
}

/** A booth of which nothing was heard. */
export const QUIET: BoothNow = {
  holder: null,
  since: null,
  onAir: null,
  asked: null,
  sources: new Map(),
  notInterpretable: false,
};

/** A word in the booth that it is said in. */
interface Scene {
  readonly now: BoothNow;
  readonly from: Identity;
  readonly at: number;
  /** Whether what one knows of the booth was heard from its holder, and since. */
  readonly isFirm: boolean;
  readonly may: (who: Identity, into: Language) => boolean;
  /** Whether the booth, which has these sources, would interpret from itself. */
  readonly circle: (own: BoothNow["sources"], into: Language, from: Source) => boolean;
}

type Plain = "ask" | "withdraw" | "accept" | "take" | "leave";

/** What a word makes of its booth; null where it may not be said. */
type Rule = (scene: Scene) => BoothNow | null;

const PLAIN: Readonly<Record<Plain, Rule>> = {
  ask: ({ now, from, at, isFirm }) =>
    now.asked !== null || (isFirm && now.holder === null) ? null : { ...now, asked: { by: from, at } },
  withdraw: ({ now, from }) => (now.asked?.by === from ? { ...now, asked: null } : null),
  accept: (scene) => accepted(scene),
  take: (scene) => (scene.now.holder === scene.from ? null : passed(scene, scene.from)),
  leave: ({ now, from }) => {
    if (now.holder === from) return QUIET;
    return now.asked?.by === from ? { ...now, asked: null } : null;
  },
};

/** All booths of a meeting, with what everybody is accredited for. */
export function allIn({ seats, booths }: Pick<Snapshot, "seats" | "booths">): Booths {
  const languages = new Map(seats.map(({ identity, languages: spoken }) => [identity, spoken]));
  return { booths: boothsOf(seats, booths), languages };
}

/** What somebody's word makes of all booths. A word that its sayer may not say, or not now, changes nothing. */
export function afterWord(before: BoothsNow, { from, word }: HeardWord, all: Booths): BoothsNow {
  if (word.does === "listen") {
    const { to, signs } = word;
    return { ...before, listening: new Map([...before.listening, [from, { to, signs }]]) };
  }
  if (word.does === "call_technician") {
    const others = [...before.calling].filter((each) => each !== from);
    return { ...before, calling: new Set(word.on ? [...others, from] : others) };
  }
  const booth = boothOf(all.booths, from);
  if (booth === undefined) return before;
  const known = before.booths.get(booth.id) ?? QUIET;
  const next = decided(before, known, { from, word }, { booth, all });
  const isTold = word.does === "stands";
  // Two that both say how a booth stands: one of them has missed something, and it is not known which.
  if (next === null) return isTold ? afterDoubt(before, from, all) : before;
  return {
    ...before,
    booths: new Map([...before.booths, [booth.id, next]]),
    firm: withBooth(before.firm, booth.id, isFirmAfter(before, booth, known, { from, word })),
    uncertain: withBooth(before.uncertain, booth.id, before.uncertain.has(booth.id) && !isTold && word.does !== "take"),
  };
}

/** Some word of an interpreter's has not come, or was not theirs: how their booth stands is not certain any more. */
export function afterDoubt(before: BoothsNow, from: Identity, { booths }: Booths): BoothsNow {
  const booth = boothOf(booths, from);
  if (booth === undefined || before.uncertain.has(booth.id)) return before;
  return { ...before, uncertain: withBooth(before.uncertain, booth.id, true) };
}

/** How many hear a channel, or watch it, by what they have said. */
export function audienceOf({ listening }: BoothsNow, channel: Language): number {
  return [...listening.values()].filter(({ to, signs }) => to === channel || signs.includes(channel)).length;
}

/**
 * What is left when of those who have said something nobody but these is in the group any more: whoever is gone hears nothing, and
 * asks for nothing. Whose page was loaded again has gone too, and says anew what they hear.
 */
export function amongThese(before: BoothsNow, staying: ReadonlySet<Identity>): BoothsNow {
  const isThere = (who: Identity): boolean => staying.has(who);
  const askers = [...before.booths.values()].flatMap(({ asked }) => (asked === null ? [] : [asked.by]));
  if ([...before.listening.keys(), ...before.calling, ...askers].every(isThere)) return before;
  const booths = [...before.booths].map(([id, now]) => {
    const isLeft = now.asked !== null && !isThere(now.asked.by);
    return [id, isLeft ? { ...now, asked: null } : now] as const;
  });
  return {
    ...before,
    booths: new Map(booths),
    listening: new Map([...before.listening].filter(([who]) => isThere(who))),
    calling: new Set([...before.calling].filter(isThere)),
  };
}

/** What is left when the booths are these: whoever was moved holds nothing, and asks for nothing, where they were before. */
export function arranged(before: BoothsNow, { booths }: Booths): BoothsNow {
  const left = new Map(
    booths.flatMap((booth) => {
      const now = before.booths.get(booth.id);
      return now === undefined ? [] : [[booth.id, ofMembers(now, booth)] as const];
    }),
  );
  const isSame = left.size === before.booths.size && [...left].every(([id, now]) => before.booths.get(id) === now);
  if (isSame) return before;
  const isLeft = (id: string): boolean => booths.some((booth) => booth.id === id);
  return {
    ...before,
    booths: left,
    firm: new Set([...before.firm].filter(isLeft)),
    uncertain: new Set([...before.uncertain].filter(isLeft)),
  };
}

function ofMembers(now: BoothNow, { members }: Booth): BoothNow {
  if (now.holder !== null && !members.includes(now.holder)) return QUIET;
  return now.asked !== null && !members.includes(now.asked.by) ? { ...now, asked: null } : now;
}

/** How a booth stands, as its holder says it to whoever has come since. */
export function standsOf({ since, onAir, sources, notInterpretable }: BoothNow, at: string): BoothWord {
  return {
    kind: "booth",
    at,
    does: "stands",
    since: since === null ? at : new Date(since).toISOString(),
    into: onAir,
    sources: [...sources].slice(0, 8).map(([into, from]) => ({ into, from })),
    not_interpretable: notInterpretable,
  };
}

function decided(
  before: BoothsNow,
  now: BoothNow,
  { from, word }: HeardWord,
  { booth, all }: { readonly booth: Booth; readonly all: Booths },
): BoothNow | null {
  const scene: Scene = {
    now,
    from,
    at: Date.parse(word.at),
    isFirm: before.firm.has(booth.id),
    may: (who, into) => all.languages.get(who)?.includes(into) === true,
    circle: (sources, into, source) =>
      closesCircle(
        new Map<string, Pick<BoothNow, "sources">>([...before.booths, [booth.id, { sources }]]),
        booth.id,
        into,
        source,
      ),
  };
  if (isPlain(word)) return PLAIN[word.does](scene);
  switch (word.does) {
    case "air":
      return aired(scene, word.into);
    case "source":
      return sourced(scene, word.into, word.from);
    case "not_interpretable":
      return now.holder === from ? { ...now, notInterpretable: word.on } : null;
    case "stands":
      return isBelieved(before, booth, scene) ? told(scene, word) : null;
    default:
      return null;
  }
}

function isPlain(word: BoothWord): word is BoothWord & { readonly does: Plain } {
  return word.does in PLAIN;
}

/** The microphone changes hands: what is on air stays on air, if its new holder may interpret into it. */
function passed({ now, at, may }: Scene, to: Identity): BoothNow {
  const onAir = now.onAir !== null && may(to, now.onAir) ? now.onAir : null;
  return { ...now, holder: to, since: at, onAir, asked: null, notInterpretable: false };
}

function accepted(scene: Scene): BoothNow | null {
  const { now, from } = scene;
  if (now.asked === null || now.asked.by === from) return null;
  if (now.holder === now.asked.by) return passed(scene, from);
  if (now.holder === from) return passed(scene, now.asked.by);
  // Who held it is not known to whoever came in between: its holder says how the booth stands.
  return now.holder === null ? { ...now, asked: null } : null;
}

function aired({ now, from, at, may }: Scene, into: Source): BoothNow | null {
  if (now.holder === null) {
    return into !== null && may(from, into) ? { ...now, holder: from, since: at, onAir: into } : null;
  }
  if (now.holder !== from || (into !== null && !may(from, into))) return null;
  return { ...now, onAir: into, notInterpretable: into !== null && now.notInterpretable };
}

function sourced({ now, from, may, circle }: Scene, into: Language, source: Source): BoothNow | null {
  if (now.holder !== from || !may(from, into) || circle(now.sources, into, source)) return null;
  return { ...now, sources: new Map([...now.sources, [into, source]]) };
}

/** Only the holder says how a booth stands, by what one knows; while one knows little of it, any of its members. */
function isBelieved({ uncertain }: BoothsNow, { id }: Booth, { now, from, isFirm }: Scene): boolean {
  return now.holder === from || !isFirm || uncertain.has(id);
}

function told({ now, from, may, circle }: Scene, word: Extract<BoothWord, { does: "stands" }>): BoothNow | null {
  const into = word.into;
  if (into !== null && !may(from, into)) return null;
  const sources = new Map<Language, Source>();
  for (const each of word.sources) {
    if (may(from, each.into) && !circle(sources, each.into, each.from)) sources.set(each.into, each.from);
  }
  const { since, not_interpretable: notInterpretable } = word;
  return { holder: from, since: Date.parse(since), onAir: into, asked: now.asked, sources, notInterpretable };
}

/** What was told by hearsay becomes certain by a word of whoever is believed to hold the microphone, or who takes it. */
function isFirmAfter(before: BoothsNow, { id }: Booth, now: BoothNow, { from, word }: HeardWord): boolean {
  if (word.does === "take") return true;
  const isFirm = before.firm.has(id) && !before.uncertain.has(id);
  return isFirm || now.holder === from;
}

function withBooth(all: ReadonlySet<string>, id: string, isIn: boolean): ReadonlySet<string> {
  if (all.has(id) === isIn) return all;
  return new Set(isIn ? [...all, id] : [...all].filter((each) => each !== id));
}
