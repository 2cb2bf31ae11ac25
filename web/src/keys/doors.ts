/**
 * The doors as every client knows them by the chairs' own sealed, signed orders, whatever the server says. They stand open
 * only while a chair of every delegation holds them open; what is not held falls shut. Facts go in, how they stand comes
 * out, time is passed in, in ms. Pure.
 *
 * ```
 *            a chair's order        a chair of the last delegation
 *   closed ──────────────▶ opening ──────────────▶ open until t
 *     ▲                      │                       │  each order renews its chair's lease, of 30 s
 *     └──────────────────────┴───────────────────────┘
 *        one chair's word · a lease that runs out · any doubt
 * ```
 */
import type { Said } from "../contract/parse";
import type { Party } from "../kernel/ids";
import type { Member } from "./credential";
import { personOf } from "./rules";

/** How long an order holds the doors open. */
export const LEASE = 30_000;
/** After how long whoever holds them says so again. */
export const RENEWAL = 10_000;
/** How far another's clock may be ahead. */
export const APART = 5000;

type Order = Extract<Said, { kind: "order" }>;

/** A chair's order, or nothing but a reason to look. */
export type DoorFact =
  | { readonly is: "order"; readonly from: Member; readonly order: Order }
  /** One closes them oneself, whether or not anybody hears of it. */
  | { readonly is: "closing"; readonly order: Order }
  /** Something may have been missed or forged: the line was lost, an envelope is missing, a key does not fit. */
  | { readonly is: "doubt" }
  /** Which opening of the doors is meant from now on: the one that lasts, or the next. */
  | { readonly is: "opening"; readonly opening: number }
  /** Nothing but time. */
  | { readonly is: "time" };

/** One chair's hand on the door. */
interface Hold {
  readonly party: Party;
  /** When they gave the order for the first time. */
  readonly since: number;
  readonly until: number;
}

/** What is remembered. */
export interface Doors {
  readonly opening: number;
  /** Every delegation of the summit: a chair of each must hold the doors. */
  readonly delegations: readonly Party[];
  readonly holds: ReadonlyMap<string, Hold>;
  /** Who had a hand on the door up to then has lost it. */
  readonly shutSince: number;
}

/** How the doors stand. */
export type DoorsStanding =
  | { readonly at: "closed" }
  /** Of some delegations a chair has given the order; of the others it is waited for. */
  | { readonly at: "opening"; readonly by: readonly Party[]; readonly awaited: readonly Party[] }
  | { readonly at: "open"; readonly until: number };

export function closedDoors(delegations: readonly Party[], opening: number): Doors {
  return { opening, delegations, holds: new Map(), shutSince: Number.NEGATIVE_INFINITY };
}

/** What follows from a fact. What is not a chair's, or not of now, changes nothing. */
export function afterFact(before: Doors, fact: DoorFact, now: number): Doors {
  const doors = expired(before, now);
  switch (fact.is) {
    case "order":
      return ordered(doors, fact.from, fact.order, now);
    case "closing":
      return shut(doors, fact.order, now);
    case "doubt":
      return { ...doors, holds: new Map() };
    case "opening":
      return fact.opening === doors.opening ? doors : closedDoors(doors.delegations, fact.opening);
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

function ordered(doors: Doors, from: Member, order: Order, now: number): Doors {
  if (!from.chair || !doors.delegations.includes(from.party)) return doors;
  return order.order === "close_doors" ? shut(doors, order, now) : held(doors, from, order, now);
}

/** A chair holds the doors open, unless that was before they were closed, or is said too late or too early to be true. */
function held(
  doors: Doors,
  from: Member,
  { opening, at, since }: Extract<Order, { order: "open_doors" }>,
  now: number,
): Doors {
  const [said, first] = [Date.parse(at), Date.parse(since)];
  const isOfNow = said <= now + APART && first <= said && first > doors.shutSince && opening === doors.opening;
  const until = Math.min(said, now) + LEASE;
  if (!isOfNow || until <= now) return doors;
  const person = personOf(from);
  const before = doors.holds.get(person);
  const hold = { party: from.party, since: first, until: Math.max(until, before?.until ?? 0) };
  return { ...doors, holds: new Map([...doors.holds, [person, hold]]) };
}

/** One chair is enough, and however late it comes. Nobody's order from before then holds the doors again. */
function shut(doors: Doors, { opening, at }: Order, now: number): Doors {
  if (opening < doors.opening) return doors;
  const firsts = [...doors.holds.values()].map(({ since }) => since);
  const shutSince = Math.max(doors.shutSince, Math.min(Date.parse(at), now + APART), ...firsts);
  return { ...doors, holds: new Map(), shutSince };
}
