/**
 * Sounds that are on air by word, and still on their way: the word, the sound and the news that it is no longer muted come by
 * different ways. Whoever changes over before the sound is there tears a hole.
 */
import type { Clock } from "../kernel/clock";

/** How long a sound is waited for, in ms: then it is there, or its speaker is silent. */
export const SETTLES = 400;
/** How often one listens for it, in ms. */
const LOOK = 10;
/**
 * So many looks in a row hear a sound that has come to stay. Fewer hear what was left of one that had gone, or one that breaks off
 * as it begins; and whoever hands over goes on for longer.
 */
const LOOKS = 12;
/** How soon a sound that is there is found, in ms. */
export const COMES = LOOK * LOOKS;

interface Awaited {
  readonly since: number;
  readonly heard: number;
}

export class Arriving {
  private readonly clock: Clock;
  private readonly hears: (id: string) => boolean;
  private readonly changed: () => void;
  private readonly here = new Set<string>();
  private readonly awaited = new Map<string, Awaited>();
  private stop: (() => void) | null = null;

  /**
   * @param hears whether there is a sound under this name now.
   * @param changed called when one has come.
   */
  constructor(clock: Clock, hears: (id: string) => boolean, changed: () => void) {
    this.clock = clock;
    this.hears = hears;
    this.changed = changed;
  }

  /** From now on exactly these are on air. */
  expect(ids: readonly string[]): void {
    for (const id of [...this.here, ...this.awaited.keys()]) if (!ids.includes(id)) this.forget(id);
    for (const id of ids)
      if (!this.here.has(id) && !this.awaited.has(id)) this.awaited.set(id, { since: this.clock.now(), heard: 0 });
    if (this.awaited.size === 0) return;
    this.stop ??= this.clock.every(LOOK, () => {
      if (this.look()) this.changed();
    });
  }

  /** Whether it is on air, and its sound has not come yet. */
  isAwaited(id: string): boolean {
    return this.awaited.has(id);
  }

  private look(): boolean {
    const now = this.clock.now();
    for (const [id, { since, heard }] of this.awaited) {
      this.awaited.set(id, { since, heard: this.hears(id) ? heard + 1 : 0 });
    }
    const come = [...this.awaited].filter(([, { since, heard }]) => heard >= LOOKS || now - since >= SETTLES);
    for (const [id] of come) {
      this.awaited.delete(id);
      this.here.add(id);
    }
    if (this.awaited.size === 0) {
      this.stop?.();
      this.stop = null;
    }
    return come.length > 0;
  }

  private forget(id: string): void {
    this.here.delete(id);
    this.awaited.delete(id);
  }
}
