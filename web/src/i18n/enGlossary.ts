import type { MessageTable } from "./translator";

/** English for what the interpreters of a booth share: their messages, their glossary. Fetched with its sheets. */
export const enGlossary = {
  "messages.title": "Messages of your booth",
  "messages.who": "Sealed for {names}, and for nobody else: not for your delegation, not for the host.",
  title: "Glossary",
  "who.none": "You are not in your booth's group yet. What is said in it waits.",
  search: "Search",
  "search.hint": "Accents and capitals do not matter.",
  none: "No term yet. Add one, or open a file.",
  "none.found": "Nothing found",
  found: { one: "{count} term", other: "{count} terms" },
  "found.more": "{count} terms, the first {shown} of them shown",
  into: "{from} – {to}",
  remove: "Remove {term}",
  removed: "{term} is removed",

  add: "Add a term",
  term: "Term",
  means: "In the other language",
  note: "Note",
  direction: "Languages",
  put: "Add",
  added: "{term} is added",

  files: "Files",
  open: "Open a file",
  "open.hint":
    "A table (CSV: term, translation, note; the first line may name the languages, as en,fr,note) or a termbase (TBX-Basic), of 2 MB at most.",
  save: "Save as a table",
  taken: { one: "{count} term was read.", other: "{count} terms were read." },
  left: {
    one: "{count} term was too many: there is room for {most}.",
    other: "{count} terms were too many: there is room for {most}.",
  },
  bad: { one: "{count} line could not be read:", other: "{count} lines could not be read:" },
  line: "Line {line}: {why}",
  "why.fields": "it does not have two or three fields",
  "why.empty": "the term or its translation is empty",
  "why.long": "it is longer than {term} letters, or its note than {note}",
  "why.quote": "a quotation mark is never closed; nothing after it was read",
  "why.languages": "it is not in two of the summit's languages",
  "why.form": "it is no termbase",
  big: "The file is larger than 2 MB. Nothing was read.",
  letters:
    "The file is in neither UTF-8 nor UTF-16. Nothing was read. Save it in UTF-8: spreadsheets call that CSV UTF-8.",
} as const satisfies MessageTable;
