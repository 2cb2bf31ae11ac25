/** Waits between tries, in ms: at once, then doubling, never longer than the last. */
const WAITS = [0, 100, 200, 400, 800] as const;
const LONGEST = 800;

/**
 * How long to wait before try number `tries` (from 0), in ms. A fifth of the wait is chance, so that many clients
 * thrown out together do not come back in one instant. Short on purpose: a resumed call is worth more than a
 * spared connection, and there are tens of clients, not millions.
 */
export function waitBefore(tries: number, chance: () => number = Math.random): number {
  const wait = WAITS[tries] ?? LONGEST;
  return Math.round(wait * (0.8 + 0.4 * chance()));
}

/** The same for what nobody waits for at a screen: never at once. */
export function pauseBefore(tries: number, chance: () => number): number {
  return Math.max(100, waitBefore(tries, chance));
}
