/**
 * Interpretation into one ear (docs/protocol.md §8): who has asked whom for it, and who whispers to whom. Whoever heard the
 * same words comes to the same. Pure.
 *
 *     nothing ── ask (the hearer) ──▶ asked ── accept (the interpreter) ──▶ on
 *        ▲                              │ end (either)                       │ end (either)
 *        └──────────────────────────────┴───────────────────────────────────┘
 */
import type { Said, Seat, Snapshot } from "../contract/parse";
import type { Identity, Language } from "../kernel/ids";
import { isSigned } from "../rooms";
import { boothOf, boothsOf } from "./booths";

export type WhisperWord = Extract<Said, { kind: "whisper" }>;

/** One interpreter and whom they whisper to, or are asked to. */
export interface Whisper {
  readonly by: Identity;
  readonly to: Identity;
  readonly into: Language;
  /** False: it is asked for, and the interpreter has not answered. */
  readonly on: boolean;
}

/** Whoever is whispered to has one of these, and whoever whispers has one that is on. */
export type WhispersNow = readonly Whisper[];

/** A word, and who said it by the leaf that signed it. */
export interface HeardWhisperWord {
  readonly from: Identity;
  readonly word: WhisperWord;
}

type Wanted = Omit<Whisper, "on">;

/** What a word makes of the whispers; one that may not be said, or not now, changes nothing. */
export function afterWhisper(
  before: WhispersNow,
  { from, word: { does, to, into } }: HeardWhisperWord,
  may: (wanted: Wanted) => boolean,
): WhispersNow {
  if (does === "end") return without(before, from, to);
  if (does === "ask") {
    // Two do not whisper to one, and one does not whisper to two.
    const isTaken = before.some((each) => each.to === from || (each.by === to && each.on));
    const wanted = { by: to, to: from, into };
    return isTaken || !may(wanted) ? before : [...before, { ...wanted, on: false }];
  }
  const asked = before.find((each) => each.by === from && each.to === to && each.into === into && !each.on);
  if (asked === undefined || before.some((each) => each.by === from && each.on) || !may(asked)) return before;
  return [...before.filter(({ by }) => by !== from), { ...asked, on: true }];
}

/** What is left when these two have nothing to whisper about any more. */
export function without(before: WhispersNow, one: Identity, other: Identity): WhispersNow {
  return kept(before, ({ by, to }) => !((by === one && to === other) || (by === other && to === one)));
}

/** What is left of whom this holds. */
export function kept(before: WhispersNow, holds: (whisper: Whisper) => boolean): WhispersNow {
  return before.every(holds) ? before : before.filter(holds);
}

/** A meeting, as far as whispering hangs on it. */
export type Setting = Pick<Snapshot, "meeting" | "seats" | "booths" | "channels">;

/**
 * Whether somebody may be whispered to: behind closed doors, in simultaneous mode, both in the chamber; by an interpreter of
 * their own delegation, or of a joint booth, in a spoken language that this interpreter is accredited for.
 */
export function mayWhisper({ by, to, into }: Wanted, setting: Setting): boolean {
  const { meeting, seats, channels } = setting;
  const whispers = inChamber(seats, by);
  const hears = inChamber(seats, to);
  if (meeting.phase !== "closed" || meeting.mode !== "simultaneous") return false;
  if (whispers?.role !== "interpreter" || hears === undefined || !HEARS[hears.role]) return false;
  const isTheirs = whispers.party === hears.party || isJoint(by, setting);
  return isTheirs && whispers.languages.includes(into) && !isSigned(into, channels);
}

/** Whether somebody in this role is whispered to; an interpreter hears with both ears what they interpret. */
const HEARS: Readonly<Record<Seat["role"], boolean>> = {
  principal: true,
  chair: true,
  adviser: true,
  notetaker: true,
  interpreter: false,
  technician: false,
  press: false,
  protocol_officer: false,
};

/** Whom somebody could ask, and for which language. */
export function whisperersFor({ identity }: Seat, setting: Setting): readonly Wanted[] {
  return setting.seats
    .flatMap(({ identity: by, languages }) => languages.map((into) => ({ by, to: identity, into })))
    .filter((wanted) => mayWhisper(wanted, setting));
}

function inChamber(seats: readonly Seat[], who: Identity): Seat | undefined {
  return seats.find(({ identity, present }) => identity === who && present === "chamber");
}

function isJoint(who: Identity, { seats, booths }: Setting): boolean {
  return boothOf(boothsOf(seats, booths), who)?.party === null;
}
