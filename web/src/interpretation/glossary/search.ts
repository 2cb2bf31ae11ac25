/** Finds terms as one types: whatever the accents, the case, and the side on which a word stands. Pure. */
import type { Term } from "./glossary";

/** How many are shown: who needs more types another letter. */
export const MOST_FOUND = 50;

const folded = new WeakMap<Term, readonly [string, string, string]>();

/** A text without what a hurried finger leaves out: accents, case, widths and ligatures. */
export function fold(text: string): string {
  // Up and down again: ß is ss.
  return text.normalize("NFKD").replaceAll(/\p{M}/gu, "").toUpperCase().toLowerCase().trim();
}

/** The terms in which the text is found, those that begin with it first; all, in order, for no text. */
export function found(
  terms: readonly Term[],
  text: string,
  compare: (one: string, other: string) => number,
): readonly Term[] {
  const wanted = fold(text);
  const ranked = terms.flatMap((term) => {
    const rank = rankOf(foldedOf(term), wanted);
    return rank === null ? [] : [{ term, rank }];
  });
  const ordered = ranked.toSorted((one, other) => one.rank - other.rank || compare(one.term.term, other.term.term));
  return ordered.map(({ term }) => term);
}

function foldedOf(term: Term): readonly [string, string, string] {
  const known = folded.get(term) ?? ([fold(term.term), fold(term.means), fold(term.note)] as const);
  folded.set(term, known);
  return known;
}

/** The lower, the nearer; null: not in it. */
function rankOf([term, means, note]: readonly [string, string, string], wanted: string): number | null {
  const sides = [term, means];
  if (sides.some((side) => side.startsWith(wanted))) return 0;
  if (sides.some((side) => side.includes(` ${wanted}`))) return 1;
  if (sides.some((side) => side.includes(wanted))) return 2;
  return note.includes(wanted) ? 3 : null;
}
