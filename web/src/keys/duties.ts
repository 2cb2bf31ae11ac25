/**
 * Who of a group commits when: one member at a time is meant to, the next in line only when that one does not. Nothing
 * goes wrong when two do it at once but time, for the first commit wins. Pure.
 */
import type { Role } from "../contract/parse";
import type { Identity } from "../kernel/ids";
import type { Member } from "./credential";
import { mayRemove, personOf } from "./rules";

/** How long each in line leaves to the one before, in ms. */
const STEP = 2000;
/** By how much of chance two that believe to be in the same place are kept apart, in ms. */
const JITTER = 300;
/** How long somebody may be away before they are put out, in ms: a short break in the line is none. */
export const AWAY = 60_000;
/** How long the keys of an epoch are used, in ms. */
export const RENEWAL = 600_000;
/** For how long the keys may be used longer while the code is read aloud, in ms. */
export const READING = 180_000;
/** How long before its end an own session's key is replaced, in ms. */
const BEFORE_END = 1_800_000;

/** A member with the leaf that they hold. */
export interface Holder {
  readonly leaf: number;
  readonly member: Member;
}

/** What the server says of the others. No more than who is waited for, and who is put out, may hang on it. */
export interface Others {
  /** Who is connected; null when that is not known. */
  readonly connected: readonly Identity[] | null;
  /** Roles that the meeting keeps out of the group now, by its format or its phase. */
  readonly keptOut: readonly Role[];
  /** Who alone has business in it, whatever the rules let in; left out where the rules say it all. */
  readonly members?: readonly Identity[];
}

/** How a group stands, for whoever asks what to do in it. */
export interface View {
  readonly roster: readonly Holder[];
  readonly own: Holder;
  /** Who is connected. That is the server's word, so only who is waited for hangs on it. */
  readonly present: ReadonlySet<Identity>;
  /** Since when somebody with a leaf has not been connected, in ms since the epoch. */
  readonly away: ReadonlyMap<Identity, number>;
  /** Persons whose party has taken back its word. */
  readonly revoked: ReadonlySet<string>;
  /** Roles that the meeting keeps out now. */
  readonly keptOut: ReadonlySet<Role>;
  /** Who alone has business there; left out where the rules say it all. */
  readonly members?: ReadonlySet<Identity> | undefined;
  /** Whether anybody may put out anybody. */
  readonly equals?: boolean;
  /** Whether the doors have closed on the press. */
  readonly isShut: boolean;
  /** When the epoch began, in ms since the epoch. */
  readonly began: number;
  /** Until when the code is read aloud, in ms since the epoch. */
  readonly paused: number;
}

/** What is to be done, and when, in ms since the epoch. */
export type Duty =
  | { readonly what: "remove"; readonly at: number; readonly removes: readonly number[] }
  | {
      /** To renew the keys, to come back with a new session, or to see whether somebody has come due. */
      readonly what: "rotate" | "return" | "look";
      readonly at: number;
    };

/** Whether somebody has no business in the group any more. */
function isDue({ away, keptOut, members, revoked, isShut }: View, { member }: Holder, now: number): boolean {
  const since = away.get(member.identity);
  return (
    revoked.has(personOf(member)) ||
    now >= member.expires ||
    (isShut && member.role === "press") ||
    keptOut.has(member.role) ||
    members?.has(member.identity) === false ||
    (since !== undefined && now >= since + AWAY)
  );
}

/** When somebody comes due if nothing changes. */
function dueAt({ away }: View, { member }: Holder): number {
  const since = away.get(member.identity);
  return Math.min(member.expires, since === undefined ? Number.POSITIVE_INFINITY : since + AWAY);
}

/** How many are asked before oneself: chairs first, then by leaf. Whoever is kept out commits nothing any more. */
function placeOf({ roster, own, present, keptOut, equals }: View, targets: readonly Holder[]): number {
  const able = roster.filter(
    (one) =>
      !targets.includes(one) &&
      (one.leaf === own.leaf || (present.has(one.member.identity) && !keptOut.has(one.member.role))) &&
      targets.every((target) => mayRemove(one.member, target.member, equals)),
  );
  const line = able.toSorted((a, b) => Number(b.member.chair) - Number(a.member.chair) || a.leaf - b.leaf);
  return line.findIndex(({ leaf }) => leaf === own.leaf);
}

/**
 * When the keys are to be renewed, by whoever is first in line: not while the code is read aloud, and somewhat later at
 * most. The others leave the first in line as much time, for they may not know that it is read.
 */
function renewalAt(view: View): number {
  const [due, last] = [view.began + RENEWAL, view.began + RENEWAL + READING];
  return placeOf(view, []) > 0 ? last : Math.min(Math.max(due, view.paused), last);
}

/** What oneself has to do next, and when. `chance` is from 0 to 1. */
export function dutyOf(view: View, now: number, chance: number): Duty {
  const waited = (place: number) => (place <= 0 ? 0 : place * STEP + chance * JITTER);
  const others = view.roster.filter(({ leaf }) => leaf !== view.own.leaf);
  const mine = others.filter((one) => mayRemove(view.own.member, one.member, view.equals));
  const targets = mine.filter((one) => isDue(view, one, now));
  const end = view.own.member.expires - BEFORE_END;
  if (end <= now) return { what: "return", at: end };
  if (targets.length > 0) {
    const removes = targets.map(({ leaf }) => leaf);
    return { what: "remove", at: now + waited(placeOf(view, targets)), removes };
  }
  const rotation = renewalAt(view) + waited(placeOf(view, []));
  const next = Math.min(end, ...mine.map((one) => dueAt(view, one)));
  return rotation <= next ? { what: "rotate", at: rotation } : { what: "look", at: next };
}
