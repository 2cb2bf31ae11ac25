/**
 * Reads of a sound, while it plays, how loud it is and what it is worth. Filters and transforms are the browser's own; the page
 * looks at what they give some times a second, so that no figure is worked out where the sound would have to wait for it.
 */
import { kWeighting, Loudness } from "./loudness";
import { FRAME, Measure, type Measures } from "./measure";

/** How often a gauge is to be looked at, in ms: a hop of its loudness. */
export const LOOK = 100;
/** What a look can see of the past, in samples: 170 ms at 48 kHz. */
const PAST = 8192;
/** Looks that follow each other more closely than this are one, in seconds. */
const LEAST = 0.05;
const SILENCE = -100;

export class Gauge {
  /** The sound enters here, and leaves it unchanged. */
  readonly node: AnalyserNode;
  private readonly weighed: AnalyserNode;
  private readonly loud = new Loudness();
  private readonly measure: Measure;
  private readonly samples = new Float32Array(FRAME);
  private readonly spectrum = new Float32Array(FRAME / 2);
  private readonly past = new Float32Array(PAST);
  private readonly context: BaseAudioContext;
  private since: number;
  private now = SILENCE;

  constructor(context: BaseAudioContext) {
    this.context = context;
    this.since = context.currentTime;
    this.measure = new Measure(context.sampleRate);
    this.node = new AnalyserNode(context, { fftSize: FRAME, smoothingTimeConstant: 0 });
    this.weighed = new AnalyserNode(context, { fftSize: PAST });
    const [shelf, highPass] = kWeighting(context.sampleRate);
    this.node
      .connect(new IIRFilterNode(context, shelf))
      .connect(new IIRFilterNode(context, highPass))
      .connect(this.weighed);
  }

  /**
   * Takes in what has played since the last look. Returns how many seconds that was; 0 when it was too little to count.
   *
   * @param measured also what {@link report} is made of: a transform for each look.
   */
  look(measured: boolean): number {
    const { currentTime, sampleRate } = this.context;
    const passed = currentTime - this.since;
    if (passed < LEAST) return 0;
    this.since = currentTime;
    const seconds = Math.min(passed, PAST / sampleRate);
    this.weighed.getFloatTimeDomainData(this.past);
    this.loud.add(meanSquare(this.past.subarray(-Math.round(seconds * sampleRate))));
    this.node.getFloatTimeDomainData(this.samples);
    this.now = 10 * Math.log10(meanSquare(this.samples) + 10 ** (SILENCE / 10));
    if (measured) {
      this.node.getFloatFrequencyData(this.spectrum);
      this.measure.add({ samples: this.samples, spectrum: this.spectrum, seconds });
    }
    return seconds;
  }

  /** How loud it was at the last look, in dBFS. */
  level(): number {
    return this.now;
  }

  /** How loud it is, short-term, in LUFS; null as long as nothing was heard. */
  loudness(): number | null {
    return this.loud.shortTerm();
  }

  report(): Measures {
    return this.measure.report(this.loudness());
  }

  /** Lets go of the sound. */
  end(): void {
    this.node.disconnect();
  }
}

function meanSquare(samples: Float32Array): number {
  let sum = 0;
  for (const sample of samples) sum += sample * sample;
  return samples.length === 0 ? 0 : sum / samples.length;
}
