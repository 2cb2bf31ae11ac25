/** What becomes of closing the doors, as one device sees it: counts who has closed too, and names who has not after all. */
import type { Said } from "../contract/parse";
import type { Clock } from "../kernel/clock";
import type { Identity } from "../kernel/ids";
import { Closing, type ClosingState } from "./closing";
import type { Counts } from "./frames/counts";
import { Overheard } from "./overheard";
import type { EnvelopeTold } from "./words";

/** What it needs. */
export interface DoorsWatchNeeds {
  readonly clock: Clock;
  /** The server's time, as it is written. */
  time(): string;
  /** What the chamber's frames worker has counted. */
  counts(): Promise<Counts | undefined>;
  /** Says something to the chamber; false when one is not in it. */
  say(ticket: number, said: Said): boolean;
  /** Something is to be shown anew. */
  changed(): void;
  /** One is heard outside oneself, by the word of others. */
  mend(): void;
}

/** How the doors stood when one last looked. */
interface Stands {
  readonly openings: number;
  readonly areDoorsOpen: boolean;
  /** The last opening is over: they are not closed for a doubt alone. */
  readonly isOver: boolean;
}

/** How often one begins anew for one opening: a member may warn of another for nothing. */
const MOST = 3;
/** A warning needs no answer; a confirmation's ticket is its opening, below nothing. */
const WARNING = 0;

export class DoorsWatch {
  private readonly needs: DoorsWatchNeeds;
  private readonly closing: Closing;
  private readonly overheard: Overheard;
  private stands: Stands | null = null;
  /** How often one has begun anew, and for which opening. */
  private mended = { opening: 0, times: 0 };

  constructor(needs: DoorsWatchNeeds) {
    this.needs = needs;
    const { clock } = needs;
    this.closing = new Closing({
      clock,
      onFloor: async () => framesOnFloor(await needs.counts()),
      confirm: (opening) => {
        const said = { kind: "signal", at: needs.time(), signal: "doors_shut", opening } as const;
        if (!needs.say(-opening, said)) this.closing.unsaid();
      },
    });
    this.overheard = new Overheard({
      clock,
      warn: (of, opening) => {
        needs.say(WARNING, { kind: "signal", at: needs.time(), signal: "heard_outside", opening, of });
      },
    });
    for (const { state } of [this.closing, this.overheard]) {
      state.subscribe(() => {
        needs.changed();
      });
    }
  }

  /** How many devices have closed; null when nothing is closing. */
  get counted(): ClosingState | null {
    return this.closing.state.get();
  }

  /** Who may still be heard outside. */
  get named(): readonly Identity[] {
    return this.overheard.state.get();
  }

  /** The doors stand so. */
  stand(stands: Stands): void {
    this.stands = stands;
  }

  /** Looks again; `roster` has the chamber's keys, null: one is not in its group. */
  look(roster: readonly Identity[] | null): void {
    if (this.stands === null) return;
    const { openings, areDoorsOpen, isOver } = this.stands;
    if (isOver) this.overheard.closed(openings);
    else this.overheard.open();
    if (areDoorsOpen) this.closing.open(openings);
    else if (roster !== null) {
      this.closing.closed(openings, roster, isOver);
      this.overheard.there(roster);
    }
  }

  /** Something was said in the chamber, or could not be. */
  hear(told: EnvelopeTold, own: Identity | undefined): void {
    if (told.told === "unsent" && told.ticket < 0) this.closing.unsaid();
    if (told.told !== "heard" || told.said.kind !== "signal") return;
    const { from, said } = told;
    if (said.signal === "doors_shut") {
      this.closing.heard(from.identity, said.opening);
      this.overheard.hasShut(from.identity, said.opening);
    }
    if (said.signal === "heard_outside") this.warned(said.of, said.opening, own);
  }

  /** A frame came that was sealed under this floor's key, long after its doors had closed here. */
  found(sender: Identity, opening: number): void {
    this.overheard.found(sender, opening);
  }

  /** The meeting is left. */
  end(): void {
    this.stands = null;
    this.closing.end();
    this.overheard.end();
  }

  private warned(of: Identity, opening: number, own: Identity | undefined): void {
    if (of === own && this.mended.opening === opening && this.mended.times === MOST) return;
    const wasNamed = this.named.includes(of);
    this.overheard.warnedOf(of, opening);
    if (of !== own || wasNamed || !this.named.includes(of)) return;
    this.mended = { opening, times: this.mended.opening === opening ? this.mended.times + 1 : 1 };
    // Everything that seals begins anew, and says so to the others when it stands.
    this.closing.unsaid();
    this.needs.mend();
  }
}

/** How many frames under a key that the press pool may hold have come, opened or not. */
function framesOnFloor(counts: Counts | undefined): number {
  if (counts === undefined) return 0;
  return counts.senders.reduce((sum, { onFloor }) => sum + onFloor, counts.dropped.doorsClosed);
}
