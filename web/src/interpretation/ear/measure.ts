/** What a sound is worth to whoever must work from it: bandwidth, loudness, clipping, noise. Pure. */

/** Samples of one look at a sound: 43 ms at 48 kHz, 23 Hz a bin. */
export const FRAME = 2048;

/** What an `AnalyserNode` gives of a sound at one moment. */
export interface Look {
  /** The last `FRAME` samples. */
  readonly samples: Float32Array;
  /** Of the same: half as many levels in dB, without smoothing (Web Audio API §1.8.6). */
  readonly spectrum: Float32Array;
  /** What the look stands for: the time since the one before. */
  readonly seconds: number;
}

/** How much of the voice comes through, by the highest frequency that carries it. */
export type Bandwidth = "telephone" | "wide" | "super_wide" | "full";

/** What was measured of one sound; null where nothing can be said yet. */
export interface Measures {
  /** The highest frequency with speech in it, in Hz. */
  readonly highest: number | null;
  readonly bandwidth: Bandwidth | null;
  /** Of what was no pause, short-term, in LUFS. */
  readonly loudness: number | null;
  /** The share of samples that stand at full scale in runs. */
  readonly clipping: number;
  /** In pauses, in dBFS; null where there was no pause. */
  readonly noise: number | null;
  /** Seconds of speech that were heard. */
  readonly heard: number;
}

/** Upper ends in Hz, with room for the slope of a codec's filter (ITU-T G.711, G.722, G.722.1 annex C). */
const BANDS = [
  ["telephone", 4300],
  ["wide", 8600],
  ["super_wide", 12_800],
] as const;
/** A band's width in Hz: one that speech fills and a single tone of a machine does not. */
const BAND = 250;
/** Speech reaches as far as it is less than this below its strongest band, in dB; and above this, in dBFS. */
const REACH = 66;
const LEAST = -105;
/** A frame is speech when it is so far above the quietest and so loud; in dB and dBFS. */
const ABOVE_NOISE = 12;
const SPEECH = -55;
/** In the band spectrum, speech must be this far above the noise of pauses, in dB. */
const OVER_HISS = 6;
const FULL_SCALE = 0.985;
/** So many samples at full scale one after the other are no peak, but a flat top. */
const RUN = 3;
/** Looks that are remembered: about ten seconds. */
const KEPT = 100;
/** Such a share of clipped samples is heard. */
const CLIPPED = 0.001;
/** Seconds of speech before anything is said of a voice. */
export const ENOUGH = 3;
/** In pauses, in dBFS: what is louder is heard behind a voice. */
const NOISY = -50;
/** What the browser's window (Blackman, α = 0.16) leaves of a sound's power. */
const WINDOWED = 0.42 ** 2 + 0.5 ** 2 / 2 + 0.08 ** 2 / 2;
/** From the power of a bin to its mean square: each stands for its frequency and the negative one. */
const SCALE = 2 / WINDOWED;
const QUIETEST_SHARE = 0.1;
/** A band counts with what it reaches in one frame of so many: an s is rare, and a click is no speech. */
const REACHED_SHARE = 0.92;

interface Frame {
  readonly level: number;
  readonly bands: Float64Array;
  /** The share of samples that are clipped. */
  readonly clipped: number;
  readonly seconds: number;
}

/** The value that such a share of values does not exceed. */
function quantile(values: Float64Array, share: number): number | undefined {
  const sorted = values.toSorted();
  return sorted[Math.floor((sorted.length - 1) * share)];
}

function decibels(power: number): number {
  return power > 0 ? 10 * Math.log10(power) : -200;
}

function total(frames: readonly Frame[], of: (frame: Frame) => number): number {
  return frames.reduce((sum, frame) => sum + of(frame), 0);
}

/** The share of samples that stand at full scale, in runs. */
function clippedShare(samples: Float32Array): number {
  let run = 0;
  let clipped = 0;
  for (const sample of samples) {
    run = Math.abs(sample) >= FULL_SCALE ? run + 1 : 0;
    // The first samples of a run count when it is one.
    if (run === RUN) clipped += RUN;
    else if (run > RUN) clipped += 1;
  }
  return clipped / samples.length;
}

