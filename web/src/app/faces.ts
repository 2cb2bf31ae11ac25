/**
 * What the screens may ask of the rest of the client, and nothing more. `services.ts` builds the real ones;
 * `testing/` has fakes that screens are drawn with.
 */
import type { Dossier, Enrolled, FormatName, MoveName, Snapshot } from "../contract/parse";
import type { ErrorCode } from "../contract/codes";
import type { Lack } from "../identity";
import type { AgendaItemId, Language, MeetingId, MemberId } from "../kernel/ids";
import type { ListeningNow } from "../interpretation";
import type { LateCaptions } from "../interpretation/lateCaptions";
import type { BoothRoom } from "../interpretation/boothRoom";
import type { BoothActions, BoothsNow, ConsoleState } from "../interpretation/model";
import type { ChatRoom, ChatsState, Finding, GesturesState, KeysState } from "../keys";
import type { Ear } from "../interpretation/ear/ear";
import type { OwnDocuments } from "../interpretation/documents/boothDocuments";
import type { OwnGlossary } from "../interpretation/glossary/boothGlossary";
import type { Monitors } from "../interpretation/monitors";
import type { WhispersNow } from "../interpretation/whisper";
import type { Whispering } from "../interpretation/whispering";
import type { LateWatch } from "../interpretation/watch/lateWatch";
import type { Readable } from "../kernel/store";
import type { Arranging, Call as MeetingCall, Order } from "../summits";
import type { Capture } from "../rooms";
import type { CallState, DeviceKind, DevicesState, RoomName, Source } from "../rooms/model";

/** Who one is, before anything else can be shown. */
export type SignIn =
  | { readonly at: "nobody" }
  | { readonly at: "enrolling" }
  | { readonly at: "signing-in" }
  | { readonly at: "signed-in"; readonly dossier: Dossier }
  | { readonly at: "refused"; readonly code: ErrorCode }
  | { readonly at: "unfit-browser"; readonly lacks: readonly Lack[] };

/** How the numbered events stand. `refused` is final; `returning` heals by itself. */
export type Feed =
  | { readonly at: "opening" }
  | { readonly at: "live"; readonly snapshot: Snapshot }
  | { readonly at: "returning"; readonly snapshot: Snapshot | null; readonly since: number }
  | { readonly at: "refused"; readonly code: ErrorCode };

/** One move asked for by this member; rejects with a `RefusedError` carrying a code. */
export interface Orders {
  /** Calls another meeting; the answer is its id. */
  call(wanted: MeetingCall): Promise<MeetingId>;
  move(order: Order): Promise<{ readonly done: boolean }>;
  withdraw(move: MoveName): Promise<void>;
  setAgenda(
    items: readonly { readonly id?: AgendaItemId; readonly title: string; readonly minutes: number }[],
  ): Promise<void>;
  takeUp(item: AgendaItemId): Promise<void>;
  askForTheFloor(): Promise<void>;
  withdrawAsk(): Promise<void>;
  giveTheFloor(member: MemberId): Promise<void>;
  yieldTheFloor(): Promise<void>;
  /** In consecutive mode: ends a statement, and this interpreter says it again. */
  passToInterpreter(member: MemberId): Promise<void>;
  /** Ends an interpretation: this speaker has the floor. */
  handFloorBack(member: MemberId): Promise<void>;
  /** Proposes, agrees to or takes back channels and joint booths, or puts up the own delegation's. */
  arrange(asked: Arranging): Promise<void>;
}

export interface Identification {
  readonly state: Readable<SignIn>;
  /** Uses the link's invitation (first time) or the device key kept for it, then opens a session. */
  arrive(): Promise<void>;
  /** Reads the list of meetings again. */
  refresh(): Promise<void>;
}

/** What belongs to the summit and to no meeting. */
export interface Registry {
  /** Formats that every delegation signed. */
  formats(): readonly FormatName[];
  /** Who enrolled by an invitation of one's own party. */
  enrolments(): Promise<readonly Enrolled[]>;
  /** Fetches the whole log and saves it on this device. */
  saveLog(): Promise<void>;
}

export interface MeetingFeed {
  readonly state: Readable<Feed>;
  /** Server time in ms since the epoch, by this client's clock and the last heartbeat. */
  now(): number;
  open(meeting: MeetingId): void;
  close(): void;
}

export interface Call {
  readonly state: Readable<CallState>;
  enter(room: RoomName): Promise<void>;
  leave(): Promise<void>;
  send(source: Source, on: boolean): Promise<void>;
  /** In a second tab: take the seat over from the first. */
  takeOver(): Promise<void>;
}

