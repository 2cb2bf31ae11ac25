/** What is written for those who read what others hear. Whoever heard the same words reads the same. Pure. */
import type { Said } from "../contract/parse";
import type { Identity, Language } from "../kernel/ids";

export type CaptionWord = Extract<Said, { kind: "caption" }>;

/** One line of one captioner's; it changes until it is done, and after that when it is corrected. */
export interface Caption {
  readonly by: Identity;
  readonly line: number;
  readonly text: string;
  readonly done: boolean;
  /** When it was last written, in ms by the server's clock. */
  readonly at: number;
}

/** The newest lines of each language, in the order in which they were begun. */
export type CaptionsNow = ReadonlyMap<Language, readonly Caption[]>;

export const NO_CAPTIONS: CaptionsNow = new Map();

/** Lines that can be looked back at. */
const KEPT = 60;
/** Of two captioners of a language one is read; who has written nothing for so long is not, in ms. */
const PAUSE = 60_000;

/** What a captioner's word makes of the lines; only who may interpret into a language may write in it. */
export function afterCaption(
  before: CaptionsNow,
  { from, word }: { readonly from: Identity; readonly word: CaptionWord },
  may: (who: Identity, into: Language) => boolean,
): CaptionsNow {
  const { into, line, text, done } = word;
  if (!may(from, into)) return before;
  const lines = before.get(into) ?? [];
  const own = lines.filter(({ by }) => by === from);
  const place = lines.findIndex((each) => each.by === from && each.line === line);
  // A line that is kept no more is not corrected any more.
  if (place === -1 && (text === "" || own.some((each) => each.line > line))) return before;
  const written: Caption = { by: from, line, text, done, at: Date.parse(word.at) };
  const all = place === -1 ? endedBy(before, written) : before;
  const next = place === -1 ? [...(all.get(into) ?? []), written] : lines.with(place, written);
  return new Map([...all, [into, next.filter((each) => each.text !== "").slice(-KEPT)]]);
}

/** Whoever begins a line has left the one before, in any language, also when their page was loaded again in the middle of it. */
function endedBy(before: CaptionsNow, { by, line }: Caption): CaptionsNow {
  const ended = (each: Caption): Caption =>
    each.by === by && each.line < line && !each.done ? { ...each, done: true } : each;
  return new Map([...before].map(([into, lines]) => [into, lines.map(ended)]));
}

/**
 * What is read in a language: one captioner's lines, for two would say everything twice.
 *
 * @param order puts whom one would rather read first: a lower number.
 */
export function readable(lines: readonly Caption[], order: (who: Identity) => number): readonly Caption[] {
  const newest = Math.max(...lines.map(({ at }) => at));
  const [first] = lines
    .filter(({ at }) => at >= newest - PAUSE)
    .map(({ by }) => by)
    .toSorted((one, other) => order(one) - order(other));
  return lines.filter(({ by }) => by === first);
}
