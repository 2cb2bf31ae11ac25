/** Captions as two interpreters write them, and a desk that notes what is written. */
import type { Services } from "../app/faces";
import type { Captioning, CaptionsState } from "../interpretation/captioning";
import type { Caption, CaptionsNow } from "../interpretation/captions";
import type { Identity, Language } from "../kernel/ids";
import { Cell } from "../kernel/store";
import { type MemberName, NOW, SEATS } from "./builders";

const ENGLISH = [
  "Madam President, we have read the second paragraph with care.",
  "We would say “without delay” rather than “at once”,",
  "and we would like the crossing at Hesk to be named.",
  "As for the date, the twelfth of March at noon",
];
const ARABIC = ["سيدتي الرئيسة، قرأنا الفقرة الثانية بعناية.", "نفضل «دون تأخير» على «فورًا»،"];

function lines(name: MemberName, texts: readonly string[]): readonly Caption[] {
  const { identity: by } = SEATS[name];
  return texts.map((text, line) => ({ by, line, text, done: line < texts.length - 1, at: NOW - 1000 }));
}

/** Two captioners at work, each in a language of their own. */
export const written: CaptionsNow = new Map([
  ["en" as Language, lines("fane", ENGLISH)],
  ["ar" as Language, lines("amsel", ARABIC)],
]);

export function fakeCaptions(first: CaptionsState, asked: string[]): Services["captions"] {
  const state = new Cell(first);
  const desk = {
    write: (into: Language, text: string) => void asked.push(`write ${into}: ${text}`),
    end: () => void asked.push("end the line"),
    correct: (into: Language, _line: number, text: string) => void asked.push(`correct ${into}: ${text}`),
  };
  return {
    state,
    read: (reads) => {
      state.set({ ...state.get(), reads });
    },
    open: async () => Promise.resolve(desk as unknown as Captioning),
  };
}

/** One's own last line is done. */
export function ownLine(by: Identity, text: string): CaptionsNow {
  return new Map([["en" as Language, [{ by, line: 1, text, done: true, at: NOW }]]]);
}
