import type { MessageTable } from "./translator";

/** English for whispered interpretation: fetched where there are interpreters. */
export const enWhisper = {
  title: "Whispered interpretation",
  ask: "Have it whispered to me",
  into: "Into {language}",
  asked: "You have asked {name} to whisper to you in {language}.",
  "asked.end": "Take it back",
  hears: "{name} whispers to you in {language}.",
  "hears.end": "End it",
  wanted: "{name} asks you to whisper to them in {language}.",
  "wanted.more": "While you do, your channels are off air.",
  "wanted.yes": "Whisper to them",
  "wanted.no": "Not now",
  whispers: "You whisper to {name} in {language}. Your channels are off air.",
  "whispers.end": "Stop whispering",
  fence:
    "Others in the chamber are kept from this by the server, not by keys: a host that breaks its word could let them hear it.",
} as const satisfies MessageTable;
