/**
 * How far the closing of the doors has come: they are shown as closed only when every device that could speak outside has
 * said that it no longer does, and nothing said outside has come for a second.
 */
import type { Clock } from "../kernel/clock";
import type { Identity } from "../kernel/ids";
import { Cell } from "../kernel/store";

/** For how long nothing under the floor's keys must have come, in ms. */
const SILENCE = 1000;

/** How many of all devices have confirmed. */
export interface ClosingState {
  readonly done: number;
  readonly all: number;
}

/** What it needs. */
export interface ClosingNeeds {
  readonly clock: Clock;
  /** How many frames under a floor's key have come so far. */
  onFloor(): Promise<number>;
  /** Tells the others that nothing of one's own leaves under this opening's keys any more. */
  confirm(opening: number): void;
}

export class Closing {
  /** Null when nothing is closing. */
  readonly state = new Cell<ClosingState | null>(null);
  private readonly needs: ClosingNeeds;
  /** The opening whose doors one has seen open last. */
  private opened = 0;
  private confirmed = 0;
  /** Who could speak outside when the doors closed; null while they are open. */
  private expected: readonly Identity[] | null = null;
  private roster: readonly Identity[] = [];
  private readonly shut = new Map<Identity, number>();
  private isWatching = false;

  constructor(needs: ClosingNeeds) {
    this.needs = needs;
  }

  /** The doors of this opening are open. */
  open(opening: number): void {
    [this.opened, this.confirmed, this.expected] = [opening, 0, null];
    this.state.set(null);
  }

  /**
   * The doors are closed, the last opening was this, and these have the chamber's keys; oneself among them. Only what is
   * over is confirmed: doors that are closed for a doubt, or because nothing is heard of them, may open again.
   */
  closed(opening: number, roster: readonly Identity[], isOver: boolean): void {
    this.roster = roster;
    if (opening === 0 || roster.length === 0) return;
    if (isOver && this.confirmed !== opening) {
      this.confirmed = opening;
      this.needs.confirm(opening);
    }
    // Whoever came after the doors had closed knows nothing of who confirmed, and has heard nothing outside.
    if (this.opened !== opening) return;
    this.expected ??= roster;
    this.look();
  }

  /** What one has confirmed has reached nobody. */
  unsaid(): void {
    this.confirmed = 0;
  }

  /** Somebody has confirmed, in a signal sealed and signed. */
  heard(from: Identity, opening: number): void {
    this.shut.set(from, opening);
    if (this.expected !== null) this.look();
  }

  /** The meeting is left. */
  end(): void {
    this.open(0);
    this.shut.clear();
  }

  private look(): void {
    const { expected, opened, roster, shut } = this;
    if (expected === null || opened === 0) return;
    const there = expected.filter((identity) => roster.includes(identity));
    const done = there.filter((identity) => shut.get(identity) === opened).length;
    this.state.set({ done, all: there.length });
    if (done === there.length) void this.watch(opened);
  }

  /** Waits until it is silent outside. */
  private async watch(opening: number): Promise<void> {
    if (this.isWatching) return;
    this.isWatching = true;
    const before = await this.needs.onFloor();
    this.needs.clock.after(SILENCE, () => {
      void this.compare(opening, before);
    });
  }

  private async compare(opening: number, before: number): Promise<void> {
    const now = await this.needs.onFloor();
    this.isWatching = false;
    if (this.opened !== opening || this.expected === null) return;
    if (now !== before) return this.watch(opening);
    this.opened = 0;
    this.state.set(null);
    return undefined;
  }
}
