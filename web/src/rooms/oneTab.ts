/**
 * One tab at a time sits in a seat: a lock named by the seat, held until the tab is closed or another takes the seat
 * over (Web Locks API).
 */
import type { Log } from "../kernel/log";

/** A reload finds the lock of the page before it for a moment; so it is given this long to go, in ms. */
const PATIENCE = 700;

export class OneTab {
  private readonly log: Log;
  private readonly locks: Pick<LockManager, "request">;
  private readonly seat: () => string | null;
  private readonly lost: () => void;
  private held: string | null = null;
  private asking: Promise<boolean> | null = null;
  private readonly waiting: (() => void)[] = [];

  /** `lost` is called when another tab took the seat over. */
  constructor(locks: Pick<LockManager, "request">, seat: () => string | null, lost: () => void, log: Log) {
    this.locks = locks;
    this.seat = seat;
    this.lost = lost;
    this.log = log;
  }

  /** True when this tab has the seat, now or already; false when another tab has it. */
  async claim(): Promise<boolean> {
    if (this.held !== null) return true;
    this.asking ??= this.ask().finally(() => {
      this.asking = null;
    });
    return this.asking;
  }

  /** Takes the seat from whatever tab has it, even one that no longer answers. */
  async takeOver(): Promise<void> {
    if (this.held === null) await this.request({ steal: true });
  }

  /** Settles when this tab has the seat, which it has claimed or will take over. */
  async free(): Promise<void> {
    if (this.held !== null) return;
    await new Promise<void>((resolve) => {
      this.waiting.push(resolve);
    });
  }

  /** It is the browser that says whether another tab has the seat: how long it takes to answer says nothing on a busy machine. */
  private async ask(): Promise<boolean> {
    return (await this.request({ signal: AbortSignal.timeout(PATIENCE) })) || this.request({ ifAvailable: true });
  }

  private async request(options: LockOptions): Promise<boolean> {
    const serial = this.seat();
    if (serial === null) return false;
    return new Promise((resolve) => {
      // Of this request: one that waited in vain takes nothing from another that was granted meanwhile.
      let had = false;
      this.locks
        .request(`visavis seat ${serial}`, options, async (lock) => {
          if (lock === null) {
            resolve(this.held !== null);
            return;
          }
          had = true;
          this.held = serial;
          resolve(true);
          for (const settle of this.waiting.splice(0)) settle();
          // Held until the page goes, or the lock is stolen.
          await new Promise<never>(() => undefined);
        })
        .catch((error: unknown) => {
          // Rejects with an AbortError when waiting ended, and when the lock was stolen.
          this.log.note("seat lock", { had });
          if (had) {
            this.held = null;
            this.lost();
          }
          resolve(this.held !== null);
          if (!(error instanceof DOMException)) throw error;
        });
    });
  }
}
