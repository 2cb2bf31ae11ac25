import type { Seat } from "../contract/parse";
import { RefusedError } from "../kernel/errors";
import type { Identity } from "../kernel/ids";
import type { Log } from "../kernel/log";
import { checkChain, type Pinned, seatMatches } from "./accreditation";

/**
 * The seats whose chain was checked. A seat not yet checked is not shown; one that failed is never shown. Verdicts
 * are kept by everything they depend on, so a seat that changes one word is checked again.
 */
export class Roll {
  private readonly verdicts = new Map<string, boolean>();
  /** By what a seat's verdict is kept: events bring most seats as they were, and a seat never changes in place. */
  private readonly keys = new WeakMap<Seat, string>();
  private readonly log: Log;
  private pinned: Pinned | null = null;
  private device: Identity | null = null;

  constructor(log: Log) {
    this.log = log;
  }

  /** From now on chains are checked against this descriptor, and oneself is who has this device's key. */
  pin(pinned: Pinned, own: Identity): void {
    this.pinned = pinned;
    this.device = own;
    this.verdicts.clear();
  }

  /** The pinned descriptor with its fingerprint; null before there is one. */
  get agreed(): Pinned | null {
    return this.pinned;
  }

  /** The identity of this device's key; null before there is one. */
  get own(): Identity | null {
    return this.device;
  }

  /** Those of `seats` that are known to be whom they say. */
  known(seats: readonly Seat[]): readonly Seat[] {
    return seats.filter((seat) => this.verdicts.get(this.keyOf(seat)) === true);
  }

  /** Checks those not yet checked; true when there were any. */
  async check(seats: readonly Seat[]): Promise<boolean> {
    const pinned = this.pinned;
    if (pinned === null) return false;
    const fresh = seats.filter((seat) => !this.verdicts.has(this.keyOf(seat)));
    const verdicts = await Promise.all(fresh.map((seat) => this.holds(seat, pinned)));
    if (this.pinned !== pinned) return false;
    for (const [at, seat] of fresh.entries()) {
      this.verdicts.set(this.keyOf(seat), verdicts[at] === true);
    }
    return fresh.length > 0;
  }

  private keyOf(seat: Seat): string {
    const key = this.keys.get(seat) ?? verdictKey(seat);
    this.keys.set(seat, key);
    return key;
  }

  private async holds(seat: Seat, pinned: Pinned): Promise<boolean> {
    try {
      if (seatMatches(seat, await checkChain(seat, pinned))) return true;
      this.log.note("seat not as accredited", { member: seat.member });
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      this.log.note("seat not accredited", { member: seat.member, code: error.code });
    }
    return false;
  }
}

function verdictKey(seat: Seat): string {
  return JSON.stringify([
    seat.identity,
    seat.party,
    seat.name,
    seat.role,
    seat.chair,
    seat.languages,
    seat.invitation,
    seat.invitation_signature,
    seat.device,
    seat.device_signature,
  ]);
}
