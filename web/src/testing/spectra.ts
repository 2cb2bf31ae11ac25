/** What a browser's own transform gives of a sound, for tests that have no browser (Web Audio API §1.8.6). */

/** The levels in dB of so many samples, half as many as these: Blackman's window, no smoothing. Their number is a power of 2. */
export function spectrumOf(samples: Float32Array): Float32Array {
  const size = samples.length;
  const windowed = samples.map((sample, at) => {
    const turn = (2 * Math.PI * at) / size;
    return sample * (0.42 - 0.5 * Math.cos(turn) + 0.08 * Math.cos(2 * turn));
  });
  const [real, imaginary] = transformed(windowed);
  return Float32Array.from(
    { length: size / 2 },
    (_, bin) => 20 * Math.log10(Math.hypot(real[bin] ?? 0, imaginary[bin] ?? 0) / size),
  );
}

/** The transform of each second sample, and of the others, put together (Cooley & Tukey 1965). */
function transformed(samples: Float32Array): readonly [real: Float64Array, imaginary: Float64Array] {
  const [real, imaginary] = [new Float64Array(samples.length), new Float64Array(samples.length)];
  const transform = (from: number, stride: number, to: number): void => {
    const half = samples.length / stride / 2;
    if (half < 1) {
      real[to] = valueOf(samples, from);
      return;
    }
    transform(from, 2 * stride, to);
    transform(from + stride, 2 * stride, to + half);
    for (let at = to; at < to + half; at += 1) turned(real, imaginary, at, half, to);
  };
  transform(0, 1, 0);
  return [real, imaginary];
}

/** Makes two values of the whole from one of each half. */
function turned(real: Float64Array, imaginary: Float64Array, at: number, half: number, to: number): void {
  const odd = at + half;
  const cosine = Math.cos((Math.PI * (at - to)) / half);
  const sine = Math.sin((Math.PI * (at - to)) / half);
  const re = valueOf(real, odd) * cosine + valueOf(imaginary, odd) * sine;
  const im = valueOf(imaginary, odd) * cosine - valueOf(real, odd) * sine;
  real[odd] = valueOf(real, at) - re;
  imaginary[odd] = valueOf(imaginary, at) - im;
  real[at] = valueOf(real, at) + re;
  imaginary[at] = valueOf(imaginary, at) + im;
}

function valueOf(values: Float32Array | Float64Array, at: number): number {
  return values[at] ?? 0;
}
