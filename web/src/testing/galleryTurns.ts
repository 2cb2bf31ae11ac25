/** Consecutive mode in each of its turns, liaison, and the check of a microphone with each kind of sound, for the gallery. */
import type { ModeName } from "../contract/parse";
import type { CallState } from "../rooms/model";
import { aConsole, withoutBooth } from "./booth";
import { ago, type MemberName, SEATS, type SnapshotPart } from "./builders";
import { ALL, type GalleryScene, live, SEATED, seated } from "./galleryParts";
import { noise } from "./sounds";
import { arabic, long } from "./writings";

interface Turn extends SnapshotPart {
  readonly holder?: MemberName;
  readonly interprets?: MemberName;
  readonly mode?: ModeName;
}

function at(
  { holder, interprets, mode = "consecutive", ...part }: Turn,
  more: Partial<GalleryScene> = {},
): GalleryScene {
  const floor = {
    holder: holder === undefined ? null : SEATS[holder].member,
    since: holder === undefined ? null : ago(192),
    interprets: interprets === undefined ? null : SEATS[interprets].member,
    asks: [],
  };
  const isBooth = part.you === "fane" || part.you === "amsel";
  return {
    ...live({ floor, ...part, meeting: { ...part.meeting, mode } }),
    place: SEATED,
    call: seated(isBooth ? ["microphone"] : ALL, isBooth ? SOUND_ALONE : {}),
    ...more,
  };
}

const SOUND_ALONE: Partial<CallState> = { sending: { microphone: true, camera: false, screen: false } };
const SILENT: Partial<CallState> = { sending: { microphone: false, camera: false, screen: false } };
const nobodyIsThere = Object.values(SEATS).filter(({ role }) => role !== "interpreter");

const turns: Record<string, () => GalleryScene> = {
  "turns-free": () => at({}),
  "turns-speaking": () => at({ holder: "maren" }),
  "turns-speaking-light": () => at({ holder: "maren" }, { light: true }),
  "turns-speaking-off": () => at({ holder: "maren" }, { call: seated(ALL, SILENT) }),
  "turns-speaking-alone": () => at({ holder: "maren", seats: nobodyIsThere }),
  "turns-waiting": () => at({ holder: "fane", interprets: "maren" }),
  "turns-notes": () => at({ you: "fane", holder: "maren" }),
  "turns-interpreting": () => at({ you: "fane", holder: "fane", interprets: "maren" }),
  "turns-interpreting-rtl": () => at({ ...arabic, you: "fane", holder: "fane", interprets: "maren" }, { rtl: true }),
  "turns-interpreting-long": () => at({ ...long, you: "fane", holder: "fane", interprets: "maren" }),
};

/** At the console of somebody who has a booth, or works in none. */
const INTERPRETS: Turn = { you: "fane", holder: "fane", interprets: "maren" };
const atConsole: Record<string, () => GalleryScene> = {
  "turns-console": () => at(INTERPRETS, { booth: aConsole() }),
  "turns-console-light": () => at(INTERPRETS, { booth: aConsole(), light: true }),
  "turns-console-waits": () => at({ you: "fane", holder: "maren" }, { booth: aConsole() }),
  "turns-console-off": () => at(INTERPRETS, { booth: aConsole(), call: seated(["microphone"], SILENT) }),
  "turns-console-cough": () => at(INTERPRETS, { booth: aConsole({ coughing: true }) }),
  "turns-console-rtl": () => at({ ...arabic, ...INTERPRETS }, { booth: aConsole(), rtl: true }),
  "turns-console-alone": () => at(INTERPRETS, { booth: withoutBooth() }),
  "turns-console-alone-light": () => at(INTERPRETS, { booth: withoutBooth(), light: true }),
  "turns-console-long": () => at({ ...long, ...INTERPRETS }, { booth: aConsole() }),
};

const LIAISON: Turn = { mode: "liaison" };
const HELD: Turn = { ...LIAISON, you: "sorel", meeting: { format: "plenary" } };
const BOOTH: Turn = { ...LIAISON, you: "fane" };
const liaison: Record<string, () => GalleryScene> = {
  liaison: () => at(LIAISON),
  "liaison-light": () => at(LIAISON, { light: true }),
  "liaison-off": () => at(LIAISON, { call: seated(ALL, SILENT) }),
  "liaison-held": () => at(HELD, { call: seated([], SILENT) }),
  "liaison-given": () => at({ ...HELD, holder: "sorel" }, { call: seated(["microphone"], SOUND_ALONE) }),
  "liaison-notes": () => at(BOOTH),
  "liaison-long": () => at({ ...long, ...HELD, holder: "brandt" }, { call: seated([], SILENT) }),
  "liaison-rtl": () => at({ ...arabic, ...LIAISON }, { rtl: true }),
  "liaison-console": () => at(BOOTH, { booth: aConsole() }),
  "liaison-console-light": () => at({ ...BOOTH, holder: "brandt" }, { booth: aConsole(), light: true }),
  "liaison-console-off": () => at(BOOTH, { booth: aConsole(), call: seated(["microphone"], SILENT) }),
  "liaison-console-hand": () =>
    at(BOOTH, { booth: aConsole(), gestures: { hands: [SEATS.fane.identity], slowing: [] } }),
  "liaison-console-rtl": () => at({ ...arabic, ...BOOTH }, { booth: aConsole(), rtl: true }),
  "liaison-console-alone": () => at(BOOTH, { booth: withoutBooth() }),
  "liaison-console-long": () => at({ ...long, ...BOOTH, holder: "brandt" }, { booth: aConsole() }),
};

/** A microphone that sends what is made into `sound`: heard once the page was touched, as browsers have it. */
function microphone(make: (context: AudioContext) => AudioScheduledSourceNode): MediaStream {
  const context = new AudioContext();
  const sound = context.createMediaStreamDestination();
  const source = make(context);
  source.connect(sound);
  source.start();
  document.addEventListener("click", () => void context.resume());
  return sound.stream;
}

function tone(hertz: number, type: OscillatorType): (context: AudioContext) => AudioScheduledSourceNode {
  return (context) => new OscillatorNode(context, { frequency: hertz, type });
}

/** Seconds of a sound by its formula, again and again. */
function looped(formula: (at: number) => number): (context: AudioContext) => AudioScheduledSourceNode {
  return (context) => {
    const buffer = context.createBuffer(1, context.sampleRate, context.sampleRate);
    buffer.getChannelData(0).forEach((_, each, samples) => {
      samples[each] = formula(each);
    });
    return new AudioBufferSourceNode(context, { buffer, loop: true });
  };
}

function checked(make: (context: AudioContext) => AudioScheduledSourceNode, part: SnapshotPart = {}): GalleryScene {
  return { ...live({ ...part, you: "fane" }), devices: { preview: microphone(make) } };
}

/** The check is opened by its button. */
const checks: Record<string, () => GalleryScene> = {
  "check-silent": () => checked(looped(() => 0)),
  "check-telephone": () => checked(tone(300, "sine")),
  "check-clipped": () => checked(looped((each) => (each % 200 < 100 ? 1 : -1))),
  "check-good": () => checked(looped(noise(0.1))),
  "check-rtl": () => ({ ...checked(tone(300, "sine"), arabic), rtl: true }),
};

export const inTurn: Record<string, () => GalleryScene> = { ...turns, ...atConsole, ...liaison, ...checks };
