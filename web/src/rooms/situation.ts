/** What the meeting's state means for this member in one room. Pure. */
import type { Seat, Snapshot } from "../contract/parse";
import type { Identity } from "../kernel/ids";
import { type FeedState, grantFor, hearersOf, ownSeatIn } from "../summits";
import type { Grant, RoomName } from "./model";

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

/** What one may send and hear in a room now; nothing while nothing is known. */
export function grantIn(situation: Situation | null, room: RoomName): Grant {
  if (situation === null) return NO_GRANT;
  const { own, snapshot } = situation;
  const row = grantFor(room, own.role, snapshot.meeting);
  return row === undefined ? NO_GRANT : { publish: row.publish, hear: row.hear };
}

/** Who may hear one in a room now; nobody while it is not known who is who. */
export function hearersIn(situation: Situation | null, room: RoomName): readonly Identity[] {
  if (situation === null) return [];
  const { own, snapshot } = situation;
  return hearersOf(own, snapshot.seats, room, snapshot.meeting);
}
