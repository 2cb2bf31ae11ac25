/** What stands around an interpreter, for benchmarks: the ear between two lines, the limiter, a microphone as each client opens it. */
import { createLocalAudioTrack } from "livekit-client";
import { Mixer } from "../../interpretation";
import { Ear } from "../../interpretation/ear/ear";
import { EAR_LIMITS, LIMITER } from "../../interpretation/ear/limiter";
// oxlint-disable-next-line import/default -- vite's: the address of the built file
import worklet from "../../interpretation/ear/worklet.ts?worker&url";
import { Inlets } from "../../interpretation/inlets";
import { Cell } from "../../kernel/store";
import { DevicePark } from "../../rooms";
import { FakeLog } from "../log";
import { memoryIn } from "../memory";
import { noise } from "../sounds";
import { latencies, loaded, RATE, recording } from "./chirps";

const QUIET = 0.02;
const AGAIN = 3;
/** Far longer than a browser keeps of a sound, in seconds. */
const AWAY = 0.5;
const BURST = 10 ** (30 / 20);
const NO_MEMORY = { getItem: () => null, setItem: () => undefined };

/** The listener's mix of a sound at its full level. */
export function mixed(audio: AudioContext, track: MediaStreamTrack): Mixer {
  const mixer = new Mixer(audio, new FakeLog());
  mixer.hold([{ id: "floor", track }]);
  mixer.level(new Map([["floor", 1]]));
  return mixer;
}

/** How late a track is, in ms: listened to all the time, and again after nobody has listened for a while. */
export async function heldAgain(audio: AudioContext): Promise<readonly (readonly number[])[]> {
  await loaded(audio);
  const mouth = new MediaStreamAudioDestinationNode(audio, { channelCount: 1 });
  // Without anything that plays into it a destination makes no sound at all, not even silence.
  const hum = new ConstantSourceNode(audio, { offset: 0 });
  hum.connect(mouth);
  hum.start();
  const [inlets, ear] = [new Inlets(audio), new GainNode(audio)];
  const found: (readonly number[])[] = [];
  for (const track of mouth.stream.getAudioTracks()) {
    inlets.wire(track, ear);
    found.push(await latencies(mouth, ear, AGAIN));
    inlets.unwire(track, ear);
    await passed(audio, AWAY);
    inlets.wire(track, ear);
    found.push(await latencies(mouth, ear, AGAIN));
  }
  return found;
}

/** Ends when so many seconds of sound have been played. */
async function passed(audio: AudioContext, seconds: number): Promise<void> {
  const silence = new ConstantSourceNode(audio, { offset: 0 });
  silence.connect(audio.destination);
  silence.start();
  silence.stop(audio.currentTime + seconds);
  await new Promise((ended) => {
    silence.addEventListener("ended", ended, { once: true });
  });
}

/** Has everything that comes through a mix and an interpreter's ear said again by `mouth`. */
export async function interpreted(mixer: Mixer, mouth: AudioNode): Promise<void> {
  await Ear.open({
    mixer: {
      context: mixer.context,
      fit: (stages) => {
        mixer.fit(stages);
        stages?.leave.connect(mouth);
      },
    },
    sounds: new Cell([]),
    own: () => -100,
    matched: false,
    memory: NO_MEMORY,
    log: new FakeLog(),
  });
}

/** A microphone: as ours opens a headset's, or as livekit-client opens any when nothing is said. */
export async function microphone(audio: AudioContext, isOurs: boolean): Promise<MediaStreamTrack> {
  if (!isOurs) return (await createLocalAudioTrack()).mediaStreamTrack;
  const park = new DevicePark({
    rules: { rawAudio: false },
    context: () => audio,
    memory: memoryIn(),
    log: new FakeLog(),
  });
  await park.preview(["microphone"]);
  await park.wear(true);
  return park.copy("microphone");
}

/** What a burst comes out as: its peak, of the ceiling; and for how many ms it is above. */
export interface Burst {
  readonly peak: number;
  readonly over: number;
}

/** Noise at 0.02 of full scale that is 30 dB louder for half a second, through our limiter or the browser's own compressor. */
export async function burst(isOurs: boolean): Promise<Burst> {
  const context = new OfflineAudioContext({ length: 2 * RATE, sampleRate: RATE, numberOfChannels: 2 });
  await context.audioWorklet.addModule(worklet);
  const buffer = new AudioBuffer({ length: 2 * RATE, sampleRate: RATE });
  const soft = noise(QUIET);
  const samples = Float32Array.from({ length: 2 * RATE }, (_, at) => {
    const isBurst = at >= RATE / 2 && at < RATE;
    return (isBurst ? BURST : 1) * soft(at);
  });
  buffer.copyToChannel(samples, 0);
  const source = new AudioBufferSourceNode(context, { buffer });
  const limiter = isOurs
    ? new AudioWorkletNode(context, LIMITER, { channelCount: 2, channelCountMode: "explicit", outputChannelCount: [2] })
    : new DynamicsCompressorNode(context, {
        threshold: -6,
        knee: 0,
        ratio: 20,
        attack: 0,
        release: EAR_LIMITS.release,
      });
  source.connect(limiter).connect(context.destination);
  source.start();
  const heard = (await context.startRendering()).getChannelData(0);
  const above = heard.filter((sample) => Math.abs(sample) > EAR_LIMITS.ceiling * 1.0001);
  const peak = heard.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  return { peak: peak / EAR_LIMITS.ceiling, over: (above.length / RATE) * 1000 };
}

const WINDOW = 4800;

/** How loud each of these tones is at its loudest in so many seconds at a node, in dB of full scale. */
export async function loudest(ear: AudioNode, tones: readonly number[], seconds: number): Promise<readonly number[]> {
  const stop = await recording(ear);
  await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  const [, sound] = stop();
  return tones.map((hertz) => {
    let most = 0;
    for (let from = 0; from + WINDOW <= sound.length; from += WINDOW / 2) {
      most = Math.max(most, amplitude(sound.subarray(from, from + WINDOW), hertz));
    }
    return 20 * Math.log10(most + 1e-9);
  });
}

/** The amplitude of a tone in a window (Hann). */
function amplitude(window: Float32Array, hertz: number): number {
  let [re, im] = [0, 0];
  for (const [at, sample] of window.entries()) {
    const turn = (2 * Math.PI * hertz * at) / RATE;
    const weighed = sample * (1 - Math.cos((2 * Math.PI * at) / WINDOW));
    re += weighed * Math.cos(turn);
    im += weighed * Math.sin(turn);
  }
  return (2 * Math.hypot(re, im)) / WINDOW;
}
