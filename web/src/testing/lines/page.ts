/**
 * A bare page with ends in rooms of an SFU, of three kinds that are compared: it speaks, shows, and tells what came
 * through. Built and driven by `benchmarks/parts/lines.py` and `tests/live/test_inlets.py`.
 */
import type { Counts } from "../../keys/frames/counts";
import { type Burst, burst, heldAgain, interpreted, loudest, microphone, mixed } from "./booth";
import { latencies, loaded, RATE } from "./chirps";
import { type End, type Kind, open, type Place } from "./ends";

/** What the browser counts of the sound that came in over one end, since it was opened. */
interface Sound {
  readonly samples: number;
  readonly concealed: number;
  readonly packets: number;
  readonly lost: number;
  /** The sum over all samples played of the seconds each spent in the jitter buffer, and how many these are. */
  readonly waited: number;
  readonly played: number;
}

interface Seat {
  readonly end: End;
  readonly mouth: MediaStreamAudioDestinationNode;
  readonly ear: AnalyserNode;
  readonly peers: readonly RTCPeerConnection[];
  readonly kind: Kind;
  /** The sounds that came. */
  readonly tracks: MediaStreamTrack[];
}

const peers: RTCPeerConnection[] = [];

globalThis.RTCPeerConnection = class extends RTCPeerConnection {
  constructor(configuration?: RTCConfiguration) {
    super(configuration);
    peers.push(this);
  }
};

const audio = new AudioContext({ sampleRate: RATE });
const seats: Seat[] = [];

function seatAt(place: number): Seat {
  const seat = seats[place];
  if (seat === undefined) throw new Error("nobody sits there");
  return seat;
}

/** Opens one's end in a room; returns its place in this page. */
async function sit(kind: Kind, place: Place): Promise<number> {
  await audio.resume();
  await loaded(audio);
  const before = peers.length;
  const ear = new AnalyserNode(audio, { fftSize: 2048 });
  const tracks: MediaStreamTrack[] = [];
  const end = await open(kind, place, (track) => {
    attend(track, ear);
    if (track.kind === "audio") tracks.push(track);
  });
  const mouth = new MediaStreamAudioDestinationNode(audio, { channelCount: 1 });
  return seats.push({ end, mouth, ear, peers: peers.slice(before), kind, tracks }) - 1;
}

/** Plays what comes. Chromium gives a remote sound to WebAudio only while an element has it too. */
function attend(track: MediaStreamTrack, ear: AnalyserNode): void {
  const element = document.createElement(track.kind === "audio" ? "audio" : "video");
  element.muted = true;
  element.autoplay = true;
  element.srcObject = new MediaStream([track]);
  document.body.append(element);
  if (track.kind === "audio") audio.createMediaStreamSource(new MediaStream([track])).connect(ear);
}

/** Sends a tone that never pauses. */
async function speak(place: number, gain: number, hertz: number): Promise<void> {
  const { end, mouth } = seatAt(place);
  const tone = new OscillatorNode(audio, { frequency: hertz });
  tone.connect(new GainNode(audio, { gain })).connect(mouth);
  tone.start();
  for (const track of mouth.stream.getAudioTracks()) await end.publish(track);
}

/** Sends the browser's own fake camera. */
async function show(place: number): Promise<void> {
  const video = { width: 320, height: 180, frameRate: 15 };
  const stream = await navigator.mediaDevices.getUserMedia({ video });
  for (const track of stream.getVideoTracks()) await seatAt(place).end.publish(track);
}

/** The peak of what is heard at a place over the last 43 ms, of 1. */
function level(place: number): number {
  const { ear } = seatAt(place);
  const samples = new Float32Array(ear.fftSize);
  ear.getFloatTimeDomainData(samples);
  return Math.max(...samples.map(Math.abs));
}

/** One entry of the browser's statistics: words and numbers by name. */
type Entry = Readonly<Record<string, string | number | undefined>>;

async function entries(place: number, kind: string): Promise<readonly Entry[]> {
  const reports = await Promise.all(seatAt(place).peers.map(async (peer) => peer.getStats()));
  const all = reports.flatMap((report) => [...(report.values() as Iterable<Entry>)]);
  return all.filter((entry) => entry["type"] === "inbound-rtp" && entry["kind"] === kind);
}

function sum(of: readonly Entry[], name: string): number {
  return of.reduce((all, entry) => all + Number(entry[name] ?? 0), 0);
}

async function sound(place: number): Promise<Sound> {
  const of = await entries(place, "audio");
  return {
    samples: sum(of, "totalSamplesReceived"),
    concealed: sum(of, "concealedSamples"),
    packets: sum(of, "packetsReceived"),
    lost: sum(of, "packetsLost"),
    waited: sum(of, "jitterBufferDelay"),
    played: sum(of, "jitterBufferEmittedCount"),
  };
}

/** How many pictures were decoded at a place. */
async function pictures(place: number): Promise<number> {
  return sum(await entries(place, "video"), "framesDecoded");
}

async function counts(place: number): Promise<Counts | null> {
  return seatAt(place).end.counts();
}

async function timed(from: number, to: number, count: number): Promise<readonly number[]> {
  return latencies(seatAt(from).mouth, seatAt(to).ear, count);
}

function onlyTrack(place: number): MediaStreamTrack {
  const [track] = seatAt(place).tracks;
  if (track === undefined) throw new Error("nothing is heard there");
  return track;
}

/** Has what is heard at one place, through an interpreter's ear, said at another. */
async function interpret(from: number, to: number): Promise<void> {
  const { mouth, end } = seatAt(to);
  await interpreted(mixed(audio, onlyTrack(from)), mouth);
  for (const track of mouth.stream.getAudioTracks()) await end.publish(track);
}

/** Sends what the browser's microphone hears. */
async function openMicrophone(place: number): Promise<void> {
  const { end, kind } = seatAt(place);
  await end.publish(await microphone(audio, kind === "ours"));
}

/** How loud tones are in what a listener gets. */
async function tonesAt(place: number, tones: readonly number[], seconds: number): Promise<readonly number[]> {
  const { kind, ear } = seatAt(place);
  const heard = kind === "ours" ? mixed(audio, onlyTrack(place)).mix : ear;
  return loudest(heard, tones, seconds);
}

async function limit(isOurs: boolean): Promise<Burst> {
  return burst(isOurs);
}

async function again(): Promise<readonly (readonly number[])[]> {
  await audio.resume();
  return heldAgain(audio);
}

async function close(): Promise<void> {
  await Promise.all(seats.map(async ({ end }) => end.close()));
}

Object.assign(globalThis, {
  lines: {
    sit,
    speak,
    show,
    level,
    sound,
    pictures,
    counts,
    timed,
    interpret,
    openMicrophone,
    tonesAt,
    limit,
    again,
    close,
  },
});
