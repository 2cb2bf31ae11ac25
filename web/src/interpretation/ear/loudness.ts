/** How loud a sound is to people: K-weighted, in windows of 400 ms, gated (ITU-R BS.1770-5 annex 1, EBU R 128). Pure. */

/** A filter of the second order, as an `IIRFilterNode` takes it. */
export interface Filter {
  readonly feedforward: number[];
  readonly feedback: number[];
}

/** Windows of 400 ms, one each 100 ms: what BS.1770 calls gating blocks. */
const HOPS_A_WINDOW = 4;
/** Quieter windows are pauses, in LUFS; and those so far below the others. */
const ABSOLUTE_GATE = -70;
const RELATIVE_GATE = -10;
/** What R 128 calls short-term: three seconds, here of windows that are no pauses. */
const KEPT_WINDOWS = 27;

/**
 * The shelf of the head. The standard gives numbers for 48 kHz alone; these are of the analogue filters behind them, by
 * the bilinear transform, for every rate.
 */
function shelf(rate: number): Filter {
  const k = Math.tan((Math.PI * 1681.974450955533) / rate);
  const q = 0.7071752369554196;
  const high = 10 ** (3.999843853973347 / 20);
  const band = high ** 0.4996667741545416;
  return {
    feedforward: [high + (band * k) / q + k * k, 2 * (k * k - high), high - (band * k) / q + k * k],
    feedback: [1 + k / q + k * k, 2 * (k * k - 1), 1 - k / q + k * k],
  };
}

/** What is too low to count. */
function highPass(rate: number): Filter {
  const k = Math.tan((Math.PI * 38.13547087602444) / rate);
  const q = 0.5003270373238773;
  const a0 = 1 + k / q + k * k;
  // The standard's numerator stands beside a denominator of 1.
  return { feedforward: [a0, -2 * a0, a0], feedback: [a0, 2 * (k * k - 1), 1 - k / q + k * k] };
}

/** The filters that weigh a sound as a head and its ears do, one behind the other. @param rate samples a second. */
export function kWeighting(rate: number): readonly [shelf: Filter, highPass: Filter] {
  return [shelf(rate), highPass(rate)];
}

function lufs(power: number): number {
  return -0.691 + 10 * Math.log10(power);
}

function mean(powers: readonly number[]): number {
  return powers.reduce((sum, power) => sum + power, 0) / powers.length;
}

/** Follows one channel of sound. */
export class Loudness {
  private readonly hops: number[] = [];
  private readonly windows: number[] = [];

  /** @param power the mean square of what came in a tenth of a second, K-weighted. */
  add(power: number): void {
    this.hops.push(power);
    if (this.hops.length > HOPS_A_WINDOW) this.hops.shift();
    if (this.hops.length < HOPS_A_WINDOW) return;
    const window = mean(this.hops);
    if (lufs(window) <= ABSOLUTE_GATE) return;
    this.windows.push(window);
    if (this.windows.length > KEPT_WINDOWS) this.windows.shift();
  }

  /** The last three seconds that were no pauses, in LUFS; null as long as nothing was heard. */
  shortTerm(): number | null {
    if (this.windows.length === 0) return null;
    const gate = lufs(mean(this.windows)) + RELATIVE_GATE;
    return lufs(mean(this.windows.filter((power) => lufs(power) > gate)));
  }
}
