/**
 * What a group's members say, in the order of the server's numbers: what did not come is fetched, what is of an epoch to
 * come waits for it. Nothing is dropped without a word.
 */
import type { Bytes } from "../identity";
import { pauseBefore } from "../kernel/backoff";
import type { Clock } from "../kernel/clock";
import { OutageError, RefusedError } from "../kernel/errors";
import type { Log } from "../kernel/log";
import type { Verdict } from "./epochs";
import type { Post } from "./post";

/** How long an envelope waits for its epoch to begin, in ms. */
export const PATIENCE = 10_000;
/** How many wait at most: who is not in the group yet hears of what it could not read anyway. */
const LIMIT = 512;

/** What listening needs. */
export interface HearingNeeds {
  readonly clock: Clock;
  readonly log: Log;
  chance(): number;
  readonly post: Pick<Post, "after">;
  judge(envelope: Bytes): Promise<Verdict>;
  tell(number: number, verdict: Exclude<Verdict, { is: "early" }>): void;
}

/** An envelope, and when it came. */
interface Come {
  readonly envelope: Bytes;
  readonly at: number;
}

export class Hearing {
  private readonly needs: HearingNeeds;
  private readonly waiting = new Map<number, Come>();
  /** Up to where everything is told; null before the first. */
  private last: number | null = null;
  /** Up to where it was asked what is missing. */
  private asked = -1;
  private isInDoubt = false;
  private isBusy = false;
  private isAsked = false;
  private isOver = false;
  private tries = 0;
  private callOff: () => void = () => undefined;

  constructor(needs: HearingNeeds) {
    this.needs = needs;
  }

  /** The number up to which everything is told. */
  get to(): number {
    return this.last ?? 0;
  }

  take(number: number, envelope: Bytes): void {
    this.last ??= number - 1;
    if (number > this.last) this.put(number, envelope);
    this.wake();
  }

  /** Something may have been missed. */
  doubt(): void {
    this.isInDoubt = true;
    this.wake();
  }

  /** An epoch has begun, or time has passed. */
  wake(): void {
    this.isAsked = true;
    if (this.isBusy || this.isOver) return;
    this.isBusy = true;
    void this.work().finally(() => {
      this.isBusy = false;
      if (this.isAsked) this.wake();
    });
  }

  end(): void {
    this.isOver = true;
    this.callOff();
    this.waiting.clear();
  }

  private async work(): Promise<void> {
    while (this.isAsked && !this.isOver) {
      this.isAsked = false;
      this.callOff();
      try {
        await this.complete();
        this.tries = 0;
        while (await this.one());
      } catch (error) {
        if (!(error instanceof OutageError)) throw error;
        this.later(pauseBefore(this.tries, () => this.needs.chance()));
        this.tries += 1;
      }
    }
  }

  private later(ms: number): void {
    this.callOff = this.needs.clock.after(ms, () => {
      this.wake();
    });
  }

  private get next(): number | undefined {
    return this.waiting.size === 0 ? undefined : Math.min(...this.waiting.keys());
  }

  /** Fetches what is missing, once for each place where something is. */
  private async complete(): Promise<void> {
    const { next, to } = this;
    const isGap = next !== undefined && next > to + 1 && this.asked < to;
    if (!isGap && !this.isInDoubt) return;
    try {
      await this.fetch(to);
    } catch (error) {
      if (!(error instanceof RefusedError)) throw error;
      // Whoever is not let in is told nothing; the sender's own numbers show what is missing.
      this.needs.log.trouble("envelopes refused", error);
    }
    this.asked = to;
    this.isInDoubt = false;
  }

  private async fetch(after: number): Promise<void> {
    let from = after;
    while (this.waiting.size < LIMIT) {
      const page = await this.needs.post.after(from);
      const news = page.filter(({ number }) => number > from);
      if (news.length === 0) return;
      this.last ??= from;
      for (const { number, envelope } of news) {
        this.put(number, envelope);
        from = Math.max(from, number);
      }
    }
  }

  private put(number: number, envelope: Bytes): void {
    if (!this.waiting.has(number)) this.waiting.set(number, { envelope, at: this.needs.clock.now() });
  }

  /** Judges the next; whether there may be another. */
  private async one(): Promise<boolean> {
    const { next } = this;
    const come = next === undefined ? undefined : this.waiting.get(next);
    if (next === undefined || come === undefined || this.isOver) return false;
    if (next > this.to + 1 && this.asked < this.to) {
      this.isAsked = true;
      return false;
    }
    const verdict = await this.needs.judge(come.envelope);
    if (verdict.is !== "early") return this.tell(next, verdict);
    if (this.mayWait(come.at + PATIENCE)) return false;
    return this.tell(next, { is: "unheard", why: "unknown", from: null });
  }

  private tell(number: number, verdict: Exclude<Verdict, { is: "early" }>): boolean {
    this.waiting.delete(number);
    this.last = number;
    if (!this.isOver) this.needs.tell(number, verdict);
    return true;
  }

  private mayWait(until: number): boolean {
    const now = this.needs.clock.now();
    if (now >= until || this.waiting.size >= LIMIT) return false;
    this.later(until - now);
    return true;
  }
}
