/**
 * The code that both sides read to each other: equal exactly if they are in the same epoch of the same group, with the
 * same members. Digits, because they can be said in every language.
 */

import type { Clock } from "../kernel/clock";

const PURPOSE = "visavis sas 1";
/** How much slower every guess becomes (PBKDF2, RFC 8018): two groups with one code cannot be sought meanwhile. */
const STRETCH = 600_000;
const GROUPS = 6;

/** What a code stands for. */
export interface Sight {
  /** RFC 9420 §8.7. */
  readonly authenticator: Uint8Array;
  readonly group: Uint8Array;
  readonly epoch: bigint;
}

function salted({ group, epoch }: Sight): Uint8Array<ArrayBuffer> {
  const head = new TextEncoder().encode(PURPOSE);
  const whole = new Uint8Array(head.length + group.length + 8);
  whole.set(head);
  whole.set(group, head.length);
  new DataView(whole.buffer).setBigUint64(head.length + group.length, epoch);
  return whole;
}

/** 24 digits in six groups of four; a fifth of a second of work. */
export async function codeOf(sight: Sight): Promise<string> {
  const salt = await crypto.subtle.digest("SHA-256", salted(sight));
  const key = await crypto.subtle.importKey("raw", new Uint8Array(sight.authenticator), "PBKDF2", false, [
    "deriveBits",
  ]);
  const stretched = { name: "PBKDF2", hash: "SHA-256", salt, iterations: STRETCH };
  const drawn = new DataView(await crypto.subtle.deriveBits(stretched, key, GROUPS * 32));
  const digits = Array.from({ length: GROUPS }, (_, at) => drawn.getUint32(at * 4) % 10_000);
  return digits.map((four) => String(four).padStart(4, "0")).join(" ");
}

/** How long an epoch lasts before its code is worked out, in ms: when many come at once, the next begins before. */
export const SETTLING = 300;

/** Works out the code of an epoch that lasts, one at a time: one that was over meanwhile is not worth it. */
export class Codes {
  private readonly clock: Clock;
  private readonly tell: (epoch: number, code: string) => void;
  private due: Sight | null = null;
  private isBusy = false;
  private callOff: () => void = () => undefined;

  constructor(clock: Clock, tell: (epoch: number, code: string) => void) {
    this.clock = clock;
    this.tell = tell;
  }

  ask(sight: Sight): void {
    this.due = null;
    this.callOff();
    this.callOff = this.clock.after(SETTLING, () => {
      this.due = sight;
      if (!this.isBusy) void this.work();
    });
  }

  /** Works out nothing more. */
  end(): void {
    this.due = null;
    this.callOff();
  }

  private async work(): Promise<void> {
    this.isBusy = true;
    for (let sight = this.due; sight !== null; sight = this.due) {
      this.due = null;
      this.tell(Number(sight.epoch), await codeOf(sight));
    }
    this.isBusy = false;
  }
}
