/**
 * Keeps a sound under a ceiling, and leaves alone what is under it. Pure. It runs where the sound does not wait: nothing
 * in its loops makes an object.
 */

/** The name under which it runs beside the sound (worklet.ts). */
export const LIMITER = "visavis-limiter";

/** How a limiter works. */
export interface Limits {
  /** Samples a second. */
  readonly rate: number;
  /** Never exceeded, of full scale 1. */
  readonly ceiling: number;
  /** How far it looks ahead, and by how much the sound is late for it; in seconds. */
  readonly ahead: number;
  /** The time constant with which it lets go; in seconds. */
  readonly release: number;
}

/** What stands between an interpreter's ears and a fallen microphone: −6 dBFS, 5 ms ahead, let go in 100 ms. */
export const EAR_LIMITS: Omit<Limits, "rate"> = { ceiling: 10 ** (-6 / 20), ahead: 0.005, release: 0.1 };

/** A gain so near to one is one: what is under the ceiling passes unchanged. */
const ONE = 0.9999;

/**
 * A look-ahead limiter over linked channels. The gain that each sample needs is held for the look-ahead (a sliding
 * minimum), let go exponentially, and smoothed by a mean over the look-ahead. All gains in that mean were held for the
 * sample that leaves now, so that none of them is too high for it.
 */
export class Limiter {
  private readonly ceiling: number;
  private readonly ahead: number;
  private readonly letGo: number;
  private readonly held: SlidingLeast;
  private readonly smooth: Float64Array;
  private readonly late: readonly Float32Array[];
  private readonly frame: Float32Array;
  private sum: number;
  private gain = 1;
  private at = 0;

  constructor({ rate, ceiling, ahead, release }: Limits, channels: number) {
    this.ceiling = ceiling;
    this.ahead = Math.max(1, Math.round(ahead * rate));
    this.letGo = 1 - Math.exp(-1 / (release * rate));
    this.held = new SlidingLeast(this.ahead + 1);
    this.smooth = new Float64Array(this.ahead + 1).fill(1);
    this.sum = this.smooth.length;
    this.late = Array.from({ length: channels }, () => new Float32Array(this.ahead));
    this.frame = new Float32Array(channels);
  }

  /** Writes into `outputs` what came in `ahead` before, limited. Channels that are missing are silent. */
  process(inputs: readonly Float32Array[], outputs: readonly Float32Array[]): void {
    const length = outputs[0]?.length ?? 0;
    for (let at = 0; at < length; at += 1) {
      const gain = this.next(inputs, at);
      for (let channel = 0; channel < outputs.length; channel += 1) {
        const output = outputs[channel];
        if (output !== undefined) output[at] = (this.frame[channel] ?? 0) * gain;
      }
    }
  }

  /** Takes one sample of each channel in, puts those that leave into `frame`, and returns their gain. */
  private next(inputs: readonly Float32Array[], at: number): number {
    const peak = this.take(inputs, at);
    const wanted = this.held.next(peak > this.ceiling ? this.ceiling / peak : 1);
    this.gain = wanted < this.gain ? wanted : this.gain + (wanted - this.gain) * this.letGo;
    if (wanted === 1 && this.gain > ONE) this.gain = 1;
    return this.smoothed();
  }

  /** Changes the sample that leaves for the one that comes, in each channel; returns the peak of what comes. */
  private take(inputs: readonly Float32Array[], at: number): number {
    const place = this.at % this.ahead;
    let peak = 0;
    for (let channel = 0; channel < this.late.length; channel += 1) {
      const late = this.late[channel];
      if (late === undefined) continue;
      const sample = inputs[channel]?.[at] ?? 0;
      // What is no number would stay in the sums for ever.
      const taken = Number.isFinite(sample) ? sample : 0;
      this.frame[channel] = late[place] ?? 0;
      late[place] = taken;
      peak = Math.max(peak, Math.abs(taken));
    }
    return peak;
  }

  private smoothed(): number {
    const slot = this.at % this.smooth.length;
    this.sum += this.gain - (this.smooth[slot] ?? 1);
    this.smooth[slot] = this.gain;
    this.at += 1;
    // Sums of many steps drift; once a round it is taken anew.
    if (slot === 0) this.sum = this.smooth.reduce((sum, gain) => sum + gain, 0);
    return this.sum / this.smooth.length;
  }
}

/** The least of the last so many values; each is looked at twice at most (a monotonic queue in a ring). */
class SlidingLeast {
  private readonly values: Float64Array;
  private readonly times: Float64Array;
  private readonly width: number;
  private first = 0;
  private length = 0;
  private now = 0;

  constructor(width: number) {
    this.width = width;
    this.values = new Float64Array(width + 1);
    this.times = new Float64Array(width + 1);
  }

  next(value: number): number {
    while (this.length > 0 && (this.values[this.slot(this.length - 1)] ?? 0) >= value) this.length -= 1;
    const last = this.slot(this.length);
    this.values[last] = value;
    this.times[last] = this.now;
    this.length += 1;
    if ((this.times[this.first] ?? 0) <= this.now - this.width) {
      this.first = this.slot(1);
      this.length -= 1;
    }
    this.now += 1;
    return this.values[this.first] ?? value;
  }

  private slot(ahead: number): number {
    return (this.first + ahead) % this.values.length;
  }
}
