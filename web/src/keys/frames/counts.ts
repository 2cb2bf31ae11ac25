/** What the frames worker tells of itself: how many frames passed, how many did not and why. Never what was in them. */
import { isFloorKey } from "./layout";

/** Why a frame went no further. */
export const DROPS = [
  // On the way out.
  "noSendingKey",
  "spent",
  // On the way in.
  "unsealed",
  "doorsClosed",
  "unknownSender",
  "missingKey",
  "wrongChannel",
  "badTag",
  "replayed",
  // Both ways.
  "codec",
  "empty",
  "broken",
] as const;

export type Drop = (typeof DROPS)[number];

/** What was opened of one sender. */
export interface Heard {
  readonly sender: string;
  /** Under which the newest frame was sealed. */
  readonly keyId: number;
  readonly opened: number;
  /** How many of them under a key that the press pool may hold. */
  readonly onFloor: number;
}

export interface Counts {
  readonly sealed: number;
  readonly opened: number;
  /** How many of both were speech that carries what was said just before (RED). */
  readonly redundant: number;
  readonly dropped: Readonly<Record<Drop, number>>;
  readonly senders: readonly Heard[];
}

/** Counts. */
export class Tally {
  private sealed = 0;
  private opened = 0;
  private redundant = 0;
  private readonly drops = new Map<Drop, number>();
  private readonly heard = new Map<string, Heard>();

  sealedOne(): void {
    this.sealed += 1;
  }

  openedOne(sender: string, keyId: number): void {
    const before = this.heard.get(sender);
    this.opened += 1;
    this.heard.set(sender, {
      sender,
      keyId,
      opened: (before?.opened ?? 0) + 1,
      onFloor: (before?.onFloor ?? 0) + (isFloorKey(keyId) ? 1 : 0),
    });
  }

  redundantOne(): void {
    this.redundant += 1;
  }

  dropped(why: Drop): void {
    this.drops.set(why, (this.drops.get(why) ?? 0) + 1);
  }

  counts(): Counts {
    const dropped = Object.fromEntries(DROPS.map((why) => [why, this.drops.get(why) ?? 0])) as Record<Drop, number>;
    const { sealed, opened, redundant } = this;
    return { sealed, opened, redundant, dropped, senders: [...this.heard.values()] };
  }
}
