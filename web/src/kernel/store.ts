/** A value that changes over time and can be watched; React reads it through `useSyncExternalStore`. */
export interface Readable<T> {
  get(): T;
  /** Calls `listener` after each change; returns what ends the watching. */
  subscribe(listener: () => void): () => void;
}

/** The writing end of a {@link Readable}; kept by the one part that owns the value. */
export class Cell<T> implements Readable<T> {
  private readonly listeners = new Set<() => void>();
  private value: T;

  constructor(value: T) {
    this.value = value;
  }

  get(): T {
    return this.value;
  }

  set(value: T): void {
    if (Object.is(value, this.value)) return;
    this.value = value;
    for (const listener of this.listeners) listener();
  }

  /** Whether anybody would hear of a change. */
  isWatched(): boolean {
    return this.listeners.size > 0;
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  }
}

/** A value less those of its changes that are none to whoever looks at it. */
export class Seen<T> implements Readable<T> {
  private readonly of: Readable<T>;
  private readonly isAlike: (before: T, after: T) => boolean;
  private last: T;

  constructor(of: Readable<T>, isAlike: (before: T, after: T) => boolean) {
    this.of = of;
    this.isAlike = isAlike;
    this.last = of.get();
  }

  get(): T {
    const now = this.of.get();
    if (!this.isAlike(this.last, now)) this.last = now;
    return this.last;
  }

  subscribe(listener: () => void): () => void {
    let before = this.get();
    return this.of.subscribe(() => {
      const now = this.get();
      if (Object.is(before, now)) return;
      before = now;
      listener();
    });
  }
}
