import type { MessageTable } from "./translator";

/** English for the sheet of keys: fetched with it. */
export const enHelp = {
  title: "Keys",
  m: "Microphone on or off",
  v: "Camera on or off",
  s: "Show a paper, or stop",
  b: "Hand the floor on, in consecutive mode",
  f: "Ask for the floor, withdraw, or yield it",
  l: "Choose a language",
  size: "Whoever signs, larger or smaller",
  w: "Who can hear me",
  c: "Our own room, and back",
  o: "A chair's orders",
  t: "Light or dark",
  d: "Microphone, camera and speaker",
  question: "This sheet",
  switch: "Use these keys",
  note: "Keys work while you are not writing in a field.",
  n: "Messages",
  h: "Raise your hand, or lower it",
  zero: "Whispered interpretation: ask, answer, end it",
  k: "The code that is compared",
} as const satisfies MessageTable;
