/** What an interpreter's console shows and decides from. Pure. */
import type { ModeName } from "../../../contract/parse";
import type { ConsoleWords } from "../../../i18n/consoleWords";
import type { Identity, Language } from "../../../kernel/ids";
import type { BoothRoomNow } from "../../boothRoom";
import type { EarSettings } from "../../ear/kept";
import type { Monitored } from "../../monitors";
import type { Asked, BoothActions, ConsoleState, Source } from "../../model";

/** How sound reaches the interpreter's ears. */
export type Shape = Pick<EarSettings, "volume" | "bass" | "treble">;

/** To whom whoever has the floor may hand it on, in the words of a button. */
export interface Way {
  readonly title: string;
  readonly detail: string;
}

/** Interpretation in turn as one sees it: the floor goes from hand to hand, or sentence follows sentence; no channel is on air. */
export interface TurnSeen {
  readonly mode: Exclude<ModeName, "simultaneous">;
  /** Who is heard, as a sentence. */
  readonly says: string;
  /** What that means for oneself; empty when it means nothing. */
  readonly means: string;
  /** One is to be heard: one has the floor, or needs none. */
  readonly isOwn: boolean;
  /** One's microphone is on, or will be when one may be heard. */
  readonly microphone: boolean;
  /** One is heard, or would be if one did not cough. */
  readonly isHeard: boolean;
  /** What the clock counts, and for how long it has, in seconds; null where it counts nothing. */
  readonly clock: { readonly of: string; readonly seconds: number } | null;
  /** To whom one may hand the floor on, the first first; to nobody in liaison mode. */
  readonly ways: readonly Way[];
}

/** What the console knows at a moment, beside the words that it says it in. */
export interface Sees {
  readonly desk: ConsoleState;
  /** The languages that one is accredited for oneself: a booth may work in more. */
  readonly own: readonly Language[];
  /** Channels that are seen and not heard. */
  readonly signed: readonly Language[];
  /** The server's time, in ms. */
  readonly now: number;
  /** Whether the meeting lets one be heard. */
  readonly mayGoOnAir: boolean;
  /** The speaker is shown that one has asked them to slow down. */
  readonly slowing: boolean;
  /** One's hand is up, as the others see it. */
  readonly handUp: boolean;
  /** One is whispering to somebody. */
  readonly whispering: boolean;
  /** What is spoken on the floor; null while nobody is known to speak. */
  readonly spoken: Language | null;
  /** Who has the floor, or is heard on it while it is free. */
  readonly speaker: string | null;
  /** Null where sound is not shaped for an interpreter. */
  readonly ear: Shape | null;
  /** What of one's own booth one hears; null where it cannot be heard. */
  readonly monitors: Monitored | null;
  /** How many messages of the own booth are unread; null while one is not in its group. */
  readonly messages: number | null;
  /** Only whoever has the floor is shown. */
  readonly speakerAlone: boolean;
  /** The booth's own room; null until it can be entered at all. */
  readonly room: BoothRoomNow | null;
  /** Null in simultaneous mode. */
  readonly turn: TurnSeen | null;
}

/** Which kind of work the console is for now. */
export function modeOf({ turn }: Sees): ModeName {
  return turn === null ? "simultaneous" : turn.mode;
}

/** What the console asks for: of the booth, of whoever speaks, of the ear, and of itself. */
export interface Hands extends BoothActions {
  /** Where one speaks on the floor: the microphone on, for when one may be heard, or off. */
  speak(on: boolean): Promise<void>;
  /** In consecutive mode: hands the floor on by the nth of the ways. */
  handOn(nth: number): Promise<void>;
  slowDown(): Promise<void>;
  raiseHand(isUp: boolean): Promise<void>;
  monitor(what: keyof Monitored, on: boolean): Promise<void>;
  shape(part: Partial<Shape>): void;
  showSpeakerAlone(on: boolean): void;
  /** To the others of the booth, for as long as it is held. */
  talk(held: boolean): void;
  showToBooth(on: boolean): void;
  setPartnerLevel(level: number): void;
  /** Opens what the booth shares. */
  open(what: "messages" | "glossary" | "documents"): void;
  readAloud(): void;
  /** Says in passing why a key did nothing. */
  explain(text: string): void;
}

