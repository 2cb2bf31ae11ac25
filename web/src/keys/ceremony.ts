/**
 * The reading aloud of the code: who reads which half, what it has shown, and for how long that counts. Equal codes say that
 * both sides are in one epoch with the same members, and that nobody stands between them. Pure.
 */
import type { Identity } from "../kernel/ids";
import type { Member } from "./credential";
import type { Holder } from "./duties";
import { personOf } from "./rules";
import type { GroupStanding } from "./standing";

/** What whoever compared the code found. */
export type Finding = "match" | "mismatch";

/** One's own place in the group's tree; another session is another place. */
export interface Place {
  readonly epoch: number;
  readonly leaf: number;
  readonly expires: number;
}

/** What the last comparison has shown, if it still counts. */
export interface Compared {
  readonly finding: Finding;
  /** The epoch whose code was read. */
  readonly epoch: number;
  /** In ms since the epoch, by the server's clock. */
  readonly at: number;
  /** Who held the keys then, and on which device: by person. */
  readonly holders: ReadonlyMap<string, Identity>;
}

/** What is remembered between one look at the group and the next. */
export interface Ceremony {
  readonly compared: Compared | null;
  /** Where one stood; null while one is not inside. */
  readonly place: Place | null;
  /** Whether one has been inside before. */
  readonly wasInside: boolean;
  /** The groups whose sealing has failed here, and in which one is not again yet. */
  readonly failed: readonly GroupStanding["group"][];
}

/** What happens. */
export type CeremonyFact =
  | { readonly fact: "stands"; readonly groups: readonly GroupStanding[]; readonly own: Identity }
  | {
      readonly fact: "found";
      readonly finding: Finding;
      readonly epoch: number;
      readonly at: number;
      readonly roster: readonly Holder[];
    };

/** How one has come to where one stands. Whoever joins or comes back does so by what the server holds out to them. */
export type Step = "stayed" | "followed" | "entered" | "outside";

/** What is left of a finding. A match outlives every commit that was judged by the rules; a mismatch outlives all but a match. */
export const OUTLIVES: Readonly<Record<Finding, ReadonlySet<Step>>> = {
  match: new Set(["stayed", "followed"]),
  mismatch: new Set(["stayed", "followed", "entered", "outside"]),
};

export const NOTHING_COMPARED: Ceremony = { compared: null, place: null, wasInside: false, failed: [] };

export function placeIn(standing: GroupStanding | undefined, own: Identity): Place | null {
  if (standing?.at !== "inside") return null;
  const mine = standing.roster.find(({ member }) => member.identity === own);
  return mine === undefined ? null : { epoch: standing.epoch, leaf: mine.leaf, expires: mine.member.expires };
}

export function stepOf(before: Place | null, after: Place | null): Step {
  if (after === null) return "outside";
  if (before === null || before.leaf !== after.leaf || before.expires !== after.expires) return "entered";
  if (before.epoch === after.epoch) return "stayed";
  return before.epoch + 1 === after.epoch ? "followed" : "entered";
}

function devices(roster: readonly Holder[]): ReadonlyMap<string, Identity> {
  return new Map(roster.map(({ member }) => [personOf(member), member.identity]));
}

/** What is remembered after a fact. What was found in an epoch that is over meanwhile is not taken for this one. */
export function afterFact(before: Ceremony, heard: CeremonyFact): Ceremony {
  if (heard.fact === "found") {
    if (heard.epoch !== before.place?.epoch) return before;
    const { finding, epoch, at, roster } = heard;
    return { ...before, compared: { finding, epoch, at, holders: devices(roster) } };
  }
  const { groups } = heard;
  const standing = groups.find(({ group }) => group === "chamber");
  const place = placeIn(standing, heard.own);
  const { compared } = before;
  const isKept = compared !== null && OUTLIVES[compared.finding].has(stepOf(before.place, place));
  const wasInside = before.wasInside || place !== null;
  return { compared: isKept ? compared : null, place, wasInside, failed: failedIn(before, groups) };
}

function failedIn({ failed }: Ceremony, groups: readonly GroupStanding[]): Ceremony["failed"] {
  const those = (at: GroupStanding["at"]) => groups.filter((each) => each.at === at).map(({ group }) => group);
  const inside = those("inside");
  return [...new Set([...failed.filter((group) => !inside.includes(group)), ...those("ended")])];
}

/** Who has come since the code matched: somebody new, or somebody known on another device. */
export type Since = "newcomer" | "newDevice";

export function sinceCompared({ compared }: Ceremony, member: Member): Since | null {
  if (compared?.finding !== "match") return null;
  const device = compared.holders.get(personOf(member));
  if (device === undefined) return "newcomer";
  return device === member.identity ? null : "newDevice";
}

/** What one side reads aloud. */
export interface Turn<Side> {
  readonly side: Side;
  /** Groups of four digits. */
  readonly groups: readonly string[];
}

/** Shares the code out among the sides, in their order, so that every side reads and none reads it all. */
export function turnsOf<Side>(code: string, sides: readonly Side[]): readonly Turn<Side>[] {
  const groups = code.split(" ");
  const readers = sides.slice(0, groups.length);
  const begins = (at: number) => Math.floor((at * groups.length) / readers.length);
  return readers.map((side, at) => ({ side, groups: groups.slice(begins(at), begins(at + 1)) }));
}
