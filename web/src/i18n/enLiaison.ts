import type { MessageTable } from "./translator";

/** English for liaison interpretation: fetched when a meeting is held so. */
export const enLiaison = {
  title: "Liaison interpretation",
  principal: "Speak in short sentences. The interpreter says each one again, for everybody.",
  interpreter: "Say each sentence again after the speaker, in either direction.",
  listener: "Principals and the interpreter speak in turn. The interpreter says each sentence again, for everybody.",
  waits: "Your microphone is held until you are given the floor.",
  "floor.you": "You have the floor: you are heard too.",
  "floor.other": "{name} has the floor, and is heard too.",
  "off.microphone": "Your microphone is off: nobody hears you.",
  "heard.you": "You are heard by everybody",
  "unheard.you": "Your microphone is off",
  "unheard.now": "You cannot be heard now",
  "switch.on": "Switch it on to be heard.",
} as const satisfies MessageTable;
