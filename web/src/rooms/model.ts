import type { MemberId } from "../kernel/ids";

/** Which room of the SFU one is seated in. */
export type RoomName = "chamber" | "caucus";

/** Into which room of the SFU a line leads: a booth's own is beside the one that one is seated in. */
export type LineRoom = RoomName | "booth";

/** What a ticket lets its holder do; the SFU enforces it. */
export interface Grant {
  readonly publish: readonly Source[];
  readonly hear: boolean;
}

export type Source = "microphone" | "camera" | "screen";

/** Where this member's media connection stands. */
export type Seating =
  | { readonly at: "away" }
  | { readonly at: "entering"; readonly room: RoomName }
  | { readonly at: "seated"; readonly room: RoomName; readonly grant: Grant }
  | { readonly at: "returning"; readonly room: RoomName; readonly since: number }
  | { readonly at: "shut-out"; readonly why: ShutOut };

/** Why there is no seat: each has its own plain words and a way on. */
export type ShutOut = "doors-closed" | "not-in-this-format" | "another-tab" | "revoked" | "adjourned" | "network";

/** What one member is sending that this client shows. */
export interface Presence {
  readonly member: MemberId;
  /** Null while the camera is off or not granted. */
  readonly camera: MediaStreamTrack | null;
  readonly screen: MediaStreamTrack | null;
  readonly microphone: "off" | "on";
  readonly speaking: boolean;
  /** LiveKit's estimate of that member's connection. */
  readonly connection: "good" | "poor" | "lost" | "unknown";
}

/** What oneself is sending. */
export interface Sending {
  readonly microphone: boolean;
  readonly camera: boolean;
  readonly screen: boolean;
}

export interface CallState {
  readonly seating: Seating;
  readonly sending: Sending;
  /** What one wants to send: sent as soon as the meeting lets one, and never before. */
  readonly wished: Sending;
  /** The microphone was switched off because one came from the caucus or a recess; until one says otherwise. */
  readonly cameMuted: boolean;
  readonly presences: readonly Presence[];
  /** Identities that the SFU may forward this member's tracks to: "n devices can hear you". */
  readonly hearers: number;
}

export type DeviceKind = "microphone" | "camera" | "speaker";

export interface Device {
  readonly id: string;
  readonly label: string;
}

/** Why a device is not there; each has its own plain words and a way on. */
export type DeviceTrouble = "refused" | "missing" | "busy" | "unplugged" | "unsupported";

export interface DevicesState {
  readonly microphones: readonly Device[];
  readonly cameras: readonly Device[];
  readonly speakers: readonly Device[];
  readonly chosen: Readonly<Record<DeviceKind, string | null>>;
  readonly preview: MediaStream | null;
  readonly trouble: Readonly<Record<"microphone" | "camera", DeviceTrouble | null>>;
  /** A headset is worn: one's voice is sent as it is. Without one, echo is cancelled and noise reduced. */
  readonly headset: boolean;
}
