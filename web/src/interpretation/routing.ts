/** What a listener hears, how loud, and what a channel carries (docs/protocol.md §7). Pure. */
import type { Seat, Snapshot } from "../contract/parse";
import type { Identity, Language } from "../kernel/ids";
import type { Booth, BoothNow, Carries } from "./model";

/** One track that could be heard: the floor's sound, or an interpreter's in a channel. */
export interface Audible {
  readonly id: string;
  readonly of: Identity;
  /** Null is the floor. */
  readonly channel: Language | null;
  /** Null while it is muted; else its place in the order in which tracks were unmuted. */
  readonly unmuted: number | null;
  /** It is on air, and its sound is still on the way. */
  readonly fresh?: boolean;
  /** No packet of it comes any more: it is as if it were muted. */
  readonly stalled?: boolean | undefined;
}

/** What the listener chose. */
export interface Choice {
  /** Null is the floor. */
  readonly channel: Language | null;
  /** 0 to 1: how loud the floor stays under an interpretation. */
  readonly originalLevel: number;
}

/** What is so at one moment. */
export interface Scene {
  readonly audibles: readonly Audible[];
  /** In the order in which this listener prefers them: {@link ./booths!inOrderFor}. */
  readonly booths: readonly Booth[];
  /** What booths say of themselves, by id; of one without an entry, only its tracks are known. */
  readonly now: ReadonlyMap<string, BoothNow>;
  readonly present: ReadonlySet<Identity>;
  /** What the speaker speaks; null: not known. */
  readonly speaks: Language | null;
  /** The id of what is whispered to this listener, who hears no channel meanwhile. */
  readonly whisper?: string | undefined;
}

/** What is so of one channel. */
interface Standing {
  /** Somebody is on air, and can interpret what comes in. */
  readonly interpreted: boolean;
  readonly spoken: boolean;
  readonly booths: number;
  readonly refused: boolean;
  readonly gone: boolean;
}

interface Row {
  readonly carries: Carries;
  readonly holds: (standing: Standing) => boolean;
}

/** How loud the floor stays under an interpretation unless moved. */
export const ORIGINAL_LEVEL = 0.2;

/** The first that holds is what a channel carries. Only under `interpreted` the floor goes down. */
const ROWS: readonly Row[] = [
  { carries: "interpreted", holds: ({ interpreted }) => interpreted },
  { carries: "spoken", holds: ({ spoken }) => spoken },
  { carries: "no_booth", holds: ({ booths }) => booths === 0 },
  { carries: "not_interpretable", holds: ({ refused }) => refused },
  { carries: "gone", holds: ({ gone }) => gone },
];

/**
 * Whose sound a booth gives in a channel. By its own words the one who has its microphone; while theirs has not come
 * yet, or only just, a partner's who still sends: a handover leaves no hole. Where no word is known, whoever opened theirs last.
 */
export function airOf(booth: Booth, channel: Language, scene: Scene): Audible | undefined {
  const due = dueOf(booth, channel, scene);
  return due !== undefined && due.fresh !== true ? due : (giverOf(booth, channel, scene) ?? due);
}

/** Who is heard until the sound of whoever is due is there. */
function giverOf(booth: Booth, channel: Language, scene: Scene): Audible | undefined {
  const word = scene.now.get(booth.id);
  const open = unmutedIn(booth, channel, scene);
  if (word === undefined || word.holder === null) return open[1];
  // Whoever is gone has handed nothing over, and nobody does in a channel that is not on air.
  const hands = word.onAir === channel && !isGone(word.holder, channel, scene);
  return hands ? open.findLast(({ of }) => of !== word.holder) : undefined;
}

/** Whose sound a booth is to give in a channel, whether or not it is there yet. */
function dueOf(booth: Booth, channel: Language, scene: Scene): Audible | undefined {
  const word = scene.now.get(booth.id);
  const open = unmutedIn(booth, channel, scene);
  if (word === undefined || word.holder === null) return open[0];
  return word.onAir === channel ? open.find(({ of }) => of === word.holder) : undefined;
}

/** The open microphones of a booth into a channel, the newest first. */
function unmutedIn(booth: Booth, channel: Language, { audibles }: Scene): readonly Audible[] {
  if (!booth.languages.includes(channel)) return [];
  return audibles
    .filter((each) => each.channel === channel && isThere(each) && booth.members.includes(each.of))
    .toSorted((one, other) => Number(other.unmuted) - Number(one.unmuted));
}

