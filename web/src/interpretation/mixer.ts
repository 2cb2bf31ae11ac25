/** The listener's one WebAudio graph: each remote track → its gain → the mix → the speakers. */
import type { Log } from "../kernel/log";

/** A remote sound, and how it is named in the mix. */
export interface Sound {
  readonly id: string;
  readonly track: MediaStreamTrack;
}

/** A cross-fade shorter than this is heard as a click, a longer one as a dip; in seconds. */
const CROSS_FADE = 0.02;

interface Strip {
  readonly track: MediaStreamTrack;
  readonly source: MediaStreamAudioSourceNode;
  readonly gain: GainNode;
  readonly sink: HTMLAudioElement;
  level: number;
}

/** The graph. It is made with the page's one audio context, which starts with the person's first gesture. */
export class Mixer {
  readonly context: AudioContext;
  /** What the speakers get; scenes measure here. */
  readonly mix: GainNode;
  private readonly strips = new Map<string, Strip>();
  /**
   * A browser keeps every source node for as long as its context runs, connected or not; and a connection uses the
   * same track again for whoever speaks next. One node a track, or hours of phases fill the graph.
   */
  private readonly sources = new WeakMap<MediaStreamTrack, MediaStreamAudioSourceNode>();
  private readonly log: Log;

  constructor(context: AudioContext, log: Log) {
    this.context = context;
    this.log = log;
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
      if (!this.strips.has(id)) this.strips.set(id, this.strip(track));
    }
  }

  /** Moves every sound to its level with one cross-fade; a sound without a level falls silent. */
  level(levels: ReadonlyMap<string, number>): void {
    const from = this.context.currentTime;
    for (const [id, strip] of this.strips) {
      const level = levels.get(id) ?? 0;
      if (level === strip.level) continue;
      const { gain } = strip.gain;
      gain.cancelAndHoldAtTime?.(from);
      gain.setValueAtTime(strip.level, from);
      gain.linearRampToValueAtTime(level, from + CROSS_FADE);
      strip.level = level;
    }
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

  private strip(track: MediaStreamTrack): Strip {
    const stream = new MediaStream([track]);
    // Chromium feeds a remote track to WebAudio only while an element plays it too, muted or not.
    const sink = new Audio();
    sink.muted = true;
    sink.srcObject = stream;
    sink.play().catch((error: unknown) => {
      this.log.trouble("sink asleep", error);
    });
    const source = this.sources.get(track) ?? this.context.createMediaStreamSource(stream);
    this.sources.set(track, source);
    const gain = this.context.createGain();
    gain.gain.value = 0;
    source.connect(gain).connect(this.mix);
    return { track, source, gain, sink, level: 0 };
  }

  private remove(id: string, strip: Strip): void {
    strip.source.disconnect();
    strip.gain.disconnect();
    strip.sink.srcObject = null;
    this.strips.delete(id);
  }
}
