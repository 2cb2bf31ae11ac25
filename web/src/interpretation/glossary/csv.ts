/**
 * Terms as lines of a table (RFC 4180), as spreadsheets write them: fields between commas, semicolons or tabs. Pure.
 *
 * The first line may say what stands where: `en,fr,note`; or what is exported here, `source language,target language,term,…`.
 * Without it, terms are from the booth's first language into the second.
 */
import Papa from "papaparse";
import { type Written } from "./glossary";
import { type Fault, type Languages, languageOf, type ReadTerms, sorted } from "./reading";

interface Row {
  /** Where it begins. */
  readonly line: number;
  readonly fields: readonly string[];
  /** Its quotation marks are not as they must be. */
  readonly isTorn: boolean;
}

const HEADER = ["source language", "target language", "term", "translation", "note"] as const;
/** What a spreadsheet would take for a formula, and do. */
const FORMULA = /^[=+\-@\t\r]/u;

/** Reads a table of terms. */
export function readCsv(text: string, languages: Languages): ReadTerms {
  const rows = rowsOf(text.replace(/^\uFEFF/u, "").replaceAll(/\r\n?/gu, "\n"));
  const read = readerFor(rows[0], languages);
  const body = read.hasHeader ? rows.slice(1) : rows;
  return sorted(
    body
      .filter(({ fields, isTorn }) => isTorn || fields.some((field) => field.trim() !== ""))
      .map(({ line, fields, isTorn }) => ({ line, read: isTorn ? "quote" : read.of(fields.map((one) => plain(one))) })),
  );
}

interface Reader {
  readonly hasHeader: boolean;
  readonly of: (fields: readonly string[]) => Written | Fault;
}

/** How lines are read, by what the first of them says. */
function readerFor(first: Row | undefined, languages: Languages): Reader {
  const head = (first?.fields ?? []).map((field) => field.trim().toLowerCase());
  if (HEADER.every((name, at) => head[at] === name)) {
    return { hasHeader: true, of: ([from, to, ...rest]) => full(from, to, rest, languages) };
  }
  const named = namedIn(head, languages);
  const [source, target] = named ?? languages;
  return { hasHeader: named !== undefined, of: (fields) => pair(source, target, fields) };
}

/** The two languages that a first line is the names of. */
function namedIn([one = "", other = "", ...rest]: readonly string[], languages: Languages) {
  const [from, to] = [languageOf(one, languages), languageOf(other, languages)];
  const isPair = from !== undefined && to !== undefined && from !== to;
  return isPair && rest.length <= 1 ? ([from, to] as const) : undefined;
}

function full(from = "", to = "", rest: readonly string[], languages: Languages): Written | Fault {
  const [source, target] = [languageOf(from, languages), languageOf(to, languages)];
  if (source === undefined || target === undefined || source === target) return "languages";
  return pair(source, target, rest);
}

function pair(from: Written["from"], to: Written["to"], fields: readonly string[]): Written | Fault {
  const [term, means, note = "", ...more] = fields;
  if (term === undefined || means === undefined || more.some((field) => field.trim() !== "")) return "fields";
  return { from, to, term, means, note };
}

/** Writes terms as a table that can be read again. */
export function writeCsv(terms: readonly Written[]): string {
  const rows = terms.map(({ from, to, term, means, note }) => [from, to, term, means, note]);
  return `${Papa.unparse([[...HEADER], ...rows], { escapeFormulae: FORMULA })}\r\n`;
}

/** A field without the mark that keeps a spreadsheet from doing what is in it. */
function plain(field: string): string {
  return field.startsWith("'") && FORMULA.test(field.slice(1)) ? field.slice(1) : field;
}

/** Of the three, the one that is most frequent in the first line. Papa Parse would go by all lines, the bad ones too. */
function separatorOf(text: string): string {
  const [first = ""] = text.split("\n", 1);
  const count = (mark: string): number => first.split(mark).length;
  return [",", ";", "\t"].reduce((best, mark) => (count(mark) > count(best) ? mark : best));
}

/** The rows of a table whose lines end with `\n`, each with the line at which it begins. */
function rowsOf(text: string): readonly Row[] {
  const rows: Row[] = [];
  let [line, read] = [1, 0];
  Papa.parse<string[]>(text, {
    delimiter: separatorOf(text),
    newline: "\n",
    // Papa Parse counts rows, and says how far it has read: fields of several lines make the one less than the other.
    step: ({ data, errors, meta }) => {
      rows.push({ line, fields: data, isTorn: errors.length > 0 });
      line += text.slice(read, meta.cursor).split("\n").length - 1;
      read = meta.cursor;
    },
  });
  return rows;
}
