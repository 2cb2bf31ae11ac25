/**
 * One tab at a time sits in a seat: a lock named by the seat, held until the tab is closed or another takes the seat
 * over (Web Locks API).
 */
import type { Log } from "../kernel/log";

/** A reload finds the lock of the page before it for a moment; so wait this long before calling it another tab. */
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
    this.asking ??= this.request({ signal: AbortSignal.timeout(PATIENCE) }).finally(() => {
      this.asking = null;
    });
    return this.asking;
  }

  /** Takes the seat from whatever tab has it, even one that no longer answers. */
  async takeOver(): Promise<void> {
    if (this.held === null) await this.request({ steal: true });
  }

  /** Settles when this tab has the seat. */
  async free(): Promise<void> {
    if (await this.claim()) return;
    await new Promise<void>((resolve) => {
      this.waiting.push(resolve);
    });
  }

  private async request(options: LockOptions): Promise<boolean> {
    const serial = this.seat();
    if (serial === null) return false;
    return new Promise((resolve) => {
      // Of this request: one that waited in vain takes nothing from another that was granted meanwhile.
      let had = false;
      this.locks
        .request(`visavis seat ${serial}`, options, async () => {
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
