/**
 * An interpreter's ear: bass, treble and volume, a limiter against whatever a fallen microphone does, channels of one
 * loudness, and what each speaker's sound is worth. Fetched only where an interpreter sits; everybody else has the plain mix.
 */
import type { Identity, Language } from "../../kernel/ids";
import { type Clock, wallClock } from "../../kernel/clock";
import type { Log } from "../../kernel/log";
import { Cell, type Readable } from "../../kernel/store";
import type { Mixer, Sound, Stage, Stages } from "../mixer";
import { LOOK } from "./gauge";
import { type EarSettings, parseEar, TONE } from "./kept";
import { Levelled } from "./levelled";
import { LIMITER } from "./limiter";
import { isSaidAlike, type Measures } from "./measure";
// oxlint-disable-next-line import/default -- vite's: the address of the built file
import worklet from "./worklet.ts?worker&url";

/** What is set, and whether it can be. */
export interface EarState extends EarSettings {
  /** The browser could not load what limits: sound goes on without it. */
  readonly plain: boolean;
}

/** How loud it is, in dBFS: of the last tenth of a second a part; −100 in silence. */
export interface EarLevels {
  readonly floor: number;
  readonly own: number;
  readonly partner: number;
}

/** A sound with whose it is. */
export interface SpokenSound extends Sound {
  readonly of: Identity;
  /** Null is the floor. */
  readonly channel: Language | null;
  readonly muted: boolean;
}

/** What an ear needs. */
export interface EarNeeds {
  readonly mixer: Pick<Mixer, "context" | "fit">;
  readonly sounds: Readable<readonly SpokenSound[]>;
  /** The level of one's own microphone, in dBFS. */
  readonly own: () => number;
  /** Whether levels may be touched at all where nobody has said so. */
  readonly matched: boolean;
  readonly memory: Pick<Storage, "getItem" | "setItem">;
  readonly log: Log;
}

const KEPT = "visavis ear";
const BASS_HERTZ = 200;
const TREBLE_HERTZ = 4000;
/** The time constant of a change, in seconds: no click. */
const SMOOTH = 0.02;
const SILENCE = -100;
/** Looks at the sounds between two words on what they are worth: two seconds. */
const TOLD = 20;

type Shelves = Readonly<Record<"bass" | "treble", BiquadFilterNode>>;

interface Listened {
  readonly sound: Levelled;
  measures: Measures | null;
}

type Speakers = ReadonlyMap<Identity, Measures>;

export class Ear {
  readonly state: Cell<EarState>;
  /** What the sound of each speaker is worth, by whose it is. Looked at each two seconds, and changed when it is said in other words. */
  readonly speakers = new Cell<Speakers>(new Map());
  private readonly needs: EarNeeds;
  private readonly clock: Clock;
  private readonly shelves: Shelves;
  private readonly volume: GainNode;
  private readonly listened = new Map<string, Listened>();
  private stop: (() => void) | null = null;
  private looks = 0;

  private constructor(needs: EarNeeds, plain: boolean, clock: Clock) {
    this.needs = needs;
    this.clock = clock;
    const { context } = needs.mixer;
    this.state = new Cell<EarState>({ ...remembered(needs), plain });
    this.shelves = {
      bass: new BiquadFilterNode(context, { type: "lowshelf", frequency: BASS_HERTZ }),
      treble: new BiquadFilterNode(context, { type: "highshelf", frequency: TREBLE_HERTZ }),
    };
    this.volume = new GainNode(context);
    this.apply();
  }

  /** Puts an ear between the mix and the speakers. */
  static async open(needs: EarNeeds, clock: Clock = wallClock): Promise<Ear> {
    const plain = await needs.mixer.context.audioWorklet.addModule(worklet).then(
      () => false,
      (error: unknown) => {
        needs.log.trouble("no limiter", error);
        return true;
      },
    );
    const ear = new Ear(needs, plain, clock);
    needs.mixer.fit(ear.stages(plain));
    return ear;
  }

  set(part: Partial<EarSettings>): void {
    const { plain, ...settings } = this.state.get();
    const next = within({ ...settings, ...part });
    this.state.set({ ...next, plain });
    this.needs.memory.setItem(KEPT, JSON.stringify(next));
    this.apply();
  }

  /** For meters. @param partners whose channels are one's booth's. */
  levels(partners: readonly Identity[]): EarLevels {
    const loudest = (of: (sound: SpokenSound) => boolean): number =>
      this.needs.sounds
        .get()
        .filter((sound) => !sound.muted && of(sound))
        .reduce((most, { id }) => Math.max(most, this.listened.get(id)?.sound.gauge.level() ?? SILENCE), SILENCE);
    return {
      floor: loudest(({ channel }) => channel === null),
      own: this.needs.own(),
      partner: loudest(({ channel, of }) => channel !== null && partners.includes(of)),
    };
  }

