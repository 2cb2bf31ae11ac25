/** The words of an interpreter's console: a part of the catalogue that is fetched with the console, and by nobody else. */
import { enConsole } from "./enConsole";
import type { PartOf, Words } from "./translator";

/** The console's own messages, and everybody's words. */
export interface ConsoleWords {
  readonly t: PartOf<typeof enConsole>;
  readonly words: Words;
}

/** The console's words beside those that the page is shown in. */
export function consoleWordsOf(words: Words): ConsoleWords {
  return { t: words.part(enConsole), words };
}
