/**
 * How long a sound takes from one end of a room to the other, both in this page and so on one clock: chirps are sent at
 * known samples, and found again in what is heard by a matched filter (Turin 1960).
 */

/** The clock of everything that is heard and said here, in samples a second. */
export const RATE = 48_000;
const CHIRP_SECONDS = 0.03;
const GAP_SECONDS = 1;
/** Shorter than the gap: the next chirp must not be taken for this one. */
const LATEST_SECONDS = 0.9;
/** A chirp counts as heard when what was found is at least so like it, of 1. */
const LIKE = 0.5;
/** Of each sample in the search, this often; the winner is then compared in full. */
const STRIDE = 3;

const RECORDER = `
registerProcessor("recorder", class extends AudioWorkletProcessor {
  process([[samples]]) {
    this.port.postMessage([currentFrame, samples ? samples.slice() : new Float32Array(128)]);
    return true;
  }
});`;

/** 800 Hz to 5 kHz, rising and fading: nothing that speech or noise looks like. */
function chirp(): Float32Array<ArrayBuffer> {
  const samples = new Float32Array(Math.round(CHIRP_SECONDS * RATE));
  let turn = 0;
  for (let at = 0; at < samples.length; at += 1) {
    const share = at / samples.length;
    turn += (2 * Math.PI * (800 + 4200 * share)) / RATE;
    samples[at] = 0.7 * Math.sin(turn) * Math.sin(Math.PI * share);
  }
  return samples;
}

const CHIRP = chirp();

type Recorded = readonly [frame: number, samples: Float32Array];

/** Sends chirps into `mouth` and returns how long each took to `ear`, in ms; those that were not heard are left out. */
export async function latencies(mouth: AudioNode, ear: AudioNode, count: number): Promise<readonly number[]> {
  const context = mouth.context as AudioContext;
  const stop = await recording(ear);
  const sent = said(context, mouth, count);
  await new Promise((resolve) => setTimeout(resolve, (count * GAP_SECONDS + 1) * 1000));
  const [began, sound] = stop();
  return sent.flatMap((frame) => found(sound, frame - began) ?? []);
}

const loading = new WeakMap<AudioContext, Promise<void>>();

/**
 * Loads what records, once. A graph stands still for a moment at its first worklet, and browsers keep what came in meanwhile: every
 * track that was drawn from before would be late from then on.
 */
export async function loaded(context: AudioContext): Promise<void> {
  const recorder = new Blob([RECORDER], { type: "text/javascript" });
  const loads = loading.get(context) ?? context.audioWorklet.addModule(URL.createObjectURL(recorder));
  loading.set(context, loads);
  return loads;
}

/** Records what passes a node; what is returned ends that, and says from which sample on it was. */
export async function recording(ear: AudioNode): Promise<() => readonly [began: number, sound: Float32Array]> {
  const context = ear.context as AudioContext;
  await loaded(context);
  const recorder = new AudioWorkletNode(context, "recorder");
  const recorded: Recorded[] = [];
  recorder.port.addEventListener("message", ({ data }: MessageEvent<Recorded>) => recorded.push(data));
  recorder.port.start();
  const silent = new GainNode(context, { gain: 0 });
  ear.connect(recorder).connect(silent).connect(context.destination);
  return () => {
    ear.disconnect(recorder);
    recorder.disconnect();
    return joined(recorded);
  };
}

/** Has chirps said at samples that are known before. */
function said(context: AudioContext, mouth: AudioNode, count: number): readonly number[] {
  const buffer = new AudioBuffer({ length: CHIRP.length, sampleRate: RATE });
  buffer.copyToChannel(CHIRP, 0);
  const first = Math.round((context.currentTime + 0.3) * RATE);
  const frames = Array.from({ length: count }, (_, each) => first + Math.round(each * GAP_SECONDS * RATE));
  for (const frame of frames) {
    const source = new AudioBufferSourceNode(context, { buffer });
    source.connect(mouth);
    source.start(frame / RATE);
  }
  return frames;
}

function joined(recorded: readonly Recorded[]): readonly [began: number, sound: Float32Array] {
  const began = recorded[0]?.[0] ?? 0;
  const [last, samples] = recorded.at(-1) ?? [began, new Float32Array()];
  const sound = new Float32Array(last - began + samples.length);
  for (const [frame, part] of recorded) sound.set(part, frame - began);
  return [began, sound];
}

/** How many ms after `sent` the chirp is heard. */
function found(sound: Float32Array, sent: number): number | undefined {
  const end = Math.min(sent + LATEST_SECONDS * RATE, sound.length - CHIRP.length);
  let best = sent;
  let most = 0;
  for (let at = Math.max(0, sent); at < end; at += 1) {
    const like = Math.abs(product(sound, at, STRIDE));
    if (like > most) [best, most] = [at, like];
  }
  const energy = power(sound, best) * power(CHIRP, 0);
  const isIt = energy > 0 && Math.abs(product(sound, best, 1)) / Math.sqrt(energy) > LIKE;
  return isIt ? ((best - sent) / RATE) * 1000 : undefined;
}

function product(sound: Float32Array, from: number, stride: number): number {
  let sum = 0;
  for (let at = 0; at < CHIRP.length; at += stride) sum += (sound[from + at] ?? 0) * (CHIRP[at] ?? 0);
  return sum;
}

function power(sound: Float32Array, from: number): number {
  let sum = 0;
  for (let at = 0; at < CHIRP.length; at += 1) sum += (sound[from + at] ?? 0) ** 2;
  return sum;
}
