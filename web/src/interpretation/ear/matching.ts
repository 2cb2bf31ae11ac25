/** Brings channels to one loudness, so slowly that nobody hears it move. Pure. */

/** What speech is brought to, in LUFS (EBU R 128): with a ceiling of −6 dBFS it leaves speech its peaks. */
export const COMMON_LOUDNESS = -23;
/** More than this, in dB, is not made up: it would lift a room's noise. */
const MOST = 12;
/** A gain moves by so much a second at most, in dB. */
const SLEW = 3;

/** The gain that a sound has after so many seconds more, in dB. A sound of which nothing is known keeps its own. */
export function matched(gain: number, loudness: number | null, seconds: number): number {
  if (loudness === null) return gain;
  const wanted = Math.min(MOST, Math.max(-MOST, COMMON_LOUDNESS - loudness));
  const step = SLEW * seconds;
  return gain + Math.min(step, Math.max(-step, wanted - gain));
}
