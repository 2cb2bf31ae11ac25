/** Terms from a file. Fetched with the glossary's sheet: from then on there is nothing more to fetch for one, or to save. */
import { RefusedError } from "../../kernel/errors";
import type { Language } from "../../kernel/ids";
import { readCsv } from "./csv";
import type { ReadTerms } from "./reading";
import { readTbx } from "./tbx";

/** Marks of UTF-16 at the beginning of a file (RFC 2781 §3.2): spreadsheets save "Unicode text" so. */
const UTF16 = [
  ["utf-16le", [0xff, 0xfe]],
  ["utf-16be", [0xfe, 0xff]],
] as const;

/**
 * The text of a file in UTF-8, or in UTF-16 with its mark; null: it is in neither. What a spreadsheet saves in letters of its
 * country's own is not guessed at: terms would be put in with others' letters. No text has a NUL.
 */
export function textOf(bytes: Uint8Array<ArrayBuffer>): string | null {
  const marked = UTF16.find(([, mark]) => mark.every((byte, at) => bytes[at] === byte));
  try {
    const text = new TextDecoder(marked?.[0] ?? "utf-8", { fatal: true }).decode(bytes);
    return text.includes("\0") ? null : text;
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

/**
 * Reads a file's text: a termbase if it begins as one, else a table.
 *
 * @param languages which terms can be in; the booth's own first
 * @throws RefusedError while there are no two of them.
 */
export function readFile(text: string, languages: readonly Language[]): ReadTerms {
  const [first, second, ...rest] = languages;
  if (first === undefined || second === undefined) throw new RefusedError("move_not_possible");
  return /^\s*</u.test(text) ? readTbx(text, [first, second, ...rest]) : readCsv(text, [first, second, ...rest]);
}
