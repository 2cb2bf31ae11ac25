/**
 * What the screens may ask of the rest of the client, and nothing more. `services.ts` builds the real ones;
 * `testing/` has fakes that screens are drawn with.
 */
import type { Dossier, Enrolled, FormatName, MoveName, Snapshot } from "../contract/parse";
import type { ErrorCode } from "../contract/codes";
import type { Lack } from "../identity";
import type { AgendaItemId, Language, MeetingId, MemberId } from "../kernel/ids";
import type { ChatsState, GesturesState, KeysState } from "../keys";
import type { Readable } from "../kernel/store";
import type { Call as MeetingCall, Order } from "../summits";
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
  /** Microphone level in dBFS, -100 when silent or absent; polled by the meter. */
  level(): number;
  playTestSound(): Promise<void>;
  stop(): void;
}

export interface ListeningState {
  /** Null is the floor. */
  readonly channel: Language | null;
  /** 0 to 1: how loud the floor stays under an interpretation. */
  readonly originalLevel: number;
  /** Languages with a booth on air now. */
  readonly onAir: readonly Language[];
  /** For interpreters: the language they are interpreting into now, null when off air. */
  readonly speakingInto: Language | null;
}

export interface Interpretation {
  readonly state: Readable<ListeningState>;
  listenTo(channel: Language | null): void;
  setOriginalLevel(level: number): void;
  /** For interpreters: go on air in a language of one's own, or off air. */
  interpretInto(language: Language | null): Promise<void>;
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
  say(room: RoomName): void;
  write(room: RoomName, draft: string): void;
  /** Says once more what was not sent. */
  again(room: RoomName, ticket: number): void;
  /** Takes what was not sent back into the field. */
  takeBack(room: RoomName, ticket: number): void;
  /** Everything up to this number of the server's has been read. */
  read(room: RoomName, number: number): void;
}

/** What is shown in the chamber without a word; rejects with a code when it was not sent, or may not have been. */
export interface Gestures {
  readonly state: Readable<GesturesState>;
  hold(isUp: boolean): Promise<void>;
  /** For interpreters: asks whoever speaks to slow down. */
  slowDown(): Promise<void>;
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
}
