/** Terms from a file. Fetched with the glossary's sheet: from then on there is nothing more to fetch for one, or to save. */
import { RefusedError } from "../../kernel/errors";
import type { Language } from "../../kernel/ids";
import { readCsv } from "./csv";
import type { ReadTerms } from "./reading";
import { readTbx } from "./tbx";

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
