/** A sound that is brought to the common loudness while it plays. */
import { Gauge } from "./gauge";
import { COMMON_LOUDNESS, matched } from "./matching";

/** The time constant of a change, in seconds: no click. */
const SMOOTH = 0.02;

export class Levelled {
  /** The sound enters here. */
  readonly gauge: Gauge;
  /** Where it leaves. */
  readonly gain: GainNode;
  private readonly context: BaseAudioContext;
  private decibels = 0;

  constructor(context: BaseAudioContext) {
    this.context = context;
    this.gauge = new Gauge(context);
    this.gain = new GainNode(context);
    this.gauge.node.connect(this.gain);
  }

  /**
   * Takes in what has played since the last look, and brings the sound nearer to the common loudness by what that time allows.
   *
   * @param matches false: back to its own loudness.
   * @param measured also what the gauge reports is made.
   */
  look({ matches, measured }: { readonly matches: boolean; readonly measured: boolean }): void {
    const seconds = this.gauge.look(measured);
    const decibels = matched(this.decibels, matches ? this.gauge.loudness() : COMMON_LOUDNESS, seconds);
    if (decibels === this.decibels) return;
    this.decibels = decibels;
    this.gain.gain.setTargetAtTime(10 ** (decibels / 20), this.context.currentTime, SMOOTH);
  }

  /** Lets go of the sound. */
  end(): void {
    this.gauge.end();
    this.gain.disconnect();
  }
}
