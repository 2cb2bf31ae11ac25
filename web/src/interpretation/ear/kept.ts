/** What an ear remembers on its device. */
import * as v from "valibot";

/** The largest boost or cut of bass and treble, in dB. */
export const TONE = 12;

const tone = v.pipe(v.number(), v.minValue(-TONE), v.maxValue(TONE));
const EarShape = v.strictObject({
  volume: v.pipe(v.number(), v.minValue(0), v.maxValue(1)),
  bass: tone,
  treble: tone,
  matched: v.boolean(),
});

/** What an interpreter sets. */
export interface EarSettings {
  /** 0 to 1. */
  readonly volume: number;
  /** −12 to +12 dB below 200 Hz. */
  readonly bass: number;
  /** −12 to +12 dB above 4 kHz. */
  readonly treble: number;
  /** Whether all channels are brought to one loudness. */
  readonly matched: boolean;
}

/** The settings that were kept; undefined when they make no sense. */
export function parseEar(text: string): EarSettings | undefined {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), EarShape), text);
  return parsed.success ? parsed.output : undefined;
}
