import type { MessageTable } from "./translator";

/** English for the pictures of who signs, beside the speaker. Fetched with the first of them. */
export const enSigns = {
  picture: "{name} signs in {language}",
  unpin: "Take {language} away",
  size: "Size",
  "size.label": "How large who signs is shown",
  larger: "Larger",
  smaller: "Smaller",
} as const satisfies MessageTable;
