/**
 * A bare page around the frames worker and the strict manager: joins a room of a real SFU, sends a tone and a moving
 * picture, and can tell what is heard and seen. Its keys are set by hand. Built and driven by
 * `tests/live/test_sealed_frames.py`.
 */
import { LocalAudioTrack, LocalVideoTrack, Room, Track, type LocalTrack, type RemoteTrack } from "livekit-client";
import type { Counts } from "../../keys/frames/counts";
import { isPurpose } from "../../keys/frames/layout";
import type { Told } from "../../keys/frames/messages";
import { agreesOnRed, takesRed } from "../../keys/redundancy";
import { StrictManager, type Fatal } from "../../keys/strictManager";

/** A word of the keys worker, whose secret is one number repeated. */
interface Said {
  readonly do: string;
  readonly secret?: number;
}

interface Flow {
  readonly direction: string;
  readonly medium: string;
  readonly codec: string;
  readonly packets: number;
  /** Of pictures only. */
  readonly frames: number;
  /** How many of them began anew. */
  readonly keyFrames: number;
}

const audio = new AudioContext({ sampleRate: 48_000 });
const ear = audio.createAnalyser();
// 43 ms: shorter than what counts as silence.
ear.fftSize = 2048;
ear.smoothingTimeConstant = 0;

const fatalities: Fatal[] = [];
const texts: string[] = [];
const heard: RemoteTrack[] = [];
const sent: LocalTrack[] = [];
let worker: Worker | undefined;
let manager: StrictManager | undefined;
let room: Room | undefined;
let keys: MessagePort | undefined;

function there<T>(part: T | undefined): T {
  if (part === undefined) throw new Error("not joined yet");
  return part;
}

/**
 * Who joins: a member; one whose manager forgets to put the worker before its tracks; a stranger whose client seals
 * nothing and takes everything.
 */
type Guest = "member" | "forgetful" | "stranger";

function fatal(why: Fatal): void {
  fatalities.push(why);
}

/** How this page's room is encrypted. */
function encrypted(identity: string, guest: Guest): StrictManager {
  worker = new Worker(new URL("../../keys/frames/framesWorker.ts", import.meta.url), { type: "module" });
  const channel = new MessageChannel();
  worker.postMessage({ do: "connect", group: "floor.1", keys: channel.port2 }, [channel.port2]);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- workers have no origin to name
  worker.postMessage({ do: "under", group: "floor.1" });
  keys = channel.port1;
  const forgotten = null as unknown as RTCRtpScriptTransform;
  manager =
    guest === "member"
      ? new StrictManager(worker, identity, fatal)
      : new StrictManager(worker, identity, fatal, () => forgotten);
  return manager;
}

async function join(url: string, token: string, identity: string, guest: Guest): Promise<void> {
  room = new Room({
    adaptiveStream: false,
    dynacast: false,
    publishDefaults: { dtx: false, videoCodec: "vp8", backupCodec: false, simulcast: false },
    ...(guest !== "stranger" && { encryption: { e2eeManager: encrypted(identity, guest) } }),
  });
  room.on("dataReceived", (words) => texts.push(new TextDecoder().decode(words)));
  room.on("trackSubscribed", (track) => {
    heard.push(track);
    const element = track.attach();
    element.muted = true;
    document.body.append(element);
    if (track.mediaStreamTrack.kind === "audio") {
      audio.createMediaStreamSource(new MediaStream([track.mediaStreamTrack])).connect(ear);
    }
  });
  await audio.resume();
  await room.connect(url, token, { maxRetries: 0 });
}

function tone(hertz: number): MediaStreamTrack | undefined {
  const source = audio.createOscillator();
  source.frequency.value = hertz;
  const level = audio.createGain();
  level.gain.value = 0.25;
  const out = audio.createMediaStreamDestination();
  source.connect(level).connect(out);
  source.start();
  return out.stream.getAudioTracks()[0];
}

function picture(): MediaStreamTrack | undefined {
  const canvas = document.createElement("canvas");
  canvas.width = 320;
  canvas.height = 180;
  const pen = canvas.getContext("2d");
  let frame = 0;
  setInterval(() => {
    frame += 1;
    if (pen === null) return;
    pen.fillStyle = `hsl(200 40% ${String(30 + (frame % 20))}%)`;
    pen.fillRect(0, 0, 320, 180);
  }, 100);
  return canvas.captureStream(10).getVideoTracks()[0];
}

