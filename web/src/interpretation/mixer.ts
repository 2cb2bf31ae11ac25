/** The listener's one WebAudio graph: each remote track → its gain → the mix → the speakers. */
import type { Log } from "../kernel/log";
import { Inlets } from "./inlets";

/** A remote sound, and how it is named in the mix. */
export interface Sound {
  readonly id: string;
  readonly track: MediaStreamTrack;
}

/** What one sound passes on the way to its level. */
export interface Stage {
  readonly enter: AudioNode;
  readonly leave: AudioNode;
  /** The sound is held no more. */
  end(): void;
}

/** What stands in the graph where more than the plain mix is wanted: an interpreter's ear. */
export interface Stages {
  /** Where the mix enters, and where it leaves for the speakers. */
  readonly enter: AudioNode;
  readonly leave: AudioNode;
  /** Null: this sound passes nothing. */
  stage(sound: Sound): Stage | null;
}

/** A cross-fade shorter than this is heard as a click, a longer one as a dip; in seconds. */
const CROSS_FADE = 0.02;
/** What is softer is silence: the least that is left of a room with an open microphone is above it. */
const SILENCE = 0.0005;

interface Strip {
  readonly track: MediaStreamTrack;
  readonly gain: GainNode;
  readonly sink: HTMLAudioElement;
  stage: Stage | null;
  /** Made when it is asked whether there is a sound. */
  ear: AnalyserNode | null;
  /** Where it is going, and where it came from; since when, by the context's clock. */
  level: number;
  from: number;
  since: number;
}

/** How loud a sound is at a moment of its cross-fade. */
function loudnessAt({ level, from, since }: Strip, now: number): number {
  return from + (level - from) * Math.min(1, (now - since) / CROSS_FADE);
}

/** From where it is to a level, in a straight line. Those that are to change together begin at one moment. */
function fade(strip: Strip, level: number, now: number): void {
  strip.from = loudnessAt(strip, now);
  strip.level = level;
  strip.since = now;
  const { gain } = strip.gain;
  gain.cancelScheduledValues(now);
  gain.setValueAtTime(strip.from, now);
  gain.linearRampToValueAtTime(level, now + CROSS_FADE);
}

/** The graph. It is made with the page's one audio context, which starts with the person's first gesture. */
export class Mixer {
  readonly context: AudioContext;
  /** What the speakers get; scenes measure here. */
  readonly mix: GainNode;
  /** Where tracks enter, in the mix or beside it. */
  readonly inlets: Inlets;
  private readonly strips = new Map<string, Strip>();
  private readonly log: Log;
  private stages: Stages | null = null;

  constructor(context: AudioContext, log: Log) {
    this.context = context;
    this.log = log;
    this.inlets = new Inlets(context);
    this.mix = context.createGain();
    this.mix.connect(context.destination);
  }

  /** From now on exactly these sounds are in the mix; one that is new enters silent. */
  hold(sounds: readonly Sound[]): void {
    const wanted = new Map(sounds.map((sound) => [sound.id, sound]));
    for (const [id, strip] of this.strips) {
      if (wanted.get(id)?.track !== strip.track) this.remove(id, strip);
    }
    for (const [id, { track }] of wanted) {
      if (!this.strips.has(id)) this.strips.set(id, this.strip(id, track));
    }
  }

  /**
   * Moves every sound to its level with one cross-fade; a sound without a level falls silent. What goes and what comes do so in
   * the same samples and in a straight line: two sounds that carry the same are as loud together as one. A fade that is
   * cut short goes on from where it is.
   */
  level(levels: ReadonlyMap<string, number>): void {
    const now = this.context.currentTime;
    for (const [id, strip] of this.strips) {
      const level = levels.get(id) ?? 0;
      if (level !== strip.level) fade(strip, level, now);
    }
  }

  /** Puts these stages into the graph in place of what stood there; null: the plain mix. */
  fit(stages: Stages | null): void {
    this.mix.disconnect(this.stages?.enter ?? this.context.destination);
    this.stages?.leave.disconnect();
    this.stages = stages;
    this.mix.connect(stages?.enter ?? this.context.destination);
    stages?.leave.connect(this.context.destination);
    for (const strip of this.strips.values()) this.part(strip);
    // A worklet that begins holds up the whole graph.
    this.inlets.renew();
    const now = this.context.currentTime;
    for (const [id, strip] of this.strips) {
      strip.stage = this.wire(strip.gain, { id, track: strip.track });
      // Chromium leaves a fade where it stood when its node is wired anew.
      fade(strip, strip.level, now);
    }
  }

  /** Whether there is a sound under this name, at whatever level it is heard. */
  hears(id: string): boolean {
    const strip = this.strips.get(id);
    if (strip === undefined) return false;
    strip.ear ??= this.earOf(strip);
    const samples = new Float32Array(strip.ear.fftSize);
    strip.ear.getFloatTimeDomainData(samples);
    return samples.some((sample) => Math.abs(sample) > SILENCE);
  }

  /** Browsers keep an audio context asleep until a gesture; called at each sign of one. */
  async wake(): Promise<void> {
    if (this.context.state === "running") return;
    await this.context.resume();
    for (const { sink } of this.strips.values()) await sink.play();
  }

  /** Plays through the device of this id, where the browser can. */
  async playThrough(device: string): Promise<void> {
    if ("setSinkId" in this.context && typeof this.context.setSinkId === "function") {
      await (this.context.setSinkId as (id: string) => Promise<void>).call(this.context, device);
    }
  }

  private strip(id: string, track: MediaStreamTrack): Strip {
    const stream = new MediaStream([track]);
    // Chromium feeds a remote track to WebAudio only while an element plays it too, muted or not.
    const sink = new Audio();
    sink.muted = true;
    sink.srcObject = stream;
    sink.play().catch((error: unknown) => {
      this.log.trouble("sink asleep", error);
    });
    const gain = this.context.createGain();
    gain.gain.value = 0;
    gain.connect(this.mix);
    const stage = this.wire(gain, { id, track });
    return { track, gain, sink, stage, ear: null, level: 0, from: 0, since: 0 };
  }

  private wire(gain: GainNode, sound: Sound): Stage | null {
    const stage = this.stages?.stage(sound) ?? null;
    this.inlets.wire(sound.track, stage?.enter ?? gain);
    stage?.leave.connect(gain);
    return stage;
  }

  private part({ track, gain, stage }: Strip): void {
    this.inlets.unwire(track, stage?.enter ?? gain);
    stage?.end();
  }

  /** Connected once: each connection holds up the sound of the whole graph for a moment. */
  private earOf({ track }: Strip): AnalyserNode {
    const ear = new AnalyserNode(this.context, { fftSize: 512 });
    this.inlets.wire(track, ear);
    return ear;
  }

  private remove(id: string, strip: Strip): void {
    this.part(strip);
    if (strip.ear !== null) this.inlets.unwire(strip.track, strip.ear);
    strip.gain.disconnect();
    strip.sink.srcObject = null;
    this.strips.delete(id);
  }
}
