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

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  }
}
