import type { MessageTable } from "./translator";

/** English for the reading of the code: fetched with its sheet. */
export const enCode = {
  title: "The code",
  lead: "Every device in the room shows the same 24 digits. If one does not, somebody stands in between.",
  number: "Code {epoch}",
  reads: "{delegation} reads aloud",
  yours: "Your delegation",
  working: "The code is being worked out.",
  changed: "The code has changed, because somebody came or left, or because it was time. Begin again with this one.",
  alone: "No other delegation is here yet to compare it with.",
  ask: "Is what they read the same as here?",
  matches: "It matches",
  differs: "It does not match",
  own: "Your answer counts for this device, and the others are told of it. Everybody compares with their own screen.",
  first:
    "Before the first meeting, compare it face to face as well, or over a telephone that you trust: a voice can be imitated.",
  matched: "Compared at {time}, with code {epoch}. You need not compare again unless this page says so.",
  found: "What the others found",
  "found.match": "{name}, {delegation}: code {epoch} matches, {time}",
  "found.mismatch": "{name}, {delegation}: code {epoch} does not match, {time}",
  since: "Since then",
  "since.line": "{name}, {delegation}",
} as const satisfies MessageTable;
