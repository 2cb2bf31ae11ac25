import { parseChosen } from "../contract/parse";
import type { Log } from "../kernel/log";
import { Cell } from "../kernel/store";
import { keepWorn, worn } from "./headset";
import type { Device, DeviceKind, DevicesState, DeviceTrouble } from "./model";

/** What captures: a microphone or a camera. */
export type Capture = "microphone" | "camera";

/** Settings of a test run; absent for people. */
export interface CaptureRules {
  /** Leaves the microphone's sound as it is: echo cancelling and its like take a pure tone for noise. */
  readonly rawAudio: boolean;
}

/** What the devices need. */
export interface DeviceNeeds {
  readonly rules: CaptureRules;
  /** The page's one audio context, made at its first use. */
  readonly context: () => AudioContext;
  /** Keeps which devices were chosen; ids of devices are no secret, and mean nothing to another site. */
  readonly memory: Pick<Storage, "getItem" | "setItem">;
  readonly log: Log;
}

const CHOSEN = "visavis devices";
const INPUT = { microphone: "audioinput", camera: "videoinput" } as const;

/** The browser's reason in our words. */
export function troubleOf(error: unknown): DeviceTrouble {
  const name = error instanceof DOMException ? error.name : "";
  switch (name) {
    case "NotAllowedError":
    case "SecurityError":
      return "refused";
    case "NotFoundError":
    case "OverconstrainedError":
      return "missing";
    case "NotReadableError":
    case "AbortError":
      return "busy";
    default:
      return "unsupported";
  }
}

/** How a device is opened. */
interface Opening {
  readonly kind: Capture;
  readonly id: string | null;
  /** Whether sound is worked on before it is sent. */
  readonly processed: boolean;
}

function constraintsFor({ kind, id, processed }: Opening): MediaStreamConstraints {
  const device = id === null ? {} : { deviceId: { exact: id } };
  if (kind === "microphone") {
    const audio = {
      ...device,
      channelCount: 1,
      echoCancellation: processed,
      noiseSuppression: processed,
      autoGainControl: processed,
    };
    return { audio };
  }
  // Tiles are at most half of a screen; 20 frames a second cost a third less than 30 on the machines delegates have.
  const video = { ...device, width: { ideal: 640 }, height: { ideal: 360 }, frameRate: { ideal: 20 } };
  return { video };
}

async function firstOf(opening: Opening): Promise<MediaStreamTrack> {
  const stream = await navigator.mediaDevices.getUserMedia(constraintsFor(opening));
  const [track] = stream.getTracks();
  if (track === undefined) throw new DOMException("no track", "NotFoundError");
  return track;
}

/** What was being opened is wanted no more. */
class LetGo extends Error {}

/** Microphones, cameras and speakers of this machine: which there are, which are chosen, and what is wrong. */
export class DevicePark {
  readonly state: Cell<DevicesState>;
  private readonly rules: CaptureRules;
  private readonly log: Log;
  private readonly memory: DeviceNeeds["memory"];
  private readonly context: () => AudioContext;
  private readonly open = new Map<Capture, MediaStreamTrack>();
  private readonly opening = new Map<Capture, Promise<MediaStreamTrack>>();
  private readonly watchers = new Set<(kind: Capture) => void>();
  private meter: { readonly node: AnalyserNode; readonly source: MediaStreamAudioSourceNode } | null = null;
  private readonly samples = new Float32Array(1024);

  constructor({ rules, context, memory, log }: DeviceNeeds) {
    this.rules = rules;
    this.context = context;
    this.memory = memory;
    this.log = log;
    this.state = new Cell<DevicesState>({
      microphones: [],
      cameras: [],
      speakers: [],
      chosen: rememberedChoice(memory),
      preview: null,
      trouble: { microphone: null, camera: null },
      headset: false,
    });
    // Over an address that is not secure there are none at all, and the page says so.
    if (!("mediaDevices" in navigator)) return;
    navigator.mediaDevices.addEventListener("devicechange", () => {
      void this.list().then(() => this.recover());
    });
  }

