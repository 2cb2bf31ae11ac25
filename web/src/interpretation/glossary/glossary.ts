/**
 * A booth's glossary, as its interpreters say it to each other: a pure reducer.
 *
 * Of each term the highest version counts, and of two with the same the one that reads later in order: so whoever has heard the
 * same words has the same glossary, in whichever order they came, and hearing one twice changes nothing.
 */
import type { Said } from "../../contract/parse";
import { oneLine } from "../../kernel/oneLine";

export type GlossaryWord = Extract<Said, { kind: "glossary" }>;

/** A term, in a version. One that was taken away stays as such, so that nobody brings it back who has not heard. */
export type Term = Extract<GlossaryWord, { does: "put" }>["terms"][number];

/** What somebody writes of a term. */
export type Written = Pick<Term, "from" | "to" | "term" | "means" | "note">;

/** The terms by their names. */
export type Glossary = ReadonlyMap<string, Term>;

export const NO_TERMS: Glossary = new Map();

/** How many terms there can be, those that were taken away among them. */
export const MOST_TERMS = 5000;
/** How long each may be, in UTF-16 units. */
export const LONGEST = { term: 200, means: 200, note: 500 } as const;
/** How much of terms is said at once, in bytes of JSON: sealed and written in letters, it fits an envelope of 64 KB. */
const SAID_AT_ONCE = 30_000;
const MOST_AT_ONCE = 200;

/** What a term is known by: homonyms are several. Its note is no part of it. */
export function nameOf({ from, to, term, means }: Pick<Term, "from" | "to" | "term" | "means">): string {
  return JSON.stringify([from, to, term, means]);
}

/** The glossary after some terms were said. What is more than there can be is left out. */
export function afterTerms(before: Glossary, terms: readonly Term[]): Glossary {
  const after = new Map(before);
  for (const term of terms) {
    const name = nameOf(term);
    const known = after.get(name);
    if (known === undefined ? after.size < MOST_TERMS : isNewer(term, known)) after.set(name, term);
  }
  return after;
}

function isNewer(one: Term, other: Term): boolean {
  if (one.version !== other.version) return one.version > other.version;
  return said(one) > said(other);
}

function said({ gone, note }: Term): string {
  return JSON.stringify([gone, note]);
}

/** What is shown: all that was not taken away. */
export function standing(glossary: Glossary): readonly Term[] {
  return [...glossary.values()].filter(({ gone }) => !gone);
}

/** What is to be said to put these in; nothing of what is there already. */
export function putting(glossary: Glossary, written: readonly Written[]): readonly Term[] {
  const terms = new Map(
    written.map((each): readonly [string, Term] => {
      const trimmed = tidied(each);
      const known = glossary.get(nameOf(trimmed));
      return [nameOf(trimmed), { ...trimmed, version: (known?.version ?? 0) + 1, gone: false }];
    }),
  );
  return [...terms].flatMap(([name, term]) => {
    const known = glossary.get(name);
    return known !== undefined && !known.gone && known.note === term.note ? [] : [term];
  });
}

/** What is to be said to take one away. */
export function takingAway(term: Term): readonly Term[] {
  return [{ ...term, version: term.version + 1, gone: true }];
}

function tidied({ from, to, term, means, note }: Written): Written {
  return { from, to, term: oneLine(term), means: oneLine(means), note: oneLine(note) };
}

/** What is wrong with a term; null: nothing. */
export function faultOf(written: Written): "empty" | "long" | null {
  const { term, means, note } = tidied(written);
  if (term === "" || means === "") return "empty";
  const isLong = term.length > LONGEST.term || means.length > LONGEST.means || note.length > LONGEST.note;
  return isLong ? "long" : null;
}

/** Terms in as many parts as there must be envelopes. */
export function inParts(terms: readonly Term[]): readonly (readonly Term[])[] {
  const parts: Term[][] = [];
  let bytes = SAID_AT_ONCE;
  for (const term of terms) {
    const size = new TextEncoder().encode(JSON.stringify(term)).length + 1;
    const last = parts.at(-1);
    if (last === undefined || bytes + size > SAID_AT_ONCE || last.length === MOST_AT_ONCE) {
      parts.push([term]);
      bytes = size;
    } else {
      last.push(term);
      bytes += size;
    }
  }
  return parts;
}
