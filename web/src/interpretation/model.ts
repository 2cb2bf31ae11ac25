/** Facts of interpretation: booths, what they do now, and what an interpreter's console shows (docs/interpretation.md). */
import type { Identity, Language, Party } from "../kernel/ids";

/** Up to three interpreters who share one microphone, and the languages they work in. */
export interface Booth {
  /** Unlike any other of the meeting: `arven.en` where nobody has arranged otherwise. */
  readonly id: string;
  /** Whose it is; null: all delegations' together. */
  readonly party: Party | null;
  /** A, and B if they work both ways. They interpret into these. */
  readonly languages: readonly [Language, ...Language[]];
  readonly members: readonly Identity[];
}

/** What a booth interprets from: null is the floor, a language is that channel (relay). */
export type Source = Language | null;

/** Somebody has asked to pass the microphone, and waits for their partner's yes. */
export interface Asked {
  readonly by: Identity;
  /** Server's time, in ms. */
  readonly at: number;
}

/** A booth as it works, by the sealed and signed words of its interpreters; the same at every device that heard them all. */
export interface BoothNow {
  /** Who has the microphone; null while nobody has taken it. */
  readonly holder: Identity | null;
  /** Since when, in ms by the server's clock: the shift. */
  readonly since: number | null;
  /** The channel on air; null while the microphone is off. */
  readonly onAir: Language | null;
  readonly asked: Asked | null;
  /** What is interpreted from, by the language it is interpreted into; without an entry, the floor. */
  readonly sources: ReadonlyMap<Language, Source>;
  /** The holder says that the speaker cannot be interpreted: no sound, the wrong microphone, another language. */
  readonly notInterpretable: boolean;
}

/** What somebody takes of the channels: the one that they hear, and the sign channels that they watch. */
export interface Attention {
  readonly to: Source;
  readonly signs: readonly Language[];
}

/** What was said of all booths, by whoever may say it. */
export interface BoothsNow {
  /** By the booth's id; without an entry nothing was heard of it. Whoever holds the microphone may be gone: see the roster. */
  readonly booths: ReadonlyMap<string, BoothNow>;
  /** Booths of which one has heard what was said since their holder said how they stand. */
  readonly firm: ReadonlySet<string>;
  /** Booths of which some word has not come. */
  readonly uncertain: ReadonlySet<string>;
  /** Who is on air by what is heard, in booths of which one knows no words, or not all. */
  readonly byEar: ReadonlyMap<string, BoothNow>;
  /** Of those who have said so. */
  readonly listening: ReadonlyMap<Identity, Attention>;
  /** Who asks for a technician. */
  readonly calling: ReadonlySet<Identity>;
}

export const NO_BOOTHS: BoothsNow = {
  booths: new Map(),
  firm: new Set(),
  uncertain: new Set(),
  byEar: new Map(),
  listening: new Map(),
  calling: new Set(),
};

/** What a listener's channel carries. The rows of the routing table. */
export type Carries =
  /** The speaker speaks this language: the floor is the channel. */
  | "spoken"
  /** An interpreter is on air in it. */
  | "interpreted"
  /** There is a booth, and nobody of it is on air. */
  | "silent"
  | "not_interpretable"
  /** Whoever was on air is gone, and no partner has taken over. */
  | "gone"
  /** No booth is assigned to it. */
  | "no_booth";

/** One line of the console's list of what can be heard: the floor, or another booth's channel. */
export interface Incoming {
  readonly source: Source;
  readonly carries: Carries;
  /** What that channel is itself interpreted from; undefined for the floor. */
  readonly from: Source | undefined;
  /** How many other booths interpret from it. */
  readonly dependants: number;
  /** Taking it would close a circle of relays. */
  readonly circle: boolean;
}

/** A colleague in one's booth. */
export interface Partner {
  readonly identity: Identity;
  readonly name: string;
  readonly present: boolean;
}

/** Everything that an interpreter's console shows of booths. */
export interface ConsoleState {
  /** Null: one works in none, and speaks on the floor. */
  readonly booth: Booth | null;
  readonly now: BoothNow;
  readonly own: Identity;
  readonly partners: readonly Partner[];
  /** The direction: into which language one interprets when on air (outgoing pre-selection). */
  readonly into: Language;
  readonly incoming: readonly Incoming[];
  /** What one hears now. */
  readonly hears: Source;
  /** What one will hear at a press: chosen ahead. */
  readonly next: Source;
  /** The cough key is held, or one talks to one's booth: nothing leaves, and one stays on air. */
  readonly coughing: boolean;
  /** How many listen to what the booth has on air, or watch it; off air, to what one would interpret into. */
  readonly listeners: number;
  /** How many booths take relay from it. */
  readonly dependants: number;
  /** Whether some word of this booth has not come: its state is not certain. */
  readonly uncertain: boolean;
  /** One asks for a technician. */
  readonly technicianCalled: boolean;
}

/** What keeps one silent for as long as it is held: the cough key, or the one by which one talks to one's booth. */
export type Hush = "cough" | "talk";

/** What an interpreter does at the console. Rejects with a code when it was not sent, or is not allowed. */
export interface BoothActions {
  /** The microphone on, into the direction, or off. */
  onAir(on: boolean): Promise<void>;
  /** Chooses the direction; on air the channel is changed in the same instant. */
  turn(into: Language): Promise<void>;
  /** Chooses ahead what to hear at a press. */
  listenNext(source: Source): Promise<void>;
  /** Hears this from now on; whoever has the microphone interprets from it. */
  listen(source: Source): Promise<void>;
  /** Asks one's partner to pass the microphone, or to take it. */
  ask(): Promise<void>;
  withdraw(): Promise<void>;
  /** Says yes to a partner who has asked. */
  accept(): Promise<void>;
  /** Takes the microphone without a yes. */
  takeOver(): Promise<void>;
  /** Gives the microphone back: nobody has it. */
  leave(): Promise<void>;
  notInterpretable(on: boolean): Promise<void>;
  /** Nothing leaves while it is held; one stays on air. */
  cough(held: boolean, by?: Hush): Promise<void>;
  callTechnician(on: boolean): Promise<void>;
}
