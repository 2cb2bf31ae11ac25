/** What a member wants to send, in each of the two rooms: what is said in one is not meant for the other. Pure. */
import type { Meeting, Seat } from "../contract/parse";
import type { RoomName, Sending } from "./model";
import type { Wish } from "./outgoing";
import { NOTHING_SENT } from "./showing";

export type Wishes = Readonly<Record<RoomName, Wish>>;

const NO_WISH: Wish = { ...NOTHING_SENT, onAir: null };
const SEEN: Wish = { ...NO_WISH, microphone: true, camera: true };

export const NO_WISHES: Wishes = { chamber: NO_WISH, caucus: NO_WISH };

/** A principal is seen and heard unless they say otherwise; for everybody else it is the other way round. */
export function firstWishes({ role }: Seat): Wishes {
  return role === "principal" ? { chamber: SEEN, caucus: SEEN } : NO_WISHES;
}

/** Whoever comes back from the caucus or a recess is neither heard nor shares a screen before they say so. */
export function mutedInChamber({ chamber, caucus }: Wishes): Wishes {
  const silent = { microphone: false, screen: false, onAir: null, lingers: null, whispers: null, ready: [] };
  return { caucus, chamber: { ...chamber, ...silent } };
}

/**
 * Whether what was wished before is no wish to be heard now: there was a recess, or the microphone of an interpreter is for
 * something else now, the channel or the floor, at their turn or at all times.
 */
export function endsWishes({ role }: Seat, before: Meeting | null, now: Meeting): boolean {
  if (now.phase === "recess" && before?.phase !== "recess") return true;
  return role === "interpreter" && before !== null && before.mode !== now.mode;
}

export function isAudible({ microphone, onAir }: Wish): boolean {
  return microphone || onAir !== null;
}

/** What the buttons show of a wish. */
export function shownOfWish(wish: Wish): Sending {
  return { microphone: isAudible(wish), camera: wish.camera, screen: wish.screen };
}