  /** Opens what is to be looked at or measured before it is sent. */
  async preview(kinds: readonly Capture[]): Promise<void> {
    await Promise.all(kinds.map(async (kind) => this.attempt(kind)));
    await this.list();
  }

  /** Lists what there is, opening nothing. */
  async look(): Promise<void> {
    await this.list();
  }

  /** Opens again what there was trouble with. */
  async again(): Promise<void> {
    const { trouble } = this.state.get();
    for (const kind of ["microphone", "camera"] as const) {
      if (trouble[kind] !== null && (await this.attempt(kind)) !== null) this.announce(kind);
    }
    await this.list();
  }

  async choose(kind: DeviceKind, id: string): Promise<void> {
    const { chosen } = this.state.get();
    this.change({ chosen: { ...chosen, [kind]: id } });
    this.memory.setItem(CHOSEN, JSON.stringify(this.state.get().chosen));
    if (kind !== "speaker") await this.reopen(kind);
  }

  /** Says whether one wears a headset with the microphone that is open. */
  async wear(on: boolean): Promise<void> {
    const label = this.open.get("microphone")?.label;
    if (label === undefined) return;
    keepWorn(label, on, this.memory);
    await this.reopen("microphone");
  }

  level(): number {
    if (this.meter === null) return -100;
    this.meter.node.getFloatTimeDomainData(this.samples);
    let power = 0;
    for (const sample of this.samples) power += sample * sample;
    const decibels = 10 * Math.log10(power / this.samples.length);
    return Number.isFinite(decibels) ? Math.max(-100, decibels) : -100;
  }

  /** Two soft tones, so that one hears whether it is the right speaker. */
  async playTestSound(): Promise<void> {
    const context = this.context();
    await context.resume();
    const start = context.currentTime;
    for (const [at, frequency] of [523.25, 659.25].entries()) {
      const tone = new OscillatorNode(context, { frequency });
      const gain = new GainNode(context, { gain: 0 });
      const from = start + at * 0.25;
      gain.gain.setValueAtTime(0, from);
      gain.gain.linearRampToValueAtTime(0.2, from + 0.02);
      gain.gain.setTargetAtTime(0, from + 0.25, 0.08);
      tone.connect(gain).connect(context.destination);
      tone.start(from);
      tone.stop(from + 0.8);
    }
  }

  stop(): void {
    this.close("microphone");
    this.close("camera");
  }

  /** A copy of the device's track to send; the device is opened if it is not yet. Rejects when it cannot be. */
  async copy(kind: Capture): Promise<MediaStreamTrack> {
    const track = await this.attempt(kind);
    if (track === null) throw new DOMException("no device", "NotFoundError");
    return track.clone();
  }

  /** Opens a device ahead of its need. Rejects never: trouble stands in the state. */
  async warm(kind: Capture): Promise<void> {
    await this.attempt(kind);
  }

  /** Lets go of a device, so that its light goes out. */
  close(kind: Capture): void {
    const track = this.open.get(kind);
    this.open.delete(kind);
    this.opening.delete(kind);
    track?.stop();
    // What nobody uses is not opened again when it is plugged in.
    if (this.state.get().trouble[kind] === "unplugged") this.trouble(kind, null);
    if (kind === "microphone") {
      this.meter?.source.disconnect();
      this.meter = null;
    }
    this.showPreview();
  }

  /** Calls `then` whenever another device stands behind a kind; returns what ends it. */
  watch(then: (kind: Capture) => void): () => void {
    this.watchers.add(then);
    return () => {
      this.watchers.delete(then);
    };
  }

  private async reopen(kind: Capture): Promise<void> {
    const inUse = this.open.has(kind) || this.state.get().trouble[kind] !== null;
    if (!inUse) return;
    this.close(kind);
    await this.attempt(kind);
    this.announce(kind);
  }

  private async attempt(kind: Capture): Promise<MediaStreamTrack | null> {
    try {
      const track = this.open.get(kind) ?? (await this.capture(kind));
      this.trouble(kind, null);
      return track;
    } catch (error) {
      if (error instanceof LetGo) return null;
      if (!(error instanceof DOMException || error instanceof TypeError)) throw error;
      this.log.trouble("no device", error, { kind });
      this.trouble(kind, troubleOf(error));
      return null;
    }
  }

