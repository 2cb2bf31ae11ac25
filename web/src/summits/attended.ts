/**
 * Until when one has heard all that the server told: what it shows later, and should have shown by then, was not so. What comes
 * soon after a break may be what was missed, and says nothing of when. Time is passed in, in ms.
 */
import { SILENCE } from "../contract/socket";

/** After how long a break is over: what was missed has come by then. */
export const CATCHES_UP = 30_000;

export class Attended {
  private since = 0;
  private last: number | null = null;
  private upTo: number | null = null;

  /** Something came; returns until when all had been heard before it did. Null: never yet. */
  heard(now: number): number | null {
    const before = this.upTo;
    // The line is not silent for longer: one was away, asleep perhaps.
    if (this.last === null || now - this.last > SILENCE) this.since = now;
    this.last = now;
    if (now - this.since >= CATCHES_UP) this.upTo = now;
    return before;
  }

  /** Nothing more comes by this way. */
  broken(): void {
    this.last = null;
  }
}
