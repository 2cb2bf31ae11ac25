/**
 * The chamber's doors at one client: hears the chairs' orders among the chamber's envelopes, and gives one's own. Whoever
 * holds the doors open says so again and again until they close them, or another does; a page that ends lets go.
 */
import type { Said } from "../contract/parse";
import type { Clock } from "../kernel/clock";
import type { Identity, Party } from "../kernel/ids";
import { Cell } from "../kernel/store";
import {
  afterFact,
  closedDoors,
  type DoorFact,
  type Doors,
  type DoorsStanding,
  nextChange,
  RENEWAL,
  standingOf,
} from "./doors";
import type { EnvelopeTold } from "./words";

/** What people are shown of it. */
export interface DoorsState {
  readonly doors: DoorsStanding;
  /** Whether one holds them oneself. */
  readonly isHeld: boolean;
  /** Who has said that they send nothing under the last opening's keys any more. */
  readonly shut: readonly Identity[];
}

/** What it needs. */
export interface DoorOrdersNeeds {
  /** The server's time. */
  readonly clock: Clock;
  readonly delegations: readonly Party[];
  /** Says something to the chamber's group. */
  say(said: Said): void;
}

export class DoorOrders {
  readonly state = new Cell<DoorsState>({ doors: { at: "closed" }, isHeld: false, shut: [] });
  private readonly needs: DoorOrdersNeeds;
  private doors: Doors;
  private shut: ReadonlySet<Identity> = new Set();
  /** The opening that was open last. */
  private left = 0;
  /** Since when one holds the doors oneself. */
  private since: string | null = null;
  private callOff: () => void = () => undefined;
  private letGo: () => void = () => undefined;

  /** @param opening the opening that lasts, or the next. */
  constructor(needs: DoorOrdersNeeds, opening: number) {
    this.needs = needs;
    this.doors = closedDoors(needs.delegations, opening);
  }

  /** What is told of the chamber's envelopes. */
  hear(told: EnvelopeTold): void {
    switch (told.told) {
      case "heard":
        return this.said(told);
      case "gap":
        // It may have been the word that closes them.
        if (told.from.chair) this.doubt();
        return;
      case "unheard":
        if (told.why !== "earlier") this.doubt();
        return;
      case "sent":
      case "unsent":
    }
  }

  /** Something may have been missed. */
  doubt(): void {
    this.take({ is: "doubt" });
  }

  /** Which opening is meant from now on: the one that lasts, or the next. */
  meant(opening: number): void {
    if (opening !== this.doors.opening) this.release();
    this.take({ is: "opening", opening });
  }

  /** Holds the doors open, until {@link close}. */
  hold(): void {
    if (this.since !== null) return;
    this.since = this.time();
    this.renew();
  }

  /** Closes the doors. */
  close(): void {
    this.release();
    const { opening } = this.doors;
    const order = { kind: "order", at: this.time(), order: "close_doors", opening } as const;
    this.take({ is: "closing", order });
    this.needs.say(order);
  }

  /** Tells the others that nothing of one's own leaves under this opening's keys any more. */
  confirm(opening: number): void {
    this.needs.say({ kind: "signal", at: this.time(), signal: "doors_shut", opening });
  }

  /** Lets go, and hears nothing more. */
  end(): void {
    this.release();
    this.callOff();
  }

  private said({ from, said }: Extract<EnvelopeTold, { told: "heard" }>): void {
    if (said.kind === "signal" && said.signal === "doors_shut" && said.opening === this.left) {
      this.shut = new Set([...this.shut, from.identity]);
      this.show();
    }
    if (said.kind !== "order") return;
    const isClosing = said.order === "close_doors" && from.chair && said.opening >= this.doors.opening;
    if (isClosing) this.release();
    this.take({ is: "order", from, order: said });
  }

  private take(fact: DoorFact): void {
    const { clock } = this.needs;
    this.doors = afterFact(this.doors, fact, clock.now());
    this.callOff();
    const next = nextChange(this.doors);
    if (next !== null) {
      this.callOff = clock.after(next - clock.now(), () => {
        this.take({ is: "time" });
      });
    }
    this.show();
  }

  private show(): void {
    const doors = standingOf(this.doors, this.needs.clock.now());
    if (doors.at === "open") {
      this.left = this.doors.opening;
      this.shut = new Set();
    }
    this.state.set({ doors, isHeld: this.since !== null, shut: [...this.shut] });
  }

  private renew(): void {
    if (this.since === null) return;
    const { opening } = this.doors;
    this.needs.say({ kind: "order", at: this.time(), order: "open_doors", opening, since: this.since });
    this.letGo = this.needs.clock.after(RENEWAL, () => {
      this.renew();
    });
    this.show();
  }

  private release(): void {
    this.letGo();
    this.since = null;
  }

  private time(): string {
    return new Date(this.needs.clock.now()).toISOString();
  }
}