  /** How loud each is on the floor now, in dBFS; whoever is muted is none of them. */
  floorLevels(): ReadonlyMap<Identity, number> {
    const found = new Map<Identity, number>();
    for (const { id, of, channel, muted } of this.needs.sounds.get()) {
      const level = this.listened.get(id)?.sound.gauge.level();
      if (channel === null && !muted && level !== undefined) found.set(of, Math.max(found.get(of) ?? SILENCE, level));
    }
    return found;
  }

  /** What the sound of a speaker is worth; null where nothing was heard of them yet. */
  speakerMeasures(of: Identity): Measures | null {
    return this.found().get(of) ?? null;
  }

  private stages(plain: boolean): Stages {
    const { context } = this.needs.mixer;
    const toned = this.shelves.bass.connect(this.shelves.treble);
    const stage = (sound: Sound): Stage => this.channel(sound);
    if (plain) {
      toned.connect(this.volume);
      return { enter: this.shelves.bass, leave: this.volume, stage };
    }
    const limiter = new AudioWorkletNode(context, LIMITER, {
      channelCount: 2,
      channelCountMode: "explicit",
      outputChannelCount: [2],
    });
    // Softer after the limiter: before it, a burst would come out as loud at any volume.
    toned.connect(limiter).connect(this.volume);
    return { enter: this.shelves.bass, leave: this.volume, stage };
  }

  private channel({ id }: Sound): Stage {
    const sound = new Levelled(this.needs.mixer.context);
    const listened: Listened = { sound, measures: null };
    this.listened.set(id, listened);
    this.stop ??= this.clock.every(LOOK, () => {
      this.look();
    });
    return {
      enter: sound.gauge.node,
      leave: sound.gain,
      end: () => {
        sound.end();
        if (this.listened.get(id) === listened) this.forget(id);
      },
    };
  }

  private forget(id: string): void {
    this.listened.delete(id);
    this.tell();
    if (this.listened.size > 0) return;
    this.stop?.();
    this.stop = null;
  }

  /** Takes in what has played. Who is muted plays nothing: their figures stand still. */
  private look(): void {
    const measured = this.speakers.isWatched();
    const { matched: matches } = this.state.get();
    this.looks += 1;
    for (const { id, muted } of this.needs.sounds.get()) {
      const listened = this.listened.get(id);
      if (listened === undefined || muted) continue;
      listened.sound.look({ matches, measured });
      if (measured && this.looks % TOLD === 0) listened.measures = listened.sound.gauge.report();
    }
    if (measured && this.looks % TOLD === 0) this.tell();
  }

  private found(): Speakers {
    const found = new Map<Identity, Measures>();
    for (const { id, of, muted } of this.needs.sounds.get()) {
      const measures = this.listened.get(id)?.measures ?? null;
      // Of several sounds of one speaker, the one that is heard now counts.
      if (measures !== null && (!muted || !found.has(of))) found.set(of, measures);
    }
    return found;
  }

  /** Says what has changed in words: whoever shows it draws anew each time. */
  private tell(): void {
    const found = this.found();
    const before = this.speakers.get();
    const isAlike = [...found].every(([of, measures]) => {
      const then = before.get(of);
      return then !== undefined && isSaidAlike(then, measures);
    });
    if (!isAlike || found.size !== before.size) this.speakers.set(found);
  }

  private apply(): void {
    const { volume, bass, treble } = this.state.get();
    const now = this.needs.mixer.context.currentTime;
    this.volume.gain.setTargetAtTime(volume, now, SMOOTH);
    this.shelves.bass.gain.setTargetAtTime(bass, now, SMOOTH);
    this.shelves.treble.gain.setTargetAtTime(treble, now, SMOOTH);
  }
}

function between(least: number, value: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}

function within({ volume, bass, treble, matched: matches }: EarSettings): EarSettings {
  return {
    volume: between(0, volume, 1),
    bass: between(-TONE, bass, TONE),
    treble: between(-TONE, treble, TONE),
    matched: matches,
  };
}

function remembered({ memory, matched: matches }: EarNeeds): EarSettings {
  const usual = { volume: 1, bass: 0, treble: 0, matched: matches };
  const text = memory.getItem(KEPT);
  const kept = text === null ? undefined : parseEar(text);
  return kept === undefined ? usual : { ...kept, matched: kept.matched && matches };
}
