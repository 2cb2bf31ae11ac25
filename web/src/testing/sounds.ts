/** Sounds made by a formula, for what measures and limits them. */

export const RATE = 48_000;

/** So many samples of a formula over the sample's number. */
export function sound(seconds: number, formula: (at: number) => number): Float32Array {
  return Float32Array.from({ length: Math.round(seconds * RATE) }, (_, at) => formula(at));
}

export function sine(hertz: number, amplitude: number): (at: number) => number {
  return (at) => amplitude * Math.sin((2 * Math.PI * hertz * at) / RATE);
}

/** Noise that is the same each time (a linear congruential generator: Numerical Recipes §7.1). */
export function noise(amplitude: number): (at: number) => number {
  let state = 1;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return amplitude * (state / 2 ** 31 - 1);
  };
}

/** What is like speech to a measure: sines up to a frequency, 50 dB less at its end, rising and falling, over soft noise. */
export function speech(upTo: number, amplitude: number, hiss: number): (at: number) => number {
  const tones = Array.from({ length: Math.floor(upTo / 100) }, (_, each) => (each + 1) * 100 - 40);
  const levels = tones.map((hertz) => 10 ** ((-50 * hertz) / 20_000 / 20));
  const all = levels.reduce((sum, level) => sum + level, 0);
  const soft = noise(hiss);
  // A round number of periods, so that it is worked out once.
  const period = RATE / 20;
  const turn = Float32Array.from(
    { length: period },
    (_, at) =>
      (amplitude / all) *
      tones.reduce(
        (sum, hertz, each) => sum + (levels[each] ?? 0) * Math.sin((2 * Math.PI * hertz * at) / RATE + each ** 2),
        0,
      ),
  );
  return (at) => Math.max(0, Math.sin((2 * Math.PI * at) / RATE)) * (turn[at % period] ?? 0) + soft(at);
}
