/** Has a line stand at the chamber's door while somebody reads the arrival screen: to enter is then one request. */
import type { Clock } from "../kernel/clock";
import type { Log } from "../kernel/log";
import type { Seated } from "./showing";

/** Who enters at once needs no line at the door; so long is waited before one is opened, in ms. */
const MOMENT = 250;
/** A line that came to nothing is tried again after this, in ms. */
const AGAIN = 5000;
/** So long does whoever enters wait for a line that is on its way, in ms. */
const PATIENCE = 2000;

/** Ends a line that nobody sits on. */
export async function drop({ line, outbox }: Sat): Promise<void> {
  outbox.close();
  await line.close();
}

type Sat = Pick<Seated, "line" | "outbox">;

/** What waiting needs. */
export interface WaitingNeeds<S extends Sat> {
  readonly clock: Clock;
  readonly log: Log;
  /** Has a line stand at the door; null when there is none to be had, or when `stop` came first. */
  open(stop: AbortSignal): Promise<S | null>;
}

export class Waiting<S extends Sat = Seated> {
  private readonly needs: WaitingNeeds<S>;
  private stop: AbortController | null = null;
  private coming: Promise<void> = Promise.resolve();
  private held: S | null = null;
  private nextTry = 0;

  constructor(needs: WaitingNeeds<S>) {
    this.needs = needs;
  }

  /** Has a line wait, unless one does or is on its way. */
  begin(): void {
    const { clock } = this.needs;
    if (this.stop !== null || this.held?.line.flows() === true || clock.now() < this.nextTry) return;
    this.nextTry = clock.now() + AGAIN;
    const stop = new AbortController();
    this.stop = stop;
    const callOff = clock.after(MOMENT, () => {
      this.coming = this.coming.then(async () => this.come(stop));
    });
    stop.signal.addEventListener("abort", callOff, { once: true });
  }

  /** The line that waits, for whoever enters now; null when none stands, and then none is on its way either. */
  async take(): Promise<S | null> {
    const callOff = this.needs.clock.after(PATIENCE, () => {
      this.stop?.abort();
    });
    // Of two that join at once under one name the SFU ends the first, whichever that is: so this one is waited for.
    await this.coming;
    callOff();
    this.callOff();
    const { held } = this;
    this.held = null;
    if (held?.line.flows() === true) return held;
    if (held !== null) await drop(held);
    return null;
  }

  /** Nobody waits any longer. */
  async end(): Promise<void> {
    this.callOff();
    this.nextTry = 0;
    const { held } = this;
    this.held = null;
    if (held !== null) await drop(held);
    await this.coming;
  }

  private callOff(): void {
    this.stop?.abort();
    this.stop = null;
  }

  private async come(stop: AbortController): Promise<void> {
    if (stop.signal.aborted) return;
    try {
      const former = this.held;
      this.held = null;
      if (former !== null) await drop(former);
      const seated = await this.needs.open(stop.signal);
      if (seated !== null && stop.signal.aborted) await drop(seated);
      else this.held = seated;
    } catch (error) {
      // Whoever enters comes by a ticket, and is told then what is wrong.
      if (!stop.signal.aborted) this.needs.log.trouble("no line at the door", error);
    } finally {
      if (this.stop === stop) this.stop = null;
    }
  }
}
