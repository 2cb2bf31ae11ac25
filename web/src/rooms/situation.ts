/** What the meeting's state means for this member in one room. Pure. */
import type { Seat, Snapshot } from "../contract/parse";
import type { Identity } from "../kernel/ids";
import { type FeedState, grantFor, hearersOf, isHeld, ownSeatIn } from "../summits";
import type { Grant, LineRoom } from "./model";
import type { Place } from "./outgoing";
import { isSigned, sendsChannels } from "./presences";

const NO_GRANT: Grant = { publish: [], hear: false };

/** The meeting as last told, and who one is in it. */
export interface Situation {
  readonly snapshot: Snapshot;
  readonly own: Seat;
}

/** Null while nothing is known, or while one's own seat is not accredited. */
export function situationOf(feed: FeedState): Situation | null {
  const snapshot = feed.at === "live" || feed.at === "returning" ? feed.snapshot : null;
  if (snapshot === null) return null;
  const own = ownSeatIn(snapshot);
  return own === undefined ? null : { snapshot, own };
}

/** Where one sits, as far as what one sends goes by it. */
export function placeIn({ snapshot }: Situation, room: LineRoom): Place {
  return { room, mode: snapshot.meeting.mode, channels: snapshot.channels };
}

/** What one may send and hear in a room now; nothing while nothing is known. */
export function grantIn(situation: Situation | null, room: LineRoom): Grant {
  if (situation === null) return NO_GRANT;
  const { own, snapshot } = situation;
  const row = grantFor(room, own.role, snapshot.meeting);
  if (row === undefined) return NO_GRANT;
  const held = room === "chamber" && isHeld(own, snapshot);
  const kept = { microphone: held, camera: !isShown(own, snapshot, room), screen: false };
  return { publish: row.publish.filter((source) => !kept[source]), hear: row.hear };
}

/** Whether one's camera is for anything: an interpreter's in the chamber is the picture of a sign channel, or nothing. */
function isShown(own: Seat, { meeting, channels }: Snapshot, room: LineRoom): boolean {
  if (room !== "chamber" || own.role !== "interpreter") return true;
  return sendsChannels(own, room, meeting.mode) && own.languages.some((language) => isSigned(language, channels));
}

/** Who may hear one in a room now; nobody while it is not known who is who. */
export function hearersIn(situation: Situation | null, room: LineRoom): readonly Identity[] {
  if (situation === null) return [];
  const { own, snapshot } = situation;
  return hearersOf(own, snapshot.seats, room, snapshot.meeting);
}
