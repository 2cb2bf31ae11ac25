/**
 * Until when one has heard all that the server told: what it shows later, and should have shown by then, was not so. What comes
 * soon after a break may be what was missed, and says nothing of when. Time is passed in, in ms.
 */
import { SILENCE } from "../contract/socket";

/** After how long a break is over: what was missed has come by then. */
export const CATCHES_UP = 30_000;
const PLACE = "visavis.attended";

/** Until when, by the server's clock, and what one's own said then. */
interface UpTo {
  readonly there: number;
  readonly here: number;
}

export class Attended {
  private readonly memory: Pick<Storage, "getItem" | "setItem">;
  private readonly place: string;
  private since = 0;
  private last: number | null = null;
  private upTo: UpTo | null;

  /** @param memory outlives a reload of the page, and nothing else. */
  constructor(memory: Attended["memory"], meeting: string) {
    this.memory = memory;
    this.place = `${PLACE} ${meeting}`;
    const kept = memory.getItem(this.place);
    this.upTo = kept === null ? null : (JSON.parse(kept) as UpTo);
  }

  /**
   * Something came; returns until when all had been heard before it did, by the server's clock. Null: never yet.
   *
   * @param here now, by one's own clock.
   * @param ahead how far the server's is ahead of it.
   */
  heard(here: number, ahead: number): number | null {
    // One's own clock was set back: what it said before is of no use.
    if (this.upTo !== null && here < this.upTo.here) this.upTo = null;
    const before = this.upTo?.there ?? null;
    // The line is not silent for longer: one was away, asleep perhaps.
    if (this.last === null || here < this.last || here - this.last > SILENCE) this.since = here;
    this.last = here;
    if (here - this.since >= CATCHES_UP) {
      this.upTo = { there: here + ahead, here };
      this.memory.setItem(this.place, JSON.stringify(this.upTo));
    }
    return before;
  }

  /** Nothing more comes by this way. */
  broken(): void {
    this.last = null;
  }
}
