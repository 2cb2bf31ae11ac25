/** Time as it is passed in, so that tests own it. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Calls `then` once after `ms`; returns what calls it off. */
  after(ms: number, then: () => void): () => void;
  /** Calls `then` every `ms`; returns what ends it. */
  every(ms: number, then: () => void): () => void;
}

export const wallClock: Clock = {
  now: () => Date.now(),
  after(ms, then) {
    const timer = setTimeout(then, ms);
    return () => {
      clearTimeout(timer);
    };
  },
  every(ms, then) {
    const timer = setInterval(then, ms);
    return () => {
      clearInterval(timer);
    };
  },
};
