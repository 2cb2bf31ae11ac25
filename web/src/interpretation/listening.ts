import type { Language } from "../kernel/ids";
import type { Log } from "../kernel/log";
import { Cell, type Readable } from "../kernel/store";
import type { RemoteSound } from "../rooms";
import type { Mixer } from "./mixer";
import { type Choice, clamped, gains, mayListenTo, onAir, ORIGINAL_LEVEL } from "./routing";

/** What the listener chose and what there is to choose. */
export interface ListeningNow extends Choice {
  readonly onAir: readonly Language[];
  /** For interpreters: the language they are interpreting into now, null when off air. */
  readonly speakingInto: Language | null;
}

/** What listening needs of the call. */
export interface Heard {
  readonly sounds: Readable<readonly RemoteSound[]>;
  readonly state: Readable<unknown>;
  speakInto(language: Language | null): Promise<void>;
  onAir(): Language | null;
}

/** Chooses what is heard: all sounds are held, and choosing only moves their levels, so that it is instant. */
export class Listening {
  readonly state = new Cell<ListeningNow>({
    channel: null,
    originalLevel: ORIGINAL_LEVEL,
    onAir: [],
    speakingInto: null,
  });
  private readonly heard: Heard;
  private readonly mixer: () => Mixer;
  private readonly log: Log;

  constructor(heard: Heard, mixer: () => Mixer, log: Log) {
    this.heard = heard;
    this.mixer = mixer;
    this.log = log;
    heard.sounds.subscribe(() => {
      this.mix();
    });
    heard.state.subscribe(() => {
      this.noticeAir();
    });
  }

  listenTo(channel: Language | null): void {
    if (!mayListenTo(channel, this.state.get().speakingInto)) return;
    this.state.set({ ...this.state.get(), channel });
    this.mix();
  }

  setOriginalLevel(level: number): void {
    this.state.set({ ...this.state.get(), originalLevel: clamped(level) });
    this.mix();
  }

  async interpretInto(language: Language | null): Promise<void> {
    // Off one's own channel first: an interpreter who hears themselves stops.
    if (!mayListenTo(this.state.get().channel, language)) this.listenTo(null);
    await this.heard.speakInto(language);
    this.noticeAir();
  }

  private noticeAir(): void {
    const speakingInto = this.heard.onAir();
    const state = this.state.get();
    if (state.speakingInto !== speakingInto) this.state.set({ ...state, speakingInto });
  }

  private mix(): void {
    const sounds = this.heard.sounds.get();
    const state = this.state.get();
    const air = onAir(sounds);
    if (air.join(" ") !== state.onAir.join(" ")) this.state.set({ ...state, onAir: air });
    // Without sounds no graph is made: an arrival screen needs none.
    if (sounds.length === 0 && !this.started) return;
    this.started = true;
    const mixer = this.mixer();
    mixer.hold(sounds);
    mixer.level(gains(sounds, state));
    mixer.wake().catch((error: unknown) => {
      this.log.trouble("sound asleep", error);
    });
  }

  private started = false;
}
