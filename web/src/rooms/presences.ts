/** What is shown and heard of the others: only what the table lets them send, whatever the SFU forwards. Pure. */
import type { Seat } from "../contract/parse";
import type { Language } from "../kernel/ids";
import { grantFor, type Standing } from "../summits";
import type { Remote, RemoteTrackNow } from "./line";
import type { Presence, RoomName, Source } from "./model";

/** A sound that may be played: the floor's, or a booth's channel. */
export interface RemoteSound {
  readonly id: string;
  readonly track: MediaStreamTrack;
  /** Null is the floor. */
  readonly channel: Language | null;
  readonly muted: boolean;
}

/** Where one sits, and how the meeting stands. */
export interface Place {
  readonly room: RoomName;
  readonly standing: Standing;
}

const CHANNEL = "int:";

/** The name of a booth's track. */
export function channelTrack(language: Language): string {
  return CHANNEL + language;
}

/** Whether what this member sends in this room are channels, not the floor. */
export function sendsChannels(seat: Pick<Seat, "role">, room: RoomName): boolean {
  return room === "chamber" && seat.role === "interpreter";
}

function maySend(seat: Seat, source: Source, { room, standing }: Place): boolean {
  return grantFor(room, seat.role, standing)?.publish.includes(source) === true;
}

function channelOf(seat: Seat, name: string): Language | undefined {
  if (!name.startsWith(CHANNEL)) return undefined;
  return seat.languages.find((language) => channelTrack(language) === name);
}

function soundOf(seat: Seat, now: RemoteTrackNow, place: Place): RemoteSound | undefined {
  if (now.track.kind !== "audio" || !maySend(seat, "microphone", place)) return undefined;
  const { id, track, muted } = now;
  if (!sendsChannels(seat, place.room)) {
    return now.name === "floor" ? { id, track, muted, channel: null } : undefined;
  }
  const channel = channelOf(seat, now.name);
  return channel === undefined ? undefined : { id, track, muted, channel };
}

/** In the chamber cameras show principals; among one's own everybody may be seen. */
function isSeen(seat: Seat, room: RoomName): boolean {
  return room === "caucus" || seat.role === "principal";
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
