/** Notices a worker that has stopped without a word: ended by the browser, or busy for ever. */
import type { Clock } from "../kernel/clock";

/** How often a worker is asked whether it is there, in ms. */
export const BEAT = 3000;
/** So many questions in a row without an answer, and it is not. More than one: a machine that slept asks before it hears. */
const UNANSWERED = 3;

/** One worker's. */
export class Pulse {
  private readonly rest: () => void;
  private readonly ask: () => void;
  private unanswered = 0;
  /** A worker that is still being fetched answers nothing yet; one that cannot be says so itself. */
  private isThere = false;

  /**
   * @param ask asks the worker for a `pulse`.
   * @param gone called once, when it has stopped.
   */
  constructor(clock: Clock, ask: () => void, gone: () => void) {
    this.rest = clock.every(BEAT, () => {
      if (this.isThere && this.unanswered === UNANSWERED) {
        this.end();
        gone();
        return;
      }
      this.unanswered += 1;
      ask();
    });
    this.ask = ask;
  }

  /** Asks before the first beat, so that one is known to be there as soon as it is: it may stop before that. */
  begin(): void {
    this.ask();
  }

  /** The worker has answered. */
  felt(): void {
    this.isThere = true;
    this.unanswered = 0;
  }

  /** Nobody asks any more. */
  end(): void {
    this.rest();
  }
}
