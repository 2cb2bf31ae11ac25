/**
 * The doors as every client knows them by the chairs' own signed orders, whatever the server says. They stand open only
 * while a chair of every delegation holds them open; what is not held falls shut. Facts go in, how they stand comes out,
 * time is passed in, in ms. Pure.
 *
 * ```
 *            a chair's order        a chair of the last delegation
 *   closed ──────────────▶ opening ──────────────▶ open until t
 *     ▲                      │                       │  each order renews its chair's lease, of 30 s
 *     └──────────────────────┴───────────────────────┘
 *     one chair's word (for good) · a lease that runs out
 * ```
 */
import type { DoorsWord } from "../contract/parse";
import type { Identity, Party } from "../kernel/ids";

/** How long an order holds the doors open. */
export const LEASE = 30_000;
/** After how long whoever holds them says so again. */
export const RENEWAL = 10_000;
/** How far another's clock may be ahead. */
export const APART = 5000;

/** A chair, by the words of their delegation: this was checked. */
export interface Chair {
  readonly identity: Identity;
  readonly party: Party;
}

/** A chair's order, or nothing but a reason to look. */
export type DoorFact =
  | { readonly is: "order"; readonly from: Chair; readonly word: DoorsWord }
  /** Which opening of the doors is meant from now on: the one that lasts, or the next. */
  | { readonly is: "opening"; readonly opening: number }
  /** Nothing but time. */
  | { readonly is: "time" };

/** One chair's hand on the door. */
interface Hold {
  readonly party: Party;
  readonly until: number;
}

/** What is remembered. */
export interface Doors {
  readonly opening: number;
  /** Every delegation of the summit: a chair of each must hold the doors. */
  readonly delegations: readonly Party[];
  readonly holds: ReadonlyMap<Identity, Hold>;
  /** When each chair gave their last order: one that was given before it, and is told again, is none. */
  readonly last: ReadonlyMap<Identity, number>;
  /** Whether a chair has closed them: this opening is over. */
  readonly isShut: boolean;
}

/** How the doors stand. */
export type DoorsStanding =
  | { readonly at: "closed" }
  /** Of some delegations a chair has given the order; of the others it is waited for. */
  | { readonly at: "opening"; readonly by: readonly Party[]; readonly awaited: readonly Party[] }
  | { readonly at: "open"; readonly until: number };

export function closedDoors(delegations: readonly Party[], opening: number): Doors {
  return { opening, delegations, holds: new Map(), last: new Map(), isShut: false };
}

/** What follows from a fact. What is not of now, or was heard before, changes nothing. */
export function afterFact(before: Doors, fact: DoorFact, now: number): Doors {
  const doors = expired(before, now);
  switch (fact.is) {
    case "order":
      return ordered(doors, fact.from, fact.word, now);
    case "opening":
      if (fact.opening === doors.opening) return doors;
      return { ...closedDoors(doors.delegations, fact.opening), last: doors.last };
    case "time":
      return doors;
  }
}

/** How the doors stand at an instant. */
export function standingOf({ delegations, holds }: Doors, now: number): DoorsStanding {
  const ends = new Map<Party, number>();
  for (const { party, until } of holds.values()) {
    if (until > now) ends.set(party, Math.max(until, ends.get(party) ?? 0));
  }
  const awaited = delegations.filter((party) => !ends.has(party));
  const by = delegations.filter((party) => ends.has(party));
  if (by.length === 0) return { at: "closed" };
  if (awaited.length > 0) return { at: "opening", by, awaited };
  return { at: "open", until: Math.min(...ends.values()) };
}

/** When the doors may stand otherwise though nothing happens; null when they cannot. */
export function nextChange({ holds }: Doors): number | null {
  return holds.size === 0 ? null : Math.min(...[...holds.values()].map(({ until }) => until));
}

function expired(doors: Doors, now: number): Doors {
  const holds = [...doors.holds].filter(([, { until }]) => until > now);
  return holds.length === doors.holds.size ? doors : { ...doors, holds: new Map(holds) };
}

/** One chair's closing is enough, and however late it comes. */
function ordered(doors: Doors, from: Chair, word: DoorsWord, now: number): Doors {
  const said = Date.parse(word.at);
  const isTold = said < (doors.last.get(from.identity) ?? Number.NEGATIVE_INFINITY);
  if (isTold || said > now + APART || !doors.delegations.includes(from.party)) return doors;
  const heard = { ...doors, last: new Map([...doors.last, [from.identity, said]]) };
  if (word.opening !== doors.opening) return heard;
  if (word.order === "close") return { ...heard, holds: new Map(), isShut: true };
  const until = Math.min(said, now) + LEASE;
  if (doors.isShut || until <= now) return heard;
  return { ...heard, holds: new Map([...heard.holds, [from.identity, { party: from.party, until }]]) };
}
