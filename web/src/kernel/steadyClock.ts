/** Time for what must not wait until somebody looks at the page again: browsers slow down the timers of a hidden page. */
import type { Clock } from "./clock";

/** A wish to be called. */
export interface Due {
  readonly number: number;
  readonly ms: number;
}

/** Timers of a worker, which no browser slows down; and the page's own, should the worker have stopped. */
export class SteadyClock {
  private readonly clock: Clock;
  private readonly start: () => Worker;
  private worker: Worker | null = null;
  private readonly waiting = new Map<number, () => void>();
  private count = 0;

  /** @param start starts the worker, when there is first something to wait for. */
  constructor(clock: Clock, start: () => Worker) {
    this.clock = clock;
    this.start = start;
  }

  /** Calls `then` once after `ms`; returns what calls it off. */
  after(ms: number, then: () => void): () => void {
    this.count += 1;
    const number = this.count;
    const callOff = this.clock.after(ms, () => {
      this.come(number);
    });
    this.waiting.set(number, then);
    this.worker ??= this.started();
    const due: Due = { number, ms };
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin to name
    this.worker.postMessage(due);
    return () => {
      callOff();
      this.waiting.delete(number);
    };
  }

  private started(): Worker {
    const worker = this.start();
    worker.addEventListener("message", ({ data }: MessageEvent<number>) => {
      this.come(data);
    });
    return worker;
  }

  private come(number: number): void {
    const then = this.waiting.get(number);
    this.waiting.delete(number);
    then?.();
  }
}
