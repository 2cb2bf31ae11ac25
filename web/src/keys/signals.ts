/** Hands that are up in a group, and who has asked the speaker to slow down, by their own sealed and signed signals. Pure. */
import type { Said } from "../contract/parse";
import type { Identity } from "../kernel/ids";
import type { Member } from "./credential";

type Signal = Extract<Said, { kind: "signal" }>;

/** How long somebody's word to slow down is shown, in ms. */
export const SLOWING = 5000;

/** What is shown of signals. */
export interface Signals {
  /** Whose hand is up, and since when it was heard; in the order in which they were raised. */
  readonly hands: ReadonlyMap<Identity, number>;
  /** Until when somebody's word to slow down is shown. */
  readonly slowing: ReadonlyMap<Identity, number>;
}

export const NO_SIGNALS: Signals = { hands: new Map(), slowing: new Map() };

/** What somebody's signal, heard at `now`, makes of it. */
export function afterSignal(before: Signals, { identity }: Member, { signal }: Signal, now: number): Signals {
  const { hands, slowing } = before;
  switch (signal) {
    case "raise_hand":
      return hands.has(identity) ? before : { hands: new Map([...hands, [identity, now]]), slowing };
    case "lower_hand":
      return { hands: without(hands, identity), slowing };
    case "slow_down":
      return { hands, slowing: new Map([...slowing, [identity, now + SLOWING]]) };
    case "doors_shut":
    case "heard_outside":
    case "code_found":
      return before;
  }
}

/** What is left when somebody is no longer in the group. */
export function withoutMember({ hands, slowing }: Signals, identity: Identity): Signals {
  return { hands: without(hands, identity), slowing: without(slowing, identity) };
}

/** Who asks at this instant to slow down. */
export function slowingAt({ slowing }: Signals, now: number): readonly Identity[] {
  return [...slowing].filter(([, until]) => until > now).map(([identity]) => identity);
}

function without(all: ReadonlyMap<Identity, number>, identity: Identity): ReadonlyMap<Identity, number> {
  return new Map([...all].filter(([each]) => each !== identity));
}
