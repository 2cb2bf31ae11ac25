/** A log for tests. */
import type { Log } from "../kernel/log";

/** Keeps the events' names. */
export class FakeLog implements Log {
  readonly events: string[] = [];

  note(event: string): void {
    this.events.push(event);
  }

  trouble(event: string): void {
    this.events.push(event);
  }
}