/** What each band reaches in these frames. */
function reached(frames: readonly Frame[]): readonly number[] {
  return Array.from(
    frames[0]?.bands ?? [],
    (_, band) =>
      quantile(
        Float64Array.from(frames, ({ bands }) => bands[band] ?? 0),
        REACHED_SHARE,
      ) ?? 0,
  );
}

/** The name of a bandwidth. */
export function bandwidthOf(highest: number): Bandwidth {
  return BANDS.find(([, upTo]) => highest <= upTo)?.[0] ?? "full";
}

/** Whether a sound is cut off at its loudest. */
export function isClipped({ clipping }: Measures): boolean {
  return clipping > CLIPPED;
}

/** Whether noise is heard behind a voice. */
export function isNoisy({ noise, heard }: Measures): boolean {
  return heard >= ENOUGH && noise !== null && noise > NOISY;
}

/** Whether they are said in the same words. */
export function isSaidAlike(one: Measures, other: Measures): boolean {
  return (
    one.bandwidth === other.bandwidth &&
    isClipped(one) === isClipped(other) &&
    isNoisy(one) === isNoisy(other) &&
    (one.loudness === null ? null : Math.round(one.loudness)) ===
      (other.loudness === null ? null : Math.round(other.loudness))
  );
}

/** Follows one sound, look by look. */
export class Measure {
  private readonly rate: number;
  private readonly frames: Frame[] = [];

  /** @param rate samples a second. */
  constructor(rate: number) {
    this.rate = rate;
  }

  add({ samples, spectrum, seconds }: Look): void {
    const level = decibels(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
    this.frames.push({ level, bands: this.bandsOf(spectrum), clipped: clippedShare(samples), seconds });
    if (this.frames.length > KEPT) this.frames.shift();
  }

  /** @param loudness of what was no pause, in LUFS. */
  report(loudness: number | null): Measures {
    const quiet = this.quietest();
    const speech = this.frames.filter(({ level }) => level > SPEECH && level > (quiet ?? -200) + ABOVE_NOISE);
    const steady = speech.length === 0 && (quiet ?? -200) > SPEECH;
    // A sound without a pause in it is all speech.
    const heard = steady ? this.frames : speech;
    const pauses = steady ? [] : this.frames.filter(({ level }) => quiet !== null && level <= quiet + 3);
    const highest = heard.length === 0 ? null : this.highest(heard, pauses);
    return {
      highest,
      bandwidth: highest === null ? null : bandwidthOf(highest),
      loudness,
      clipping: total(this.frames, ({ clipped }) => clipped) / Math.max(1, this.frames.length),
      noise: pauses.length === 0 ? null : quiet,
      heard: total(heard, ({ seconds }) => seconds),
    };
  }

  /** The mean square in each band. */
  private bandsOf(spectrum: Float32Array): Float64Array {
    const width = this.rate / 2 / spectrum.length;
    const bands = new Float64Array(Math.ceil(this.rate / 2 / BAND));
    for (let bin = 0; bin < spectrum.length; bin += 1) {
      const band = Math.floor((bin * width) / BAND);
      bands[band] = (bands[band] ?? 0) + SCALE * 10 ** ((spectrum[bin] ?? -Infinity) / 10);
    }
    return bands;
  }

  private quietest(): number | null {
    return (
      quantile(
        Float64Array.from(this.frames, ({ level }) => level),
        QUIETEST_SHARE,
      ) ?? null
    );
  }

  /** The upper end of the highest two bands, one beside the other, in which there is speech. */
  private highest(heard: readonly Frame[], pauses: readonly Frame[]): number {
    const most = reached(heard);
    const hiss = reached(pauses);
    const least = Math.max(LEAST, decibels(Math.max(...most)) - REACH);
    const carries = most.map(
      (power, band) => decibels(power) > least && decibels(power) > decibels(hiss[band] ?? 0) + OVER_HISS,
    );
    const band = carries.findLastIndex((does, at) => does && carries[at - 1] === true);
    return band < 0 ? BAND : (band + 1) * BAND;
  }
}
