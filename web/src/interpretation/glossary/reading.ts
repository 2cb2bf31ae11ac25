/** What was read of a file of terms: what can be taken, and each line that cannot, with its number. */
import type { Language } from "../../kernel/ids";
import { faultOf, type Written } from "./glossary";

/** Why a line was not taken. */
export type Fault =
  /** It has not as many fields as there must be. */
  | "fields"
  | "empty"
  | "long"
  /** A quotation mark that nothing closes: what follows cannot be told apart. */
  | "quote"
  /** Not in two of the booth's languages. */
  | "languages"
  /** It is no file of this kind. */
  | "form";

export interface BadLine {
  /** As an editor counts, from 1. */
  readonly line: number;
  readonly why: Fault;
}

export interface ReadTerms {
  readonly terms: readonly Written[];
  readonly bad: readonly BadLine[];
}

/** Which languages a file can be in: those of the summit, the booth's own two first. */
export type Languages = readonly [Language, Language, ...Language[]];

/** The language meant by a tag: itself, or one with the same first part (`en-GB` is `en`). */
export function languageOf(tag: string, languages: Languages): Language | undefined {
  const wanted = tag.trim().toLowerCase();
  const primary = wanted.split("-")[0];
  return (
    languages.find((each) => each.toLowerCase() === wanted) ??
    languages.find((each) => each.toLowerCase().split("-")[0] === primary)
  );
}

/** Sorts what was read at a line to one side or the other. */
export function sorted(rows: readonly { readonly line: number; readonly read: Written | Fault }[]): ReadTerms {
  const terms: Written[] = [];
  const bad: BadLine[] = [];
  for (const { line, read } of rows) {
    const why = typeof read === "string" ? read : faultOf(read);
    if (why !== null) bad.push({ line, why });
    else if (typeof read !== "string") terms.push(read);
  }
  return { terms, bad };
}