/** A shift at the microphone, after which interpreters change, in ms. */
export const SHIFT = 30 * 60_000;
/** Whoever did not answer for so long may be relieved of the microphone, in ms. */
const PATIENCE = 10_000;

/** What one sends into this direction is one's picture; onto the floor one speaks. */
export function isSigning({ desk, signed, turn }: Sees): boolean {
  return turn === null && signed.includes(desk.into);
}

/** One holds the microphone and it is on. */
export function isOnAir({ desk }: Sees): boolean {
  return desk.now.holder === desk.own && desk.now.onAir !== null;
}

/** One has asked for the microphone: it opens when the partner says yes. */
export function asksForAir({ desk: { own, now } }: Sees): boolean {
  return now.holder !== own && now.asked?.by === own;
}

/** Where one speaks on the floor: one would be heard, if one did not cough. */
export function isHushed({ desk, turn }: Sees): boolean {
  return turn?.isHeard === true && desk.coughing;
}

export function nameOf({ desk }: Sees, identity: Identity): string {
  return desk.partners.find((partner) => partner.identity === identity)?.name ?? "";
}

/** What somebody in the booth can do now about who has the microphone. */
export type Step = "none" | "ask" | "withdraw" | "accept" | "take";

/** A step, and whom it concerns. */
export interface Handover {
  readonly step: Step;
  /** One has the microphone now, and would give it away. */
  readonly gives: boolean;
  /** Empty: nobody, or whichever of several partners says yes first. */
  readonly with: string;
}

/** Whether it is asked of oneself: what a partner asks of whoever has the microphone is no third one's to give. */
export function isMineToAnswer({ desk: { own, now } }: Sees, { by }: Asked): boolean {
  return by !== own && (now.holder === own || now.holder === by);
}

/** The next step of a handover: ask and accept between those who are there, take over from whoever is not, or is silent. */
export function handoverOf(sees: Sees): Handover {
  const { desk } = sees;
  const { holder, asked } = desk.now;
  if (holder === null) return { step: "none", gives: false, with: "" };
  const gives = holder === desk.own;
  if (asked !== null && isMineToAnswer(sees, asked)) return { step: "accept", gives, with: nameOf(sees, asked.by) };
  return gives ? givenAway(sees) : taken(sees, holder);
}

/** What the holder can do. */
function givenAway({ desk }: Sees): Handover {
  const [partner, ...others] = desk.partners.filter(({ present }) => present);
  if (partner === undefined) return { step: "none", gives: true, with: "" };
  return {
    step: desk.now.asked === null ? "ask" : "withdraw",
    gives: true,
    with: others.length === 0 ? partner.name : "",
  };
}

/** What a partner of the holder can do. */
function taken(sees: Sees, holder: Identity): Handover {
  const { asked } = sees.desk.now;
  const waits = asked !== null && asked.by !== sees.desk.own;
  const isThere = sees.desk.partners.some(({ identity, present }) => identity === holder && present);
  const isLate = asked !== null && sees.now - asked.at >= PATIENCE;
  if (!isThere || isLate) return { step: "take", gives: false, with: nameOf(sees, holder) };
  if (waits) return { step: "none", gives: false, with: nameOf(sees, asked.by) };
  return { step: asked === null ? "ask" : "withdraw", gives: false, with: nameOf(sees, holder) };
}

/** What one interprets from into a language. */
export function sourceFor({ desk }: Sees, into: Language): Source {
  return desk.now.holder === desk.own ? (desk.now.sources.get(into) ?? null) : desk.hears;
}

/** The other direction; null for whoever has only one. */
export function otherDirection({ desk, own }: Sees): Language | null {
  const mine = desk.booth?.languages.filter((language) => own.includes(language)) ?? [];
  const at = mine.indexOf(desk.into);
  const next = mine[(at + 1) % Math.max(1, mine.length)];
  return next === undefined || next === desk.into ? null : next;
}

/** How a source is called, as a sentence or a line begins with it. */
export function nameOfSource(source: Source, { t, words }: ConsoleWords): string {
  return source === null ? t("floor") : t("booth", { language: words.languageName(source) });
}

/** How long one's shift at the microphone has lasted, in ms; null while nobody has it. */
export function shiftOf({ desk, now }: Sees): number | null {
  return desk.now.since === null || desk.now.holder === null ? null : Math.max(0, now - desk.now.since);
}
