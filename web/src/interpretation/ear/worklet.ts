/** What of an ear runs beside the sound, where the browser asks for 128 samples at a time: the limiter, and no more. */
import { EAR_LIMITS, Limiter, LIMITER } from "./limiter";

// What an AudioWorklet's world has beside the language (Web Audio API §1.32); TypeScript's library knows the page's alone.
declare const sampleRate: number;
declare abstract class AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare function registerProcessor(name: string, processor: new () => AudioWorkletProcessor): void;

type Channels = readonly Float32Array[];

const STEREO = 2;
const NOTHING: Channels = [];

class LimiterProcessor extends AudioWorkletProcessor {
  private readonly limiter = new Limiter({ rate: sampleRate, ...EAR_LIMITS }, STEREO);

  process(inputs: readonly Channels[], outputs: readonly Channels[]): boolean {
    const output = outputs[0];
    if (output !== undefined) this.limiter.process(inputs[0] ?? NOTHING, output);
    return true;
  }
}

registerProcessor(LIMITER, LimiterProcessor);
