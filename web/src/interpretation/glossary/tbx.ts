/**
 * Terms as TermBase eXchange (ISO 30042, dialect TBX-Basic), in both of its shapes: `martif` of 2008 and `tbx` of 2019.
 * A concept has terms in languages; each of one language is a term, with each of another as what it is there.
 */
import type { Language } from "../../kernel/ids";
import type { Written } from "./glossary";
import { type Fault, languageOf, type Languages, type ReadTerms, sorted } from "./reading";

const ENTRY = "termEntry, conceptEntry";
const SECTION = "langSet, langSec";
const XML = "http://www.w3.org/XML/1998/namespace";

/** Reads a termbase. */
export function readTbx(text: string, languages: Languages): ReadTerms {
  const page = new DOMParser().parseFromString(text, "application/xml");
  const entries = [...page.querySelectorAll(ENTRY)];
  if (page.querySelector("parsererror") !== null || entries.length === 0) {
    return { terms: [], bad: [{ line: 1, why: "form" }] };
  }
  const lines = linesOf(text);
  return sorted(
    entries.flatMap((entry, at) => termsOf(entry, languages).map((read) => ({ line: lines[at] ?? 1, read }))),
  );
}

/** At which line each entry begins: the tree does not say. */
function linesOf(text: string): readonly number[] {
  const lines: number[] = [];
  let [line, from] = [1, 0];
  // What is commented out is no entry.
  for (const match of text.matchAll(/<!--[\s\S]*?-->|<(?:\w+:)?(?:termEntry|conceptEntry)\b/gu)) {
    line += text.slice(from, match.index).split("\n").length - 1;
    from = match.index;
    if (!match[0].startsWith("<!--")) lines.push(line);
  }
  return lines;
}

function termsOf(entry: Element, languages: Languages): readonly (Written | Fault)[] {
  const byLanguage = new Map<Language, readonly string[]>();
  for (const section of entry.querySelectorAll(SECTION)) {
    const tag = section.getAttributeNS(XML, "lang") ?? "";
    const language = languageOf(tag, languages);
    const terms = [...section.querySelectorAll("term")].map((term) => term.textContent);
    if (language !== undefined) byLanguage.set(language, [...(byLanguage.get(language) ?? []), ...terms]);
  }
  // From the booth's first language, if it is there, into the others.
  const [from, ...others] = languages.filter((language) => byLanguage.has(language));
  if (from === undefined || others.length === 0) return ["languages"];
  const note = [...entry.querySelectorAll('note, descrip[type="definition"]')].map((one) => one.textContent).join(" ");
  return others.flatMap((to) =>
    (byLanguage.get(from) ?? []).flatMap((term) =>
      (byLanguage.get(to) ?? []).map((means): Written => ({ from, to, term, means, note })),
    ),
  );
}