/** Sends a track; `name` is what the SFU is told it is, `purpose` what it is sealed as (none: nobody says). */
async function publish(local: LocalTrack, name: string, purpose: string, red: boolean): Promise<void> {
  if (isPurpose(purpose)) manager?.intend(local, purpose);
  sent.push(local);
  const source = local instanceof LocalAudioTrack ? Track.Source.Microphone : Track.Source.Camera;
  await there(room).localParticipant.publishTrack(local, { name, source, red });
}

// The library's own types do not hold under exactOptionalPropertyTypes.
async function speak(hertz: number, name: string, purpose: string, others: readonly boolean[]): Promise<void> {
  const own = takesRed(RTCRtpReceiver.getCapabilities("audio")?.codecs ?? []);
  const local = new LocalAudioTrack(there(tone(hertz)), undefined, true) as LocalTrack;
  await publish(local, name, purpose, agreesOnRed([own, ...others]));
}

/** Takes back everything that is sent. */
async function withdraw(): Promise<void> {
  for (const track of sent.splice(0)) await there(room).localParticipant.unpublishTrack(track);
}

async function show(): Promise<void> {
  await publish(new LocalVideoTrack(there(picture()), undefined, true), "camera", "camera", false);
}

/** Speaks to the frames worker as the keys worker does. */
function say(word: Said): void {
  const { secret } = word;
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port has no origin to name
  there(keys).postMessage(secret === undefined ? word : { ...word, secret: new Uint8Array(32).fill(secret) });
}

async function counts(): Promise<Counts | null> {
  const port = there(keys);
  return new Promise((resolve) => {
    port.addEventListener(
      "message",
      ({ data }: MessageEvent<Told>) => {
        resolve(data.told === "counts" ? data.counts : null);
      },
      { once: true },
    );
    port.start();
    port.postMessage({ do: "counts" });
  });
}

function levels(tones: readonly number[]): readonly number[] {
  const bins = new Float32Array(ear.frequencyBinCount);
  ear.getFloatFrequencyData(bins);
  const width = audio.sampleRate / ear.fftSize;
  return tones.map((hertz) => {
    const near = Math.round(hertz / width);
    return Math.max(-200, ...bins.slice(near - 2, near + 3));
  });
}

/** One entry of the browser's statistics: words and numbers by name. */
type Entry = Readonly<Record<string, string | number | undefined>>;

function flowOf(entry: Entry, direction: "in" | "out", codec: Entry | undefined): Flow {
  const [packets, frames] =
    direction === "in" ? ["packetsReceived", "framesDecoded"] : ["packetsSent", "framesEncoded"];
  return {
    direction,
    medium: String(entry["kind"]),
    codec: String(codec?.["mimeType"]),
    packets: Number(entry[packets ?? ""] ?? 0),
    frames: Number(entry[frames ?? ""] ?? 0),
    keyFrames: Number(entry[direction === "in" ? "keyFramesDecoded" : "keyFramesEncoded"] ?? 0),
  };
}

function flowsOf(report: RTCStatsReport): readonly Flow[] {
  const entries = [...(report.values() as Iterable<Entry>)];
  return entries.flatMap((entry) => {
    const codec = entries.find(({ id }) => id === entry["codecId"]);
    if (entry["type"] === "inbound-rtp") return [flowOf(entry, "in", codec)];
    return entry["type"] === "outbound-rtp" ? [flowOf(entry, "out", codec)] : [];
  });
}

/** What the browser counts of every track that is sent or received. */
async function flows(): Promise<readonly Flow[]> {
  const ends = [...sent.map(({ sender }) => sender), ...heard.map(({ receiver }) => receiver)];
  const reports = await Promise.all(ends.map(async (end) => end?.getStats()));
  return reports.flatMap((report) => (report === undefined ? [] : flowsOf(report)));
}

/** Lets the worker die as a crash would. */
function kill(): void {
  there(worker).terminate();
}

/** Sends text over the library's data channel; returns why it was refused, empty if it was not. */
async function write(words: string): Promise<string> {
  try {
    await there(room).localParticipant.publishData(new TextEncoder().encode(words), { reliable: true });
    return "";
  } catch (error) {
    return String(error);
  }
}

/** Calls a procedure of somebody else's by the library's own means; returns why there was no answer. */
async function ring(identity: string): Promise<string> {
  try {
    const call = { destinationIdentity: identity, method: "ring", payload: "hear me", responseTimeout: 5000 };
    return `answered: ${await there(room).localParticipant.performRpc(call)}`;
  } catch (error) {
    return String(error);
  }
}

Object.assign(globalThis, {
  levels,
  sealed: {
    join,
    speak,
    show,
    withdraw,
    say,
    counts,
    flows,
    kill,
    write,
    ring,
    fatalities: () => fatalities,
    texts: () => texts,
  },
});
