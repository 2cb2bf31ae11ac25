import type { MessageTable } from "./translator";

/** English for consecutive interpretation: fetched when a meeting is held so. */
export const enTurns = {
  title: "Consecutive interpretation",
  free: "Nobody has the floor. Delegates are heard as they switch their microphones on; interpreters wait.",
  "speaker.you": "You have the floor. You alone are heard.",
  "speaker.other": "{name} has the floor.",
  "interprets.you": "You interpret for {name}. You alone are heard.",
  "interprets.other": "{name} interprets.",
  waits: "You are heard again when the floor comes to you.",
  "off.microphone": "Your microphone is off: nobody hears you.",
  pass: "Let it be interpreted",
  "pass.to": "By {name}",
  "pass.nobody": "No interpreter is in the room.",
  back: "Hand the floor back",
  "back.next": "To {name}, who speaks next",
  "back.same": "To {name}, to go on",
  "back.nobody": "Nobody who may speak is in the room. A chair can take the floor back.",
  statement: "Statement",
  interpretation: "Interpretation",
  notes: "Notes",
  "notes.text": "Kept in this page alone: nothing of them is sent or stored, and they are gone when you leave it.",
} as const satisfies MessageTable;
