/**
 * Terms as lines of a table (RFC 4180), as spreadsheets write them: fields between commas, semicolons or tabs. Pure.
 *
 * The first line may say what stands where: `en,fr,note`; or what is exported here, `source language,target language,term,…`.
 * Without it, terms are from the booth's first language into the second.
 */
import { type Written } from "./glossary";
import { type Fault, type Languages, languageOf, type ReadTerms, sorted } from "./reading";

interface Row {
  /** Where it begins. */
  readonly line: number;
  readonly fields: readonly string[];
  readonly isOpen: boolean;
}

const HEADER = ["source language", "target language", "term", "translation", "note"] as const;
/** What a spreadsheet would take for a formula, and do. */
const FORMULA = /^[=+\-@\t\r]/u;

/** Reads a table of terms. */
export function readCsv(text: string, languages: Languages): ReadTerms {
  const rows = rowsOf(text.replace(/^\uFEFF/u, ""));
  const read = readerFor(rows[0], languages);
  const body = read.hasHeader ? rows.slice(1) : rows;
  return sorted(
    body
      .filter(({ fields, isOpen }) => isOpen || fields.some((field) => field.trim() !== ""))
      .map(({ line, fields, isOpen }) => ({ line, read: isOpen ? "quote" : read.of(fields.map((one) => plain(one))) })),
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
  return [HEADER, ...rows].map((fields) => `${fields.map((field) => quoted(field)).join(",")}\r\n`).join("");
}

function quoted(field: string): string {
  const safe = FORMULA.test(field) ? `'${field}` : field;
  return /[",;\t\r\n']/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** A field without the mark that keeps a spreadsheet from doing what is in it. */
function plain(field: string): string {
  return field.startsWith("'") && FORMULA.test(field.slice(1)) ? field.slice(1) : field;
}

/** The character that separates fields: of the three, the one that is most frequent in the first line. */
function separatorOf(text: string): string {
  const [first = ""] = text.split(/\r?\n|\r/u, 1);
  const count = (mark: string): number => first.split(mark).length;
  return [",", ";", "\t"].reduce((best, mark) => (count(mark) > count(best) ? mark : best));
}

/** A row that is being read. */
interface Open {
  line: number;
  fields: string[];
  field: string;
}

const TOKENS = /"(?:[^"]|"")*"|"|\r\n|\n|\r|[,;\t]|[^",;\t\r\n]+/gu;

/** The rows of a table, each with the line at which it begins. */
function rowsOf(text: string): readonly Row[] {
  const separator = separatorOf(text);
  const rows: Row[] = [];
  let line = 1;
  let open: Open = { line, fields: [], field: "" };
  const end = (isOpen: boolean): void => {
    rows.push({ line: open.line, fields: [...open.fields, open.field], isOpen });
  };
  for (const [token] of text.matchAll(TOKENS)) {
    line += token.split(/\r\n|\n|\r/u).length - 1;
    if (token === '"' && open.field === "") {
      end(true);
      return rows;
    }
    if (/^[\r\n]/u.test(token)) {
      end(false);
      open = { line, fields: [], field: "" };
    } else if (token === separator) open = { ...open, fields: [...open.fields, open.field], field: "" };
    else open.field += open.field === "" && token.startsWith('"') ? token.slice(1, -1).replaceAll('""', '"') : token;
  }
  if (open.fields.length > 0 || open.field !== "") end(false);
  return rows;
}