  private async capture(kind: Capture): Promise<MediaStreamTrack> {
    const running = this.opening.get(kind);
    if (running !== undefined) return running;
    const wanted = (): boolean => this.opening.get(kind) === capturing;
    const capturing = this.captureOnce(kind, wanted).finally(() => {
      if (wanted()) this.opening.delete(kind);
    });
    this.opening.set(kind, capturing);
    return capturing;
  }

  private async captureOnce(kind: Capture, wanted: () => boolean): Promise<MediaStreamTrack> {
    const chosen = this.state.get().chosen[kind];
    const track = await this.firstTrack(kind, chosen).catch((error: unknown) => {
      // The chosen device is gone: better another one than none.
      if (chosen === null || troubleOf(error) !== "missing") throw error;
      return this.firstTrack(kind, null);
    });
    if (!wanted()) {
      // Let go of while it was being opened: its light would stay on with nobody to put it out.
      track.stop();
      throw new LetGo();
    }
    track.addEventListener("ended", () => {
      if (this.open.get(kind) !== track) return;
      this.close(kind);
      this.trouble(kind, "unplugged");
      void this.recover();
    });
    this.open.set(kind, track);
    if (kind === "microphone") this.measure(track);
    this.showPreview();
    return track;
  }

  private async firstTrack(kind: Capture, id: string | null): Promise<MediaStreamTrack> {
    if (kind === "camera") return firstOf({ kind, id, processed: false });
    const { headset } = this.state.get();
    const track = await firstOf({ kind, id, processed: !headset && !this.rules.rawAudio });
    const isWorn = worn(track.label, this.memory);
    if (isWorn === headset) return track;
    // What a microphone is called is known when it is open; how it is to be opened depends on that.
    this.change({ headset: isWorn });
    if (this.rules.rawAudio) return track;
    track.stop();
    return firstOf({ kind, id, processed: !isWorn });
  }

  private measure(track: MediaStreamTrack): void {
    const context = this.context();
    const source = context.createMediaStreamSource(new MediaStream([track]));
    const node = new AnalyserNode(context, { fftSize: this.samples.length });
    source.connect(node);
    this.meter = { node, source };
  }

  /** Opens again what was unplugged, when there is something to open. */
  private async recover(): Promise<void> {
    const { trouble } = this.state.get();
    for (const kind of ["microphone", "camera"] as const) {
      if (trouble[kind] !== "unplugged") continue;
      if ((await this.devices(INPUT[kind])).length === 0) continue;
      if ((await this.attempt(kind)) !== null) this.announce(kind);
      else this.trouble(kind, "unplugged");
    }
  }

  private async list(): Promise<void> {
    const [microphones, cameras, speakers] = await Promise.all([
      this.devices("audioinput"),
      this.devices("videoinput"),
      this.devices("audiooutput"),
    ]);
    this.change({ microphones, cameras, speakers });
  }

  private async devices(kind: MediaDeviceKind): Promise<readonly Device[]> {
    const all = await navigator.mediaDevices.enumerateDevices();
    return all
      .filter((device) => device.kind === kind && device.deviceId !== "")
      .map(({ deviceId, label }) => ({ id: deviceId, label }));
  }

  private announce(kind: Capture): void {
    for (const then of this.watchers) then(kind);
  }

  private trouble(kind: Capture, trouble: DeviceTrouble | null): void {
    const state = this.state.get();
    if (state.trouble[kind] === trouble) return;
    this.change({ trouble: { ...state.trouble, [kind]: trouble } });
  }

  private showPreview(): void {
    const tracks = [...this.open.values()];
    this.change({ preview: tracks.length === 0 ? null : new MediaStream(tracks) });
  }

  private change(part: Partial<DevicesState>): void {
    this.state.set({ ...this.state.get(), ...part });
  }
}

function rememberedChoice(memory: DeviceNeeds["memory"]): DevicesState["chosen"] {
  const none = { microphone: null, camera: null, speaker: null };
  const text = memory.getItem(CHOSEN);
  return text === null ? none : (parseChosen(text) ?? none);
}
