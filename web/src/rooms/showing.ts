/** What the screen shows and the mixer gets of one line. Pure but for reading the line. */
import type { Line } from "./line";
import type { CallState, LineRoom, Presence, RoomName, Sending } from "./model";
import type { Outbox } from "./outgoing";
import {
  isOfCamera,
  isOfMicrophone,
  presencesOf,
  type RemoteSign,
  type RemoteSound,
  signsOf,
  soundsOf,
} from "./presences";
import { grantIn, hearersIn, type Situation } from "./situation";

/** One line and its sending side, in one room. */
export interface Seated<R extends LineRoom = RoomName> {
  readonly room: R;
  readonly line: Line;
  readonly outbox: Outbox;
}

/** What is shown of a seat. */
export interface Shown {
  readonly call: Omit<CallState, "seating" | "wished" | "cameMuted">;
  readonly sounds: readonly RemoteSound[];
  readonly signs: readonly RemoteSign[];
}

export const NOTHING_SENT: Sending = { microphone: false, camera: false, screen: false };

export const NOTHING_SHOWN: Shown = {
  call: { sending: NOTHING_SENT, presences: [], hearers: 0 },
  sounds: [],
  signs: [],
};

function sendingOf({ line }: Seated<LineRoom>): Sending {
  const live = line.sending().filter((name) => !line.isMuted(name));
  return {
    microphone: live.some(isOfMicrophone),
    camera: live.some(isOfCamera),
    screen: live.includes("screen"),
  };
}

function ownPresence({ line, outbox }: Seated<LineRoom>, { own }: Situation, sending: Sending): Presence {
  const { connection, speaking } = line.own();
  return {
    member: own.member,
    camera: outbox.track(line.sending().find(isOfCamera) ?? "camera"),
    screen: outbox.track("screen"),
    microphone: sending.microphone ? "on" : "off",
    speaking: sending.microphone && speaking,
    connection,
  };
}

/** What is shown now; nothing while it is not known who is who. */
export function shownOf(seated: Seated<LineRoom>, situation: Situation | null): Shown {
  if (situation === null) return NOTHING_SHOWN;
  const { room, line } = seated;
  const { seats } = situation.snapshot;
  const remotes = line.remotes();
  const place = { room, own: situation.own.identity, standing: situation.snapshot };
  const sending = sendingOf(seated);
  const allowed = new Set(hearersIn(situation, room));
  return {
    call: {
      sending,
      presences: [ownPresence(seated, situation, sending), ...presencesOf(remotes, seats, place)],
      hearers: remotes.filter(({ identity }) => allowed.has(identity)).length,
    },
    sounds: grantIn(situation, room).hear ? soundsOf(remotes, seats, place) : [],
    signs: grantIn(situation, room).hear ? signsOf(remotes, seats, place) : [],
  };
}

/** Whether two say the same; a track is the same only as itself. */
export function isSame(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((part, at) => isSame(part, other[at]));
  }
  if (!isPlain(one) || !isPlain(other)) return false;
  const names = Object.keys(one);
  return names.length === Object.keys(other).length && names.every((name) => isSame(one[name], other[name]));
}

function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return value !== null && typeof value === "object" && Object.getPrototypeOf(value) === Object.prototype;
}

/** Whether there is nothing new to draw: the SFU tells of much that changes nothing here. */
export function sameCall(one: CallState, other: CallState): boolean {
  return isSame(one, other);
}

export function sameSounds(one: readonly RemoteSound[], other: readonly RemoteSound[]): boolean {
  return (
    one.length === other.length &&
    one.every((sound, at) => {
      const twin = other[at];
      if (twin?.id !== sound.id || twin.track !== sound.track) return false;
      return twin.muted === sound.muted && twin.stalled === sound.stalled;
    })
  );
}
