/** What is shown and heard of the others: only what the table lets them send, whatever the SFU forwards. Pure. */
import type { ModeName, Seat, Snapshot } from "../contract/parse";
import type { Identity, Language } from "../kernel/ids";
import { grantFor, isHeld, type Standing, type Turns } from "../summits";
import type { Remote, RemoteTrackNow } from "./line";
import type { LineRoom, Presence, Source } from "./model";
import { WHISPER, WHISPERED } from "./shares";

/** A sound that may be played: the floor's, a booth's channel, or what is whispered to oneself. */
export interface RemoteSound {
  readonly id: string;
  readonly of: Identity;
  readonly track: MediaStreamTrack;
  /** Null is the floor. */
  readonly channel: Language | null;
  readonly muted: boolean;
  /** Of a channel: no packet comes any more, though it is not muted. */
  readonly stalled?: boolean;
}

/** The picture of somebody who signs in a channel. */
export interface RemoteSign extends RemoteSound {
  readonly channel: Language;
}

/** Spoken or signed, as the meeting has them. */
export type Channels = Snapshot["channels"];

/** Where one sits, and how the meeting stands. */
export interface Place {
  readonly room: LineRoom;
  /** Who listens: what is whispered to others is not for them, whoever sends it here. */
  readonly own?: Identity;
  readonly standing: Turns & { readonly meeting: Standing; readonly channels: Channels };
}

const SPOKEN = "int:";
const SIGNED = "sign:";

/** Whether a language comes as a picture of somebody who signs; one of which nothing is fixed comes as sound. */
export function isSigned(language: Language, channels: Channels): boolean {
  return channels.some((channel) => channel.language === language && channel.kind === "signed");
}

/** The name of a booth's track. */
export function channelTrack(language: Language, channels: Channels): string {
  return (isSigned(language, channels) ? SIGNED : SPOKEN) + language;
}

/** Whether a track of this name is of the camera. */
export function isOfCamera(name: string): boolean {
  return name === "camera" || name.startsWith(SIGNED);
}

/** Whether a track of this name is of the microphone. */
export function isOfMicrophone(name: string): boolean {
  return name === "floor" || name.startsWith(SPOKEN);
}

/** Whether what this member sends in this room are channels, not the floor: simultaneous mode alone knows them. */
export function sendsChannels(seat: Pick<Seat, "role">, room: LineRoom, mode: ModeName): boolean {
  return room === "chamber" && seat.role === "interpreter" && mode === "simultaneous";
}

function maySend(seat: Seat, source: Source, { room, standing }: Place): boolean {
  if (source === "microphone" && room === "chamber" && isHeld(seat, standing)) return false;
  return grantFor(room, seat.role, standing.meeting)?.publish.includes(source) === true;
}

/** Which of their own channels somebody sends under a name, which is the name of its kind. */
function channelOf(seat: Seat, name: string, { room, standing }: Place): Language | undefined {
  if (!sendsChannels(seat, room, standing.meeting.mode)) return undefined;
  return seat.languages.find((language) => channelTrack(language, standing.channels) === name);
}

function soundOf(seat: Seat, now: RemoteTrackNow, place: Place): RemoteSound | undefined {
  if (now.track.kind !== "audio" || !maySend(seat, "microphone", place)) return undefined;
  const { id, track, muted } = now;
  const sound = { id, of: seat.identity, track, muted };
  if (!sendsChannels(seat, place.room, place.standing.meeting.mode)) {
    return now.name === "floor" ? { ...sound, channel: null } : undefined;
  }
  if (now.name === WHISPERED + (place.own ?? "")) return { ...sound, channel: WHISPER };
  const channel = channelOf(seat, now.name, place);
  return channel === undefined || !isOfMicrophone(now.name) ? undefined : { ...sound, channel };
}

function signOf(seat: Seat, { id, name, track, muted }: RemoteTrackNow, place: Place): RemoteSign | undefined {
  if (track.kind !== "video" || !isOfCamera(name) || !maySend(seat, "camera", place)) return undefined;
  const channel = channelOf(seat, name, place);
  return channel === undefined ? undefined : { id, of: seat.identity, track, channel, muted };
}

/** In the chamber cameras show principals; among one's own everybody may be seen. */
function isSeen(seat: Seat, room: LineRoom): boolean {
  return room !== "chamber" || seat.role === "principal";
}

function picture(seat: Seat, remote: Remote, name: "camera" | "screen", place: Place): MediaStreamTrack | null {
  if (!maySend(seat, name, place) || (name === "camera" && !isSeen(seat, place.room))) return null;
  const found = remote.tracks.find((now) => now.name === name && now.track.kind === "video" && !now.muted);
  return found?.track ?? null;
}

function seatOf(remote: Remote, seats: readonly Seat[]): Seat | undefined {
  return seats.find(({ identity }) => identity === remote.identity);
}

/** Every sound that may be played here, muted ones too. */
export function soundsOf(remotes: readonly Remote[], seats: readonly Seat[], place: Place): readonly RemoteSound[] {
  return remotes.flatMap((remote) => {
    const seat = seatOf(remote, seats);
    if (seat === undefined) return [];
    return remote.tracks.flatMap((now) => soundOf(seat, now, place) ?? []);
  });
}

/** Every picture of a sign channel that may be shown here, muted ones too. */
export function signsOf(remotes: readonly Remote[], seats: readonly Seat[], place: Place): readonly RemoteSign[] {
  return remotes.flatMap((remote) => {
    const seat = seatOf(remote, seats);
    return seat === undefined ? [] : remote.tracks.flatMap((now) => signOf(seat, now, place) ?? []);
  });
}

/** The others in the room, as they are shown; who has no checked accreditation is not. */
export function presencesOf(remotes: readonly Remote[], seats: readonly Seat[], place: Place): readonly Presence[] {
  return remotes.flatMap((remote) => {
    const seat = seatOf(remote, seats);
    if (seat === undefined) return [];
    const sounds = remote.tracks.flatMap((now) => soundOf(seat, now, place) ?? []);
    const on = sounds.some(({ muted }) => !muted);
    return [
      {
        member: seat.member,
        camera: picture(seat, remote, "camera", place),
        screen: picture(seat, remote, "screen", place),
        microphone: on ? "on" : "off",
        speaking: on && remote.speaking,
        connection: remote.connection,
      } satisfies Presence,
    ];
  });
}
