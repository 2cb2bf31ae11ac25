/** WebAudio without ears: what is wired to what, which levels are set, and what those who look at a sound are shown. */
import { vi } from "vitest";
import { RATE } from "./sounds";
import { spectrumOf } from "./spectra";

class FakeParam {
  value = 1;

  setTargetAtTime(value: number): void {
    this.value = value;
  }

  setValueAtTime(): void {
    return undefined;
  }

  cancelScheduledValues(): void {
    return undefined;
  }

  linearRampToValueAtTime(value: number): void {
    this.value = value;
  }
}

/** A node by what it is: `lowshelf`, `gain`, the name of a processor. */
export class FakeNode {
  readonly gain = new FakeParam();
  readonly to: FakeNode[] = [];
  readonly name: string;
  /** What plays here, by the sample's number; null: what comes in. */
  plays: ((at: number) => number) | null = null;
  private from: FakeNode | null = null;

  constructor(name: string) {
    this.name = name;
  }

  /** Twice to the same is once. */
  connect(node: FakeNode): FakeNode {
    if (!this.to.includes(node)) this.to.push(node);
    node.from = this;
    return node;
  }

  disconnect(node?: FakeNode): void {
    if (node !== undefined && !this.to.includes(node)) throw new DOMException("not connected", "InvalidAccessError");
    this.to.splice(0, Infinity, ...this.to.filter((each) => node !== undefined && each !== node));
  }

  /** What passes here: filters change nothing. */
  passes(): (at: number) => number {
    return this.plays ?? this.from?.passes() ?? (() => 0);
  }

  /** The names of what a sound passes from here on. */
  way(): readonly string[] {
    return [this.name, ...(this.to[0]?.way() ?? [])];
  }
}

/** Shows a sound as the browser does. */
export class FakeAnalyser extends FakeNode {
  readonly fftSize: number;
  private readonly context: FakeContext;

  constructor(context: FakeContext, { fftSize }: { readonly fftSize: number }) {
    super("analyser");
    this.context = context;
    this.fftSize = fftSize;
  }

  getFloatTimeDomainData(into: Float32Array): void {
    const from = Math.round(this.context.currentTime * this.context.sampleRate) - into.length;
    const formula = this.passes();
    for (const at of into.keys()) into[at] = formula(Math.max(0, from + at));
  }

  getFloatFrequencyData(into: Float32Array): void {
    const samples = new Float32Array(this.fftSize);
    this.getFloatTimeDomainData(samples);
    into.set(spectrumOf(samples));
  }
}

/** What a browser can. */
interface Able {
  /** Worklets can be loaded. */
  readonly loads: boolean;
  /** A stream can be listened to. */
  readonly hears: boolean;
}

export class FakeContext {
  readonly destination = new FakeNode("speakers");
  readonly sampleRate = RATE;
  currentTime = 0;
  readonly audioWorklet: { readonly addModule: () => Promise<void> };
  loaded = false;
  closed = false;
  private readonly hears: boolean;

  constructor({ loads, hears }: Able) {
    this.hears = hears;
    this.audioWorklet = {
      addModule: async () => {
        await Promise.resolve();
        if (!loads) throw new Error("not loaded");
        this.loaded = true;
      },
    };
  }

  createGain(): FakeNode {
    return new FakeNode("gain");
  }

  createMediaStreamSource(): FakeNode {
    if (!this.hears) throw new DOMException("another rate", "NotSupportedError");
    return new FakeNode("source");
  }

  async close(): Promise<void> {
    this.closed = true;
    return Promise.resolve();
  }
}

export interface FakeSound {
  /** Those that were opened by the page, in order. */
  readonly contexts: readonly FakeContext[];
  /** Those who look at a sound, in order. */
  readonly analysers: readonly FakeAnalyser[];
  /** Those that were not made by a context, in order. */
  readonly gains: readonly FakeNode[];
}

/** Puts it in the place of the browser's, until `vi.unstubAllGlobals`. */
export function fakeSound({ loads = true, hears = true }: Partial<Able> = {}): FakeSound {
  const contexts: FakeContext[] = [];
  const analysers: FakeAnalyser[] = [];
  const gains: FakeNode[] = [];
  class Context extends FakeContext {
    constructor() {
      super({ loads, hears });
      contexts.push(this);
    }
  }
  class Worklet extends FakeNode {
    constructor(context: FakeContext, name: string) {
      super(name);
      if (!context.loaded) throw new Error(`no processor ${name}`);
    }
  }
  class Analyser extends FakeAnalyser {
    constructor(context: FakeContext, options: { readonly fftSize: number }) {
      super(context, options);
      analysers.push(this);
    }
  }
  class Gain extends FakeNode {
    constructor(_context: unknown, { gain = 1 }: { readonly gain?: number } = {}) {
      super("gain");
      this.gain.value = gain;
      gains.push(this);
    }
  }
  class Filter extends FakeNode {
    constructor(_context: unknown, { type }: { readonly type: string }) {
      super(type);
    }
  }
  class Recursive extends FakeNode {
    constructor() {
      super("iir");
    }
  }
  class Element {
    muted = false;
    srcObject: unknown = null;
    play = async (): Promise<void> => Promise.resolve();
  }
  class Stream {
    readonly getTracks: () => readonly MediaStreamTrack[];
    constructor(tracks: readonly MediaStreamTrack[]) {
      this.getTracks = () => tracks;
    }
    getAudioTracks = () => this.getTracks().filter(({ kind }) => kind === "audio");
    getVideoTracks = () => this.getTracks().filter(({ kind }) => kind === "video");
  }
  const parts = {
    AudioContext: Context,
    AudioWorkletNode: Worklet,
    AnalyserNode: Analyser,
    IIRFilterNode: Recursive,
    GainNode: Gain,
    BiquadFilterNode: Filter,
    Audio: Element,
    MediaStream: Stream,
  };
  for (const [name, part] of Object.entries(parts)) vi.stubGlobal(name, part);
  return { contexts, analysers, gains };
}
