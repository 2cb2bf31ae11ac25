/** What to tell somebody of how they will sound. Refuses nothing. Pure. */
import { ENOUGH, isClipped, isNoisy, type Measures } from "./measure";

/** One plain sentence each; `good` stands alone. */
export type Advice = "telephone" | "wide" | "clipped" | "loud" | "soft" | "noisy" | "good";

const LOUD = -14;
const SOFT = -38;

const RULES: readonly (readonly [advice: Exclude<Advice, "good">, holds: (of: Measures) => boolean])[] = [
  ["telephone", ({ bandwidth }) => bandwidth === "telephone"],
  ["wide", ({ bandwidth }) => bandwidth === "wide"],
  ["clipped", isClipped],
  ["loud", (of) => !isClipped(of) && of.loudness !== null && of.loudness > LOUD],
  ["soft", ({ loudness }) => loudness !== null && loudness < SOFT],
  ["noisy", isNoisy],
];

/** What holds of a voice; null while too little was heard of it. */
export function adviceOn(measures: Measures): readonly Advice[] | null {
  if (measures.heard < ENOUGH) return null;
  const found = RULES.filter(([, holds]) => holds(measures)).map(([advice]) => advice);
  return found.length === 0 ? ["good"] : found;
}