/** Its microphone is open, and what it takes in comes. */
function isThere({ unmuted, stalled }: Audible): boolean {
  return unmuted !== null && stalled !== true;
}

/** Whether somebody has left, or their sound in a channel breaks off: then nothing of theirs comes, whatever their booth says. */
function isGone(holder: Identity, channel: Language, { audibles, present }: Scene): boolean {
  const stalls = audibles.some((each) => each.of === holder && each.channel === channel && each.stalled === true);
  return stalls || !present.has(holder);
}

/** Whether of whoever is on air, by a booth's own words, nothing comes any more. */
export function isLost({ id }: Booth, scene: Scene): boolean {
  const word = scene.now.get(id);
  return word !== undefined && word.holder !== null && word.onAir !== null && isGone(word.holder, word.onAir, scene);
}

/** The sounds of others that are to be heard in some channel. */
export function allDue(scene: Scene): readonly string[] {
  const all = scene.booths.flatMap((booth) => booth.languages.map((channel) => dueOf(booth, channel, scene)));
  return all.flatMap((due) => (due === undefined ? [] : [due.id]));
}

/** What a channel carries. */
export function carriedIn(channel: Language, scene: Scene): Carries {
  const standing = standingOf(channel, scene);
  return ROWS.find(({ holds }) => holds(standing))?.carries ?? "silent";
}

/** The gain of each track, by id. Whoever is on air in the chosen channel is heard, one at a time, whatever it carries. */
export function gains(choice: Choice, scene: Scene): ReadonlyMap<string, number> {
  const { channel } = choice;
  const whisper = scene.audibles.find((each) => each.id === scene.whisper && isThere(each));
  const air = whisper ?? (channel === null ? undefined : airIn(channel, scene)?.sound);
  // The floor goes down as the sound comes, and not when it is announced.
  const isHere = air !== undefined && air.fresh !== true;
  const interpreted = isHere && (air === whisper || (channel !== null && carriedIn(channel, scene) === "interpreted"));
  const floor = interpreted ? clamped(choice.originalLevel) : 1;
  return new Map(
    scene.audibles.map((each) => [each.id, each.channel === null ? floor : Number(isHere && each === air)]),
  );
}

/** What whoever has the floor speaks, as they are accredited; null: not known. */
export function spokenBy(seats: readonly Seat[], floor: Snapshot["floor"]): Language | null {
  const speaker = seats.find(({ member }) => member === floor.holder);
  // An interpreter's languages are those of their booth.
  return speaker === undefined || speaker.role === "interpreter" ? null : (speaker.languages[0] ?? null);
}

/** Whether an interpreter may listen to a channel as relay: another booth's, never an own one. */
export function mayListenTo(channel: Language | null, speakingInto: Language | null): boolean {
  return channel === null || channel !== speakingInto;
}

export function clamped(level: number): number {
  return Number.isFinite(level) ? Math.min(1, Math.max(0, level)) : ORIGINAL_LEVEL;
}

/** The first booth, in the listener's order, that is on air in a channel, and whose sound that is. */
function airIn(channel: Language, scene: Scene): { readonly booth: Booth; readonly sound: Audible } | undefined {
  for (const booth of scene.booths) {
    const sound = airOf(booth, channel, scene);
    if (sound !== undefined) return { booth, sound };
  }
  return undefined;
}

/** Whether a booth says that what comes in cannot be interpreted into this channel. */
function refuses(word: BoothNow | undefined, channel: Language): boolean {
  return word?.notInterpretable === true && (word.onAir ?? channel) === channel;
}

function standingOf(channel: Language, scene: Scene): Standing {
  const { now } = scene;
  const air = airIn(channel, scene);
  const booths = scene.booths.filter(({ languages }) => languages.includes(channel));
  const words = booths.flatMap(({ id }) => now.get(id) ?? []);
  return {
    interpreted: air !== undefined && !refuses(now.get(air.booth.id), channel),
    spoken: scene.speaks === channel,
    booths: booths.length,
    refused: words.some((word) => refuses(word, channel)),
    gone: words.some(({ holder, onAir }) => onAir === channel && holder !== null && isGone(holder, channel, scene)),
  };
}
