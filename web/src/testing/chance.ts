/** Chance that can be had again: the same seed, the same draws (mulberry32). */
export function chanceFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** Some bytes with something changed: cut short, or up to four of them, half the time among the first two hundred. */
export function mutated(bytes: Uint8Array, chance: (below: number) => number): Uint8Array {
  const way = chance(4);
  if (way === 0) {
    return bytes.slice(0, chance(bytes.length));
  }
  const copy = bytes.slice();
  const among = way === 1 ? Math.min(200, bytes.length) : bytes.length;
  for (let left = 1 + chance(4); left > 0; left -= 1) {
    const place = chance(among);
    copy[place] = (copy[place] ?? 0) ^ (chance(3) === 0 ? 0xff : 1 + chance(255));
  }
  return copy;
}
