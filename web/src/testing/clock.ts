/** Time for tests. */
import type { Clock } from "../kernel/clock";

interface Due {
  at: number;
  readonly every: number | null;
  readonly act: () => void;
}

/** A clock that stands still until it is told to go on. */
export class FakeClock implements Clock {
  private readonly dues = new Set<Due>();
  private time: number;

  constructor(start = 1_000_000) {
    this.time = start;
  }

  now(): number {
    return this.time;
  }

  after(ms: number, then: () => void): () => void {
    return this.add({ at: this.time + ms, every: null, act: then });
  }

  every(ms: number, then: () => void): () => void {
    return this.add({ at: this.time + ms, every: ms, act: then });
  }

  /** Lets `ms` pass, doing what falls due in order. */
  pass(ms: number): void {
    const end = this.time + ms;
    for (let due = this.next(end); due !== undefined; due = this.next(end)) {
      this.time = Math.max(this.time, due.at);
      if (due.every === null) this.dues.delete(due);
      else due.at += due.every;
      due.act();
    }
    this.time = end;
  }

  private next(end: number): Due | undefined {
    return [...this.dues].filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at)[0];
  }

  private add(due: Due): () => void {
    this.dues.add(due);
    return () => {
      this.dues.delete(due);
    };
  }
}
