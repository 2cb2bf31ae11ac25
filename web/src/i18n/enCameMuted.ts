import type { MessageTable } from "./translator";

/** English for whoever came back muted: fetched by them. */
export const enCameMuted = {
  muted: "You are muted.",
  next: "Press Microphone to be heard.",
  "next.key": "Press Microphone, or the key M, to be heard.",
  booth: "You came back off air.",
  "booth.next": "Press Microphone to be heard.",
} as const satisfies MessageTable;
