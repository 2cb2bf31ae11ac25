import type { MessageTable } from "./translator";

/** English for what belongs to the summit and to no one meeting: the list of meetings, calling one, who enrolled, the log. */
export const enSummit = {
  "lobby.back": "All meetings",
} as const satisfies MessageTable;
