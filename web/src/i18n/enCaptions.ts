import type { MessageTable } from "./translator";

/** English for captions: fetched when somebody writes or reads them. */
export const enCaptions = {
  title: "Captions",
  "title.in": "Captions, {language}",
  menu: "Captions: what you read",
  "menu.off": "Captions off",
  "menu.in": "Captions: {language}",
  off: "Off",
  "off.more": "Read nothing",
  "in.more": "{name} writes",
  none: "Nothing has been written in {language} yet.",
  write: "Write captions",
  "write.end": "Stop writing captions",
  "write.into": "Language",
  "write.field": "What is said, in {language}",
  "write.hint": "Others read along as you write. Enter ends the line.",
  "write.trouble": "Your last words did not reach the others: {why}",
  correct: "Correct the last line",
  "correct.field": "The last line, in {language}",
  "correct.hint": "Enter puts this in its place. Nothing written takes it back.",
} as const satisfies MessageTable;
