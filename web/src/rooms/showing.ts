/** What the screen shows and the mixer gets of one line. Pure but for reading the line. */
import type { Line } from "./line";
import type { CallState, Presence, RoomName, Sending } from "./model";
import type { Outbox } from "./outgoing";
import { presencesOf, type RemoteSound, soundsOf } from "./presences";
import { grantIn, hearersIn, type Situation } from "./situation";

/** One line and its sending side, in one room. */
export interface Seated {
  readonly room: RoomName;
  readonly line: Line;
  readonly outbox: Outbox;
}

/** What is shown of a seat. */
export interface Shown {
  readonly call: Omit<CallState, "seating" | "wished" | "cameMuted">;
  readonly sounds: readonly RemoteSound[];
}

export const NOTHING_SENT: Sending = { microphone: false, camera: false, screen: false };

export const NOTHING_SHOWN: Shown = {
  call: { sending: NOTHING_SENT, presences: [], hearers: 0 },
  sounds: [],
};

function sendingOf({ line }: Seated): Sending {
  const live = line.sending().filter((name) => !line.isMuted(name));
  return {
    microphone: live.some((name) => name === "floor" || name.startsWith("int:")),
    camera: live.includes("camera"),
    screen: live.includes("screen"),
  };
}

function ownPresence({ line, outbox }: Seated, { own }: Situation, sending: Sending): Presence {
  const { connection, speaking } = line.own();
  return {
    member: own.member,
    camera: outbox.track("camera"),
    screen: outbox.track("screen"),
    microphone: sending.microphone ? "on" : "off",
    speaking: sending.microphone && speaking,
    connection,
  };
}

/** What is shown now; nothing while it is not known who is who. */
export function shownOf(seated: Seated, situation: Situation | null): Shown {
  if (situation === null) return NOTHING_SHOWN;
  const { room, line } = seated;
  const { seats, meeting } = situation.snapshot;
  const remotes = line.remotes();
  const place = { room, standing: meeting };
  const sending = sendingOf(seated);
  const allowed = new Set(hearersIn(situation, room));
  return {
    call: {
      sending,
      presences: [ownPresence(seated, situation, sending), ...presencesOf(remotes, seats, place)],
      hearers: remotes.filter(({ identity }) => allowed.has(identity)).length,
    },
    sounds: grantIn(situation, room).hear ? soundsOf(remotes, seats, place) : [],
  };
}

export function sameSounds(one: readonly RemoteSound[], other: readonly RemoteSound[]): boolean {
  return (
    one.length === other.length &&
    one.every((sound, at) => {
      const twin = other[at];
      return twin?.id === sound.id && twin.muted === sound.muted && twin.track === sound.track;
    })
  );
}