export interface Devices {
  readonly state: Readable<DevicesState>;
  /** Asks for these, and starts the preview; nothing leaves the device. */
  preview(kinds: readonly Capture[]): Promise<void>;
  /** Lists what there is, opening nothing. */
  look(): Promise<void>;
  /** Opens again what there was trouble with, and sends it where it was to be sent. */
  again(): Promise<void>;
  choose(kind: DeviceKind, id: string): Promise<void>;
  /** Says whether one wears a headset with the microphone that is open. */
  wear(on: boolean): Promise<void>;
  /** Microphone level in dBFS, -100 when silent or absent; polled by the meter. */
  level(): number;
  playTestSound(): Promise<void>;
  stop(): void;
}

export interface Interpretation {
  readonly state: Readable<ListeningNow>;
  listenTo(channel: Language | null): void;
  setOriginalLevel(level: number): void;
  /** Puts a sign channel beside the speaker, or takes it away. */
  pin(language: Language, on: boolean): void;
  /** How much of the stage's width each of them takes, from 0 to 1. */
  setSignSize(size: number): void;
  /** For interpreters: go on air in a language of one's own, or off air. */
  interpretInto(language: Language | null): Promise<void>;
}

/** What the interpreters say of their booths. Its code is fetched when there is something to say or to hear. */
export interface Booth extends BoothActions {
  /** One's own console; null for everybody who has none. */
  readonly state: Readable<ConsoleState | null>;
  /** All booths, by their own words. */
  readonly booths: Readable<BoothsNow>;
  /** Who whispers to whom, or is asked to. */
  readonly whispers: Readable<WhispersNow>;
  /** Asks an interpreter to whisper, says yes to whoever has asked, or ends it. */
  readonly whisper: Whispering["tell"];
}

/** Who holds the keys to what one sends, and whether anything may leave. */
export interface Keys {
  readonly state: Readable<KeysState>;
  /** A chair's word to groups that are `stuck`: takes back the step that the rules refuse. */
  takeBack(): void;
  /** The code is read aloud until then, in ms since the epoch by the server's clock: it changes later. */
  pause(until: number): void;
}

/** What is written to each other, sealed for whoever holds the keys of the room. */
export interface Chats {
  readonly state: Readable<ChatsState>;
  /** Says what is written in the field. */
  say(room: ChatRoom): void;
  write(room: ChatRoom, draft: string): void;
  /** Says once more what was not sent. */
  again(room: ChatRoom, ticket: number): void;
  /** Takes what was not sent back into the field. */
  takeBack(room: ChatRoom, ticket: number): void;
  /** Everything up to this number of the server's has been read. */
  read(room: ChatRoom, number: number): void;
}

/** What is shown in the chamber without a word; rejects with a code when it was not sent, or may not have been. */
export interface Gestures {
  readonly state: Readable<GesturesState>;
  hold(isUp: boolean): Promise<void>;
  /** For interpreters: asks whoever speaks to slow down. */
  slowDown(): Promise<void>;
  /** Tells the others what one found when the code of an epoch was read. */
  find(finding: Finding, epoch: number): Promise<void>;
}

/** What stands between the mix and an interpreter's ears. */
export type InterpretersEar = Pick<Ear, "state" | "set" | "levels" | "floorLevels" | "speakers" | "speakerMeasures">;

/** The own room of the booth that one works in. */
export type OwnBoothRoom = Pick<BoothRoom, "state" | "enter" | "talk" | "show" | "setLevel">;

/** What the interpreters of a booth have in common, sealed for them. */
export interface InCommon {
  readonly glossary: OwnGlossary;
  readonly documents: OwnDocuments;
  /** Hands bytes to the person as a file. */
  readonly save: (name: string, bytes: Uint8Array<ArrayBuffer>) => void;
}

export interface Services {
  readonly identification: Identification;
  readonly meeting: MeetingFeed;
  readonly orders: Orders;
  readonly registry: Registry;
  readonly call: Call;
  readonly keys: Keys;
  readonly chats: Chats;
  readonly gestures: Gestures;
  readonly devices: Devices;
  readonly interpretation: Interpretation;
  readonly booth: Booth;
  /** What is written for those who read what others hear. */
  readonly captions: Pick<LateCaptions, "state" | "read" | "open">;
  /** How the devices of one's own delegation do, for its technicians. */
  readonly watch: Pick<LateWatch, "state" | "answer">;
  /** Fetched at the first need of it. */
  readonly ear: () => Promise<InterpretersEar>;
  /** What one's own booth has in common; fetched at the first need of it, by interpreters. */
  readonly inCommon: () => Promise<InCommon>;
  /** What of one's own booth one hears besides; fetched at the first need of it. */
  readonly monitors: () => Promise<Pick<Monitors, "state" | "listen">>;
  /** Where the interpreters of a booth hear and see each other; fetched at the first need of it, by them. */
  readonly boothRoom: () => Promise<OwnBoothRoom>;
  /** What is kept on this device. */
  readonly memory: Pick<Storage, "getItem" | "setItem" | "removeItem">;
}
